"""What a refused value is told, so that every message is tested as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from r2psched.errors import InvalidValue

if TYPE_CHECKING:
    from collections.abc import Callable

FIXED = "has a fixed offset, which says nothing about clock changes"
REMEDY = (
    'write it in a named zone, such as pendulum.datetime(2014, 9, 8, 10, tz="America/New_York"), '
    "or in UTC with .astimezone(datetime.UTC)"
)


def refusal(make: Callable[..., object], *args: object, **named: object) -> str:
    """Make a value that has no meaning, and give the message of the refusal."""
    with pytest.raises(InvalidValue) as caught:
        make(*args, **named)
    return str(caught.value)
