"""Findings: what a check says, errors first."""

from __future__ import annotations

from r2psched.findings import Finding, Findings

NOTE = Finding("assumed", "note", "", "a length is assumed")
WARNING = Finding("weekday", "warning", "date", "is a Sunday", "check the date")
ERROR = Finding("room-overlap", "error", "sessions[2]", "two at once", "move one")
SECOND = Finding("zone", "error", "zone", "unknown")


def test_order() -> None:
    """Errors come first, then warnings, then notes; among equals the order stays."""
    found = Findings([NOTE, ERROR, WARNING, SECOND])
    assert tuple(found) == (ERROR, SECOND, WARNING, NOTE)
    assert len(found) == 4
    assert found[2] is WARNING
    assert found.errors == (ERROR, SECOND)
    assert found.warnings == (WARNING,)
    assert found.notes == (NOTE,)


def test_ok() -> None:
    """Findings without an error are in order."""
    assert Findings([NOTE, WARNING]).ok
    assert not Findings([NOTE, ERROR]).ok
    assert Findings() == Findings([])
    assert Findings().ok


def test_text() -> None:
    """Each finding is one line: severity, code, place, message, remedy."""
    assert str(Findings([NOTE, ERROR])) == (
        "error [room-overlap] sessions[2]: two at once; move one\n"
        "note [assumed] a length is assumed"
    )
    assert str(Findings()) == "no findings"


def test_rows() -> None:
    """Each finding is one dict of text, and one row of the HTML table."""
    assert Findings([ERROR]).rows() == [
        {
            "code": "room-overlap",
            "severity": "error",
            "place": "sessions[2]",
            "message": "two at once",
            "remedy": "move one",
        }
    ]
    assert "<td>room-overlap</td>" in Findings([ERROR])._repr_html_()  # what a notebook calls
    assert Findings()._repr_html_() == "<p>no findings</p>"
