"""What the repository promises around the package."""

import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

import r2psched

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "r2psched"
FRAGMENT = re.compile(r"[a-z0-9][a-z0-9-]*\.(?P<type>[a-z]+)\.md")
WORKPLACE = re.compile(
    r"https?://[^\s/\"']*(?:pypi|pythonhosted|npmjs|debian)|--(?:extra-)?index-url|(?<![\w.])/[w]ork/"
)


@pytest.fixture(scope="module")
def settings() -> dict[str, Any]:
    """Give what pyproject.toml says."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the source distribution and the wheel, and give their folder."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return folder


def tracked_files() -> Iterator[Path]:
    """Give the files that git tracks, or every file beside no git checkout."""
    if not (ROOT / ".git").exists():
        made = {".hypothesis", ".venv", "__pycache__", "build", "dist", "node_modules"}
        yield from (p for p in ROOT.rglob("*") if p.is_file() and not made & {*p.parts})
        return
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached"]
    listed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    yield from (ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file())


def shipped_files() -> set[str]:
    """Give the package's files as a wheel names them."""
    return {
        path.relative_to(PACKAGE.parent).as_posix()
        for path in PACKAGE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_version(settings: dict[str, Any]) -> None:
    """The package says the version that it is published under."""
    assert r2psched.__version__ == settings["project"]["version"]


def test_core_dependencies(settings: dict[str, Any]) -> None:
    """The core installs five packages and no more."""
    names = {re.split(r"[<>=~! ;\[]", line)[0] for line in settings["project"]["dependencies"]}
    assert names == {"attrs", "cattrs", "click", "icalendar", "pendulum"}


def test_dev_group(settings: dict[str, Any]) -> None:
    """The group dev holds every other group, so that constraints.txt pins them all."""
    groups = settings["dependency-groups"]
    included = {entry["include-group"] for entry in groups["dev"]}
    assert included == groups.keys() - {"dev"}


@pytest.mark.parametrize(
    "text",
    [
        "https:" + "//pypi.example/simple/x",
        "pip install --extra-" + "index-url x",
        "see /" + "work/notes.txt",
    ],
)
def test_workplace_pattern(text: str) -> None:
    """An address of a package registry or of a build machine is recognised."""
    assert WORKPLACE.search(text)


def test_no_workplace() -> None:
    """No tracked file names a package registry's address or a build machine's folder."""
    found = []
    for path in tracked_files():
        text = path.read_bytes().decode("utf-8", errors="replace")
        found += [f"{path.relative_to(ROOT)}: {m.group()}" for m in WORKPLACE.finditer(text)]
    assert found == []


def test_constraints_are_exact() -> None:
    """constraints.txt holds exact versions only: no addresses, paths or editable lines."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert pins
    assert [p for p in pins if not re.fullmatch(r"[\w.-]+==[\w.+!]+", p)] == []


def test_constraints_hold_every_requirement(settings: dict[str, Any]) -> None:
    """constraints.txt pins each package that pyproject.toml asks for by name."""
    asked = [*settings["build-system"]["requires"], *settings["project"]["dependencies"]]
    for extra in settings["project"]["optional-dependencies"].values():
        asked += extra
    for group in settings["dependency-groups"].values():
        asked += [entry for entry in group if isinstance(entry, str)]
    pinned = (ROOT / "constraints.txt").read_text(encoding="utf-8").lower().replace("_", "-")
    names = {re.split(r"[<>=~! ;\[]", line)[0].lower() for line in asked}
    assert {name for name in names if f"\n{name}==" not in pinned} == set()


def test_changelog_fragments(settings: dict[str, Any]) -> None:
    """Every changelog fragment is named TOPIC.TYPE.md with a type that towncrier knows."""
    types = {entry["directory"] for entry in settings["tool"]["towncrier"]["type"]}
    wrong = [
        path.name
        for path in (ROOT / "changelog.d").iterdir()
        if path.name != "README.md"
        and not ((name := FRAGMENT.fullmatch(path.name)) and name["type"] in types)
    ]
    assert wrong == []


def test_wheel_holds_the_package(built: Path) -> None:
    """The wheel ships every file of the package: py.typed, schemas and demo data too."""
    (wheel,) = built.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {name for name in names if ".dist-info/" not in name} == shipped_files()
    assert "r2psched/py.typed" in names
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)


def test_sdist_holds_what_it_takes(built: Path) -> None:
    """The source distribution ships the package, its tests and all that the tests read."""
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {"/".join(PurePosixPath(name).parts[1:]) for name in archive.getnames()}
    assert {f"src/{name}" for name in shipped_files()} <= names
    assert {"LICENSE", "README.md", "conftest.py", "constraints.txt"} <= names
    assert {"changelog.d/README.md", "tests/test_repository.py"} <= names
