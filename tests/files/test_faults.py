"""What is wrong with a programme is told all at once, each fault with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from r2psched.errors import InvalidInput
from r2psched.files import from_dict, loads, read
from tests.files.telling import HEAD, faults, told

if TYPE_CHECKING:
    from pathlib import Path

AT = 'sessions[1] "Dialogue": '
A_LENGTH = 'expected a duration such as "3 min", "90 s" or "1 h 30 min", got '
A_TIME = 'expected a time such as "10:50-13:00" or "10:50 am to 1:00 pm", got '
NAME = 'is missing: write it as it is printed, such as name = "Jan Eliasson"'
TITLE = 'is missing: write it as it is printed, such as title = "Interactive dialogue"'


def test_place() -> None:
    """A place names every table by its title or name, counted from 1."""
    names = ", ".join(f'"State {n}"' for n in range(1, 14))
    text = (
        f'{HEAD}[[sessions]]\ntitle = "Opening"\n[[sessions]]\ntitle = "Interactive dialogue"\n'
        f'speakers.inscriptions = [{names}, {{ delegation = "Fiji", limit = "three" }}]\n'
    )
    assert told(loads, text) == [
        (
            'sessions[2] "Interactive dialogue": speakers.inscriptions[14] "Fiji": limit: '
            f'{A_LENGTH}"three"'
        )
    ]


def test_all_at_once() -> None:
    """Faults anywhere in the tree are told together."""
    assert faults(
        'weekday = "Tuesday"\nstatus = "x"\nsessoins = 5\n',
        'time = ["10-11", "x"]\ntiem = 5\nreserves = [{ title = "Replies" }]\n'
        '[sessions.speakers]\ninscriptions = ["Chile", 5, {}, { delegation = "Fiji", emial = 5 }]\n'
        'limit = { on_behalf = 5, categories = { observer = "x" } }\n',
    ) == [
        'weekday: 2014-09-08 is a Monday, not "Tuesday": correct one of them',
        (
            f'{AT}time[1] "10-11": {A_TIME}"10-11": write 10 with its minutes, "10:00", or with am '
            "or pm"
        ),
        f'{AT}time[2] "x": {A_TIME}"x"',
        (
            f'{AT}reserves[1] "Replies": a reserve has either a place, such as at = "end", or a '
            "number, such as every = 5"
        ),
        (
            f"{AT}speakers.inscriptions[2]: expected a delegation or a table such as "
            "{ delegation = … }, got 5"
        ),
        (
            f"{AT}speakers.inscriptions[3]: an inscription needs a delegation or a speaker, and "
            "has "
            "neither"
        ),
        f'{AT}speakers.inscriptions[4] "Fiji": unknown key "emial": did you mean email?',
        (
            f"{AT}speakers.limit.default: is missing: write the limit of all others, such as "
            'default = "3 min"'
        ),
        f'{AT}speakers.limit.on_behalf: 5 has no unit: write "5 min" or "5 s"',
        f'{AT}speakers.limit.categories.observer: {A_LENGTH}"x"',
        f'{AT}unknown key "tiem": did you mean time?',
        'status: expected one of "tentative", "provisional", "confirmed", "cancelled", got "x"',
        'unknown key "sessoins": did you mean sessions?',
    ]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("time = 5", 'time: expected a time in quotes, such as "10:50-13:00", got 5'),
        (
            'time = "13:00-10:00"',
            (
                'time: "13:00-10:00" does not end after it begins; write "13:00-10:00+1" if it '
                "ends the next "
                "day"
            ),
        ),
        ('kind = ""', "kind: expected a text that is not empty"),
        ("documents = 5", "documents: expected a text in quotes, got 5"),
        ("speakers = 5", "speakers: expected a table such as { inscriptions = … }, got 5"),
        ("reserves = 5", "reserves: expected a list, got 5"),
        ("chair = 5", "chair: expected a name or a table such as { name = … }, got 5"),
        ("chair = {}", f"chair.name: {NAME}"),
        (
            'panellists = ["A", { name = "B", email = "x" }]',
            (
                'panellists[2] "B": email: expected an e-mail address such as "name@example.org", '
                'got "x"'
            ),
        ),
        ('webcast = "x"', 'webcast: expected a link such as "https://example.org/", got "x"'),
        ("speakers.limit = true", f"speakers.limit: {A_LENGTH}True"),
        (
            "speakers.inscriptions = 5",
            (
                "speakers.inscriptions: expected a list, or the name of a CSV file or workbook "
                'such as "speakers.csv", got 5'
            ),
        ),
        (
            'speakers.inscriptions = ["Chile", "chile"]',
            (
                'speakers: inscriptions 1 and 2, "chile", have one id, "chile": remove one, say '
                "for which group it speaks (on_behalf), or give each an id of its own"
            ),
        ),
        (
            'speakers.inscriptions = "x.csv"',
            (
                'speakers.inscriptions: cannot look for "x.csv": a text has no folder; read a '
                "file, or "
                "give folder="
            ),
        ),
        (
            'speakers.inscriptions = [{ delegation = "A", traits = 5 }]',
            'speakers.inscriptions[1] "A": traits: expected a table, got 5',
        ),
        (
            'x-y = 5\n"a b" = 6',
            (
                'unknown key "a b": known here are title, time, kind, room, description, chair, '
                "moderator, panellists, documents, webcast, reserves, speakers, procedure, "
                "shares, id"
            ),
        ),
    ],
)
def test_session(line: str, fault: str) -> None:
    """What is wrong with a session is told in words."""
    assert faults(session=f"{line}\n")[0] == AT + fault


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("dates = [2014-09-08]", "dates: is given beside date: write one of the two"),
        ("weekday = 5", "weekday: 2014-09-08 is a Monday, not 5: correct one of them"),
        ("revision = -1", "revision: expected a revision from 0 to 2147483647, got -1"),
        (
            'revised = "x"',
            'revised: expected a time such as "13:00" or "2015-09-04 13:00", got "x"',
        ),
        (
            "revised = 2014-07-31",
            'revised: expected a date and time such as "2015-09-04 13:00", got 2014-07-31',
        ),
        (
            "revised = 2014-07-31T12:00:00.5",
            "revised: expected a time in whole seconds, got 2014-07-31 12:00:00.500000",
        ),
        (
            "revised = 2014-11-02T01:30:00",
            (
                "revised: 2014-11-02 01:30 comes twice in America/New_York, where the clocks go "
                "back "
                'then: write "01:30 EDT" or "01:30 EST"'
            ),
        ),
        (
            "revised = 0001-01-01T00:00:00+10:00",
            "revised: expected a time in the years 1 to 9999, got 0001-01-01 00:00:00+10:00",
        ),
        (
            "revised = '2014-02-30T10:00Z'",
            'revised: there is no time "2014-02-30T10:00Z": day is out of range for month',
        ),
        (
            "registration = { x = 1 }",
            'registration: unknown key "x": known here are opens, closes, write_to, instructions',
        ),
        ("registration = 5", "registration: expected a table such as { opens = … }, got 5"),
        ("house = { longest_sitting = 'x' }", f'house.longest_sitting: {A_LENGTH}"x"'),
        ("ignore = 5", "ignore: expected a text in quotes, got 5"),
        ("organiser = {}", f"organiser.name: {NAME}"),
    ],
)
def test_head(line: str, fault: str) -> None:
    """What is wrong with the programme itself is told in words."""
    assert faults(f"{line}\n") == [fault]


@pytest.mark.parametrize(
    ("dates", "told_of"),
    [
        (
            'date = "2014-02-30"',
            ["date: there is no date 2014-02-30: day is out of range for month"],
        ),
        ("date = 5", ["date: expected a date such as 2014-09-08, got 5"]),
        ("date = [2014-09-08]", ["date: expected one date: write dates = […] for several"]),
        (
            'dates = [2014-02-28, "x", 2014-02-28T10:00:00]',
            [
                'dates[2]: expected a date such as "2014-09-08", got "x"',
                (
                    'dates[3]: expected a date such as "2014-09-08", got a date with a time: '
                    "2014-02-28 10:00:00"
                ),
            ],
        ),
        (
            'dates = [2014-02-27, 2014-02-28]\nweekday = "Friday"',
            [
                "weekday: goes with one date: remove it, or write date = …",
                (
                    'sessions[1] "A": time: "10:00-11:00" has no date: write it before the time, '
                    '"2014-09-08 10:00", or give the programme one date'
                ),
            ],
        ),
    ],
)
def test_dates(dates: str, told_of: list[str]) -> None:
    """A wrong date is told once, and each time that has none where there are several."""
    sessions = '[[sessions]]\ntitle = "A"\ntime = "10:00-11:00"\n'
    assert told(loads, f'id = "a"\ntitle = "b"\nzone = "UTC"\n{dates}\n{sessions}') == told_of


def test_missing() -> None:
    """Whatever has to be there is asked for, with how it is written."""
    assert told(loads, "[[sessions]]\n") == [
        'zone: is missing: write the zone of its times, such as zone = "America/New_York"',
        'id: is missing: write one and never change it, such as id = "r2p-2014"',
        f"title: {TITLE}",
        f"sessions[1].title: {TITLE}",
    ]


def test_wrong_zone() -> None:
    """A zone that there is not is told once, with the nearest."""
    assert told(loads, 'id = "a"\ntitle = "b"\nzone = "Asia/Tokio"\n') == [
        (
            'zone: expected a zone such as "America/New_York" or "UTC", got "Asia/Tokio"; did you '
            'mean "Asia/Tokyo"?'
        )
    ]


@pytest.mark.parametrize(
    ("tree", "fault"),
    [
        ([], "expected a table of keys and values, got []"),
        ({1: 2}, "expected keys that are texts, got 1"),
        ({"a\ud800": 1}, 'expected keys that are texts, got "a\\ud800"'),
        ({"title": "\ud800"}, "title: holds half a character, which no file can hold"),
        ({"a": [{"b": 2**70}]}, "a[1].b: the number is too large: nothing here is counted so high"),
    ],
)
def test_trees(tree: object, fault: str) -> None:
    """What a file could not hold is refused in a tree."""
    assert told(from_dict, tree) == [fault]


def test_source(tmp_path: Path) -> None:
    """The faults of a file are told under its name."""
    path = tmp_path / "meeting.toml"
    path.write_text(HEAD + "sessions = 5\n", encoding="utf-8")
    with pytest.raises(InvalidInput) as caught:
        read(path)
    assert str(caught.value) == f"{path}: 1 fault\n  sessions: expected a list, got 5"
