"""Files: programmes as TOML, lists as CSV, plain trees, and how they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from r2psched.files.reading import from_dict, loads, read
from r2psched.files.saving import save
from r2psched.files.writing import to_dict, write
from r2psched.lazy import loader

if TYPE_CHECKING:
    from r2psched.files.procedures import procedure

__all__ = ["from_dict", "loads", "procedure", "read", "save", "to_dict", "write"]

__getattr__ = loader(__name__, {"procedure": "procedures"})
