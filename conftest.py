"""Runs the examples of README.md, of the manual and of the docstrings as tests."""

import contextlib
import os
import shutil
from collections.abc import Iterator
from doctest import ELLIPSIS
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from sybil import Sybil
from sybil.parsers.myst import CodeBlockParser, PythonCodeBlockParser, SkipParser
from sybil.parsers.rest import DocTestParser
from sybil.typing import Evaluator

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
