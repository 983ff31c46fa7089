"""`r2psched list`: a list shown, changed, and its history told."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from r2psched.cli.common import choose_list
from r2psched.cli.lists import HOMES
from r2psched.files import read
from tests.cli.running import HEARING, TWO_LISTS, answer, call, fails, good, written

if TYPE_CHECKING:
    from r2psched.programme import Programme
    from r2psched.sessions import Session

AT = ("--when", "2026-03-09 12:00", "--by", "Mara")
SPLIT = "6 inscriptions moved from hearing.toml to hearing-floor.csv"
TWO = TWO_LISTS.replace('[{ id = "a", delegation = "A" }]', '"a.csv"', 1)


@pytest.fixture
def file() -> str:
    """Give a programme whose list stands in a CSV file, at revision 1."""
    name = written(HEARING)
    good("list", name, "split", *AT)
    return name


def order(file: str) -> list[str]:
    """Give the ids of a list in order."""
    return [each["id"] for each in answer("list", file, "show")["speakers"]]


def test_split() -> None:
    """A list that stands in the programme file is moved beside it, which is told once."""
    name = written(HEARING)
    assert fails(2, "list", name, "move", "ana", "--to", "2").endswith(
        "move it to a CSV file with r2psched list hearing.toml split"
    )
    assert good("list", name, "split", *AT) == f"{SPLIT}; revision 1\n"
    assert Path("hearing-floor.csv").exists()
    assert fails(2, "list", name, "split").startswith('the list of "Public comment" stands in')


VERBS = [
    (["move", "dora", "--to", "2"], "Dora moved from 5 to 2"),
    (["move", "dora", "--to", "5"], "Dora stays number 5"),
    (["swap", "Ana Ruiz", "dora"], "Ana Ruiz moved from 1 to 5, Dora moved from 5 to 1"),
    (["withdraw", "ben"], "Ben withdrew from number 3"),
    (["absent", "ana"], "Ana Ruiz moved from 1 to 6"),
    (
        ["yield", "ana", "ben", "emil", "--to", "dora"],
        "Ana Ruiz, Ben and Emil Novak yielded to Dora, who has 9 min as number 3",
    ),
    (
        ["pool", "chen", "ana", "--as", "Neighbours", "--speaker", "chen"],
        "Chen Li and Ana Ruiz make one statement: Chen Li (on behalf of Neighbours), number 1",
    ),
    (["inscribe", "Fay", "--late", "asked"], "Fay inscribed as number 7"),
    (["inscribe", "--speaker", "Gil"], "Gil inscribed as number 7"),
    (["reply", "ana", "--day", "2026-03-10", "--limit", "1 min"], "ana replies as number 5"),
    (["settle"], "the places from 1 to 6 are settled"),
    (["close"], "the list closes at 12:00 on 9 March 2026"),
    (["close", "--at", "17:00"], "the list closes at 17:00 on 10 March 2026"),
]


@pytest.mark.parametrize(("verb", "told"), VERBS, ids=map(str, range(len(VERBS))))
def test_verbs(file: str, verb: list[str], told: str) -> None:
    """Each change tells what it changed and the revision, and is told in the history."""
    assert good("list", file, *verb, *AT, "--why", "so") == f"{told}; revision 2\n"
    assert good("list", file, "history").splitlines() == [
        f"1. 2026-03-09 12:00 {SPLIT} (by Mara)",
        f"2. 2026-03-09 12:00 {told} (by Mara): so",
        "",
        "Times are those of America/Denver.",
    ]


def test_every_verb_is_tried() -> None:
    """No verb is left out above or below."""
    tried = {verb[0] for verb, _ in VERBS}
    assert tried | {"show", "history", "split", "export", "reopen"} == set(HOMES)


def test_help() -> None:
    """Every verb tells what it does."""
    text = good("list", "--help")
    for verb in HOMES:
        assert f"\n  {verb}  " in text
        assert good("list", "x.toml", verb, "--help").startswith(
            f"Usage: r2psched list FILE {verb}"
        )


def test_export(file: str) -> None:
    """The whole list is written for a spreadsheet, and read back as the same inscriptions."""
    assert good("list", file, "export", "-o", "out.csv") == "wrote out.csv: 6 inscriptions\n"
    text = Path(file).read_text("utf-8")
    Path("other.toml").write_text(text.replace("hearing-floor.csv", "out.csv"), "utf-8")
    assert read("other.toml")["floor"].speakers == read(file)["floor"].speakers
    result = call("list", file, "export", "-o", "out.pdf")
    assert (result.exit_code, "ends in .csv or .xlsx" in result.stderr) == (2, True)


def test_no_table_over_a_list(file: str) -> None:
    """What is written never takes the place of a list that the programme names."""
    before = Path("hearing-floor.csv").read_bytes()
    told = "cannot write ./hearing-floor.csv: a list of speakers stands in it: choose another name"
    assert fails(3, "list", file, "export", "-o", "./hearing-floor.csv").endswith(told)
    assert fails(3, "order", file, "-o", "./hearing-floor.csv").endswith(told)
    assert Path("hearing-floor.csv").read_bytes() == before


def test_inscription(file: str) -> None:
    """An inscription has what the options say."""
    options = ["--speaker", "Ms. X", "--category", "member", "--level", "minister", "--id", "f"]
    options += ["--on-behalf", "Islands", "--email", "a@example.org", "--email", "b@example.org"]
    options += ["--received", "2026-03-08 10:00", "--trait", "region=Asia = Pacific"]
    good("list", file, "inscribe", "Fiji", *options, "--limit", "4 min", *AT)
    rows = Path("hearing-floor.csv").read_text("utf-8").splitlines()
    assert rows[0].endswith(",id,place,placed,region")
    assert rows[-1] == (
        "Fiji,Ms. X,member,minister,Islands,2026-03-08 10:00,,"
        '"a@example.org; b@example.org",4 min,f,,,Asia = Pacific'
    )
    good("list", file, "inscribe", "Fay", *AT)
    last = Path("hearing-floor.csv").read_text("utf-8").splitlines()[-1]
    assert last == "Fay,,,,,2026-03-09 12:00,,,,fay,,,"


@pytest.mark.parametrize(
    ("trait", "remedy"),
    [
        ("category=member", "category is no trait but a field: write --category member"),
        ("On_Behalf=a b", "on behalf is no trait but a field: write --on-behalf 'a b'"),
        ("delegation=Fiji", "delegation is no trait but a field: write Fiji as the NAME"),
        ("place=3", "place is no trait but a field: it is given by settle, move and swap"),
    ],
)
def test_trait_that_is_a_field(file: str, trait: str, remedy: str) -> None:
    """A trait that would hide behind a field is refused with the option that is meant."""
    assert fails(2, "list", file, "inscribe", "Fay", "--trait", trait).endswith(remedy)
    assert len(order(file)) == 6


def test_why_a_place(file: str) -> None:
    """Whoever asks why it speaks when it does is told so after any change."""
    good("list", file, "swap", "ana", "dora")
    told = call("order", file, "--for", "ana").stdout
    assert "\nWhy this place: received 1st; swapped with Dora.\n" in told


def test_why_a_limit(file: str) -> None:
    """Time that was yielded or pooled is not the speaker's own."""
    good("list", file, "yield", "ben", "--to", "dora")
    assert "\nWhy this limit: time yielded by ben.\n" in call("order", file, "--for", "dora").stdout
    assert "time yielded by ben" in call("order", file, "--why").stdout


POOLED = """procedure = { pooling = { least = 2, limit = "7 min" } }"""


def test_rule_of_pooling() -> None:
    """A pooled statement names the rule; a procedure without a rule is told to have none."""
    name = written(HEARING.replace('id = "hearing"', f'id = "hearing"\n{POOLED}'))
    good("list", name, "split")
    pooled = good("list", name, "pool", "ana", "ben", "--as", "Us")
    assert pooled.count("\n") == 1
    told = call("order", name, "--for", "Ana Ruiz").stdout
    assert "\nWhy this limit: pooled from ana, ben, by own: pooling.\n" in told
    yielded = good("list", name, "yield", "chen", "--to", "dora").splitlines()
    assert yielded[1:] == ["own states no rule for yielding"]
    assert "changes" in answer("list", name, "yield", "emil", "--to", "dora")


def test_reply_is_marked(file: str) -> None:
    """A right of reply is told from the other statements of a delegation."""
    good("list", file, "reply", "dora", "--day", "2026-03-10", "--limit", "1 min")
    assert "dora (right of reply)" in call("order", file).stdout


def test_closed(file: str) -> None:
    """A list that was closed takes nobody without a reason, until it is opened again."""
    good("list", file, "close", "--at", "2026-03-09 13:00", *AT)
    late = ("--when", "2026-03-09 14:00")
    assert answer("list", file, "show")["closes"] == "2026-03-09T19:00:00+00:00"
    assert "The list closes at 13:00 on 9 March 2026." in good("list", file, "show")
    told = "the list is closed since 13:00 on 9 March 2026: give a reason to accept the request"
    assert fails(1, "list", file, "inscribe", "Fay", *late) == told
    good("list", file, "inscribe", "Fay", *late, "--late", "asked before")
    good("list", file, "inscribe", "Gil", *late, "--received", "2026-03-09 12:59")
    told = "the list is open again until 15:00 on 9 March 2026; revision 5\n"
    assert good("list", file, "reopen", "--until", "2026-03-09 15:00") == told
    good("list", file, "inscribe", "Hal", *late)
    assert good("list", file, "reopen").startswith("the list is open again; ")
    assert answer("list", file, "show")["closes"] is None
    assert fails(1, "list", file, "reopen") == "the list is not closed"


def test_refused(file: str) -> None:
    """A rule that refuses is named and ends in 1; what has no meaning ends in 2."""
    assert fails(1, "list", file, "inscribe", "dora") == "Dora is already inscribed as number 5"
    assert fails(2, "list", file, "withdraw", "Fay").startswith('no speaker "Fay"')
    assert fails(2, "list", file, "move", "dora", "--to", "9").startswith("expected a place from")
    assert "expected a name and a value" in fails(
        2, "list", file, "inscribe", "Fay", "--trait", "region"
    )
    assert fails(2, "list", file, "inscribe").startswith("an inscription needs a delegation")
    assert fails(2, "list", file, "close", "--at", "noon").startswith("expected a")
    assert fails(3, "list", "none.toml", "show").startswith("cannot read none.toml")
    assert fails(2, "list", file, "shuffle").startswith("No such command")
    assert len(answer("list", file, "history")["changes"]) == 1


def test_revision(file: str) -> None:
    """Who has not seen the last change is told it, and changes nothing."""
    assert good("list", file, "show").endswith("\nRevision 1.\n")
    good("list", file, "move", "dora", "--to", "1", "--revision", "1", *AT)
    result = call("list", file, "withdraw", "dora", "--revision", "1")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines() == [
        "r2psched: the list has changed since revision 1 (times of America/Denver):",
        "  2. 2026-03-09 12:00 Dora moved from 5 to 1 (by Mara)",
    ]
    assert order(file)[0] == "dora"


def test_revision_of_a_file_that_was_edited(file: str) -> None:
    """What was changed outside counts when the list is shown."""
    rows = Path("hearing-floor.csv")
    rows.write_text(rows.read_text("utf-8").replace("Dora", "Dara"), encoding="utf-8")
    assert answer("list", file, "show")["revision"] == 2
    assert good("list", file, "move", "dara", "--to", "1", "--revision", "2").endswith(
        "revision 3\n"
    )
    assert [each["what"] for each in answer("list", file, "history")["changes"]] == [
        "split",
        "edited outside",
        "move",
    ]


def test_show() -> None:
    """A list is shown in order, wherever it stands; empty columns are left out."""
    name = written(HEARING)
    assert good("list", name, "show").splitlines()[:4] == [
        "Public comment",
        "",
        "number  speaker                                     category  id",
        "     1  Ana Ruiz                                              ana",
    ]
    assert answer("list", name, "show")["revision"] == 0
    empty = HEARING.partition("inscriptions")[0]
    assert "Nobody is inscribed." in good("list", written(empty, "empty.toml"), "show")


def test_json(file: str) -> None:
    """With --json a change tells whom it concerned."""
    told = answer("list", file, "move", "dora", "--to", "1", *AT, "--why", "asked")
    assert (told["revision"], told["speakers"]) == (2, None)
    (change,) = told["changes"]
    assert change == {
        "number": 2,
        "what": "move",
        "told": "Dora moved from 5 to 1",
        "when": "2026-03-09T18:00:00Z",
        "by": "Mara",
        "why": "asked",
        "session": "floor",
        "closes": None,
        "speakers": [{"id": "dora", "name": "Dora", "before": 5, "after": 1}],
    }
    assert answer("list", written(HEARING, "b.toml"), "split")["changes"][0]["what"] == "split"
    assert "secret" not in str(answer("list", file, "history"))


def test_who(file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who changes a list is whoever is logged in, or nobody where that is not known."""

    def nobody() -> str:
        raise OSError

    monkeypatch.setattr(getpass, "getuser", lambda: "clerk")
    good("list", file, "settle")
    monkeypatch.setattr(getpass, "getuser", nobody)
    good("list", file, "settle")
    assert [each["by"] for each in answer("list", file, "history")["changes"]][1:] == [
        "clerk",
        None,
    ]


def test_which_list() -> None:
    """Where there are two lists one is to be named."""
    Path("a.csv").write_text("Country\nA\nB\n", encoding="utf-8")
    name = written(TWO, "two.toml")
    assert fails(2, "list", name, "settle").startswith("the programme has 2 lists")
    good("list", name, "move", "B", "--to", "1", "--session", "Morning")
    assert Path("a.csv").read_text("utf-8") == (
        'Country,place,placed\nA,2,received 1st\nB,1,"received 2nd; moved from 2 to 1"\n'
    )
    assert len(answer("list", name, "history", "--session", "morning")["changes"]) == 1


def test_revision_is_no_later_than_the_list(file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever is shown a revision is shown its list, though it is changed as they look."""

    def changed_meanwhile(programme: Programme, session: str | None) -> Session:
        monkeypatch.undo()
        good("list", file, "move", "dora", "--to", "1", *AT)
        return choose_list(programme, session)

    monkeypatch.setattr("r2psched.cli.lists.answers.choose_list", changed_meanwhile)
    seen = answer("list", file, "show")
    assert (seen["revision"], seen["speakers"][0]["id"]) == (2, "dora")


OTHER_NAMES = [
    (["withdraw", "Pérou"], "Peru withdrew from number 1"),
    (["swap", "Pérou", "CHL"], "Peru moved from 1 to 2, Chile moved from 2 to 1"),
    (["move", "PER", "--to", "2"], "Peru moved from 1 to 2"),
    (["absent", "PER"], "Peru moved from 1 to 3"),
    (["yield", "Pérou", "--to", "CHL"], "Peru yielded to Chile, who has 6 min as number 1"),
    (
        ["pool", "Fidji", "Pérou", "--as", "G"],
        "Fiji and Peru make one statement: Peru (on behalf of G), number 1",
    ),
]


@pytest.mark.parametrize(("verb", "told"), OTHER_NAMES, ids=[verb[0] for verb, _ in OTHER_NAMES])
def test_other_names_of_a_state(verb: list[str], told: str) -> None:
    """A State may be called by any of its names, whatever is changed."""
    Path("a.csv").write_text("Country\nPeru\nChile\nFiji\n", encoding="utf-8")
    name = written(TWO, "two.toml")
    assert good("list", name, *verb, "--session", "morning") == f"{told}; revision 1\n"


def test_no_history() -> None:
    """A list that was never changed here has none."""
    Path("a.csv").write_text("Country\nA\n", encoding="utf-8")
    name = written(TWO, "two.toml")
    assert good("list", name, "history", "--session", "morning") == (
        "No change was made with r2psched.\n"
    )


def test_lots_that_are_not_drawn() -> None:
    """A list whose lots are not drawn yet is shown as it is; settling it needs the seed."""
    name = written(
        HEARING.replace('id = "hearing"', 'id = "hearing"\nprocedure = { order = ["lots"] }')
    )
    good("list", name, "split")
    assert order(name) == ["ana", "park", "ben", "chen", "dora", "emil"]
    assert "seed" in fails(2, "list", name, "settle")
    Path(name).write_text(
        Path(name).read_text("utf-8").replace("limit = {", 'seed = "8:15"\nlimit = {'), "utf-8"
    )
    good("list", name, "settle")
    drawn = order(name)
    assert sorted(drawn) == ["ana", "ben", "chen", "dora", "emil", "park"]
    good("list", name, "withdraw", drawn[0])
    assert order(name) == drawn[1:]
