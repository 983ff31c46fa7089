"""Runs the examples of README.md, of the manual and of the docstrings as tests."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from doctest import ELLIPSIS
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, is_hypothesis_test, settings
from sybil import Sybil
from sybil.parsers.myst import CodeBlockParser, PythonCodeBlockParser, SkipParser
from sybil.parsers.rest import DocTestParser

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from sybil.typing import Evaluator
    from xdist.remote import Producer
    from xdist.scheduler import LoadScopeScheduling

ROOT = Path(__file__).parent

# Wall time says more of the machine than of the test.
UNTIMED: dict[str, Any] = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("dev", max_examples=50, **UNTIMED)
settings.register_profile("ci", max_examples=300, derandomize=True, **UNTIMED)
settings.load_profile("ci" if os.environ.get("CI") else "dev")


class PyconBlocks(CodeBlockParser):
    """Finds the blocks that are marked ``pycon`` where others find those marked ``python``."""

    def __init__(self, language: str | None = None, evaluator: Evaluator | None = None) -> None:
        """Take what Sybil gives."""
        super().__init__("pycon" if language == "python" else language, evaluator)


class PyconBlockParser(PythonCodeBlockParser):
    """Finds the examples in blocks that are marked ``pycon``."""

    codeblock_parser_class = PyconBlocks


@pytest.fixture(scope="module")
def reader_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Stand where a reader stands: in a folder of one's own that holds ``examples/``."""
    folder = tmp_path_factory.mktemp("reader")
    if (ROOT / "examples").is_dir():
        shutil.copytree(ROOT / "examples", folder / "examples")
    with contextlib.chdir(folder):
        yield folder


pages = Sybil(
    parsers=[
        PythonCodeBlockParser(doctest_optionflags=ELLIPSIS),
        PyconBlockParser(doctest_optionflags=ELLIPSIS),
        SkipParser(),
    ],
    patterns=["README.md", "docs/*.md", "docs/*/*.md"],
    fixtures=["reader_folder"],
)
docstrings = Sybil(
    parsers=[DocTestParser(optionflags=ELLIPSIS)],
    patterns=["src/r2psched/*.py", "src/r2psched/*/*.py", "src/r2psched/*/*/*.py"],
    fixtures=["reader_folder"],
)
pytest_collect_file = (pages + docstrings).pytest()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Leave drawn examples out of coverage: chosen ones reach it, at a third of the time."""
    measured = item.config.getoption("cov_source", default=None)
    if not (measured and is_hypothesis_test(getattr(item, "obj", None))):
        return (yield)
    # The mark no_cover of pytest-cov pauses nothing in the processes of pytest-xdist.
    tracer = sys.gettrace()
    sys.settrace(None)
    try:
        return (yield)
    finally:
        sys.settrace(tracer)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    """Deal out single tests, but the examples of a page or a module together, in order."""
    from xdist.scheduler import LoadScopeScheduling  # noqa: PLC0415  # runs without xdist too

    class Scheduling(LoadScopeScheduling):  # type: ignore[misc]  # it ships no types
        def _split_scope(self, nodeid: str) -> str:
            return nodeid if nodeid.startswith("tests/") else nodeid.partition("::")[0]

    return Scheduling(config, log)
