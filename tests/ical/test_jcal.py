"""jCal, beside what icalendar makes of the same calendar."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import icalendar
import pytest
from hypothesis import assume, given

from r2psched.errors import InvalidValue
from r2psched.ical import agenda, jcal
from r2psched.ical.components import calendar, component
from r2psched.ical.lines import address_line, text_line, texts_line
from tests.ical.meetings import dialogue, forum
from tests.strategies import programmes

if TYPE_CHECKING:
    from r2psched.programme import Programme

# What icalendar has no type for, and what it cuts or leaves in lists of one.
OTHERWISE = {"name", "x-wr-calname", "x-wr-caldesc", "x-wr-timezone", "x-published-ttl"}


def held(told: list[Any]) -> list[Any]:
    """Give a component as both tell it, in one order."""
    properties = []
    for name, parameters, kind, *values in told[1]:
        listed = [
            {key: part if isinstance(part, list) else [part] for key, part in value.items()}
            if name == "rrule"
            else value
            for value in values
        ]
        if name not in OTHERWISE:
            left = {key: value for key, value in parameters.items() if key != "cn"}
            properties.append([name, left, kind, *listed])
    return [told[0], sorted(properties, key=json.dumps), [held(each) for each in told[2]]]


def agree(data: bytes) -> None:
    """Hold a calendar in jCal against that of icalendar."""
    ours = jcal(data)
    assert json.loads(json.dumps(ours)) == ours
    theirs = json.loads(json.dumps(icalendar.Calendar.from_ical(data).to_jcal()))
    assert held(ours) == held(theirs)


@pytest.mark.parametrize("utc", [True, False])
@pytest.mark.parametrize("programme", [dialogue(), forum()], ids=["dialogue", "forum"])
def test_meetings(programme: Programme, *, utc: bool) -> None:
    """Agendas say in jCal what icalendar reads in them."""
    agree(agenda(programme, utc=utc))


@given(programmes())
def test_programmes_of_every_kind(programme: Programme) -> None:
    """Whatever a programme holds."""
    assume(programme.parts)
    agree(agenda(programme))


def test_what_icalendar_leaves_escaped() -> None:
    """The calendar's names are texts, and its time to live a duration."""
    properties = {name: rest for name, *rest in jcal(agenda(forum()))[1]}
    assert properties["name"] == properties["x-wr-calname"] == [{}, "text", "Forum, 2025"]
    assert (
        properties["x-published-ttl"] == properties["refresh-interval"] == [{}, "duration", "PT1H"]
    )


@pytest.mark.parametrize(
    "text", [r"C:\New", "a, b; c", "one\ntwo", r"\, \; \\n", 'x "y"', "^n ^^ ^'", "日本" * 40, ","]
)
def test_texts_come_back(text: str) -> None:
    """Texts, lists of texts and parameters are told without their escapes."""
    lines = [text_line("SUMMARY", text), texts_line("CATEGORIES", [text, "x", text])]
    (event,) = jcal(calendar("x", [component("VEVENT", lines)]))[2]
    assert event == [
        "vevent",
        [["summary", {}, "text", text], ["categories", {}, "text", text, "x", text]],
        [],
    ]


def test_a_name_in_a_parameter() -> None:
    """A backslash stays, whatever stands after it; carets of RFC 6868 are taken back."""
    line = address_line("ORGANIZER", "a@example.org", cn=r"C:\New\, \; ^n")
    assert jcal(calendar("x", [component("VEVENT", [line])]))[2][0][1] == [
        ["organizer", {"cn": r"C:\New\, \; ^n"}, "cal-address", "mailto:a@example.org"]
    ]


def test_values_of_each_type() -> None:
    """Each value is told as RFC 7265 section 3.6 has it; VALUE is in the type alone."""
    lines = (
        b"DTSTART;VALUE=DATE:20140908\r\n"
        b"DTEND;TZID=Europe/Zurich:20140908T101112\r\n"
        b"RRULE:FREQ=YEARLY;UNTIL=20200101T000000Z;BYDAY=1SU,-1MO;COUNT=5\r\n"
        b"TZOFFSETTO:-003408\r\n"
        b"SEQUENCE:7\r\n"
        b'X-OTHER;X-P=a,"b,c":as it\\, stands\r\n'
        b"X-TYPED;VALUE=INTEGER:-3\r\n"
    )
    assert jcal(calendar("x", [component("VEVENT", [lines])]))[2][0][1] == [
        ["dtstart", {}, "date", "2014-09-08"],
        ["dtend", {"tzid": "Europe/Zurich"}, "date-time", "2014-09-08T10:11:12"],
        [
            "rrule",
            {},
            "recur",
            {
                "freq": "YEARLY",
                "until": "2020-01-01T00:00:00Z",
                "byday": ["1SU", "-1MO"],
                "count": 5,
            },
        ],
        ["tzoffsetto", {}, "utc-offset", "-00:34:08"],
        ["sequence", {}, "integer", 7],
        ["x-other", {"x-p": ["a", "b,c"]}, "unknown", "as it\\, stands"],
        ["x-typed", {}, "integer", -3],
    ]


@pytest.mark.parametrize("data", [b"", b"BEGIN:VCALENDAR\r\n", b"no calendar\r\n"])
def test_what_is_no_calendar(data: bytes) -> None:
    """It is refused, and what is wrong is told."""
    with pytest.raises(InvalidValue, match=r"expected one calendar|is not sound: line 1"):
        jcal(data)


def told(*lines: bytes) -> list[Any]:
    """Tell the properties of an event."""
    octets = b"".join(line + b"\r\n" for line in lines)
    properties: list[Any] = jcal(calendar("x", [component("VEVENT", [octets])]))[2][0][1]
    return properties


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            b"EXDATE:20140915T100000Z,20140922T100000Z",
            ["date-time", "2014-09-15T10:00:00Z", "2014-09-22T10:00:00Z"],
        ),
        (b"EXDATE;VALUE=DATE:20140915", ["date", "2014-09-15"]),
        (
            b"RDATE;VALUE=PERIOD:20140916T100000Z/PT1H,20140917T100000/20140917T120000",
            [
                "period",
                ["2014-09-16T10:00:00Z", "PT1H"],
                ["2014-09-17T10:00:00", "2014-09-17T12:00:00"],
            ],
        ),
        (b"FREEBUSY:20140916T100000Z/PT1H", ["period", ["2014-09-16T10:00:00Z", "PT1H"]]),
        (b"GEO:37.386013;-122.082932", ["float", [37.386013, -122.082932]]),
        (b"REQUEST-STATUS:2.0;Success", ["text", ["2.0", "Success"]]),
        (b"REQUEST-STATUS:3.1;No\\; such;X:a\\,b", ["text", ["3.1", "No; such", "X:a,b"]]),
        (b"RESOURCES:x\\,y,z", ["text", "x,y", "z"]),
        (b"RESOURCES:,z", ["text", "", "z"]),
        (b"RESOURCES:y,z,", ["text", "y", "z", ""]),
        (b"RESOURCES:y,z\\", ["text", "y", "z\\"]),
        (b"X-B;VALUE=BOOLEAN:TRUE", ["boolean", True]),
        (b"X-B;VALUE=BOOLEAN:false", ["boolean", False]),
        (b"X-F;VALUE=FLOAT:+1.5", ["float", 1.5]),
        (b"X-T;VALUE=TIME:123000Z", ["time", "12:30:00Z"]),
        (b"X-I;VALUE=INTEGER:+5", ["integer", 5]),
        (b"X-U;VALUE=URI:https://e.org/a,b;c", ["uri", "https://e.org/a,b;c"]),
        (b"X-N;VALUE=NEW:as it\\, stands", ["new", "as it\\, stands"]),
        (b"ATTACH;VALUE=BINARY;ENCODING=BASE64:AAEC", ["binary", "AAEC"]),
        (
            b"RRULE:FREQ=MONTHLY;BYMONTHDAY=+5,-1;UNTIL=20141001",
            ["recur", {"freq": "MONTHLY", "bymonthday": [5, -1], "until": "2014-10-01"}],
        ),
    ],
)
def test_values_that_agendas_do_not_have(line: bytes, expected: list[Any]) -> None:
    """Lists and values of several parts are taken apart (RFC 7265 sections 3.4 and 3.6)."""
    ((_, _, *found),) = told(line)
    assert found == expected


@pytest.mark.parametrize(
    "line",
    [
        b"DTSTART:today",
        b"DTSTART;VALUE=DATE:20140908T100000Z",
        b"EXDATE:20140915T100000Z,",
        b"RDATE;VALUE=PERIOD:20140916T100000Z",
        b"GEO:37.386013",
        b"GEO:1;2;3",
        b"RRULE:WEEKLY",
        b"SEQUENCE:one",
        b"SEQUENCE:" + b"9" * 60,
        b"TZOFFSETTO:0100",
        b"X-B;VALUE=BOOLEAN:yes",
        b"X-F;VALUE=FLOAT:nan",
        b"X-F;VALUE=FLOAT:" + b"\r\n ".join([b"9" * 50] * 8),
        b"X-T;VALUE=TIME:12:30",
        b"X-I;VALUE=INTEGER:\xd9\xa3",
    ],
)
def test_values_of_another_type(line: bytes) -> None:
    """What is not of its type is refused with its place, and not told as if it were."""
    expected = r"the calendar is not sound: line 5 \(VEVENT 1\): [A-Z-]+: expected [A-Z-]+, got "
    with pytest.raises(InvalidValue, match=expected):
        told(line)
