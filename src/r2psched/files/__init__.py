"""Files: programmes as TOML, lists as CSV, plain trees, and how they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from r2psched.files.reading import from_dict, loads, read
from r2psched.files.saving import save
from r2psched.files.writing import to_dict, write

if TYPE_CHECKING:
    from r2psched.files.procedures import procedure

__all__ = ["from_dict", "loads", "procedure", "read", "save", "to_dict", "write"]


def __getattr__(name: str) -> object:
    """Load the procedures when one is first asked for: most programmes name none."""
    if name == "procedure":
        from r2psched.files.procedures import procedure  # noqa: PLC0415  # as said above

        return procedure
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)
