"""The fixture `reader`: each independent reader of calendars in turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.interop.readers import NAMES, readers

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.interop.readers import Event


@pytest.fixture(scope="session")
def all_readers(
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, Callable[[bytes], list[Event]]]:
    """Every reader by name, those that need it compiled once."""
    return readers(tmp_path_factory.mktemp("readers"))


@pytest.fixture(params=NAMES)
def reader_name(request: pytest.FixtureRequest) -> str:
    """The name of the reader that the test has."""
    name: str = request.param
    return name


@pytest.fixture
def reader(
    reader_name: str, all_readers: dict[str, Callable[[bytes], list[Event]]]
) -> Callable[[bytes], list[Event]]:
    """A function from the octets of a calendar to its events as plain dicts."""
    return all_readers[reader_name]
