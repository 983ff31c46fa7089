"""Errors: one base, and leaves that carry their data and survive pickling."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from r2psched import errors
from r2psched.errors import (
    AmbiguousName,
    DeliveryFailed,
    Fault,
    FileFailed,
    InvalidInput,
    InvalidValue,
    MissingExtra,
    NotHeard,
    R2PSchedError,
    Refused,
    UnknownName,
    nearest,
    shown,
)

FAULTS = [Fault("sessions[2]", "no title"), Fault("", "no id")]
RAISED: list[tuple[R2PSchedError, type[Exception], str]] = [
    (InvalidValue("no length"), ValueError, "no length"),
    (
        DeliveryFailed("smtp://mail.example.org:587", "530 no\r\nlogin"),
        Exception,
        "cannot deliver by smtp://mail.example.org:587: 530 no  login",
    ),
    (
        InvalidInput(FAULTS, "p.toml"),
        ValueError,
        "p.toml: 2 faults\n  sessions[2]: no title\n  no id",
    ),
    (InvalidInput(FAULTS[:1]), ValueError, "the input: 1 fault\n  sessions[2]: no title"),
    (
        UnknownName("session", "sesion", ["session", "x"]),
        LookupError,
        'no session "sesion": did you mean "session"?',
    ),
    (
        UnknownName("room", "q", "abc"),
        LookupError,
        'no room "q": there is "a", "b", "c"',
    ),
    (
        UnknownName("room", "q", "abcdefghi"),
        LookupError,
        'no room "q": there is "a", "b", "c", "d", "e", "f", "g", "h" …',
    ),
    (UnknownName("room", "q", []), LookupError, 'no room "q": there is none'),
    (
        AmbiguousName("speaker", "EU", ["eu-a", "eu-b"]),
        LookupError,
        'several speakers are "EU": name one by its id, "eu-a", "eu-b"',
    ),
    (
        NotHeard("Fiji", 5, 3),
        LookupError,
        '"Fiji" is number 5 and is not heard: the time ends before number 3',
    ),
    (Refused("the list is closed", "closing"), Exception, "the list is closed"),
    (FileFailed("p.toml", "read", "no such file"), Exception, "cannot read p.toml: no such file"),
    (
        MissingExtra("edit", "to keep comments"),
        ImportError,
        'to keep comments needs an optional part: pip install "r2psched[edit]"',
    ),
]


@pytest.mark.parametrize(("error", "kind", "text"), RAISED)
def test_message(error: R2PSchedError, kind: type[Exception], text: str) -> None:
    """Each error says in one sentence what is wrong, and is of a kind that Python knows."""
    assert str(error) == text
    assert isinstance(error, kind)
    assert isinstance(error, R2PSchedError)


@pytest.mark.parametrize("error", [error for error, *_ in RAISED])
def test_pickle(error: R2PSchedError) -> None:
    """An error comes back from another process with its message and its data."""
    again = pickle.loads(pickle.dumps(error))  # noqa: S301  # what was pickled above
    assert type(again) is type(error)
    assert str(again) == str(error)
    assert vars(again) == vars(error)


def test_data() -> None:
    """The data behind a message are attributes."""
    assert InvalidInput(iter(FAULTS), "p.toml").faults == tuple(FAULTS)
    unknown = UnknownName("room", "q", iter("ab"))
    assert (unknown.kind, unknown.name, unknown.known) == ("room", "q", ("a", "b"))
    ambiguous = AmbiguousName("room", "q", iter("ab"))
    assert (ambiguous.kind, ambiguous.name, ambiguous.ids) == ("room", "q", ("a", "b"))
    unheard = NotHeard("Fiji", 5, 3)
    assert (unheard.name, unheard.position, unheard.cut) == ("Fiji", 5, 3)
    failed = FileFailed("p.toml", "read", "no such file")
    assert (failed.path, failed.reason) == ("p.toml", "no such file")
    assert MissingExtra("edit", "to keep comments").extra == "edit"


def test_every_leaf_is_tested() -> None:
    """No error of the room is missing from the table above."""
    leaves = {
        value
        for name in errors.__all__
        if isinstance(value := getattr(errors, name), type) and issubclass(value, R2PSchedError)
    }
    assert leaves == {type(error) for error, *_ in RAISED} | {R2PSchedError}


def test_nearest() -> None:
    """The closest known word is told, or none if none is close."""
    assert nearest("sesions", ["status", "sessions"]) == "sessions"
    assert nearest("x" * 10**6, ["status", "sessions"]) is None


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("three", '"three"'),
        ("x" * 61, '"' + "x" * 60 + '…"'),
        ("a\nb\x1b[31m\u202e", r'"a\nb\x1b[31m\u202e"'),
        (5, "5"),
        (True, "True"),
        (10**400, "a very large number"),
        (["x" * 80], "['" + "x" * 58 + "…"),
    ],
)
def test_shown(value: object, text: str) -> None:
    """A refused value is shown in one printable line of bounded length."""
    assert shown(value) == text


@given(st.text(st.characters(exclude_categories=[]), max_size=80))
def test_shown_is_printable(value: str) -> None:
    """No text, however hostile, puts a control character into a message."""
    assert shown(value).isprintable()
