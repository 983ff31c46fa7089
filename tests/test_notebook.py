"""The example notebook, run from the first cell to the last by a kernel of its own."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

EXAMPLES = Path(__file__).parents[1] / "examples"
NOTEBOOK = EXAMPLES / "meeting.ipynb"


def kept() -> Any:  # noqa: ANN401  # nbformat's own kind of dict
    """Read the notebook as it is kept."""
    return nbformat.read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]  # its own


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a copy of the examples, with a kernel that writes nowhere else."""
    for name in ("IPYTHONDIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR"):
        monkeypatch.setenv(name, str(tmp_path / name))
    shutil.copytree(EXAMPLES, tmp_path / "examples")
    return tmp_path / "examples"


def shown(book: Any) -> dict[str, dict[str, str]]:  # noqa: ANN401  # nbformat's own
    """Give what each cell of code shows: the data by the kind, of one answer for each."""
    found = {}
    for cell in book.cells:
        if cell.cell_type == "code":
            (answer,) = cell.outputs
            assert answer.output_type == "execute_result"
            found[cell.id] = answer.data
    return found


def test_kept_clean() -> None:
    """The notebook is kept without outputs, numbers of runs and traces of who ran it."""
    book = kept()
    nbformat.validate(book)
    assert book.metadata.keys() == {"kernelspec", "language_info"}
    for cell in book.cells:
        assert not cell.metadata
        if cell.cell_type == "code":
            assert (cell.outputs, cell.execution_count) == ([], None)


def test_runs(folder: Path) -> None:
    """Every cell runs: pictures and tables are shown, frames hold all rows, the page is written."""
    book = kept()
    NotebookClient(
        book, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(folder)}}
    ).execute()
    told = shown(book)
    assert {"text/html", "image/svg+xml", "text/plain"} <= told["read"].keys()
    assert told["read"]["image/svg+xml"].startswith("<svg ")
    assert "Interactive dialogue" in told["read"]["text/html"]
    assert "total: at most 99 interventions of 3 min" in told["capacity"]["text/html"]
    assert told["missing"]["text/plain"] == "datetime.timedelta(seconds=10920)"
    assert "Timedelta('0 days 05:00:00')" in told["blocks"]["text/plain"]
    assert "99" in told["blocks"]["text/plain"]
    assert told["agenda"]["text/plain"].startswith("shape: (5, 9)")
    assert told["limits"]["text/plain"].splitlines()[2].split() == ["0", "days", "00:03:00", "99"]
    assert told["order"]["text/plain"].startswith("shape: (2, 4)")
    assert "Civil society organisation 4" in told["chances"]["text/html"]
    assert {"text/html", "image/svg+xml"} <= told["forecast"].keys()
    page = (folder / "r2p-2014.html").read_text(encoding="utf-8")
    assert told["page"]["text/plain"] == str(len(page))
