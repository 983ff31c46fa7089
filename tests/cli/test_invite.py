"""`r2psched invite`."""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from r2psched.delivery import smtp
from r2psched.delivery.ledger import Ledger, ledger_path
from r2psched.ical.lint import lint
from r2psched.inviting import Answer
from r2psched.mail import lint_mail
from tests.cli.running import (
    EXAMPLE,
    HEARING,
    ROOT,
    TWO_LISTS,
    answer,
    call,
    fails,
    good,
    written,
)
from tests.delivery.servers import PASSWORD, USER, mail_server

if TYPE_CHECKING:
    from collections.abc import Iterator

    from r2psched.delivery.receipts import Receipt
    from tests.delivery.servers import Mailroom

WHEN = ("--when", "2026-03-02 09:00")
FILES = [
    "hearing-floor-speaker-ana-ana-secret-example-0.ics",
    "hearing-floor-speaker-ben-ben-0.ics",
    "hearing-floor-speaker-chen-chen-secret-example-0.ics",
    "hearing-floor-speaker-chen-li-secret-example-0.ics",
    "hearing-floor-speaker-park-library-0.ics",
]
PANEL = """\
id = "panel"
title = "Panel on water"
zone = "Europe/Zurich"
dates = [2026-03-10, 2026-03-11]
organiser = { name = "Clerk", email = "clerk@example.org" }
contacts = [
    { name = "Desk", email = "desk@example.org", invite = true },
    { name = "Porter", email = "porter@example.org" },
]

[[sessions]]
id = "first"
title = "First part"
time = ["2026-03-10 10:00-11:00", "2026-03-11 10:00-11:00"]
chair = { name = "Mara Lind", email = "mara@example.org" }
panellists = [{ name = "Piet Vos", email = "piet@example.org" }, "Sana Rahal"]

[sessions.speakers]
limit = "3 min"
registration = { closes = "2026-03-09 12:00" }
"""


def names(folder: str = "out") -> list[str]:
    """Give the names of the files that were written."""
    return sorted(path.name for path in Path(folder).iterdir())


def lines(*arguments: str) -> list[str]:
    """Run `invite` and give its lines, their columns set apart by one blank."""
    return [re.sub(r" {2,}", " ", line) for line in good("invite", *arguments).splitlines()]


def unfolded(name: str, folder: str = "out") -> str:
    """Read a calendar that was written."""
    return (Path(folder) / name).read_bytes().replace(b"\r\n ", b"").decode()


def test_who_would_get_what_and_why() -> None:
    """A row for each message; who has no address and who is not heard; and that nothing went."""
    assert lines(written(HEARING)) == [
        "to address entry time message why",
        (
            "Ana Ruiz ana@secret.example Ana Ruiz takes the floor: Public comment "
            "2026-03-10 18:00-18:03 invitation 0 new"
        ),
        (
            "Library (to hand over) Library (on behalf of Friends of the Park) takes the floor: "
            "Public comment 2026-03-10 18:03:30-18:08:30 invitation 0 new"
        ),
        (
            "Ben (to hand over) Ben takes the floor: Public comment 2026-03-10 18:09-18:10 "
            "invitation 0 new"
        ),
        (
            "Chen Li chen@secret.example Chen Li takes the floor: Public comment "
            "2026-03-10 18:10:30-18:13:30 invitation 0 new"
        ),
        (
            "Chen Li li@secret.example Chen Li takes the floor: Public comment "
            "2026-03-10 18:10:30-18:13:30 invitation 0 new"
        ),
        "5 invitations",
        "without an e-mail address: 2 (Library, Ben)",
        "not heard, so not invited: 2 (Dora, Emil Novak)",
        "nothing is sent yet: --send mails them, --handed-over DIR or --eml DIR writes files",
    ]
    assert names(".") == ["hearing.toml"]


def test_files_to_hand_over() -> None:
    """Each recipient has a file of their own, naming nobody else's address; it is recorded."""
    told = good("invite", written(HEARING), "--handed-over", "out", *WHEN)
    assert told.splitlines()[-2] == (
        "hearing.toml.sent.sqlite is a new ledger: nobody counted as invited"
    )
    assert told.splitlines()[-1] == "wrote 5 files into out, to be handed over"
    assert names() == FILES
    for name in FILES:
        data = (Path("out") / name).read_bytes()
        assert not lint(data).errors
        assert len(set(re.findall(r"[a-z]+@secret\.example", unfolded(name)))) == (
            "secret-example" in name
        )
    assert good("invite", "hearing.toml").splitlines()[0] == "nothing to send"
    assert ledger_path("hearing.toml").stat().st_mode & 0o777 == 0o600


def test_mails_leave_no_trace() -> None:
    """--eml writes whole mails for those who have an address, and records nothing."""
    told = good("invite", written(HEARING), "--eml", "out", *WHEN).splitlines()
    assert told[-4:] == [
        "3 invitations",
        ("without an e-mail address: 2 (Library, Ben): --handed-over DIR writes their files"),
        "not heard, so not invited: 2 (Dora, Emil Novak)",
        "wrote 3 mails into out; nothing is recorded",
    ]
    assert names(".") == ["hearing.toml", "out"]
    for path in Path("out").iterdir():
        assert not lint_mail(path.read_bytes())
    first = {path.name: path.read_bytes() for path in Path("out").iterdir()}
    good("invite", "hearing.toml", "--eml", "out", *WHEN)
    assert {path.name: path.read_bytes() for path in Path("out").iterdir()} == first


def test_two_who_swap_get_two_messages() -> None:
    """Of a list of 73 two who swap, far apart, are sent the update, sequence 1, and nobody else."""
    for path in (ROOT / "examples").glob("illustrative-list-of-73.*"):
        shutil.copy(path, path.name)
    file = "illustrative-list-of-73.toml"
    assert len(answer("invite", file, "--handed-over", "out", *WHEN)["messages"]) == 73
    assert call("lint", "out").exit_code == 0
    good("list", file, "swap", "Chile", "Fiji", *WHEN)
    told = answer("invite", file, "--handed-over", "out", *WHEN)
    assert [(m["to"], m["message"], m["sequence"], m["why"]) for m in told["messages"]] == [
        ("Fiji", "update", 1, "moved"),
        ("Chile", "update", 1, "moved"),
    ]
    assert told["unchanged"] == 71
    assert len(names()) == 75
    assert call("lint", "out").exit_code == 0


def test_who_withdraws_and_who_follows() -> None:
    """Who is gone is sent a withdrawal; small shifts are held back till they add up."""
    good("invite", written(HEARING), "--handed-over", "out", *WHEN)
    ana = '    { id = "ana", delegation = "Ana Ruiz", email = "ana@secret.example" },\n'
    Path("hearing.toml").write_text(HEARING.replace(ana, ""), encoding="utf-8")
    assert lines("hearing.toml", "--handed-over", "out", *WHEN) == [
        "to address entry time message why",
        (
            "Ana Ruiz ana@secret.example Ana Ruiz takes the floor: Public comment "
            "2026-03-10 18:00-18:03 withdrawal 1 no longer in the programme"
        ),
        (
            "Dora dora@secret.example Dora takes the floor: Public comment "
            "2026-03-10 18:10:30-18:13:30 invitation 0 new"
        ),
        (
            "Emil Novak (to hand over) Emil Novak takes the floor: Public comment "
            "2026-03-10 18:14-18:16 invitation 0 new"
        ),
        "2 invitations, 1 withdrawal",
        "without an e-mail address: 1 (Emil Novak)",
        (
            "moved by less than 10 min, so not sent again: 3 (Library by 3 min 30 s, Ben by 3 min "
            "30 s, Chen Li by 3 min 30 s); a smaller --threshold sends it"
        ),
        "wrote 3 files into out, to be handed over",
    ]
    text = unfolded("hearing-floor-speaker-ana-ana-secret-example-1-cancel.ics")
    assert "METHOD:CANCEL" in text
    assert "STATUS:CANCELLED" in text
    assert "BEGIN:VALARM" not in text
    exact = answer("invite", "hearing.toml", "--threshold", "0 s", *WHEN)
    assert [(m["to"], m["sequence"], m["why"]) for m in exact["messages"]] == [
        ("Library", 1, "moved"),
        ("Ben", 1, "moved"),
        ("Chen Li", 1, "moved"),
        ("Chen Li", 1, "moved"),
    ]
    for begins, held, sent in (("18:07-18:23", 6, 0), ("18:13-18:29", 4, 2), ("18:14-18:30", 0, 6)):
        moved = HEARING.replace(ana, "").replace("18:00-18:16", begins)
        Path("hearing.toml").write_text(moved, encoding="utf-8")
        told = answer("invite", "hearing.toml", *WHEN)
        assert (len(told["held"]), len(told["messages"])) == (held, sent)


def test_back_on_the_list() -> None:
    """Who comes back is invited again, with a sequence above that of the withdrawal."""
    good("invite", written(HEARING), "--handed-over", "out", *WHEN)
    cancelled = HEARING.replace("date =", 'status = "cancelled"\ndate =')
    Path("hearing.toml").write_text(cancelled, encoding="utf-8")
    told = answer("invite", "hearing.toml", "--handed-over", "out", *WHEN)
    assert {(m["message"], m["sequence"]) for m in told["messages"]} == {("withdrawal", 1)}
    Path("hearing.toml").write_text(HEARING, encoding="utf-8")
    again = answer("invite", "hearing.toml", "--handed-over", "out", *WHEN)
    assert {(m["message"], m["sequence"], m["why"]) for m in again["messages"]} == {
        ("invitation", 2, "again")
    }


def test_everybody_with_a_part() -> None:
    """The chair and the panel get each block, the secretariat each day and each deadline."""
    told = answer("invite", written(PANEL, "panel.toml"), "--addresses", *WHEN)["messages"]
    assert [(m["address"], m["role"], m["kind"], m["start"][5:16]) for m in told] == [
        ("mara@example.org", "chair", "session", "03-10T10:00"),
        ("piet@example.org", "panellist", "session", "03-10T10:00"),
        ("", "panellist", "session", "03-10T10:00"),
        ("mara@example.org", "chair", "session", "03-11T10:00"),
        ("piet@example.org", "panellist", "session", "03-11T10:00"),
        ("", "panellist", "session", "03-11T10:00"),
        ("desk@example.org", "secretariat", "day", "03-10T10:00"),
        ("desk@example.org", "secretariat", "day", "03-11T10:00"),
        ("desk@example.org", "secretariat", "deadline", "03-09T11:45"),
    ]
    assert len({m["uid"] for m in told}) == 5
    by_day = PANEL.replace("[[sessions]]", '[invitations]\neach = "day"\n\n[[sessions]]', 1)
    told = answer("invite", written(by_day, "panel.toml"), *WHEN)["messages"]
    assert [(m["to"], m["kind"]) for m in told[:6]] == [
        *(2 * [("Mara Lind", "day"), ("Piet Vos", "day"), ("Sana Rahal", "day")])
    ]


@pytest.mark.parametrize(
    ("arguments", "count"),
    [
        (["--kind", "day"], 2),
        (["--kind", "day", "--kind", "deadline"], 3),
        (["--to", "Piet Vos"], 2),
        (["--to", "DESK@example.org"], 3),
        (["--session", "first"], 7),
        (["--session", "First part", "--to", "mara lind"], 2),
        (["--to", "mara lind", "--kind", "day"], 0),
    ],
)
def test_some_of_all(arguments: list[str], count: int) -> None:
    """Kinds, a session and a name choose among all messages; the others stay as they are."""
    name = written(PANEL, "panel.toml")
    assert len(answer("invite", name, *arguments, *WHEN)["messages"]) == count
    good("invite", name, "--handed-over", "out", *WHEN)
    Path(name).write_text(PANEL.replace("10:00-11:00", "14:00-15:00"), encoding="utf-8")
    told = answer("invite", name, *arguments, *WHEN)["messages"]
    assert len(told) == count - ("deadline" in {m["kind"] for m in told}) or count in {3, 7}


def test_a_choice_withdraws_nothing_else() -> None:
    """What is not chosen is not withdrawn."""
    name = written(HEARING)
    good("invite", name, "--handed-over", "out", *WHEN)
    assert answer("invite", name, "--to", "ana", *WHEN)["messages"] == []
    assert answer("invite", name, "--kind", "day", *WHEN)["messages"] == []
    gone = re.sub(r"    \{ id = \"(ana|ben)\".*\n", "", HEARING)
    Path(name).write_text(gone, encoding="utf-8")
    told = answer("invite", name, "--to", "Ben", *WHEN)["messages"]
    assert [(m["to"], m["message"]) for m in told] == [("Ben", "withdrawal")]


def test_in_json() -> None:
    """--json tells each message and no address, unless it is asked for."""
    told = answer("invite", written(HEARING), "--handed-over", "out", *WHEN)
    assert told["done"]
    assert [m["addressed"] for m in told["messages"]] == [True, False, False, True, True]
    assert told["without_address"] == ["Library", "Ben"]
    assert [who["id"] for who in told["unheard"]] == ["dora", "emil"]
    assert "secret.example" not in str(told)
    assert fails(2, "invite", "hearing.toml", "--addresses") == (
        "--addresses goes with --json; the table tells them anyway"
    )


def test_one_who_is_unknown() -> None:
    """A name that nobody bears is refused with the nearest; who is not heard is told so."""
    name = written(HEARING)
    assert fails(2, "invite", name, "--to", "Ana Ruis") == (
        'no recipient "Ana Ruis": did you mean "Ana Ruiz"?'
    )
    assert good("invite", name, "--to", "Dora") == (
        "nothing to send\nnot heard, so not invited: 1 (Dora)\n"
    )


def test_several_lists() -> None:
    """All lists are invited; one alone if it is named."""
    name = written(TWO_LISTS)
    assert len(answer("invite", name, *WHEN)["messages"]) == 2
    told = answer("invite", name, "--session", "evening", *WHEN)["messages"]
    assert [m["uid"] for m in told] == ["two.evening.speaker.a@r2psched"]


def test_long_lists_are_not_told_whole() -> None:
    """Of many who are in the table without an address, and of many unheard, five are named."""
    speakers = ", ".join(f'"S{n}"' for n in range(30))
    name = written(TWO_LISTS.replace('{ id = "a", delegation = "A" }', speakers))
    assert lines(name, "--session", "evening")[-4:-1] == [
        "20 invitations",
        "without an e-mail address: 20 (S0, S1, S2, S3, S4 and 15 more)",
        "not heard, so not invited: 10 (S20, S21, S22, S23, S24 and 5 more)",
    ]


def test_nobody_to_invite() -> None:
    """A programme with a list of nobody and no people gives no message."""
    told = answer("invite", EXAMPLE, "--kind", "slot", *WHEN, "--ledger", "sent.sqlite")
    assert told["messages"] == []
    assert not Path("sent.sqlite").exists()


@pytest.mark.parametrize("way", ["--eml", "--handed-over"])
def test_without_an_address_to_answer_to(way: str) -> None:
    """Who is to be invited by e-mail needs an organiser who has an address too."""
    for name in (
        written(HEARING.replace('email = "clerk@example.org"', "")),
        written(re.sub(r"\[organiser\][^\[]*", "", HEARING)),
    ):
        assert fails(1, "invite", name, way, "out") == (
            "  organiser: has no e-mail address, and invitations are answered to it: write "
            '[organiser] with name = "…" and email = "…"'
        )
        assert call("invite", name).exit_code == 1
        assert names(".") == ["hearing.toml"]
    assert good("invite", name, "--handed-over", "out", "--to", "ben").endswith(
        "wrote 1 file into out, to be handed over\n"
    )


def test_times_in_utc() -> None:
    """--utc writes times without a time zone."""
    good("invite", written(HEARING), "--handed-over", "out", "--utc", "--to", "ana")
    assert "DTSTART:20260311T000000Z" in unfolded(FILES[0])


def test_by_a_forecast() -> None:
    """With a pace invitations are tentative and take up the window; who is hardly heard, none."""
    name = written(HEARING)
    told = answer("invite", name, "--pace", "mean 1.2, spread 0.3", *WHEN)["messages"]
    assert {m["status"] for m in told} == {"tentative"}
    assert told[-1]["end"] > told[0]["end"]
    sure = answer("invite", name, "--pace", "mean 1.2, spread 0.3", "--chance", "99%", *WHEN)
    assert len(sure["messages"]) < len(told)
    assert "--now and --chance go with a forecast" in fails(2, "invite", name, "--chance", "50%")
    assert fails(2, "invite", name, "--now", "18:05").startswith("--now and --chance go with")


def test_own_words_and_french() -> None:
    """The programme's language and its own texts are those of the files."""
    changed = HEARING.replace(
        "[organiser]",
        'lang = "fr"\n\n[invitations]\nalarms = ["1 h", "5 min"]\n'
        'texts = "own.toml"\n\n[organiser]',
    )
    written('[slot]\nsummary = "{who} : {limit}"\n', "own.toml")
    good("invite", written(changed), "--handed-over", "out", "--to", "ana")
    text = unfolded(FILES[0])
    assert "SUMMARY:Ana Ruiz : 3 min\r\n" in text
    assert "Rang sur la liste : 1" in text
    assert re.findall(r"TRIGGER:(\S+)", text) == ["-PT1H", "-PT5M"]
    written('[slot]\nsumary = "x"\nsummary = "{whom}"\n', "own.toml")
    result = call("invite", "hearing.toml")
    assert result.exit_code == 1
    assert "hearing.toml: 2 faults" in result.stderr
    assert "own.toml: slot.sumary: there is no text of this key: did you mean" in result.stderr
    assert 'own.toml: slot.summary: "{whom}" is not known here' in result.stderr


def test_three_ways_exclude_each_other() -> None:
    """One way out at a time."""
    assert fails(2, "invite", written(HEARING), "--eml", "a", "--handed-over", "b") == (
        "--eml, --handed-over and --send are three ways: choose one"
    )


@pytest.fixture
def post(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailroom]:
    """Run a mail server with STARTTLS and a login, and name it in the environment."""
    (tmp_path / "certificates").mkdir()
    with mail_server("smtp", tmp_path / "certificates", login=True) as room:
        url = room.url.replace("//127.0.0.1", f"//{USER}@localhost")
        monkeypatch.setenv("R2PSCHED_SMTP", url)
        monkeypatch.setenv("R2PSCHED_SMTP_PASSWORD", PASSWORD)
        monkeypatch.setenv("SSL_CERT_FILE", str(room.ca_file))
        yield room


def test_sent_by_mail(post: Mailroom) -> None:
    """Each address gets one mail, from the organiser; a second run sends nothing."""
    told = good("invite", written(HEARING), "--send", *WHEN).splitlines()
    assert told[-1] == "sent 3 messages"
    assert [(letter.sender, letter.recipient) for letter in post.letters] == [
        ("clerk@example.org", "ana@secret.example"),
        ("clerk@example.org", "chen@secret.example"),
        ("clerk@example.org", "li@secret.example"),
    ]
    for letter in post.letters:
        assert not lint_mail(letter.octets)
        assert len(set(re.findall(rb"\w+@secret\.example", letter.octets))) == 1
    assert good("invite", "hearing.toml", "--send", *WHEN).splitlines()[0] == "nothing to send"
    assert len(post.letters) == 3


def test_resumed_after_a_refusal(post: Mailroom) -> None:
    """Whoever was not delivered is named, with exit 3; the next run sends that message alone."""
    post.refusing["chen@secret.example"] = "550 no such user"
    result = call("invite", written(HEARING), "--send", *WHEN)
    assert result.exit_code == 3
    assert result.stderr == "not delivered: Chen Li <chen@secret.example>: 550 no such user\n"
    assert result.stdout.endswith("sent 2 messages\n")
    post.refusing.clear()
    told = answer("invite", "hearing.toml", "--send", "--addresses", *WHEN)["messages"]
    assert [(m["address"], m["sequence"]) for m in told] == [("chen@secret.example", 0)]


def test_a_message_of_unknown_fate_is_repeated(post: Mailroom) -> None:
    """Where the connection breaks after the message, the very same message is sent once more."""
    post.dropping.append(".")
    name = written(HEARING)
    result = call("invite", name, "--send", "--to", "ana", *WHEN)
    assert result.exit_code == 3
    assert "Ana Ruiz <ana@secret.example>" in result.stderr
    before = [letter.octets for letter in post.letters]
    later = ("--when", "2026-03-03 09:00")
    told = answer("invite", name, "--send", "--to", "ana", *later)["messages"]
    assert [(m["sequence"], m["why"]) for m in told] == [(0, "repeated")]
    assert all(octets == post.letters[-1].octets for octets in before)


def test_a_server_that_cannot_be_used(post: Mailroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """A refused login sends nothing, and nothing of the password is told or kept."""
    monkeypatch.setenv("R2PSCHED_SMTP_PASSWORD", "hunter2-wrong")
    result = call("invite", written(HEARING), "--send", *WHEN)
    assert result.exit_code == 3
    assert "it refuses the login" in result.stderr
    assert "hunter2" not in result.stdout + result.stderr
    assert b"hunter2" not in ledger_path("hearing.toml").read_bytes()
    assert post.letters == []
    monkeypatch.setenv("R2PSCHED_SMTP_PASSWORD", PASSWORD)
    told = answer("invite", "hearing.toml", "--send", *WHEN)["messages"]
    assert {m["sequence"] for m in told} == {0}


def test_no_server_is_named() -> None:
    """--send without a server says how to name one, and sends and records nothing."""
    assert "--send needs a mail server: --smtp smtp://" in fails(
        2, "invite", written(HEARING), "--send"
    )
    assert "password" in fails(
        2, "invite", "hearing.toml", "--send", "--smtp", "smtp://anna:secret@mail.example.org"
    )


def test_a_process_that_is_killed(post: Mailroom) -> None:
    """Killed between two messages, the next run sends the rest, and nobody gets two sequences."""
    name = written(HEARING)
    script = (
        "import os, sys\n"
        "from r2psched.delivery import smtp\n"
        "send = smtp.Postbox.send\n"
        "def killed(self, sender, recipient, octets):\n"
        "    done = send(self, sender, recipient, octets)\n"
        "    if recipient.startswith('chen'):\n"
        "        os.kill(os.getpid(), 9)\n"
        "    return done\n"
        "smtp.Postbox.send = killed\n"
        "from r2psched.cli import main\n"
        "main(sys.argv[1:])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "invite", name, "--send", *WHEN],
        check=False,
        capture_output=True,
    )
    assert done.returncode == -9
    with sqlite3.connect(ledger_path(name)) as rows:
        states = rows.execute("SELECT address, state FROM messages ORDER BY number").fetchall()
    rows.close()
    assert states == [("ana@secret.example", "sent"), ("chen@secret.example", "open")]
    later = ("--when", "2026-03-03 09:00")
    told = answer("invite", name, "--send", "--addresses", *later)["messages"]
    assert [(m["address"], m["sequence"], m["why"]) for m in told] == [
        ("chen@secret.example", 0, "repeated"),
        ("li@secret.example", 0, "new"),
    ]
    chen = [each.octets for each in post.letters if each.recipient.startswith("chen")]
    assert len(chen) == 2
    assert chen[0] == chen[1]


def test_somebody_else_is_sending() -> None:
    """Two runs at once: the second says so, and sends nothing."""
    name = written(HEARING)
    good("invite", name, "--handed-over", "out", *WHEN)
    with sqlite3.connect(ledger_path(name), isolation_level=None) as rows:
        rows.execute("BEGIN EXCLUSIVE")
        assert fails(3, "invite", name, "--handed-over", "again") == (
            "cannot read hearing.toml.sent.sqlite: somebody else is sending from it: try again"
        )
        rows.execute("ROLLBACK")
    rows.close()


def test_somebody_renamed() -> None:
    """Whoever is chosen by an old name or by a new one is updated, and not withdrawn."""
    good("invite", written(HEARING), "--handed-over", "out", *WHEN)
    written(HEARING.replace('delegation = "Ana Ruiz"', 'delegation = "Ana Ruiz-Soto"'))
    for name in ("Ana Ruiz", "Ana Ruiz-Soto", "ana"):
        (told,) = answer("invite", "hearing.toml", "--to", name, *WHEN)["messages"]
        assert (told["message"], told["why"], told["sequence"]) == ("update", "changed", 0)


def test_who_has_spoken_keeps_the_entry() -> None:
    """With the log of the meeting so far those who are done are neither withdrawn nor unheard."""
    for path in (ROOT / "examples").glob("illustrative-l*"):
        shutil.copy(path, path.name)
    file = "illustrative-list-of-73.toml"
    good("invite", file, "--handed-over", "out", *WHEN)
    log = ("--now", "11:46", "--records", "illustrative-log-of-14.csv")
    told = answer("invite", file, *log, *WHEN)
    assert {m["message"] for m in told["messages"]} == {"update"}
    assert len(told["messages"]) == 59
    assert told["unheard"] == []


def test_another_organiser() -> None:
    """Calendars would not believe another organiser: it is refused, with the way out."""
    good("invite", written(HEARING), "--handed-over", "out", *WHEN)
    written(HEARING.replace("clerk@example.org", "desk@example.org"))
    assert fails(2, "invite", "hearing.toml", "--handed-over", "out", *WHEN) == (
        'the invitations went out in the name of "clerk@example.org", and calendars take updates '
        'from no other organiser: give it that address back and let "desk@example.org" send for '
        'it, [invitations] sent_by = "desk@example.org"'
    )
    both = '[invitations]\nsent_by = "desk@example.org"\n\n[[sessions]]'
    written(HEARING.replace("[[sessions]]", both).replace("18:00", "17:00"))
    good("invite", "hearing.toml", "--handed-over", "out", "--to", "ana", *WHEN)
    text = unfolded("hearing-floor-speaker-ana-ana-secret-example-1.ics")
    assert 'ORGANIZER;CN=Clerk;SENT-BY="mailto:desk@example.org":mailto:clerk@example.org' in text


def test_a_list_without_a_limit() -> None:
    """It stops nobody from being invited to anything else."""
    name = written(PANEL.replace('limit = "3 min"', 'inscriptions = ["Chile"]'), "panel.toml")
    assert "states no limit" in fails(2, "invite", name)
    assert len(answer("invite", name, "--kind", "session", *WHEN)["messages"]) == 6


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--to", ""], "--to expected a name or an address, got nothing"),
        (["--smtp", "smtp://x"], "--smtp goes with --send"),
        (["--per-minute", "3"], "--per-minute goes with --send"),
        (["--password-file", "x"], "--password-file goes with --send"),
    ],
)
def test_options_that_would_do_nothing(arguments: list[str], told: str) -> None:
    """They are refused."""
    assert fails(2, "invite", written(HEARING), *arguments) == told


def test_mails_of_before() -> None:
    """Mails that are in the folder and no more due are told."""
    good("invite", written(HEARING), "--eml", "out", *WHEN)
    written(re.sub(r"    \{ id = \"(ana|chen)\".*\n", "", HEARING))
    told = good("invite", "hearing.toml", "--eml", "out", *WHEN).splitlines()
    assert told[-2] == "3 other mails of before in out: remove what is not to go"


def test_no_server_answers() -> None:
    """Everybody whom it concerns is named, nothing counts as sent, and the next run sends it."""
    name = written(HEARING)
    result = call("invite", name, "--send", "--smtp", "smtp+plain://127.0.0.1:1", *WHEN)
    assert result.exit_code == 3
    assert result.stdout.splitlines()[-1] == "sent 0 messages"
    assert result.stderr.startswith(
        "not delivered: Ana Ruiz <ana@secret.example>, Chen Li <chen@secret.example>, "
        "Chen Li <li@secret.example>: cannot deliver by smtp+plain://127.0.0.1:1: "
    )
    told = answer("invite", name, "--addresses", *WHEN)["messages"]
    assert {m["sequence"] for m in told} == {0}


def test_addresses_in_what_a_server_says(post: Mailroom) -> None:
    """--json tells no address, also not in the words of a server, unless it is asked for."""
    post.refusing["chen@secret.example"] = "550 <Chen@secret.example>: no such user"
    result = call("invite", written(HEARING), "--send", "--json", *WHEN)
    assert result.exit_code == 3
    assert "secret.example" not in result.stdout
    assert "550 <…>: no such user" in result.stdout


def test_interrupted(post: Mailroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever stops it is told who was not sent anything; nobody gets anything twice."""
    send = smtp.Postbox.send

    def stopped(self: smtp.Postbox, sender: str, recipient: str, octets: bytes) -> Receipt:
        if recipient.startswith("li"):
            raise KeyboardInterrupt
        return send(self, sender, recipient, octets)

    monkeypatch.setattr(smtp.Postbox, "send", stopped)
    result = call("invite", written(HEARING), "--send", *WHEN)
    assert result.exit_code == 3
    assert result.stderr == "not delivered: Chen Li <li@secret.example>: interrupted\n"
    assert len(post.letters) == 2


def test_only_who_has_no_address() -> None:
    """--by-hand writes files for those alone whom no mail reaches."""
    name = written(HEARING)
    told = answer("invite", name, "--handed-over", "out", "--by-hand", *WHEN)["messages"]
    assert [m["to"] for m in told] == ["Library", "Ben"]
    assert {m["to"] for m in answer("invite", name, *WHEN)["messages"]} == {"Ana Ruiz", "Chen Li"}
    assert fails(2, "invite", name, "--by-hand").startswith("--by-hand goes with --handed-over")


def test_who_has_answered() -> None:
    """Those who accepted and declined are named, and how many have not answered yet."""
    name = written(HEARING)
    good("invite", name, "--handed-over", "out", *WHEN)
    assert "answered" not in good("invite", name)
    with Ledger(ledger_path(name), "hearing") as ledger:
        last = ledger.past().last.values()
        for address, status in {"ana": "ACCEPTED", "li": "DECLINED"}.items():
            (sent,) = [each for each in last if each.recipient.address.startswith(address)]
            answered = Answer(status, 0, sent.stamp_us)  # type: ignore[arg-type]  # PARTSTAT
            ledger.answered(sent.key, answered)
    assert good("invite", name).splitlines()[-3:] == [
        "accepted: 1 (Ana Ruiz)",
        "declined: 1 (Chen Li)",
        "not answered yet: 1",
    ]
    told = answer("invite", name)["answers"]
    assert [(each["to"], each["status"]) for each in told] == [
        ("Ana Ruiz", "ACCEPTED"),
        ("Chen Li", "NEEDS-ACTION"),
        ("Chen Li", "DECLINED"),
    ]


def test_a_forecast_that_is_forgotten() -> None:
    """Whoever was invited by a forecast would be told otherwise: that is said before."""
    name = written(HEARING)
    pace = ("--pace", "mean 1.2, spread 0.3")
    good("invite", name, "--handed-over", "out", *pace, *WHEN)
    told = (
        'the last run went by a forecast, --pace "mean 1.2, spread 0.3": without it, it is taken '
        "back"
    )
    assert told in good("invite", name).splitlines()
    assert told in good("invite", name, "--eml", "mails").splitlines()
    assert told not in good("invite", name, *pace)
    assert told not in good("invite", name, "--kind", "day")
    assert told in good("invite", name, "--handed-over", "out", *WHEN).splitlines()
    assert "forecast" not in good("invite", name)
