"""`schedule.xml` and `schedule.json`, held against the schemas that c3voc publishes.

They are under the EUPL 1.2 and no part of this repository. `C3VOC_SCHEDULE` names a checkout of
their source, https://github.com/voc/schedule; without it the rules of `tests/views/exchange` stand
for them.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given
from jsonschema import Draft6Validator

from r2psched.files import read
from r2psched.views.exchange import schedule_json, schedule_xml
from tests.strategies import programmes

if TYPE_CHECKING:
    from r2psched.programme import Programme

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.toml"))


@pytest.fixture(scope="module")
def schemas() -> Path:
    """The folder of the schemas."""
    named = os.environ.get("C3VOC_SCHEDULE")
    if named is None:
        pytest.skip("C3VOC_SCHEDULE names no checkout of c3voc's schemas")
    return Path(named) / "validator"


def valid(schemas: Path, programme: Programme) -> None:
    """Hold both forms against their schemas."""
    schema = schemas / "xsd" / "schedule.xml.xsd"
    done = subprocess.run(
        ["xmllint", "--noout", "--nonet", "--schema", str(schema), "-"],  # noqa: S607  # found as Debian installs it
        input=schedule_xml(programme),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    told = json.loads((schemas / "json" / "schema.json").read_text(encoding="utf-8"))
    Draft6Validator(told).validate(json.loads(json.dumps(schedule_json(programme))))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_examples(schemas: Path, path: Path) -> None:
    """Every example is valid."""
    valid(schemas, read(path))


@given(programme=programmes())
def test_programmes_of_every_kind(schemas: Path, programme: Programme) -> None:
    """So is whatever a programme holds."""
    assume(programme.parts)
    valid(schemas, programme)
