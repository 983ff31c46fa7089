"""Exchange: a programme in the forms that programs of other people take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from r2psched.lazy import loader

if TYPE_CHECKING:
    from r2psched.views.exchange.as_json import schedule_json
    from r2psched.views.exchange.as_xml import schedule_xml
    from r2psched.views.exchange.written import schedule_written_json

__all__ = ["schedule_json", "schedule_written_json", "schedule_xml"]

__getattr__ = loader(
    __name__,
    {
        "schedule_json": "as_json",
        "schedule_written_json": "written",
        "schedule_xml": "as_xml",
    },
)
