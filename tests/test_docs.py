"""The manual: complete where it lists things, and what its commands print is what they print."""

from __future__ import annotations

import re
import tomllib
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import attrs
import pytest

import r2psched as r2
from docs.console import README, ROOT, Shell, pages, replay
from r2psched import errors
from r2psched.checks import RULES
from r2psched.cli import COMMANDS, main
from r2psched.durations import show
from r2psched.files.keys import KEYS, known_keys
from r2psched.files.lists import COLUMNS
from r2psched.ical import Letters, feed
from r2psched.inviting import Past, updates, wanted
from r2psched.language import as_texts, words
from r2psched.views import schema, schema_names

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
HEADINGS = {
    "Programme": r2.Programme,
    "Session": r2.Session,
    "List of speakers": r2.SpeakerList,
    "Limits": r2.SpeakingLimits,
    "Later limits": r2.LimitsFrom,
    "Inscription": r2.Inscription,
    "Reserve": r2.Reserve,
    "Shares": r2.Shares,
    "Registration": r2.Registration,
    "Person": r2.Person,
    "House": r2.House,
    "Invitations": r2.Invitations,
}
ONLY_IN_FILES = {"date", "weekday", "schema"}
WORDS = re.compile(r"`([^`]+)`")


def page(name: str) -> str:
    """Read a page of the manual."""
    return (DOCS / f"{name}.md").read_text("utf-8")


def tables(text: str) -> Iterator[list[str]]:
    """Give the cells of each row of the tables in a page, heads and rules left out."""
    rows = [line for line in text.splitlines() if line.startswith("|")]
    for at, row in enumerate(rows):
        below = rows[at + 1] if at + 1 < len(rows) else ""
        if not row.startswith("|---") and not below.startswith("|---"):
            yield [cell.strip() for cell in row.strip("|").split(" | ")]


def sections(text: str) -> dict[str, str]:
    """Split a page at its headings of the second level."""
    parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def file_keys() -> list[tuple[str, str, str, str, str]]:
    """Give heading, key, type, default and example of every row of the reference of files."""
    found = []
    for heading, text in sections(page("reference/programme-file")).items():
        for row in tables(text) if heading in HEADINGS else ():
            key, kind, default, example, _ = row
            found.append((heading, key.strip("`"), kind, default.strip("`"), example.strip("`")))
    return found


def as_told(default: object) -> str:
    """Write the default of a field as the reference does."""
    if default is attrs.NOTHING or default == "":
        return "required"
    if default in {None, ()} or isinstance(default, attrs.Factory):  # type: ignore[arg-type]  # attrs types it as a function
        return "none"
    if isinstance(default, tuple):
        return ", ".join(map(as_told, default))
    if isinstance(default, timedelta):
        return f'"{show(default)}"'
    return f'"{default}"' if isinstance(default, str) else str(default)


def around_list(heading: str, given: dict[str, Any]) -> dict[str, Any]:
    """Put some keys of one table into a list that can be read."""
    match heading:
        case "Limits":
            return {"limit": {"default": "4 min"} | given}
        case "Later limits":
            later = {"from": "15:00", "default": "2 min"} | given
            return {"limit": "3 min", "limits": [later]}
        case "Inscription":
            named = {} if given.keys() & {"delegation", "speaker"} else {"delegation": "Chile"}
            return {"inscriptions": [named | given]}
        case _:
            return ({"limit": "3 min"} if "limits" in given else {}) | given


def around(heading: str, given: dict[str, Any]) -> dict[str, Any]:
    """Put some keys of one table into a programme that can be read."""
    session: dict[str, Any] = {"title": "Floor"}
    tree: dict[str, Any] = {"id": "x", "title": "X", "zone": "UTC", "sessions": [session]}
    if not given.keys() & {"date", "dates"}:
        tree["date"] = date(2014, 9, 8)
    match heading:
        case "Programme":
            tree |= given
        case "Session":
            session |= given
        case "List of speakers" | "Limits" | "Later limits" | "Inscription":
            session["speakers"] = around_list(heading, given)
        case "Shares":
            session["shares"] = {"groups": {"Group A": 1}} | given
        case "Reserve":
            placed = {} if given.keys() & {"at", "every"} else {"at": "start"}
            told = {"length": "10 min"} if "assumed" in given else {}
            session["reserves"] = [{"title": "Replies"} | placed | told | given]
        case "Person" if "invite" in given:
            tree["contacts"] = [{"name": "Mara Lind"} | given]
        case "Person":
            session["chair"] = {"name": "Mara Lind"} | given
        case _:
            tree[heading.lower()] = given
    return tree


@pytest.mark.parametrize("path", pages(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_console(path: Path, tmp_path: Path) -> None:
    """Every command that a page shows prints what the page says (else: python docs/console.py)."""
    text = path.read_text("utf-8")
    with Shell(tmp_path) as shell:
        assert replay(text, shell, single=path == README) == text


def test_console_sees_a_difference(tmp_path: Path) -> None:
    """An output that is not what a command prints is written anew, and lines left out stay so."""
    shell = Shell(tmp_path)
    wrong = "```console\n$ echo one\ntwo\n```"
    assert replay(wrong, shell) == "```console\n$ echo one\none\n```"
    short = "```console\n$ ls examples\n…\nr2p-2014.toml\n…\n```"
    assert replay(short, shell) == short
    told = "```console\n$ r2psched --version\n$ two\n```"
    assert replay(told, shell, single=True).count("$") == 1
    other = "```console\n$ pip install r2psched\n```"
    assert replay(other, shell, single=True) == other
    file = "```{code-block} text\n:caption: a.txt\n\nhere\n```\n```console\n$ cat a.txt\nhere\n```"
    assert replay(file, shell) == file
    with pytest.raises(ValueError, match="a console block may run"):
        replay("```console\n$ rm -r examples\n```", shell)
    with pytest.raises(RuntimeError, match="failed"):
        replay('```console\n$ python -c "1/0"\n```', shell)


def test_console_keeps_what_a_page_leaves_out(tmp_path: Path) -> None:
    """The rows before and after a gap stay the same rows, whatever else they say by now."""
    shell = Shell(tmp_path)
    rows = "".join(f"{n:>2}  Speaker {n}  9:{n:02}\\n" for n in range(1, 13))
    command = f'$ echo -en "{rows}\\nend"\n'
    page = "```console\n" + command + "{}```\n"
    old = " 1  Speaker 1  8:01\n…\n 4  Speaker 4  8:04\n…\n12  Speaker 12  8:12\n\nold\n"
    new = " 1  Speaker 1  9:01\n…\n 4  Speaker 4  9:04\n…\n12  Speaker 12  9:12\n\nend\n"
    assert replay(page.format(old), shell) == page.format(new)
    ends = " 2  Speaker 2  8:02\n 3  Speaker 3  8:03\n"
    kept = " 2  Speaker 2  9:02\n 3  Speaker 3  9:03\n"
    assert replay(page.format(f"…\n{ends}…\n"), shell) == page.format(f"…\n{kept}…\n")
    gone = replay(page.format("99  Speaker 99\n…\nend\n"), shell)
    assert gone.count("Speaker") == 24
    assert "…" not in gone


def test_console_runs_servers(tmp_path: Path) -> None:
    """The servers of a page run while it is played, at free places told as the page has them."""
    served = "```{{code-block}} sh\n:class: servers\n\n{}\n```\n"
    start = "python -m aiosmtpd -n -l 127.0.0.1:18025 &\nexport PLACE='127.0.0.1:18025' A=\"b c\""
    ask = "python -c \"import smtplib; print(smtplib.SMTP('127.0.0.1:18025').noop()[0])\""
    page = served.format(start) + f"```console\n$ echo $PLACE, $A\n$ {ask}\n```\n"
    with Shell(tmp_path) as shell:
        told = replay(page, shell)
    assert told.endswith(f"$ echo $PLACE, $A\n127.0.0.1:18025, b c\n$ {ask}\n250\n```\n")
    with pytest.raises(RuntimeError, match="Connection refused"):
        shell.run(ask)
    with pytest.raises(RuntimeError, match="does not answer"):
        replay(served.format("python -m nonesuch 127.0.0.1:18026 &"), shell)
    with pytest.raises(ValueError, match="a line of servers"):
        replay(served.format("python -m aiosmtpd"), shell)


def test_picture() -> None:
    """The picture of a forecast says what the command beside it says, as it is drawn today."""
    floor = r2.read(ROOT / "examples" / "r2p-2014.toml")["floor"]
    drawn = r2.forecast(floor, r2.Pace(1.15, 0.35), speakers=110).picture()
    words = [
        re.findall(r"<desc.*?</desc>", text)
        for text in (drawn, (DOCS / "forecast-2014.svg").read_text("utf-8"))
    ]
    assert words[0] == words[1]
    assert "94. Speaker 94: heard with" in words[0][0]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(DOCS).as_posix())
def test_toml(path: Path) -> None:
    """Every TOML block of a page can be parsed."""
    for block in re.findall(
        r"^```(?:\{code-block\} )?toml\n(.*?)^```$",
        path.read_text("utf-8"),
        re.DOTALL | re.MULTILINE,
    ):
        tomllib.loads(re.sub(r"\A:caption: .*\n", "", block))


@pytest.mark.parametrize("heading", HEADINGS)
def test_every_key(heading: str) -> None:
    """The reference of the programme file has every key of every table, and no other."""
    told = [key for where, key, *_ in file_keys() if where == heading]
    assert len(told) == len(set(told))
    extra = ONLY_IN_FILES if heading == "Programme" else set()
    assert set(told) == {*known_keys(HEADINGS[heading]), *extra}


@pytest.mark.parametrize(
    ("heading", "key", "default", "example"),
    [(heading, key, default, example) for heading, key, _, default, example in file_keys()],
)
def test_key(heading: str, key: str, default: str, example: str) -> None:
    """The example of a key can be read, and its default is the true one."""
    given = tomllib.loads(example)
    assert set(given) == {key}
    r2.from_dict(around(heading, given))
    fields = {KEYS.get(f.name, f.name): f.default for f in attrs.fields(HEADINGS[heading])}
    if key in fields:
        assert default == as_told(fields[key])


def test_required_keys() -> None:
    """A table without a key that is said to be required cannot be read."""
    for heading, key, _, default, example in file_keys():
        if default == "required":
            tree = around(heading, tomllib.loads(example))
            r2.from_dict(tree)
            with pytest.raises(r2.R2PSchedError, match="is missing"):
                r2.from_dict(without(tree, heading, key))


def without(tree: dict[str, Any], heading: str, key: str) -> dict[str, Any]:
    """Take a key out of the table of a heading."""
    session = tree["sessions"][0]
    table: dict[str, Any] = {
        "Programme": tree,
        "Session": session,
        "Limits": session.get("speakers", {}).get("limit"),
        "Later limits": session.get("speakers", {}).get("limits", [None])[0],
        "Shares": session.get("shares"),
        "Reserve": session.get("reserves", [None])[0],
        "Person": session.get("chair"),
    }[heading]
    del table[key]
    table.setdefault("function", "Chair") if heading == "Person" else None
    return tree


def test_columns() -> None:
    """The page on lists in spreadsheets names every name of a column that is known."""
    told = set()
    for row in tables(page("how-to/lists-in-a-spreadsheet")):
        told |= {row[0].strip("`"), *row[1].replace("e-mail", "e mail").split(", ")}
    told = {name.replace("e-mail", "e mail") for name in told}
    assert told == set(COLUMNS)


def test_findings() -> None:
    """The reference of findings has every rule in order, with its severity and what it says."""
    told = [row[:3] for row in tables(page("reference/findings"))]
    assert told == [[f"`{rule.code}`", rule.severity, rule.summary] for rule in RULES.values()]
    assert all(row[3] for row in tables(page("reference/findings")))


def test_commands(capsys: pytest.CaptureFixture[str]) -> None:
    """The reference of the command line has every command, with all its options and no other."""
    told = sections(page("reference/command-line"))
    assert [heading for heading in told if heading != "Exit status"] == list(COMMANDS)
    for name in COMMANDS:
        with pytest.raises(SystemExit):
            main([name, "--help"])
        options = set(
            re.findall(r"^  (?:\S+, )?(-{1,2}[\w-]+)", capsys.readouterr().out, re.MULTILINE)
        )
        synopsis = told[name].strip().partition("\n\n")[0]
        assert set(re.findall(r"(?<![\w-])-{1,2}\w[\w-]*", synopsis)) == options - {"--help"}


def test_python() -> None:
    """The reference of Python has every public name."""
    text = page("reference/python")
    assert [name for name in dir(r2) if f"r2psched.{name}" not in text] == []


def test_errors() -> None:
    """The reference of errors has every error, in its table and in full."""
    text = page("reference/errors")
    leaves = {
        name
        for name in errors.__all__
        if isinstance(getattr(errors, name), type)
        and issubclass(getattr(errors, name), r2.R2PSchedError)
    }
    assert {row[0].strip("`") for row in tables(text)} == leaves - {"R2PSchedError"}
    assert leaves <= set(re.findall(r"autoexception:: r2psched\.errors\.(\w+)", text))


def test_schemas() -> None:
    """The reference of JSON answers has every schema, and only keys that the schema has."""
    rows = {
        row[0].strip("`").removesuffix(".json"): row[1] for row in tables(page("reference/json"))
    }
    assert tuple(sorted(rows)) == schema_names()
    for name, told in rows.items():
        assert {
            key
            for key in WORDS.findall(told)
            if f'"{key}"' not in str(schema(name)).replace("'", '"')
        } <= {"--for"}


def test_calendar_lines() -> None:
    """The reference of calendars names every property and component that is written."""
    examples = ROOT / "examples"
    written = [r2.agenda(r2.read(path)) for path in examples.glob("*.toml")]
    council = r2.read(examples / "city-council.toml")
    entries = wanted(council, council["public-comment"].running_order())
    letters = Letters(council)
    for message in updates(entries, Past(), when_us=0).messages:
        written.append(letters.write(message))
        written.append(letters.write(attrs.evolve(message, method="CANCEL")))
    written.append(feed(council, "Chen Li", [(each.entry, 0, 0) for each in entries]))
    told = page("reference/calendars")
    text = b"".join(written).replace(b"\r\n ", b"").decode()
    for zone in re.findall(r"BEGIN:VTIMEZONE\r\n.*?END:VTIMEZONE\r\n", text, re.DOTALL):
        text = text.replace(zone, "BEGIN:VTIMEZONE\r\n")
    names = {line.partition(":")[0].partition(";")[0] for line in text.splitlines()}
    components = set(re.findall(r"BEGIN:(\w+)", text))
    missing = {name for name in names | components if f"`{name}`" not in told}
    assert missing - {"BEGIN", "END"} == set()


def test_texts() -> None:
    """The reference of texts has every text as it is in English, and all that each may use."""
    told = sections(page("reference/texts"))
    (shared,) = re.findall(r"^Each may use (.+?)\.$", told["Mails"], re.DOTALL | re.MULTILINE)
    rows = {
        row[0].strip("`"): (row[1], (row[2:] or [shared])[0])
        for section in told.values()
        for row in tables(section)
    }
    english = words("en").texts
    assert list(rows) == [key for key in english if "." in key]
    for key, (text, fields) in rows.items():
        assert text == "`{}`".format(english[key].replace("\n", "\\n"))
        with pytest.raises(r2.R2PSchedError, match="is not known here") as refused:
            as_texts({key: "{nonesuch}"})
        known = str(refused.value).partition("; there is ")[2]
        assert re.findall(r"{\w+}", known) == re.findall(r"{\w+}", fields)


def test_glossary() -> None:
    """The glossary has each of its words once, and every class that it names is public."""
    text = page("glossary")
    words = re.findall(r"^(\w[^\n]*)\n  \S", text, re.MULTILINE)
    assert len(words) == len(set(words)) > 20
    for name in re.findall(r"~r2psched\.(\w+)`", text):
        assert name in dir(r2)
