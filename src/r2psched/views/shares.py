"""A debate's time divided among groups, as text and as plain values."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from r2psched import tables
from r2psched.durations import show
from r2psched.views.plain import heading, seconds, session_heading

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from r2psched.programme import Programme
    from r2psched.sessions import Session
    from r2psched.shares import Accounts, Allotment

__all__ = ["shares_json", "shares_text"]

_NOTHING = timedelta(0)


def _part(equal: timedelta | str) -> str:
    return equal if isinstance(equal, str) else show(equal)


def _of_floor(session: Session, allotment: Allotment) -> bool:
    """Whether what was divided is the floor time, whose reserves it then rests on."""
    return allotment.time == session.floor().time


def shares_json(  # noqa: PLR0913, PLR0917  # what is told, in the order in which it is found
    programme: Programme,
    session: Session,
    allotment: Allotment,
    asked: Accounts | None = None,
    used: Accounts | None = None,
    remarks: Sequence[str] = (),
) -> dict[str, Any]:
    """The answer of `shares`: every group with its share, what it asks for and what it used."""
    judged = used or asked
    floor = session.floor()
    resting = _of_floor(session, allotment)
    return {
        "answer": "shares",
        "programme": heading(programme),
        "session": session_heading(session),
        "at_most": resting and floor.at_most,
        "assumptions": list(floor.assumptions) if resting else [],
        "time_seconds": seconds(allotment.time),
        "equal": _part(allotment.equal),
        "judged_by": judged.word if judged else None,
        "fits": not (judged and judged.over),
        "remarks": list(remarks),
        "groups": [
            {
                "group": each.group,
                "size": each.size,
                "quota_seconds": str(each.quota),
                "share_seconds": seconds(each.share),
                "asked_seconds": seconds(asked.accounts[at].used) if asked else None,
                "used_seconds": seconds(used.accounts[at].used) if used else None,
                "left_seconds": seconds(judged.accounts[at].left) if judged else None,
                "over_seconds": seconds(judged.accounts[at].over) if judged else None,
            }
            for at, each in enumerate(allotment)
        ],
        "without_a_group": {
            "asked": None if asked is None else _without_json(asked),
            "used": None if used is None else _without_json(used),
        },
    }


def _without_json(accounts: Accounts) -> list[dict[str, Any]]:
    return [{"speaker": name, "seconds": seconds(length)} for name, length in accounts.without]


def shares_text(
    session: Session,
    allotment: Allotment,
    asked: Accounts | None = None,
    used: Accounts | None = None,
    remarks: Sequence[str] = (),
) -> str:
    """Remarks, a table of groups with their shares, then who goes over, and who has no group.

    Args:
        session: Whose time is divided.
        allotment: The shares.
        asked: What the list asks for, if it is known.
        used: What was used, if it is known; left and over then are of it.
        remarks: What is to be known before the table is read, such as why `asked` is missing.
    """
    told = [each for each in (asked, used) if each is not None]
    judged = told[-1] if told else None
    rows = [
        {"group": each.group, "size": each.size, "share": show(each.share)}
        | {accounts.word: show(accounts.accounts[at].used) for accounts in told}
        | (_balance(judged, at) if judged else {})
        for at, each in enumerate(allotment)
    ]
    total = {
        "group": "total",
        "size": sum(each.size for each in allotment),
        "share": show(allotment.time),
    } | {each.word: show(_sum(account.used for account in each)) for each in told}
    first = [f"{each[:1].upper()}{each[1:]}." for each in remarks]
    lines = [tables.text_of(session.title), "", *first, *([""] if first else [])]
    lines += [tables.plain([*rows, total]), "", allotment.rule]
    for accounts in told:
        lines += _over(accounts)
        lines += [
            f"Without a group: {tables.text_of(name)} {_VERBS[accounts.word]} {show(length)}."
            for name, length in accounts.without
        ]
    return "\n".join([*lines, *_resting(session, allotment)])


_VERBS = {"asked": "asks for", "used": "used"}


def _sum(lengths: Iterable[timedelta]) -> timedelta:
    return sum(lengths, _NOTHING)


def _balance(judged: Accounts, at: int) -> dict[str, object]:
    account = judged.accounts[at]
    over = {"over": show(account.over) if account.over else None} if judged.over else {}
    return {"left": show(account.left), **over}


def _over(accounts: Accounts) -> list[str]:
    verb = _VERBS[accounts.word]
    lines = [
        f"{tables.text_of(each.group)} {verb} {show(each.over)} more than its share."
        for each in accounts.over
    ]
    if accounts.without and not any(each.used for each in accounts):
        return []  # that no group goes over says nothing where nobody is of one
    return lines or [f"No group {verb} more than its share."]


def _resting(session: Session, allotment: Allotment) -> list[str]:
    if not _of_floor(session, allotment):
        return []
    floor = session.floor()
    lines = [f"Rests on: {tables.text_of(line)}." for line in floor.assumptions]
    if floor.changeover:
        lines.append(f"No share covers the {show(floor.changeover)} between two interventions.")
    return lines
