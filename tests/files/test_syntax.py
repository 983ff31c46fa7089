"""TOML syntax errors show the line, and how to write a time, date or duration."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from r2psched.errors import InvalidInput
from r2psched.files import loads
from r2psched.files.syntax import parse_toml, quoted
from tests.files.telling import faults, told
from tests.strategies import texts


@pytest.mark.parametrize(
    ("line", "remedy"),
    [
        ("time = 10:50-13:00", 'time = "10:50-13:00"'),
        ("time = 10:50–13:00", 'time = "10:50–13:00"'),
        ("time = 10:50 to 13:00  # all", 'time = "10:50 to 13:00"  # all'),
        ("time = 2014-09-08 10:00-13:00", 'time = "2014-09-08 10:00-13:00"'),
        ("revised = 8 September 2014", 'revised = "8 September 2014"'),
        ("limit = 3 min", 'limit = "3 min"'),
        ('a = [{ b = "1 min", c = 90 s }]', 'a = [{ b = "1 min", c = "90 s" }]'),
        ("a = 1.5 min b = 2", None),
        (
            "speakers = { limit = 3 min, changeover = 10 s }",
            'speakers = { limit = "3 min", changeover = "10 s" }',
        ),
    ],
)
def test_remedy(line: str, remedy: str | None) -> None:
    """A line with a time, date or length that has no quotes is shown with them."""
    (fault,) = faults(session=f"{line}\n")
    hint = "" if remedy is None else f": write `{remedy}`"
    assert fault.startswith(f"line 8: `{line}` is not TOML (")
    assert fault.endswith(f"){hint}")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a =", "line 1: `a =` is not TOML (Invalid value)"),
        ("a = 1\nb", "line 2: `b` is not TOML (Expected '=' after a key in a key/value pair)"),
        ("a = 1\na = 2", "line 2: `a = 2` is not TOML (Cannot overwrite a value)"),
        (
            "a = [\n  10:00-11:00,\n]",
            'line 2: `10:00-11:00,` is not TOML (Unclosed array): write `"10:00-11:00",`',
        ),
        (
            f"{'a' * 200} = 10:00",
            "line 1: is not TOML: Expected newline or end of document after a statement",
        ),
        ("a.b = 1\r\n\x00 = 2", "line 2: `\\x00 = 2` is not TOML (Invalid statement)"),
    ],
)
def test_without_remedy(text: str, fault: str) -> None:
    """Any other line is shown with what is wrong; a long one is only counted."""
    assert told(loads, text) == [fault]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (f"a = 1\n{'a.' * 101}b = 1", "line 2: a key has more than 100 parts"),
        (f"\na = {'9' * 5000}", "line 2: a number is too long"),
        (f"\n\na = {'[' * 5000}", "line 3: is nested too deep"),
        (f"a = {'{b = ' * 5000}", "line 1: is nested too deep"),
    ],
)
def test_hostile(text: str, fault: str) -> None:
    """What would take a parser down is refused with the line."""
    assert told(loads, text) == [fault]


@given(texts().map(lambda text: text.replace("\n", " ")))
def test_toml_needs_no_quotes(line: str) -> None:
    """A value that is TOML is left as it is."""
    try:
        tomllib.loads(f"x = {line}")
    except tomllib.TOMLDecodeError:
        return
    assert quoted(f"x = {line}") == f"x = {line}"


@given(st.times(), st.times(), st.sampled_from("-–"))
def test_times_get_quotes(start: object, end: object, dash: str) -> None:
    """Any two times with a dash become one text."""
    span = f"{start:%H:%M}{dash}{end:%H:%M}"
    assert tomllib.loads(quoted(f"time = [{span}, {span}]  # {span}")) == {"time": [span, span]}


def test_dates_in_words() -> None:
    """A date that is no date of TOML is shown as it is written, not put into quotes."""
    with pytest.raises(InvalidInput, match=r"such as `date = 2014-09-08`$"):
        parse_toml("date = 9 March 2027")
