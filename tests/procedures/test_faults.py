"""What is wrong with a procedure is told all at once, each fault with its place and file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from r2psched.errors import FileFailed, InvalidInput, UnknownName
from r2psched.files import loads, read
from r2psched.files.procedures import procedure
from tests.files.telling import HEAD, SESSION, faults, told

if TYPE_CHECKING:
    from pathlib import Path

A_LENGTH = 'expected a duration such as "3 min", "90 s" or "1 h 30 min", got '
A_RULE = (
    'expected a rule such as "received", or a table such as '
    '{ rule = "alphabetical", language = "fr" }, got '
)
A_DRAW = "expected how many are drawn, a whole number from 1, got "


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ("'hrc-dialoge'", 'procedure: no procedure "hrc-dialoge": did you mean "hrc-dialogue"?'),
        ("5", 'procedure: expected a procedure such as "hrc-panel", or a table of rules, got 5'),
        (
            "['ldc5']",
            (
                'procedure: expected a procedure such as "hrc-panel", or a table of rules, got '
                "['ldc5']"
            ),
        ),
        (
            "{ base = 'hrc-panl' }",
            'procedure: no procedure "hrc-panl": did you mean "hrc-panel"?',
        ),
        (
            "{ base = 5 }",
            (
                "procedure: expected the procedure that is changed, such as base = "
                '"hrc-panel", got 5'
            ),
        ),
        (
            "'our.toml'",
            (
                'procedure: cannot look for "our.toml": a text has no folder; read a file, or '
                "give folder="
            ),
        ),
        (
            "{ base = 'hrc-dialogue', limt = '3 min' }",
            'procedure: unknown key "limt": did you mean limit?',
        ),
        ("{ base = 'ldc5', sources = 5 }", "procedure.sources: expected a list, got 5"),
        (
            "{ lowest_limit = '2 min', when_too_long = [{ step = 'limits', limit = '1 min' }] }",
            (
                "procedure: step 1 of when_too_long has a limit of 1 min, and lowest_limit lets "
                "none be shorter than 2 min: change one of the two"
            ),
        ),
        (
            "{ when_too_long = [{ step = 'cut' }, { step = 'equal' }] }",
            (
                "procedure.when_too_long: nothing is tried behind the cut line: let it be the last "
                "step"
            ),
        ),
        (
            f"{{ when_too_long = [{', '.join(['{ step = ' + repr('equal') + ' }'] * 21)}] }}",
            "procedure.when_too_long: expected at most 20 steps, got 21",
        ),
    ],
)
def test_one_fault(given: str, fault: str) -> None:
    """A procedure that is none, or cannot be applied, is refused with its place and a remedy."""
    assert faults(f"procedure = {given}\n") == [fault]
    in_session = faults(session=f"procedure = {given}\n")
    assert in_session == [f'sessions[1] "Dialogue": {fault}']


def test_steps() -> None:
    """Steps that nobody could take are told all at once, each with its number."""
    steps = (
        "{ step = 'limits' }, { step = 'draw', number = 'x' }, { step = 'draw' }, "
        "{ step = 'equal', number = 3 }, { step = 'cut', limit = '1 min' }, { step = 'dance' }, "
        "{ number = 0 }, 5, { step = 'limits', limit = 'three' }"
    )
    assert faults(f"procedure = {{ when_too_long = [{steps}] }}\n") == [
        f"procedure.when_too_long{fault}"
        for fault in (
            '[1]: the step "limits" needs them: write limit = "2 min"',
            f'[2].number: {A_DRAW}"x"',
            '[3]: the step "draw" needs how many are drawn: write number = 13',
            '[4]: the step "equal" draws nobody: remove number, or make it a draw',
            '[5]: the step "cut" has no limit of its own: remove it',
            '[6].step: expected one of "limits", "equal", "draw", "cut", got "dance"',
            '[7].step: is missing: write what is done, such as step = "limits"',
            f"[7].number: {A_DRAW}0",
            "[8]: expected a table such as { step = … }, got 5",
            f'[9].limit: {A_LENGTH}"three"',
        )
    ]


def test_order() -> None:
    """Rules of order that are none are told all at once, each with its number."""
    rules = (
        "'levl', 7, {}, { rule = 'in-turn', trait = 5 }, { rule = 'after-every', every = 2 }, "
        "{ rule = 'alternate', trait = 'x', shares = { a = 0 } }, { rule = 'lots', seed = 1 }, "
        "{ rule = 'level', levels = ['Minister', 'ministers'] }, "
        "{ rule = 'alphabetical', langage = 'fr' }"
    )
    found = faults(f"procedure = {{ order = [{rules}] }}\n")
    assert [fault for fault in found if "[7]" not in fault] == [
        f"procedure.order{fault}"
        for fault in (
            '[1] "levl": no rule of order "levl": did you mean "level"?',
            f"[2]: {A_RULE}7",
            f"[3]: {A_RULE}{{}}",
            "[4].trait: expected a text in quotes, got 5",
            '[5].category: is missing: write the category, such as category = "ngo"',
            '[6].shares: "a": expected a share, a whole number from 1, got 0',
            (
                '[8].levels: "ministers" counts both as "Minister" and as "ministers": leave it '
                "with one"
            ),
            '[9]: unknown key "langage": did you mean language?',
        )
    ]
    assert any('[7]: unknown key "seed"' in fault for fault in found)


def test_all_at_once() -> None:
    """Faults of every field are told together, each with its place."""
    lines = (
        "limit = 'three', notes = [1], lowest_limit = '0 s', list_closes = '-1 min', "
        "swaps = 'yes', absent = 'x', replies = 1, yielding = { givers = 0 }, "
        "pooling = { limit = 'x', least = true }, house = { longest_sitting = 3 }, "
        "sources = [{ title = 'x' }, { for = ['limit'], title = 'y', link = 'here' }], "
        "reserves = [{ title = 'R' }], floor_time = 1, list_open_for = [], id = '', foo = 1"
    )
    found = faults(f"procedure = {{ {lines} }}\n")
    assert [fault.partition(": ")[0] for fault in found] == [
        "procedure.id",
        "procedure.notes[1]",
        "procedure.limit",
        "procedure.lowest_limit",
        'procedure.reserves[1] "R"',
        "procedure.floor_time",
        "procedure.list_open_for",
        "procedure.list_closes",
        "procedure.swaps",
        "procedure.absent",
        "procedure.replies",
        "procedure.yielding.givers",
        "procedure.yielding.longest",
        "procedure.pooling.least",
        "procedure.pooling.limit",
        "procedure.house.longest_sitting",
        'procedure.sources[1] "x"',
        'procedure.sources[2] "y"',
        "procedure",
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            b"limit = 'three'\nwhen_too_long = [{ step = 'equal' }, { step = 'draw' }]\n",
            [
                f'limit: {A_LENGTH}"three"',
                ('when_too_long[2]: the step "draw" needs how many are drawn: write number = 13'),
            ],
        ),
        (
            b"swaps = 100000000000000000000\n",
            ["swaps: the number is too large: nothing here is counted so high"],
        ),
        (b"limit = \n", ["line 1: `limit =` is not TOML (Invalid value)"]),
        (
            b"\n\xff",
            [("line 2: byte 0xFF is not UTF-8: save the file as UTF-8, in Excel as «CSV UTF-8»")],
        ),
        (
            b"id = 3\nsources = [{ for = 5, title = 'x' }]\n",
            [
                (
                    "id: expected an id of letters, digits, dots, dashes and underscores, with a "
                    "letter or digit first and last, got 3"
                ),
                'sources[1] "x": for: expected a text in quotes, got 5',
            ],
        ),
    ],
)
def test_file(tmp_path: Path, text: bytes, found: list[str]) -> None:
    """The faults of a file stand behind its name, whether it is named, changed or read alone."""
    (tmp_path / "our.toml").write_bytes(text)
    for named in ("'our.toml'", "{ base = 'our.toml', limit = '1 min' }"):
        expected = [f"procedure: our.toml: {fault}" for fault in found]
        assert told(loads, f"{HEAD}procedure = {named}\n", folder=tmp_path) == expected
    with pytest.raises(InvalidInput) as caught:
        procedure(tmp_path / "our.toml")
    assert caught.value.source == str(tmp_path / "our.toml")
    assert [str(fault) for fault in caught.value.faults] == found


def test_file_and_programme(tmp_path: Path) -> None:
    """The faults of a programme and of the file that it names are told together."""
    (tmp_path / "our.toml").write_text("limit = 3\n", encoding="utf-8")
    path = tmp_path / "meeting.toml"
    path.write_text(f"{HEAD}procedure = 'our.toml'\nstatus = 'x'\n{SESSION}", encoding="utf-8")
    assert sorted(fault.partition(": ")[0] for fault in told(read, path)) == [
        "procedure",
        "status",
    ]


def test_no_such_file(tmp_path: Path) -> None:
    """A file that is not there, or lies elsewhere, is told with its name."""
    text = f"{HEAD}procedure = {{}}\n"
    assert told(loads, text.format("'our.toml'"), folder=tmp_path) == [
        'procedure: cannot read "our.toml": there is no such file'
    ]
    (tmp_path / "in").mkdir()
    (tmp_path / "our.toml").write_text("", encoding="utf-8")
    assert told(loads, text.format("'../our.toml'"), folder=tmp_path / "in") == [
        (
            'procedure: "../our.toml" lies outside the programme\'s folder: put the file beside '
            "the programme"
        )
    ]
    with pytest.raises(FileFailed, match=r"cannot read our-rules\.toml: there is no such file"):
        procedure("our-rules.toml")


def test_unknown() -> None:
    """An id that is none is told with the nearest."""
    with pytest.raises(UnknownName) as caught:
        procedure("hrc-pannel")
    assert str(caught.value) == 'no procedure "hrc-pannel": did you mean "hrc-panel"?'


def test_changes() -> None:
    """What is wrong with changes is told all at once, and hostile keys and numbers are refused."""
    assert told(procedure, "ldc5", limit="x", swaps=1) == [
        f'limit: {A_LENGTH}"x"',
        "swaps: expected true or false, got 1",
    ]
    assert told(procedure, "ldc5", limit=10**100) == [
        "limit: the number is too large: nothing here is counted so high"
    ]
