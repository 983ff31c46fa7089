"""Files: programmes as TOML, lists as CSV, plain trees, and how they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from r2psched.lazy import loader

if TYPE_CHECKING:
    from r2psched.files.procedures import procedure
    from r2psched.files.reading import from_dict, loads, read
    from r2psched.files.saving import save
    from r2psched.files.writing import to_dict, write

__all__ = ["from_dict", "loads", "procedure", "read", "save", "to_dict", "write"]

# Whoever reads writes seldom, and most programmes name no procedure.
__getattr__ = loader(
    __name__,
    {
        "from_dict": "reading",
        "loads": "reading",
        "procedure": "procedures",
        "read": "reading",
        "save": "saving",
        "to_dict": "writing",
        "write": "writing",
    },
)
