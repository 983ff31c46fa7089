"""Every test of the command stands in a folder of its own."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path) -> Iterator[None]:
    """Stand in an empty folder."""
    with contextlib.chdir(tmp_path):
        yield
