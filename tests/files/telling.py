"""What a refused input is told, so that every message and place is tested as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from r2psched.errors import InvalidInput
from r2psched.files import loads

if TYPE_CHECKING:
    from collections.abc import Callable

    from r2psched.programme import Programme
    from r2psched.sessions import Session

HEAD = """\
id = "hearing"
title = "Hearing"
zone = "America/New_York"
date = 2014-09-08
"""
SESSION = """
[[sessions]]
title = "Dialogue"
"""
LIST = f"{HEAD}{SESSION}time = '10:50-13:00'\nspeakers.inscriptions = 'speakers.csv'\n"


def told(read: Callable[..., object], *args: object, **named: object) -> list[str]:
    """Read what is not sound, and give its faults, each with its place."""
    with pytest.raises(InvalidInput) as caught:
        read(*args, **named)
    return [str(fault) for fault in caught.value.faults]


def programme(head: str = "", session: str = "") -> Programme:
    """Read a small programme with further lines in its head and in its one session."""
    return loads(f"{HEAD}{head}{SESSION}{session}")


def session(lines: str) -> Session:
    """Read a session with further lines."""
    return programme(session=lines).sessions[0]


def faults(head: str = "", session: str = "") -> list[str]:
    """Give the faults of a small programme with further lines."""
    return told(programme, head, session)
