r"""Content lines as bytes: the fast way to write iCalendar.

icalendar's value types make and escape every value; joining, folding and remembering the lines
of repeated values is done here. Each function returns one whole line, folded and ended by CRLF,
so that a component is the concatenation of its lines.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol
from urllib.parse import quote
from zoneinfo import ZoneInfo

from icalendar import vCalAddress, vDatetime, vDuration, vInt, vUri

from r2psched.errors import InvalidValue, shown
from r2psched.ical.octets import escaped, folded, head, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from r2psched.ical.octets import PropertyParameters

__all__ = [
    "address_line",
    "duration_line",
    "integer_line",
    "text_line",
    "texts_line",
    "time_line",
    "uri_line",
    "utc_line",
]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND_US = 1_000_000
_REMEMBERED = 2048
_URI_STANDS = "!#$%&'()*+,/:;=?@[]~"


class _Serialisable(Protocol):
    def to_ical(self) -> bytes:
        """Give the value as it stands in a file."""
        ...


def text_line(name: str, text: str, /, **parameters: str | Sequence[str]) -> bytes:
    r"""Write a text property.

    Args:
        name: The property.
        text: Its value, not escaped; line breaks stay line breaks.
        parameters: Property parameters by name, hyphens as underscores: `fmttype="text/html"`.

    Returns:
        The content line, folded, with its CRLF.

    Source:
        RFC 5545 sections 3.1 and 3.3.11.

    Examples:
        >>> text_line("SUMMARY", "Opening; remarks\nC:\\New")
        b'SUMMARY:Opening\\; remarks\\nC:\\\\New\r\n'
    """
    return _text_line(name, text, _pairs(parameters) if parameters else ())


def texts_line(name: str, texts: Iterable[str]) -> bytes:
    r"""Write a property that lists several texts, such as CATEGORIES.

    Args:
        name: The property.
        texts: The values; a comma within one of them is escaped.

    Returns:
        The content line, folded, with its CRLF.

    Source:
        RFC 5545 section 3.8.1.2.

    Examples:
        >>> texts_line("CATEGORIES", ["Dialogue", "Peace, security"])
        b'CATEGORIES:Dialogue,Peace\\, security\r\n'
    """
    return _texts_line(name, tuple(texts))


def time_line(name: str, instant: int, zone: str) -> bytes:
    r"""Write an instant as the clocks of a zone show it.

    The zone needs a VTIMEZONE in the same file. In the hour that the clocks show twice the
    instant is written in UTC, since a local time could not say which of the two is meant.

    Args:
        name: The property.
        instant: Microseconds since the epoch, a whole second.
        zone: Name in the IANA time zone database, or "UTC".

    Returns:
        The content line with its CRLF.

    Raises:
        InvalidValue: If the instant is not a whole second.

    Source:
        RFC 5545 section 3.3.5, forms 2 and 3.

    Examples:
        >>> time_line("DTSTART", 1_410_184_800_000_000, "America/New_York")
        b'DTSTART;TZID=America/New_York:20140908T100000\r\n'
    """
    return _time_line(name, instant, zone)


def utc_line(name: str, instant: int, *, value_parameter: bool = False) -> bytes:
    r"""Write an instant in UTC.

    Args:
        name: The property.
        instant: Microseconds since the epoch, a whole second.
        value_parameter: Whether to state VALUE=DATE-TIME, as a TRIGGER that is a time needs it.

    Returns:
        The content line with its CRLF.

    Raises:
        InvalidValue: If the instant is not a whole second.

    Source:
        RFC 5545 section 3.3.5, form 2.

    Examples:
        >>> utc_line("DTSTAMP", 1_410_184_800_000_000)
        b'DTSTAMP:20140908T140000Z\r\n'
    """
    return _utc_line(name, instant, (("VALUE", "DATE-TIME"),) if value_parameter else ())


def duration_line(name: str, length: timedelta, *, value_parameter: bool = False) -> bytes:
    r"""Write a length of time, negative ones too.

    Args:
        name: The property.
        length: The length, in whole seconds.
        value_parameter: Whether to state VALUE=DURATION, as REFRESH-INTERVAL needs it.

    Returns:
        The content line with its CRLF.

    Raises:
        InvalidValue: If the length is not in whole seconds.

    Source:
        RFC 5545 section 3.3.6; RFC 7986 section 5.7.

    Examples:
        >>> duration_line("REFRESH-INTERVAL", timedelta(hours=1), value_parameter=True)
        b'REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n'
    """
    seconds = int(length.total_seconds())
    if seconds != length.total_seconds():
        msg = f"{shown(name)} expected a length in whole seconds, got {length}: round it"
        raise InvalidValue(msg)
    parameters = (("VALUE", "DURATION"),) if value_parameter else ()
    value = _octets(vDuration(timedelta(seconds=seconds)))
    return folded(head(name, parameters) + value)


def integer_line(name: str, number: int) -> bytes:
    r"""Write a whole number.

    Args:
        name: The property.
        number: Its value.

    Returns:
        The content line with its CRLF.

    Source:
        RFC 5545 section 3.3.8.

    Examples:
        >>> integer_line("SEQUENCE", 2)
        b'SEQUENCE:2\r\n'
    """
    return folded(head(name, ()) + vInt(number).to_ical())


def uri_line(
    name: str, uri: str, /, *, value_parameter: bool = True, **parameters: str | Sequence[str]
) -> bytes:
    r"""Write a URI. Blanks, quotes and letters beyond ASCII in it are percent-encoded.

    Args:
        name: The property.
        uri: Its value.
        value_parameter: Whether to state VALUE=URI, as SOURCE, CONFERENCE and IMAGE need it.
        parameters: Property parameters by name, hyphens as underscores.

    Returns:
        The content line, folded, with its CRLF.

    Source:
        RFC 5545 section 3.3.13; RFC 7986 sections 5.8, 5.10 and 5.11.

    Examples:
        >>> uri_line("CONFERENCE", "https://example.org/live", feature=("AUDIO", "VIDEO"))[:47]
        b'CONFERENCE;FEATURE=AUDIO,VIDEO;VALUE=URI:https:'
    """
    stated = {"value": "URI"} if value_parameter else {}
    return _uri_line(name, uri, _pairs(parameters | stated))


def address_line(  # noqa: PLR0913  # one argument for each parameter that RFC 5545 gives a person
    name: str,
    email: str,
    *,
    cn: str | None = None,
    role: str | None = None,
    partstat: str | None = None,
    rsvp: bool | None = None,
    cutype: str | None = None,
    sent_by: str | None = None,
) -> bytes:
    r"""Write the calendar address of a person: ORGANIZER or ATTENDEE.

    Straight double quotes in the name become typographic ones, since their encoding (RFC 6868)
    is shown as it stands by some readers.

    Args:
        name: The property.
        email: The address, with or without "mailto:".
        cn: The name to be shown.
        role: CHAIR, REQ-PARTICIPANT, OPT-PARTICIPANT or NON-PARTICIPANT.
        partstat: What the person answered, such as NEEDS-ACTION.
        rsvp: Whether an answer is asked for.
        cutype: INDIVIDUAL, GROUP, RESOURCE, ROOM or UNKNOWN.
        sent_by: The address of whoever acts for this person.

    Returns:
        The content line, folded, with its CRLF.

    Source:
        RFC 5545 section 3.3.3.

    Examples:
        >>> address_line("ATTENDEE", "mission@example.org", cn="Denmark", rsvp=True)
        b'ATTENDEE;CN=Denmark;RSVP=TRUE:mailto:mission@example.org\r\n'
    """
    stated = (
        ("CN", cn),
        ("CUTYPE", cutype),
        ("PARTSTAT", partstat),
        ("ROLE", role),
        ("RSVP", None if rsvp is None else str(rsvp).upper()),
        ("SENT-BY", None if sent_by is None else _address(sent_by)),
    )
    return _address_line(name, email, stated)


@lru_cache(maxsize=_REMEMBERED)
def _time_line(name: str, instant: int, zone: str) -> bytes:
    parameters, value = _shown(instant, zone)
    return folded(head(name, parameters) + value)


@lru_cache(maxsize=_REMEMBERED)
def _shown(instant: int, zone: str) -> tuple[PropertyParameters, bytes]:
    """Give an instant as a zone's clocks show it, or in UTC where they would show it twice."""
    moment = _moment(instant)
    if zone == "UTC":
        return (), _wall(moment) + b"Z"
    local = moment.astimezone(_zone(zone))
    if local.replace(fold=1 - local.fold).utcoffset() != local.utcoffset():
        return (), _wall(moment) + b"Z"
    return (("TZID", zone),), _wall(local)


@lru_cache(maxsize=_REMEMBERED)
def _utc_line(name: str, instant: int, parameters: PropertyParameters) -> bytes:
    return folded(head(name, parameters) + _shown(instant, "UTC")[1])


@lru_cache(maxsize=_REMEMBERED)
def _text_line(name: str, text: str, parameters: PropertyParameters) -> bytes:
    return folded(head(name, parameters) + escaped(text))


@lru_cache(maxsize=_REMEMBERED)
def _texts_line(name: str, texts: tuple[str, ...]) -> bytes:
    return folded(head(name, ()) + b",".join(escaped(text) for text in texts))


@lru_cache(maxsize=_REMEMBERED)
def _uri_line(name: str, uri: str, parameters: PropertyParameters) -> bytes:
    plain = quote(one_line(uri).replace(" ", "%20"), safe=_URI_STANDS)
    return folded(head(name, parameters) + vUri(plain).to_ical())


@lru_cache(maxsize=_REMEMBERED)
def _address_line(name: str, email: str, stated: tuple[tuple[str, str | None], ...]) -> bytes:
    parameters = tuple((key, value) for key, value in stated if value is not None)
    return folded(head(name, parameters) + _address(email).to_ical())


def _address(email: str) -> vCalAddress:
    return vCalAddress.new(one_line(email).strip())


def _octets(value: _Serialisable) -> bytes:
    return value.to_ical()


def _wall(local: datetime) -> bytes:
    return _octets(vDatetime(local.replace(tzinfo=None)))


def _moment(instant: int) -> datetime:
    if instant % _SECOND_US:
        msg = f"expected an instant in whole seconds, got {instant} microseconds: round it"
        raise InvalidValue(msg)
    return _EPOCH + timedelta(microseconds=instant)


@lru_cache(maxsize=64)
def _zone(zone: str) -> ZoneInfo:
    return ZoneInfo(zone)


def _pairs(parameters: dict[str, str | Sequence[str]]) -> PropertyParameters:
    return tuple(
        (key.replace("_", "-").upper(), value if isinstance(value, str) else tuple(value))
        for key, value in parameters.items()
    )
