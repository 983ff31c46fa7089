"""Texts of one's own, in one language or in several."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from r2psched.checks import check
from r2psched.files import from_dict, read, to_dict
from tests.files.telling import told

if TYPE_CHECKING:
    from pathlib import Path

HEAD = 'id = "a"\ntitle = "A"\nzone = "UTC"\nrevised = 2014-09-08T12:00:00\n'
BOTH = {"en": "{who} speaks", "fr": "{who} parle"}


def tree(texts: object) -> dict[str, Any]:
    """Make a programme with texts of its own."""
    return {"id": "a", "title": "A", "zone": "UTC", "invitations": {"texts": texts}}


@pytest.mark.parametrize("texts", [{"slot.summary": BOTH}, {"slot": {"summary": BOTH}}])
@pytest.mark.parametrize(
    ("lang", "said"), [(None, "{who} speaks"), ("en", "{who} speaks"), ("fr", "{who} parle")]
)
def test_the_language_that_is_asked_for(texts: object, lang: str | None, said: str) -> None:
    """A text by language is read as one of the programme is; it is written in one language."""
    plan = from_dict(tree(texts), lang=lang)
    assert plan.invitations.texts == (("slot.summary", said),)
    assert to_dict(plan)["invitations"]["texts"] == {"slot.summary": said}


def test_in_a_file_of_their_own(tmp_path: Path) -> None:
    """So is one in the file of texts; what it lacks is told by check, with its place."""
    file = tmp_path / "a.toml"
    file.write_text(f'{HEAD}[invitations]\ntexts = "texts.toml"\n', "utf-8")
    (tmp_path / "texts.toml").write_text(
        '[slot]\nsummary = { en = "{who} speaks", fr = "{who} parle" }\n'
        '[mail]\ngreeting = { en = "Hello {name}" }\nnote = "X"\n',
        "utf-8",
    )
    plans = [read(file, lang=lang) for lang in (None, "fr")]
    assert [dict(plan.invitations.texts)["slot.summary"] for plan in plans] == list(BOTH.values())
    for plan in plans:
        assert dict(plan.invitations.texts)["mail.greeting"] == "Hello {name}"
        assert [(each.code, each.place) for each in check(plan)] == [
            ("untranslated", "texts.toml: mail.greeting")
        ]


@pytest.mark.parametrize(
    ("texts", "faults"),
    [
        (
            {"slot": {"summary": {"en": "{who}", "fr": "{whom}"}}},
            ['summary.fr: "{whom}" is not known here'],
        ),
        ({"slot.summary": {"en": "{who}", "fr": 5}}, ["fr: expected a text in quotes, got 5"]),
        ({"slot.summary": {"en": "{who}", "x": "y"}}, ["expected the tag of a language"]),
        ({"slot.sumary": BOTH}, ['slot.sumary: there is no text of this key: did you mean "slot']),
        ({"slot": {"summary": {}}}, ["slot.summary: is empty: write the text by language"]),
    ],
)
def test_what_is_wrong_in_any_language(
    texts: dict[str, object], faults: list[str], tmp_path: Path
) -> None:
    """Each text is looked at, whatever is asked for, in the programme as in a file beside it."""
    found = told(from_dict, tree(texts))
    assert len(found) == len(faults)
    assert all(fault in each for fault, each in zip(faults, found, strict=True))
    assert all(each.startswith("invitations.texts") for each in found)
    written = "\n".join(_lines(texts))
    (tmp_path / "texts.toml").write_text(written, "utf-8")
    again = told(from_dict, tree("texts.toml"), folder=tmp_path)
    assert len(again) == len(faults)
    assert all("texts.toml: " in each for each in again)


def _lines(texts: dict[str, Any]) -> list[str]:
    """Write such a tree as TOML."""
    found = []
    for key, value in texts.items():
        if "." in key:
            found.append(f'"{key}" = {_inline(value)}')
        else:
            found += [f"[{key}]", *(f"{inner} = {_inline(each)}" for inner, each in value.items())]
    return found


def _inline(table: dict[str, object]) -> str:
    return "{ " + ", ".join(f"{tag} = {json.dumps(text)}" for tag, text in table.items()) + " }"
