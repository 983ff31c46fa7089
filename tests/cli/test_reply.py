"""`r2psched reply`: what invited people answered, and what follows from it."""

from __future__ import annotations

import base64
import getpass
import json
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from r2psched.cli.reply import command
from r2psched.delivery import sending
from r2psched.delivery.ledger import Ledger, ledger_path, remembered
from r2psched.errors import FileFailed
from r2psched.ical.lint import lint
from r2psched.mail import lint_mail
from tests.cli.running import HEARING, TWO_LISTS, answer, call, fails, good, written
from tests.delivery.servers import mail_server
from tests.views.schemas import judged

if TYPE_CHECKING:
    from r2psched.inviting import Past

REPLIES = Path(__file__).parents[1] / "ical" / "replies"
SENT, NOW = ("--when", "2026-03-02 09:00"), ("--when", "2026-03-04 09:00")
UID = "hearing.floor.speaker.{}@r2psched"
ANA, CHEN, LI = "ana@secret.example", "chen@secret.example", "li@secret.example"
ENTRY = '"Ana Ruiz takes the floor: Public comment" (2026-03-10 18:00-18:03)'
CHENS = '"Chen Li takes the floor: Public comment" (2026-03-10 18:10:30-18:13:30)'


@pytest.fixture
def file() -> str:
    """Give a programme whose list stands in a CSV file, with everybody invited."""
    name = written(HEARING)
    good("list", name, "split", *SENT)
    good("invite", name, "--handed-over", "out", *SENT)
    return name


def past() -> Past:
    """Give what the ledger remembers."""
    return remembered(ledger_path("hearing.toml"), "hearing")


def calendar(  # noqa: PLR0913  # each a part of an answer
    status: str = "DECLINED",
    address: str = ANA,
    who: str = "ana",
    at: str = "20260303T120000Z",
    *,
    method: str = "REPLY",
    more: str = "",
) -> bytes:
    """Write an answer."""
    lines = [
        "BEGIN:VCALENDAR",
        f"METHOD:{method}",
        "BEGIN:VEVENT",
        f"UID:{UID.format(who)}",
        f"DTSTAMP:{at}",
        *([more] if more else []),
        f"ATTENDEE;PARTSTAT={status}:mailto:{address}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{line}\r\n" for line in lines).encode()


def mail(data: bytes, sender: str = ANA, method: str = "REPLY", *, name: str = "a.eml") -> str:
    """Write a mail as Outlook does, into the current folder, and give its name."""
    text = f"""From: "Ruiz, Ana" <{sender}>
To: Clerk <clerk@example.org>
Subject: Declined: Public comment
Message-ID: <1@secret.example>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="m"

--m
Content-Type: multipart/alternative; boundary="a"

--a
Content-Type: text/plain; charset="us-ascii"


--a
Content-Type: text/calendar; charset="utf-8"; method={method}
Content-Transfer-Encoding: base64

{base64.encodebytes(data).decode()}
--a--
--m
Content-Type: application/ics; name="invite.ics"
Content-Disposition: attachment; filename="invite.ics"
Content-Transfer-Encoding: base64

{base64.encodebytes(data).decode()}
--m--
"""
    Path(name).write_bytes(text.replace("\n", "\r\n").encode())
    return name


def ics(data: bytes, name: str = "a.ics") -> str:
    """Write a calendar into the current folder, and give its name."""
    Path(name).write_bytes(data)
    return name


def said(*arguments: str, code: int = 0) -> list[str]:
    """Give the lines of an answer."""
    result = call("reply", *arguments)
    assert (result.exit_code, result.stderr) == (code, "")
    return result.stdout.splitlines()


def test_declined(file: str) -> None:
    """Who declines is told with the very command that withdraws them, and nothing is done."""
    before = past()
    assert said(mail(calendar()), *NOW) == [
        f"a.eml: Ana Ruiz declines {ENTRY}",
        (
            "  change: Ana Ruiz leaves the list: r2psched list hearing.toml withdraw "
            '"Ana Ruiz" --why "declined by mail"'
        ),
        "1 taken",
    ]
    assert past() == before
    assert "Ana" in Path("hearing-floor.csv").read_text(encoding="utf-8")
    assert "Ana Ruiz withdrew" in good("list", file, "withdraw", "Ana Ruiz", *NOW)


def test_applied(file: str) -> None:
    """What is applied changes the list with its history, is remembered, and done once."""
    message = mail(calendar())
    assert said(message, "--apply", "--by", "Mara", *NOW) == [
        f"a.eml: Ana Ruiz declines {ENTRY}",
        "  changed: Ana Ruiz withdrew from number 1; revision 2",
        "1 taken",
    ]
    assert past().answers[UID.format("ana"), ANA].status == "DECLINED"
    assert good("list", file, "history").splitlines()[1] == (
        "2. 2026-03-04 09:00 Ana Ruiz withdrew from number 1 (by Mara): declined by mail"
    )
    assert said(message, "--apply", *NOW) == [
        f"a.eml: ignored: Ana Ruiz declines {ENTRY}, but it was read already",
        "1 ignored",
    ]
    methods = {
        each["to"]: each["method"]
        for each in answer("invite", file, "--when", "2026-03-04 10:00")["messages"]
    }
    assert methods["Ana Ruiz"] == "CANCEL"


def test_why_and_by(file: str) -> None:
    """Who makes the change and why is what is said, or else the login name."""
    said(mail(calendar()), "--apply", "--why", "ill", "--when", "2026-03-04 09:00")
    told = good("list", file, "history").splitlines()[1]
    assert told.endswith(f"(by {getpass.getuser()}): ill")


def test_accepted(file: str) -> None:
    """Whoever accepts changes no list; what they write is told in one line."""
    data = calendar("ACCEPTED", more="COMMENT:Gladly\\, \x1b[31mand\\non time")
    assert said(mail(data), "--apply", *NOW) == [
        f"a.eml: Ana Ruiz accepts {ENTRY}",
        "  they write: “Gladly, \ufffd[31mand on time”",
        "1 taken",
    ]
    assert past().answers[UID.format("ana"), ANA].status == "ACCEPTED"
    assert "Revision 1." in good("list", file, "show")


def test_names_that_steer() -> None:
    """A name that a shell would read is quoted, and one that does not print is told by its id."""
    name = HEARING.replace("Ana Ruiz", "Ana; rm -rf $HOME").replace("Ben", "-v")
    assert name.count("$HOME") == 1
    file = written(name.replace('id = "ben", ', 'id = "ben", email = "ben@secret.example", '))
    good("list", file, "split", *SENT)
    good("invite", file, "--handed-over", "out", *SENT)
    lines = said(
        mail(calendar()),
        mail(calendar(address="ben@secret.example", who="ben"), "ben@secret.example", name="b.eml"),
        *NOW,
    )
    assert "withdraw 'Ana; rm -rf $HOME' --why" in lines[1]
    assert "withdraw ben --why" in lines[3]


@pytest.mark.usefixtures("file")
def test_two_addresses() -> None:
    """The second of two addresses that declines withdraws the inscription."""
    first = mail(calendar(address=CHEN, who="chen"), CHEN)
    second = mail(calendar(address=LI, who="chen"), LI, name="b.eml")
    assert said(first, "--apply", *NOW) == [
        f"a.eml: Chen Li ({CHEN}) declines {CHENS}",
        f"  {LI} has not answered: so the inscription stays on the list",
        "1 taken",
    ]
    assert said(second, "--apply", *NOW)[1] == (
        "  changed: Chen Li withdrew from number 4; revision 2"
    )


def test_delegated(file: str) -> None:
    """The delegate's address joins the inscription, and they are invited."""
    data = calendar("DELEGATED").replace(
        b"DELEGATED:", b'DELEGATED;DELEGATED-TO="mailto:deputy@secret.example":'
    )
    message = mail(data)
    assert said(message, *NOW)[1:-1] == [
        (
            "  change: deputy@secret.example becomes an address of Ana Ruiz: r2psched reply a.eml "
            "--programme hearing.toml --apply"
        ),
        "  answer due: the invitation, to deputy@secret.example",
    ]
    done = said(message, "--apply", "--handed-over", "due", *NOW)
    assert done[-2] == (
        "  answer due: the invitation, to deputy@secret.example: "
        "hearing-floor-speaker-ana-deputy-secret-example-0.ics"
    )
    assert "ana@secret.example; deputy@secret.example" in Path("hearing-floor.csv").read_text(
        encoding="utf-8"
    )
    assert lint(Path("due/hearing-floor-speaker-ana-deputy-secret-example-0.ics").read_bytes()).ok
    assert answer("invite", file, "--when", "2026-03-04 10:00")["messages"] == []


def test_delegated_and_invited_later(file: str) -> None:
    """Where nothing is written the next comparison invites the delegate."""
    data = calendar("DELEGATED").replace(
        b"DELEGATED:", b'DELEGATED;DELEGATED-TO="mailto:deputy@secret.example":'
    )
    assert said(mail(data), "--apply", *NOW)[-2] == (
        "  answer due: the invitation, to deputy@secret.example; the next r2psched invite sends it"
    )
    (sent,) = answer("invite", file, "--addresses", "--when", "2026-03-04 10:00")["messages"]
    assert (sent["address"], sent["why"]) == ("deputy@secret.example", "new")


@pytest.mark.usefixtures("file")
def test_proposed() -> None:
    """Another time is declined by a file or mail that the lint finds no fault with, once."""
    more = "DTSTART:20260311T000900Z\r\nDTEND:20260311T001200Z"
    message = mail(calendar(method="COUNTER", more=more), method="COUNTER")
    assert said(message, "--apply", *NOW)[1:3] == [
        "  the list decides on times: the answer due is that it stays",
        (
            f"  answer due: that the time stays, to {ANA}; apply it again with --send or "
            "--handed-over DIR"
        ),
    ]
    done = said(message, "--apply", "--eml", "due", *NOW)
    name = "hearing-floor-speaker-ana-ana-secret-example-0-declinecounter.eml"
    assert done[2] == f"  answer due: that the time stays, to {ANA}: {name}"
    assert not lint_mail(Path("due", name).read_bytes()).errors
    assert said(message, "--apply", "--eml", "due", *NOW)[-1] == "1 ignored"
    assert said(message, *NOW)[-1] == "1 ignored"


def test_mailed(file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """--send mails what is due; a server that refuses it is told, with exit 3, and tried again."""
    more = "DTSTART:20260311T000900Z\r\nDTEND:20260311T001200Z"
    message = mail(calendar(method="COUNTER", more=more), method="COUNTER")
    with mail_server() as room:
        monkeypatch.setenv("R2PSCHED_SMTP", room.url)
        room.refusing[ANA] = "451 later"
        done = said(message, "--apply", "--send", *NOW, code=3)
        assert done[2].endswith("not delivered: 451 later; apply it again")
        room.refusing.clear()
        told = answer("reply", message, "--apply", "--send", *NOW)["messages"]
        assert told[0]["due"]["written"] == "mailed"
        assert said(message, "--apply", "--send", *NOW)[-1] == "1 ignored"
    (letter,) = room.letters
    assert letter.recipient == ANA
    assert not lint_mail(letter.octets).errors
    assert answer("invite", file, *NOW)["messages"] == []


def delegation(to: str = "deputy@secret.example") -> bytes:
    """Write the answer of Ana, who passes her invitation on."""
    return calendar(f'DELEGATED;DELEGATED-TO="mailto:{to}"')


def test_no_server(file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no server is reached the lists are changed, which is told; the next run delivers."""
    messages = (
        mail(delegation()),
        mail(calendar(address="dora@secret.example", who="dora"), "dora@secret.example", name="b"),
        mail(
            calendar(address=LI, who="chen", method="COUNTER", more="DTSTART:20260311T000900Z"),
            LI,
            "COUNTER",
            name="c",
        ),
    )
    Path(file).write_text(Path(file).read_text("utf-8").replace("18:16", "18:40"), "utf-8")
    good("invite", file, "--handed-over", "out", *SENT)
    run = (*messages, "--apply", "--send", *NOW)
    with mail_server() as room:
        gone = room.url
    monkeypatch.setenv("R2PSCHED_SMTP", gone)
    done = said(*run, code=3)
    assert [line.strip().split(":")[0] for line in done if line.startswith("  ")] == [
        "changed",
        "answer due",
        "changed",
        "the list decides on times",
        "answer due",
    ]
    assert sum("not delivered: cannot deliver by " in line for line in done) == 2
    with mail_server() as room:
        monkeypatch.setenv("R2PSCHED_SMTP", room.url)
        told = answer("reply", *run)["messages"]
        assert [each["outcome"] for each in told] == ["taken", "ignored", "taken"]
        assert said(*run)[-1] == "3 ignored"
    assert {each.recipient for each in room.letters} == {"deputy@secret.example", LI}


def test_folder_that_is_full(file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that cannot be written is told behind the change; the next run writes it."""
    run = (mail(delegation()), "--apply", "--handed-over", "due", *NOW)

    def full(path: Path, *_: object, **__: object) -> None:
        raise FileFailed(path, "write", "the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(sending, "save", full)
        done = said(*run, code=3)
    assert done[1].startswith("  changed: Ana Ruiz, number 1, has the address of a delegate, too")
    assert done[2].endswith(": the disk is full; apply it again")
    assert said(*run)[1].endswith("deputy-secret-example-0.ics")
    assert answer("invite", file, "--when", "2026-03-04 10:00")["messages"] == []
    assert said(*run)[-1] == "1 ignored"


def test_an_answer_that_stays_open(file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A declined proposal that may not have arrived leaves the invitation as it was."""
    more = "DTSTART:20260311T000900Z\r\nDTEND:20260311T001200Z"
    message = mail(calendar(method="COUNTER", more=more), method="COUNTER")
    with mail_server() as room:
        monkeypatch.setenv("R2PSCHED_SMTP", room.url)
        room.dropping.append(".")
        said(message, "--apply", "--send", *NOW, code=3)
    assert answer("invite", file, *NOW)["messages"] == []
    Path(file).write_text(Path(file).read_text("utf-8").replace("18:00", "17:00"), "utf-8")
    told = answer("invite", file, "--to", "ana", *NOW)["messages"]
    assert [(m["sequence"], m["why"]) for m in told] == [(1, "moved")]


def test_asked_again(file: str) -> None:
    """Whoever asks again is sent the same revision, later; nobody else is sent anything."""
    first = past().last[UID.format("ana"), ANA]
    message = mail(calendar(method="REFRESH"), method="REFRESH")
    done = said(message, "--apply", "--handed-over", "due", *NOW)
    assert done[0] == f"a.eml: Ana Ruiz asks again for {ENTRY}"
    again = past().last[UID.format("ana"), ANA]
    assert (again.sequence, again.entry) == (first.sequence, first.entry)
    assert again.stamp_us > first.stamp_us
    assert answer("invite", file, "--when", "2026-03-04 10:00")["messages"] == []


@pytest.mark.usefixtures("file")
def test_many_at_once() -> None:
    """Every message is told in the order given, and one that is refused makes the run fail."""
    good_one, forged = mail(calendar("ACCEPTED")), mail(calendar(), "eve@example.org", name="b.eml")
    empty = ics(b"From: eve@example.org\r\n\r\nHello\r\n", "c.eml")
    none = ics(b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "d.ics")
    other = ics(calendar().replace(b"hearing.", b"other."), "e.ics")
    unclear = ics(b"Hello", "f.eml")
    old = ics(calendar(at="20260302T170000Z"), "g.ics")
    assert said(good_one, forged, empty, none, other, unclear, old, "--apply", *NOW, code=1) == [
        f"a.eml: Ana Ruiz accepts {ENTRY}",
        f"b.eml: refused: it says that {ANA} answers, but it came from eve@example.org: ask {ANA}",
        "c.eml: refused: it holds no calendar, so it answers no invitation: read it yourself",
        "d.ics: refused: it has no METHOD: it is an entry, not the answer to an invitation",
        (
            "e.ics: refused: no programme in this folder has sent the entry "
            '"other.floor.speaker.ana@r2psched": name it with --programme FILE'
        ),
        "f.eml: refused: the header: there is no From, so this is no mail that can be answered",
        f"g.ics: ignored: Ana Ruiz declines {ENTRY}, but a newer answer of theirs was read already",
        "1 taken, 1 ignored, 5 refused",
    ]
    assert past().answers[UID.format("ana"), ANA].status == "ACCEPTED"


@pytest.mark.usefixtures("file")
def test_parts_that_differ() -> None:
    """A mail whose calendars differ, or whose header says another method, is refused."""
    one = base64.encodebytes(calendar("ACCEPTED")).strip()
    other = base64.encodebytes(calendar("DECLINED")).strip()
    two = Path(mail(calendar("ACCEPTED"))).read_bytes()
    at = two.rindex(one.replace(b"\n", b"\r\n"))
    head, tail = two[:at], two[at:]
    changed = head + tail.replace(one.replace(b"\n", b"\r\n"), other.replace(b"\n", b"\r\n"))
    assert said(ics(changed, "b.eml"), code=1)[0] == (
        "b.eml: refused: it holds 2 answers that differ: ask which one holds"
    )
    invitation = calendar("ACCEPTED").replace(b"METHOD:REPLY", b"METHOD:REQUEST")
    invited = base64.encodebytes(invitation).strip().replace(b"\n", b"\r\n")
    beside = head + tail.replace(one.replace(b"\n", b"\r\n"), invited)
    assert said(ics(beside, "b.eml"), *NOW)[0] == f"b.eml: Ana Ruiz accepts {ENTRY}"
    assert said(mail(calendar(), method="REQUEST"), code=1)[0] == (
        'a.eml: refused: the mail says method="REQUEST", and its calendar REPLY'
    )


def test_list_in_the_programme() -> None:
    """A list that stands in the programme cannot be changed, which is told with the remedy."""
    file = written(HEARING)
    good("invite", file, "--handed-over", "out", *SENT)
    (told, counts) = said(mail(calendar()), "--apply", *NOW, code=1)
    assert told.startswith(f"a.eml: refused: Ana Ruiz declines {ENTRY}, which cannot be applied: ")
    assert told.endswith("move it to a CSV file with r2psched list hearing.toml split")
    assert counts == "1 refused"
    assert past().answers == {}
    good("list", file, "split", *SENT)
    assert said(mail(calendar()), "--apply", *NOW)[-1] == "1 taken"


def test_which_programme(file: str) -> None:
    """The programme is the one here that sent it; two, or an unsound one, are told."""
    message = mail(calendar("ACCEPTED"))
    for suffix in ("", ".sent.sqlite"):
        Path(f"copy.toml{suffix}").write_bytes(Path(f"{file}{suffix}").read_bytes())
    assert said(message, *NOW, code=1)[0] == (
        "a.eml: refused: copy.toml and hearing.toml have both sent the entry "
        '"hearing.floor.speaker.ana@r2psched": name it with --programme FILE'
    )
    assert said(message, "--programme", file, *NOW)[-1] == "1 taken"
    Path("copy.toml").write_text("id = 1", encoding="utf-8")
    assert said(message, *NOW)[-1] == "1 taken"
    Path(file).unlink()
    assert "(copy.toml: " in said(message, *NOW, code=1)[0]


def test_ledger_of_its_own(file: str) -> None:
    """The ledger may stand elsewhere; one that is not there has sent nothing, and none is made."""
    message = mail(calendar("ACCEPTED"))
    Path(f"{file}.sent.sqlite").rename("mine")
    named = ("--programme", file, *NOW)
    assert said(message, *named, "--ledger", "mine", "--apply")[-1] == "1 taken"
    assert said(message, *named, "--apply", code=1)[0].startswith(
        "a.eml: refused: nobody was ever sent an entry with the UID"
    )
    assert not ledger_path(file).exists()


@pytest.mark.usefixtures("file")
def test_a_preview_writes_nothing() -> None:
    """Without --apply the ledger stays as it is, whoever may write it."""
    ledger = ledger_path("hearing.toml")
    before = ledger.read_bytes()
    ledger.chmod(0o444)
    message = mail(calendar())
    assert said(message, *NOW)[-1] == "1 taken"
    assert said(message, "--programme", "hearing.toml", *NOW)[-1] == "1 taken"
    assert (ledger.read_bytes(), ledger.stat().st_mode & 0o777) == (before, 0o444)


@pytest.mark.usefixtures("file")
def test_a_preview_after_a_crash() -> None:
    """What a crash has left half-written does not hold up a preview."""
    ledger = ledger_path("hearing.toml")
    rows = sqlite3.connect(ledger, isolation_level=None)
    rows.execute("PRAGMA cache_size = 1")
    rows.execute("BEGIN IMMEDIATE")
    rows.executemany("INSERT INTO facts VALUES (?, ?)", [(str(n), "z" * 500) for n in range(500)])
    journal = Path(f"{ledger}-journal")
    torn = [(path, path.read_bytes()) for path in (ledger, journal)]
    rows.close()
    for path, octets in torn:
        path.write_bytes(octets)
    assert said(mail(calendar()), *NOW)[-1] == "1 taken"
    assert not journal.exists()


@pytest.mark.parametrize("step", ["begin", "end", "answered", "keep"])
@pytest.mark.parametrize("what", ["DECLINED", "DELEGATED", "COUNTER"])
def test_cut_off(file: str, monkeypatch: pytest.MonkeyPatch, step: str, what: str) -> None:
    """Whatever stops a run, the same messages given again end as if nothing had stopped it."""
    data = {
        "DECLINED": calendar(),
        "DELEGATED": calendar(f'DELEGATED;DELEGATED-TO="mailto:{LI}"'),
        "COUNTER": calendar(method="COUNTER", more="DTSTART:20260311T000900Z"),
    }[what]
    message = mail(data, method="COUNTER" if what == "COUNTER" else "REPLY")
    run = ("reply", message, "--apply", "--handed-over", "due", *NOW)

    def fail(*_: object) -> None:
        raise FileFailed(ledger_path(file), "write", "the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(Ledger, step, fail)
        first = call(*run)
    assert first.exit_code in {0, 3}
    assert call(*run).exit_code == 0
    assert said(message, *NOW)[-1] == "1 ignored"
    after = past()
    assert {key[1]: each.state for key, each in after.last.items()}[ANA] == "sent"
    sent = answer("invite", file, "--addresses", "--when", "2026-03-04 10:00")["messages"]
    assert {each["why"] for each in sent if each["address"] in {ANA, LI}} <= {"gone", "repeated"}
    listed = Path("hearing-floor.csv").read_text(encoding="utf-8")
    assert ("Ana" in listed) == (what != "DECLINED")
    assert (f"{ANA}; {LI}" in listed) == (what == "DELEGATED")


def test_several_lists() -> None:
    """Where a programme has several lists the command names the session."""
    text = TWO_LISTS.replace('delegation = "A"', 'delegation = "A", email = "a@secret.example"')
    organiser = '\n[organiser]\nname = "Clerk"\nemail = "clerk@example.org"\n\n[[sessions]]'
    file = written(text.replace("\n[[sessions]]", organiser, 1), "two.toml")
    good("invite", file, "--handed-over", "out", *SENT)
    data = calendar(address="a@secret.example").replace(
        UID.format("ana").encode(), b"two.evening.speaker.a@r2psched"
    )
    assert said(mail(data, "a@secret.example"), *NOW)[1].endswith(
        'r2psched list two.toml withdraw A --session evening --why "declined by mail"'
    )


@pytest.mark.usefixtures("file")
def test_standard_input() -> None:
    """A message may come by standard input, as a mail program hands it on."""
    runner = CliRunner()
    result = runner.invoke(command, ["-", *NOW], input=calendar(), catch_exceptions=False)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        f"-: Ana Ruiz declines {ENTRY}",
        f"  a file does not say who sent it: be sure that it came from {ANA}",
        (
            "  change: Ana Ruiz leaves the list: r2psched list hearing.toml withdraw "
            '"Ana Ruiz" --why "declined in a file"'
        ),
        "1 taken",
    ]


@pytest.mark.usefixtures("file")
def test_delegated_on_standard_input() -> None:
    """What came by standard input is used up, so it is to be saved before it is applied."""
    runner = CliRunner()
    told = runner.invoke(command, ["-", *NOW], input=delegation(), catch_exceptions=False)
    assert told.stdout.splitlines()[2] == (
        "  change: deputy@secret.example becomes an address of Ana Ruiz: save the message as a "
        "file, and give that to r2psched reply with --apply"
    )
    plain = runner.invoke(command, ["-", "--json"], input=delegation(), catch_exceptions=False)
    assert judged(json.loads(plain.stdout))["messages"][0]["change"]["command"] is None


@pytest.mark.usefixtures("file")
def test_one_file_that_is_not_there() -> None:
    """Of several files one that cannot be read is told, and the others are read."""
    message = mail(calendar("ACCEPTED"))
    assert said("gone.eml", message, "--apply", *NOW, code=3) == [
        "gone.eml: refused: cannot read gone.eml: there is no such file",
        f"a.eml: Ana Ruiz accepts {ENTRY}",
        "1 taken, 1 refused",
    ]
    assert past().answers[UID.format("ana"), ANA].status == "ACCEPTED"


@pytest.mark.usefixtures("file")
@pytest.mark.parametrize("path", sorted(REPLIES.glob("*.ics")), ids=lambda path: path.stem)
def test_clients(path: Path) -> None:
    """What calendars in use write is taken, and told in JSON by its schema, without addresses."""
    asked = answer("reply", path, "--addresses", *NOW)["messages"][0]
    assert asked["address"].endswith("@secret.example")
    told = answer("reply", path, *NOW)
    (message,) = told["messages"]
    assert (message["outcome"], message["programme"]) == ("taken", "hearing.toml")
    assert (message["due"] is not None) == (
        message["method"] != "REPLY" or message["status"] == "DELEGATED"
    )
    assert "@secret.example" not in str(message)


def test_json(file: str) -> None:
    """What was changed, and what is refused, stands in JSON, too."""
    mail(calendar())
    mail(calendar(), "eve@example.org", name="b.eml")
    told = answer("reply", "a.eml", "b.eml", "--apply", *NOW, code=1)
    taken, refused = told["messages"]
    assert told["applied"]
    assert taken["change"] == {
        "what": "withdraw",
        "session": "floor",
        "id": "ana",
        "speaker": "Ana Ruiz",
        "command": f'r2psched list {file} withdraw "Ana Ruiz" --why "declined by mail"',
        "changed": "Ana Ruiz withdrew from number 1; revision 2",
    }
    assert (taken["status"], refused["outcome"], refused["change"]) == ("DECLINED", "refused", None)


@pytest.mark.usefixtures("file")
def test_json_without_addresses() -> None:
    """Words tell names in the place of addresses, unless these are asked for."""
    comment = "COMMENT:Write to o'brien@secret.example\\, not me (chen@secret.example)."
    data = calendar(address=CHEN, who="chen", more=comment)
    own = mail(data, CHEN)
    forged = mail(data, "eve@secret.example", name="b.eml")
    broken = ics(b"From: eve@secret.example, li@secret.example\r\n\r\n", "c.eml")
    other = ics(calendar().replace(b"hearing.", b"other."), "d.ics")
    passed = mail(delegation(), name="e.eml")
    run = (own, forged, broken, other, passed, *NOW)
    told = answer("reply", *run, code=1)["messages"]
    assert told[0]["told"] == f"Chen Li (address 1 of Chen Li) declines {CHENS}"
    assert told[0]["remarks"] == [
        "address 2 of Chen Li has not answered: so the inscription stays on the list"
    ]
    assert told[0]["comment"] == "Write to another address, not me (address 1 of Chen Li)."
    assert told[1]["told"] == (
        "it says that address 1 of Chen Li answers, but it came from another address: ask address "
        "1 of Chen Li"
    )
    assert '"other.floor.speaker.ana@r2psched"' in told[3]["told"]
    assert told[4]["told"] == f"Ana Ruiz passes {ENTRY} on to another address"
    assert "secret.example" not in str(told)
    asked = answer("reply", *run, "--addresses", code=1)["messages"]
    assert (asked[0]["address"], asked[0]["told"]) == (CHEN, f"Chen Li ({CHEN}) declines {CHENS}")
    assert asked[4]["due"]["address"] == "deputy@secret.example"


def test_json_without_the_addresses_that_a_server_tells(
    file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a server says of an address that it refuses is told without it."""
    message = mail(delegation())
    with mail_server() as room:
        monkeypatch.setenv("R2PSCHED_SMTP", room.url)
        room.refusing["deputy@secret.example"] = "550 <Deputy@secret.example>: unknown"
        result = call("reply", message, "--programme", file, "--apply", "--send", "--json", *NOW)
    assert result.exit_code == 3
    due = judged(json.loads(result.stdout))["messages"][0]["due"]
    assert due["not_delivered"] == "550 <another address>: unknown"


def test_wrong_use(file: str) -> None:
    """Options that do not go together, and files that are not there, are told."""
    message = mail(calendar())
    assert fails(2, "reply", message, "--ledger", "x") == "--ledger goes with --programme FILE"
    assert fails(2, "reply", message, "--eml", "x") == (
        "what is due is sent once the answer is applied: add --apply"
    )
    assert fails(2, "reply", message, "--apply", "--eml", "x", "--handed-over", "y") == (
        "--eml, --handed-over and --send are three ways: choose one"
    )
    assert fails(2, "reply", message, "--by", "Mara", "--why", "ill") == (
        "--by, --why goes with --apply"
    )
    assert fails(2, "reply", message, "--apply", "--per-minute", "3") == (
        "--per-minute goes with --send"
    )
    assert fails(2, "reply", message, "--addresses") == (
        "--addresses goes with --json; the text tells them anyway"
    )
    assert fails(3, "reply", "gone.eml") == "cannot read gone.eml: there is no such file"
    assert fails(2, "reply").startswith("Missing argument 'MESSAGE...'")
    assert fails(3, "reply", message, "--programme", f"{file}x").startswith("cannot read")
