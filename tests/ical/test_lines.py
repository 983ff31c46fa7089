"""Content lines: what is written, how it is folded, and that readers get back what was said."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pendulum
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from icalendar.parser import Contentline

from r2psched.errors import InvalidValue
from r2psched.ical.components import calendar, component
from r2psched.ical.lines import (
    address_line,
    duration_line,
    integer_line,
    text_line,
    texts_line,
    time_line,
    uri_line,
    utc_line,
)
from r2psched.ical.octets import folded

SECOND = 1_000_000
ANY_TEXT = st.text(
    st.one_of(st.characters(exclude_categories=()), st.sampled_from('\\;,:"^nN\n\r\t é日😀'))
)
WRITABLE = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp", "Cn"]) | st.just("\n"))


def us(*parts: int) -> int:
    """Microseconds since the epoch."""
    return int(datetime(*parts, tzinfo=UTC).timestamp()) * SECOND  # type: ignore[misc,arg-type]  # as many parts as a test needs


def value_of(line: bytes, name: str) -> object:
    """Read a line back with icalendar, as a property of an event."""
    event = icalendar.Event.from_ical(component("VEVENT", [line]))
    return event[name]


@given(ANY_TEXT, st.text(max_size=80))
def test_lines_are_short_and_whole(text: str, name: str) -> None:
    """No line passes 75 octets, holds a stray control or splits a character."""
    for line in (text_line("SUMMARY", text), address_line("ATTENDEE", "a@b.org", cn=name)):
        *parts, end = line.split(b"\r\n")
        assert end == b""
        for part in parts:
            assert len(part) <= 75
            assert all(ord(c) >= 32 or c == "\t" for c in part.decode("utf-8"))


@given(WRITABLE)
@example(r"C:\New")
@example(r"\N\n\\N")
@example("one, two; three: four\n\nfive")
@example('"straight" \u2018quotes\u2019 ^ and ^n')
def test_text_comes_back(text: str) -> None:
    """A reader gets the very text that was written, backslashes and line breaks included."""
    assert value_of(text_line("DESCRIPTION", text), "DESCRIPTION") == text


@given(st.text("ab\\;,^é日😀", max_size=300))
def test_folds_stand_where_icalendar_sets_them(text: str) -> None:
    """Folding gives the same octets as icalendar's own, only sooner."""
    line = f"X-TEXT:{text}"
    oracle = Contentline(line).to_ical()  # type: ignore[no-untyped-call]  # icalendar's
    assert folded(line.encode()) == oracle + b"\r\n"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("bell\x07, tab\t, delete\x7f", b"bell\\, tab\t\\, delete"),
        ("lone \udc80 surrogate", "lone \ufffd surrogate".encode()),
        ("a\r\nb\rc\nd", b"a\\nb\\nc\\nd"),
        ("a\u2028b\u2029c\x85d", b"a\\nb\\nc\\nd"),
        ("\ufeffmark", "\ufeffmark".encode()),
    ],
)
def test_what_cannot_stand_is_replaced(text: str, written: bytes) -> None:
    """Controls go, surrogates become U+FFFD, every kind of line break becomes an escaped one."""
    assert text_line("COMMENT", text) == b"COMMENT:" + written + b"\r\n"


@given(st.lists(WRITABLE.filter(bool), min_size=1))
def test_a_list_of_texts_comes_back(texts: list[str]) -> None:
    """Each category is one value, whatever commas it holds."""
    categories = value_of(texts_line("CATEGORIES", texts), "CATEGORIES")
    assert list(categories) == texts  # type: ignore[call-overload]  # icalendar's vCategory


@pytest.mark.parametrize(
    ("instant", "zone", "written"),
    [
        (us(2014, 9, 8, 14), "America/New_York", b";TZID=America/New_York:20140908T100000"),
        (us(2014, 9, 8, 14), "UTC", b":20140908T140000Z"),
        (us(2014, 11, 2, 4, 59), "America/New_York", b";TZID=America/New_York:20141102T005900"),
        (us(2014, 11, 2, 5), "America/New_York", b":20141102T050000Z"),
        (us(2014, 11, 2, 6, 59), "America/New_York", b":20141102T065900Z"),
        (us(2014, 11, 2, 7), "America/New_York", b";TZID=America/New_York:20141102T020000"),
        (us(2024, 4, 6, 15), "Australia/Lord_Howe", b":20240406T150000Z"),
        (
            us(2024, 4, 6, 15, 30),
            "Australia/Lord_Howe",
            b";TZID=Australia/Lord_Howe:20240407T020000",
        ),
        (us(2024, 9, 8, 14), "Asia/Kathmandu", b";TZID=Asia/Kathmandu:20240908T194500"),
    ],
)
def test_times(instant: int, zone: str, written: bytes) -> None:
    """A time is local with its zone, and in UTC for UTC and in the hour shown twice."""
    assert time_line("DTSTART", instant, zone) == b"DTSTART" + written + b"\r\n"


@given(
    st.integers(us(1970, 1, 2) // SECOND, us(2100, 1, 1) // SECOND),
    st.sampled_from(["America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "UTC"]),
)
def test_an_instant_is_never_ambiguous(second: int, zone: str) -> None:
    """Whatever fold a reader assumes, it comes to the instant that was written."""
    head, _, value = time_line("DTEND", second * SECOND, zone).decode().strip().partition(":")
    read = datetime.strptime(value.removesuffix("Z"), "%Y%m%dT%H%M%S").replace(
        tzinfo=UTC if value.endswith("Z") else ZoneInfo(head.partition("=")[2])
    )
    assert {read.replace(fold=fold).timestamp() for fold in (0, 1)} == {second}


@pytest.mark.parametrize("zone", ["UTC", "Africa/Nairobi"])
def test_parts_of_a_second_are_refused(zone: str) -> None:
    """What iCalendar cannot say raises, rather than being cut."""
    with pytest.raises(InvalidValue, match="expected an instant in whole seconds, got 1 micro"):
        time_line("DTSTART", 1, zone)


def test_a_trigger_in_utc_says_its_type() -> None:
    """An absolute TRIGGER states VALUE=DATE-TIME."""
    line = utc_line("TRIGGER", us(2014, 9, 4, 17), value_parameter=True)
    assert line == b"TRIGGER;VALUE=DATE-TIME:20140904T170000Z\r\n"


@pytest.mark.parametrize(
    ("length", "written"),
    [
        (timedelta(minutes=3), b"PT3M"),
        (-timedelta(hours=3), b"-PT3H"),
        (-timedelta(days=1, minutes=5), b"-P1DT5M"),
        (timedelta(0), b"P0D"),
        (timedelta(hours=1, seconds=1), b"PT1H0M1S"),
        (pendulum.datetime(2014, 1, 1) - pendulum.datetime(2014, 1, 1, 3), b"-PT3H"),
        (pendulum.duration(weeks=1, hours=1), b"P7DT1H"),
    ],
)
def test_lengths(length: timedelta, written: bytes) -> None:
    """Lengths of every sign and class are written as RFC 5545 has them."""
    assert duration_line("TRIGGER", length) == b"TRIGGER:" + written + b"\r\n"


def test_a_length_with_parts_of_a_second_is_refused() -> None:
    """The message names the property and the remedy."""
    with pytest.raises(InvalidValue, match=r'"TRIGGER" expected a length in whole seconds.*round'):
        duration_line("TRIGGER", timedelta(milliseconds=1))


def test_numbers() -> None:
    """A whole number stands as it is."""
    assert integer_line("SEQUENCE", 12) == b"SEQUENCE:12\r\n"


@pytest.mark.parametrize(
    ("uri", "written"),
    [
        ("https://example.org/a?b=c&d=%20#e", b"https://example.org/a?b=c&d=%20#e"),
        ("https://example.org/a b\nc", b"https://example.org/a%20b%20c"),
        ('https://example.org/\u00e9"<>', b"https://example.org/%C3%A9%22%3C%3E"),
    ],
)
def test_uris(uri: str, written: bytes) -> None:
    """A URI stands as it is, but for what no URI may hold."""
    assert uri_line("SOURCE", uri) == b"SOURCE;VALUE=URI:" + written + b"\r\n"


def test_a_uri_without_its_type() -> None:
    """URL, a URI by default, need not say so; other parameters are given by name."""
    assert (
        uri_line("URL", "https://example.org", value_parameter=False)
        == b"URL:https://example.org\r\n"
    )
    conference = uri_line(
        "CONFERENCE", "https://example.org", feature=("AUDIO", "VIDEO"), label="A; b"
    )
    assert conference == (
        b'CONFERENCE;FEATURE=AUDIO,VIDEO;LABEL="A; b";VALUE=URI:https://example.org\r\n'
    )


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Denmark", "Denmark"),
        ('The "Group of 77", China', '"The “Group of 77”, China"'),
        ('"Q"', "“Q”"),
        ("Two\nlines: here", '"Two lines: here"'),
        ("a^b", "a^^b"),
        ("C:\\", '"C:\\"'),
        ("back\\", '"back\\"'),
    ],
)
def test_names_of_persons(name: str, written: str) -> None:
    """A name is quoted where it must be, and has no straight double quotes."""
    expected = f"ORGANIZER;CN={written}:mailto:a@b.org\r\n".encode()
    assert address_line("ORGANIZER", "a@b.org", cn=name) == expected


# The reader takes a backslash before these for an escape, which parameters do not have.
ESCAPED = re.compile(r"\\[;,:nN\\]")


@given(WRITABLE.filter(lambda text: not {*text} & {*'"\n'} and not ESCAPED.search(text)))
def test_a_name_comes_back(name: str) -> None:
    """A reader gets the very name that was written."""
    address = value_of(address_line("ATTENDEE", "a@b.org", cn=name), "ATTENDEE")
    assert address.params["CN"] == name  # type: ignore[attr-defined]  # icalendar's vCalAddress


def test_every_parameter_of_an_address() -> None:
    """All that an attendee or organiser can carry is written, in the order of the alphabet."""
    line = address_line(
        "ATTENDEE",
        "MAILTO:a@b.org",
        cn="A",
        role="CHAIR",
        partstat="NEEDS-ACTION",
        rsvp=False,
        cutype="INDIVIDUAL",
        sent_by="c@d.org",
    )
    assert line.replace(b"\r\n ", b"") == (
        b"ATTENDEE;CN=A;CUTYPE=INDIVIDUAL;PARTSTAT=NEEDS-ACTION;ROLE=CHAIR;RSVP=FALSE;"
        b'SENT-BY="mailto:c@d.org":MAILTO:a@b.org\r\n'
    )


@pytest.mark.parametrize("name", ["", "summary", "A B", "A:B", "A\r\nB", "É"])
def test_a_name_that_is_none_is_refused(name: str) -> None:
    """Nothing can slip into a file by way of a property's, component's or parameter's name."""
    with pytest.raises(InvalidValue, match="expected a name in capital letters"):
        text_line(name, "x")
    with pytest.raises(InvalidValue, match="expected a name in capital letters"):
        component(name, [])


def test_a_calendar_is_read_by_icalendar() -> None:
    """Head, properties and components make one file that parses."""
    event = component("VEVENT", [text_line("UID", "1@example.org"), utc_line("DTSTAMP", 0)])
    data = calendar("-//a, b//EN", [text_line("METHOD", "PUBLISH"), event])
    assert data.startswith(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//a\\, b//EN\r\nMETHOD:")
    read = icalendar.Calendar.from_ical(data)
    assert [e["UID"] for e in read.walk("VEVENT")] == ["1@example.org"]


def test_bytes_do_not_depend_on_the_hash_seed() -> None:
    """Two interpreters with different hash seeds write the same octets."""
    program = (
        "from r2psched.ical.lines import *;"
        "print(uri_line('IMAGE','x:y',fmttype='image/png',display=('BADGE','ICON'),label='z'),"
        "address_line('ATTENDEE','a@b',cn='x',role='CHAIR',rsvp=True,partstat='ACCEPTED'))"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", program],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "42")
    }
    assert len(printed) == 1
