"""Which files are workbooks, and which sheet of one is meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["is_workbook", "split"]

_SUFFIXES = {".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"}
_ZIP = b"PK\x03\x04"


def split(name: str) -> tuple[str, str | None]:
    """Take a name apart into that of the file and that of a sheet, or None where none is named.

    >>> split("speakers.xlsx#Day 2"), split("speakers.csv")
    (('speakers.xlsx', 'Day 2'), ('speakers.csv', None))
    """
    if "#" not in name:
        return name, None
    found = re.fullmatch(r"(.+\.(?:xlsx|xlsm|ods))#(.+)", name, re.IGNORECASE | re.DOTALL)
    return (found[1], found[2]) if found else (name, None)


def is_workbook(path: Path, data: bytes) -> bool:
    """Whether a file is to be read as a workbook, by its name or what it begins with."""
    return path.suffix.lower() in _SUFFIXES or data.startswith(_ZIP)
