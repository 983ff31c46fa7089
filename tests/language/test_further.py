"""A further language is one file beside the others."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import r2psched

PACKAGE = Path(r2psched.__file__).parent
PROGRAMME = """\
id = "r2p"
lang = "de"
title = { en = "Dialogue", de = "Aussprache" }
zone = "Europe/Berlin"
date = 2027-03-01

[[sessions]]
id = "floor"
title = { en = "Debate", de = "Debatte" }
time = "10:00-11:00"
chair = "Mara Lind"
"""
SCRIPT = """\
import json
import r2psched as r2
from r2psched.language import date_forms, languages

plans = [r2.read("meeting.toml", lang=lang) for lang in (None, "en")]
print(json.dumps({
    "languages": languages(),
    "titles": [plan.sessions[0].title for plan in plans],
    "agendas": [r2.agenda(plan).decode() for plan in plans],
    "dates": date_forms(plans[0].dates[0], "de")[:2],
    "findings": str(r2.check(plans[0], ignore="no-revision-time")),
}))
"""


def test_a_further_language_is_one_file(tmp_path: Path) -> None:
    """With de.toml beside en.toml, programmes are read, written and dated in German."""
    copy = tmp_path / "site" / "r2psched"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    english = (copy / "language" / "en.toml").read_text("utf-8")
    german = english.replace('"Chair: {who}"', '"Vorsitz: {who}"')
    assert german != english
    (copy / "language" / "de.toml").write_text(german, "utf-8")
    (tmp_path / "meeting.toml").write_text(PROGRAMME, "utf-8")
    run = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(copy.parent), "PYTHONIOENCODING": "utf-8"},
        check=True,
        capture_output=True,
    )
    told = json.loads(run.stdout)
    assert told["languages"] == ["en", "de", "fr"]
    assert told["titles"] == ["Debatte", "Debate"]
    assert told["dates"] == ["Montag, 1. März 2027", "Mo., 1. März 2027"]
    assert told["findings"] == "no findings"
    in_german, in_english = told["agendas"]
    assert "SUMMARY:Debatte" in in_german
    assert "Vorsitz: Mara Lind" in in_german
    assert "SUMMARY:Debate" in in_english
    assert "Chair: Mara Lind" in in_english
