"""Texts of a file in several languages: one is read, ids stay, and what is wrong is told."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from r2psched import rulings
from r2psched.blocks import Day
from r2psched.checks import check
from r2psched.errors import InvalidInput, InvalidValue
from r2psched.files import from_dict, loads, read, to_dict, write
from r2psched.files.changing import change
from r2psched.files.history import Stamp
from r2psched.files.ids import add_ids
from r2psched.files.splitting import split
from r2psched.ical import agenda
from r2psched.identifiers import slug
from r2psched.language import words as words_of
from r2psched.sessions import KINDS
from tests.files.telling import told
from tests.strategies import programmes, texts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from r2psched.programme import Programme

BASE: dict[str, Any] = {"id": "a", "title": "A", "zone": "UTC", "date": "2014-09-08"}
PLACES = [
    "title",
    "description",
    "venue",
    "room",
    "documents",
    "documents[]",
    "organiser.name",
    "organiser.function",
    "contacts.name",
    "contacts[].function",
    "registration.write_to",
    "registration.instructions",
    "sessions[].title",
    "sessions[].kind",
    "sessions[].description",
    "sessions[].room",
    "sessions[].documents[]",
    "sessions[].chair.name",
    "sessions[].chair.function",
    "sessions[].moderator.function",
    "sessions[].panellists[].function",
    "sessions[].reserves[].title",
    "sessions[].reserves[].assumed",
    "sessions[].speakers.note",
    "sessions[].speakers.registration.write_to",
    "sessions[].speakers.registration.instructions",
]
"""Every key that may hold a text in several languages."""
NO_TEXTS = [
    "id",
    "zone",
    "lang",
    "status",
    "webcast",
    "ignore",
    "organiser.email",
    "invitations.sent_by",
    "sessions[].id",
    "sessions[].webcast",
    "sessions[].reserves[].at",
    "sessions[].speakers.seed",
    "sessions[].speakers.inscriptions[].delegation",
    "sessions[].speakers.inscriptions[].speaker",
    "sessions[].speakers.inscriptions[].on_behalf",
    "sessions[].speakers.inscriptions[].level",
]
NEEDED = {
    "organiser": {"name": "Office"},
    "contacts": {"name": "Desk"},
    "sessions": {"title": "Panel"},
    "chair": {"name": "Ann"},
    "moderator": {"name": "Bo"},
    "panellists": {"name": "Cy"},
    "reserves": {"title": "Replies", "at": "end", "length": "5 min"},
    "inscriptions": {"delegation": "Chile"},
}
"""What a table needs besides the key in question."""


def tree(place: str, value: object) -> dict[str, Any]:
    """Make the least tree that holds a value at a place."""
    return BASE | _table("", place.split("."), value)


def _table(name: str, steps: list[str], value: object) -> dict[str, Any]:
    key = steps[0].removesuffix("[]")
    inner = _table(key, steps[1:], value) if steps[1:] else value
    return NEEDED.get(name, {}) | {key: [inner] if steps[0].endswith("[]") else inner}


def found(plan: Programme, place: str) -> list[str]:
    """Give the texts that stand at a place of a programme."""
    values: list[Any] = [plan]
    for step in place.replace("[]", "").split("."):
        values = [getattr(each, step) for each in values]
        values = [one for v in values for one in (v if isinstance(v, tuple) else (v,))]
    return values


@pytest.mark.parametrize("place", PLACES)
def test_the_language_that_is_asked_for_is_read(place: str) -> None:
    """At each place that holds a text; by default it is the language of the file."""
    given = tree(place, {"en": "Hall", "fr": "Salle"})
    assert found(from_dict(given), place) == ["Hall"]
    assert found(from_dict(given, lang="fr"), place) == ["Salle"]
    assert found(from_dict({**given, "lang": "fr"}), place) == ["Salle"]
    assert found(from_dict({**given, "lang": "fr"}, lang="en"), place) == ["Hall"]


@pytest.mark.parametrize("place", PLACES)
def test_the_programme_is_in_that_language(place: str) -> None:
    """It reads as if the file had said it in this language alone; the tree stays as it is."""
    given = tree(place, {"en": "Hall", "fr": "Salle"})
    kept = repr(given)
    for lang, word in (("en", "Hall"), ("fr", "Salle")):
        alone = {**tree(place, word), "lang": lang}
        if place == "sessions[].title":
            alone["sessions"][0]["id"] = "hall"
        plan = from_dict(given, lang=lang)
        assert plan.lang == lang
        assert attrs.evolve(plan, sessions=_identified(plan)) == attrs.evolve(
            from_dict(alone), sessions=_identified(from_dict(alone))
        )
    assert repr(given) == kept


def _identified(plan: Programme) -> list[Any]:
    return [attrs.evolve(session, id=session.id) for session in plan]


@pytest.mark.parametrize("place", NO_TEXTS)
def test_what_is_no_text_is_no_table(place: str) -> None:
    """Ids, kinds, links, addresses, names on a list: a table there is a fault at its place."""
    (fault,) = told(from_dict, tree(place, {"en": "a", "fr": "b"}))
    assert place.rpartition(".")[2].removesuffix("[]") in fault


@pytest.mark.parametrize(
    ("table", "own", "asked", "text"),
    [
        ({"en": "A", "fr": "B"}, "en", None, "A"),
        ({"en": "A", "fr": "B"}, "fr", None, "B"),
        ({"fr": "B", "en": "A"}, None, None, "A"),
        ({"en": "A", "de": "C"}, "en", "fr", "A"),
        ({"de": "C", "en": "A"}, "fr", "en", "A"),
        ({"de": "C", "es": "D"}, "fr", "en", "C"),
        ({"de": "C", "fr": "B"}, "fr", "en", "B"),
        ({"FR": "B", "de": "C"}, "en", "fr", "B"),
        ({"zh-Hans-CN": "E"}, "en", "fr", "E"),
    ],
)
def test_what_stands_for_a_text_that_is_lacking(
    table: dict[str, str], own: str | None, asked: str | None, text: str
) -> None:
    """The language asked for, else that of the file, else the first; tags have no case."""
    head = BASE if own is None else BASE | {"lang": own}
    assert from_dict(head | {"venue": table}, lang=asked).venue == text


TITLES = (
    '[[sessions]]\ntitle = { fr = "Table ronde", en = "Panel discussion" }\ntime = "10:00-11:00"\n'
)
HEAD = 'id = "a"\ntitle = "A"\nzone = "UTC"\ndate = 2014-09-08\n'


@pytest.mark.parametrize("own", ["en", "fr"])
def test_ids_and_uids_are_the_same_in_every_language(own: str) -> None:
    """An id that is not stated is derived from the title in the language of the file."""
    text = f'{HEAD}lang = "{own}"\n{TITLES}[sessions.speakers]\nlimit = "3 min"\n'
    plans = [loads(text, lang=lang) for lang in (None, "en", "fr")]
    name = {"en": "panel-discussion", "fr": "table-ronde"}[own]
    assert [plan.sessions[0].id for plan in plans] == [name] * 3
    uids = [
        [line for line in agenda(plan).decode().split("\r\n") if line.startswith("UID:")]
        for plan in plans
    ]
    assert uids == [[f"UID:a.{name}.1@r2psched"]] * 3


@pytest.mark.parametrize("lang", [None, "en", "fr"])
def test_derived_ids_are_told_in_every_language(lang: str | None) -> None:
    """An id that no language states is derived in whatever language it is read; a stated is not."""
    stated = TITLES.replace("10:00-11:00", "12:00-13:00").replace("title", 'id = "b"\ntitle')
    plan = loads(f"{HEAD}{TITLES}{stated}", lang=lang)
    codes = [(each.code, each.message.partition(",")[2]) for each in check(plan)]
    derived = [told for code, told in codes if code == "derived-id"]
    assert [told.partition(",")[0] for told in derived] == [" panel-discussion"]


@pytest.mark.parametrize("lang", [None, "en", "fr"])
def test_sessions_are_found_by_the_own_title(lang: str | None) -> None:
    """In whatever language it is read: by the title in it, and by that in the file's language."""
    plan = loads(f"{HEAD}{TITLES}", lang=lang)
    assert plan["panel DISCUSSION"] is plan.sessions[0]
    assert "Panel discussion" in plan
    assert ("Table ronde" in plan) == (lang == "fr")


def test_the_title_that_is_read_comes_first() -> None:
    """Where a title is that of one session here and of another in the file, it is that read."""
    text = "".join(
        f'[[sessions]]\nid = "{key}"\ntitle = {{ en = "{en}", fr = "{fr}" }}\n'
        for key, en, fr in (("a", "Notes", "Pages"), ("b", "Pages", "Notes"), ("c", "X", "Z"))
    )
    plan = loads(HEAD + text, lang="fr")
    assert [plan[name].id for name in ("Notes", "Pages", "X", "Z")] == ["b", "a", "c", "c"]


words = st.dictionaries(st.sampled_from(["en", "fr", "de", "es"]), texts(), min_size=1)


@given(st.lists(words | texts(), max_size=3), st.sampled_from(["en", "fr"]))
def test_ids_are_those_of_the_own_language(titles: list[Any], own: str) -> None:
    """Whatever the titles are and is asked for, also where it is written and read again."""
    given = {**BASE, "lang": own, "sessions": [{"title": title} for title in titles]}
    first = [
        title if isinstance(title, str) else title.get(own, next(iter(title.values())))
        for title in titles
    ]
    derived = [slug(title.strip()) for title in first]
    if len(set(derived)) < len(derived):
        for lang in (None, "en", "fr"):
            assert "have one id" in told(from_dict, given, lang=lang)[0]
        return
    for lang in (None, "en", "fr"):
        plan = from_dict(given, lang=lang)
        assert [session.id for session in plan] == derived
        again = from_dict(to_dict(plan))
        assert again == plan
        assert [session.id for session in again] == derived


@given(programmes())
def test_a_file_in_one_language_reads_alike_in_every(plan: Programme) -> None:
    """But for the language of the programme itself."""
    wanted = attrs.evolve(plan, lang="fr")
    assert from_dict(to_dict(plan), lang="fr") == wanted
    assert wanted.untranslated == ()


def test_what_is_wrong_is_told_at_once() -> None:
    """Each fault of a table with its place and language, beside whatever else is wrong."""
    assert told(
        from_dict,
        BASE
        | {
            "title": {},
            "venue": {"en": 5, "fr": " ", "de": None, "x": "A", "english": "B", "": "C"},
            "room": {"en": "A", "EN": "B"},
            "status": "x",
            "documents": ["A/1", {"en": "Note", "fr": ["x"]}],
            "sessions": [{"title": {"fr": "Table", "e n": "Panel"}, "chair": {"en": "Ann"}}],
        },
    ) == [
        'title: is empty: write the text by language, such as { en = "Room 4", fr = "Salle 4" }',
        "venue.en: expected a text in quotes, got 5",
        "venue.fr: expected a text that is not empty",
        "venue.de: expected a text in quotes, got None",
        'venue: expected the tag of a language, such as en in { en = "…" }, got "x"',
        'venue: expected the tag of a language, such as en in { en = "…" }, got "english"',
        'venue: expected the tag of a language, such as en in { en = "…" }, got ""',
        "room.EN: is said a second time: en is the same language, remove one of them",
        "documents[2] \"Note\": fr: expected a text in quotes, got ['x']",
        (
            'sessions[1] "Table": title: expected the tag of a language, such as en in '
            '{ en = "…" }, got "e n"'
        ),
        (
            'sessions[1] "Table": chair.name: is missing: write it as it is printed, such as '
            'name = "Jan Eliasson"'
        ),
        (
            'sessions[1] "Table": chair: unknown key "en": known here are name, function, email, '
            "invite"
        ),
        'status: expected one of "tentative", "provisional", "confirmed", "cancelled", got "x"',
    ]


ANYTHING = st.recursive(
    st.none() | st.integers() | texts() | st.booleans(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["en", "fr", "x"]), inner)
    ),
    max_leaves=5,
)


@given(st.sampled_from(PLACES), ANYTHING, st.sampled_from([None, "en", "fr"]))
def test_anything_is_read_or_refused(place: str, value: object, lang: str | None) -> None:
    """What stands where a text may be is read, or is a fault, and no other error."""
    try:
        plan = from_dict(tree(place, value), lang=lang)
    except InvalidInput:
        return
    assert from_dict(to_dict(plan)) == plan


def test_a_language_that_there_is_not(tmp_path: Path) -> None:
    """Neither the language asked for nor that of the file may be another than those shipped."""
    path = tmp_path / "a.toml"
    path.write_text(HEAD, encoding="utf-8")
    readers: tuple[Callable[[str], object], ...] = (
        lambda lang: read(path, lang=lang),
        lambda lang: loads(HEAD, lang=lang),
        lambda lang: from_dict(BASE, lang=lang),
    )
    for each, lang in product(readers, ("de", "", "en-GB")):
        with pytest.raises(InvalidValue, match="expected a language"):
            each(lang)
    wrong = 'lang: expected a language, "en" or "fr", got "de"'
    assert told(loads, f'{HEAD}lang = "de"\n') == [wrong]
    assert told(loads, f'{HEAD}lang = "de"\n', lang="fr") == [wrong]


@pytest.mark.parametrize("lang", [None, "en", "fr"])
def test_what_is_not_translated_is_told(lang: str | None) -> None:
    """In whatever language it is read: each text that lacks one that others have, or the file."""
    text = (
        f'{HEAD}revised = 2014-08-01T12:00:00\nroom = {{ en = "Hall", de = "Saal" }}\n'
        'venue = { es = "Ciudad" }\ndescription = { en = "D", fr = "D" }\n'
        '[[sessions]]\nid = "p"\ntitle = { fr = "Table" }\ntime = "10:00-11:00"\n'
    )
    assert [str(each) for each in check(loads(text, lang=lang))] == [
        'note [untranslated] room: is not there in "fr", and is told in "en"; add fr = "…"',
        (
            'note [untranslated] venue: is not there in "en" and "fr", and is told in "es"; '
            'add en = "…", fr = "…"'
        ),
        (
            'note [untranslated] sessions[1] "Table": title: is not there in "en", and is told '
            'in "fr"; add en = "…"'
        ),
    ]


def test_the_language_asked_for_is_lacking_everywhere() -> None:
    """A file whose tables have one language lacks the other when that is asked for."""
    text = f'{HEAD}venue = {{ en = "Town" }}\n'
    assert [each.lacking for each in loads(text).untranslated] == []
    assert [each.lacking for each in loads(text, lang="fr").untranslated] == [("fr",)]


LISTED = (
    f'# kept\n{HEAD}venue = {{ en = "Town",  fr = "Ville" }}  # both\n{TITLES}'
    '[sessions.speakers]\nlimit = "3 min"\ninscriptions = ["Chile", "Fiji"]\n'
)
STAMP = Stamp(Day("2014-09-01", zone="UTC").at("10:00"), "Mara")


def test_ids_are_written_in_the_own_language(tmp_path: Path) -> None:
    """And the tables stay as they are, with their spaces and comments."""
    path = tmp_path / "a.toml"
    path.write_text(LISTED, encoding="utf-8")
    assert add_ids(path) == ("panel-discussion", "chile", "fiji")
    text = path.read_text("utf-8")
    assert 'venue = { en = "Town",  fr = "Ville" }  # both' in text
    assert 'title = { fr = "Table ronde", en = "Panel discussion" }' in text
    assert read(path, lang="fr")["panel-discussion"].title == "Table ronde"


def test_a_list_is_moved_and_changed(tmp_path: Path) -> None:
    """It is found by the id in the language of the file, and the tables stay as they are."""
    path = tmp_path / "a.toml"
    path.write_text(LISTED, encoding="utf-8")
    csv, _ = split(path, "Panel discussion", STAMP)
    assert csv.name == "a-panel-discussion.csv"
    assert path.read_text("utf-8") == LISTED.replace('["Chile", "Fiji"]', f'"{csv.name}"')
    change(path, "panel-discussion", "move", lambda held: rulings.move(held, "Fiji", 1), STAMP)
    session = read(path, lang="fr")["panel-discussion"]
    assert [str(who) for who in rulings.in_order(session)] == ["Fiji", "Chile"]


def test_one_language_is_written(tmp_path: Path) -> None:
    """A programme is written in the language in which it was read, with the same ids."""
    path = tmp_path / "a.toml"
    write(loads(LISTED, lang="fr"), path)
    plan = read(path)
    assert (plan.lang, plan.venue) == ("fr", "Ville")
    assert (plan.sessions[0].title, plan.sessions[0].id) == ("Table ronde", "panel-discussion")


@pytest.mark.parametrize(
    ("kind", "place"),
    [
        ({"en": "break", "fr": "pause"}, "kind.en"),
        ({"en": "recess", "fr": " break "}, "kind.fr"),
        ({"en": "Break", "fr": "Pause"}, "kind.en"),
        ({"de": "panel", "en": "Podium"}, "kind.de"),
    ],
)
@pytest.mark.parametrize("lang", [None, "en", "fr"])
def test_kinds_that_mean_something(kind: dict[str, str], place: str, lang: str | None) -> None:
    """A word for which the catalogue has words of its own stands alone, or it were two things."""
    found = told(from_dict, tree("sessions[].kind", kind), lang=lang)
    assert len(found) == 1
    assert f'"Panel": {place}: is said in every language by itself: write kind = "' in found[0]


def test_those_kinds_are_all() -> None:
    """The kinds that the catalogue has words for are those that a programme is told with."""
    known = {key.removeprefix("outline.") for key in words_of().texts}
    assert known >= KINDS
