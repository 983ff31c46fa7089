"""The face: every public name, loaded when it is first used and not before."""

from __future__ import annotations

import importlib
import json
import pkgutil
import subprocess
import sys

import pytest

import r2psched

HEAVY = {"icalendar", "numpy", "click", "cattrs", "tomlkit", "pendulum", "attr", "zoneinfo"}


def modules_after(code: str) -> set[str]:
    """Run some code in a fresh interpreter and give the packages it loaded."""
    script = f"import json, sys\n{code}\nprint(json.dumps([m.split('.')[0] for m in sys.modules]))"
    done = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True
    )
    return set(json.loads(done.stdout))


def test_import_loads_nothing() -> None:
    """Importing r2psched loads no library, and neither does asking for its names."""
    assert not modules_after("import r2psched; dir(r2psched); r2psched.__version__") & HEAVY


def test_core_loads_no_outer_library() -> None:
    """Counting needs neither icalendar nor click nor cattrs."""
    loaded = modules_after("import r2psched; r2psched.capacity('1 h', '3 min').total")
    assert not loaded & {"icalendar", "numpy", "click", "cattrs", "tomlkit"}


NEED_AN_EXTRA = {"Forecast", "forecast", "forecast_many"}


def test_names() -> None:
    """The names are sorted, are those that have a home, and are what dir() tells."""
    assert r2psched.__all__ == sorted(r2psched.__all__)
    names = {*r2psched._HOME, "__version__"}  # noqa: SLF001  # the table
    assert set(r2psched.__all__) == names - NEED_AN_EXTRA
    assert dir(r2psched) == sorted(names)


def test_a_star_import_needs_no_extra() -> None:
    """Where numpy is missing everything else can still be imported at once."""
    loaded = modules_after("sys.modules['numpy'] = None; from r2psched import *; Capacity")
    assert "icalendar" in loaded


def test_no_name_is_a_room() -> None:
    """No name of the face is the name of a room, which would hide it."""
    rooms = {module.name for module in pkgutil.iter_modules(r2psched.__path__)}
    assert "blocks" in rooms
    assert not rooms & set(dir(r2psched))


@pytest.mark.parametrize("name", sorted(r2psched._HOME))  # noqa: SLF001  # the table
def test_every_name_loads(name: str) -> None:
    """Each name gives what its room exports under that name."""
    room = importlib.import_module(f"r2psched.{r2psched._HOME[name]}")  # noqa: SLF001
    assert getattr(r2psched, name) is getattr(room, name)
    assert name in room.__all__


def test_unknown_name() -> None:
    """A name that nobody bears is refused as by any module."""
    with pytest.raises(AttributeError, match=r"^module 'r2psched' has no attribute 'agendas'$"):
        _ = r2psched.agendas
