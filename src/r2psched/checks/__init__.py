"""Checks: whether a programme is sound, one labelled rule for each thing that can be wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from r2psched.checks import (  # noqa: F401  # each registers its rules
    delegations,
    facts,
    invited,
    lists,
    orders,
    procedures,
    shares,
    statements,
    times,
)
from r2psched.checks.rules import RULES, Rule
from r2psched.errors import UnknownName
from r2psched.fields import as_texts
from r2psched.findings import Finding, Findings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from r2psched.programme import Programme

__all__ = ["RULES", "Rule", "check"]


def check(programme: Programme, *, ignore: str | Iterable[str] = ()) -> Findings:
    """Say what is wrong, doubtful or noteworthy in a programme.

    Args:
        programme: The programme.
        ignore: Codes not to tell, besides those that the programme itself ignores.

    Returns:
        Findings, errors first; see `RULES` for all that can be said.

    Raises:
        UnknownName: If a code to ignore is the code of no rule.

    >>> from r2psched import Day, Programme, Session
    >>> day = Day("2014-09-08", zone="UTC")
    >>> meeting = Programme("r2p", "Dialogue", room="A", revised=day.at("9:00"), sessions=[
    ...     Session("Panel", day("10:00-11:00"), id="panel"),
    ...     Session("Debate", day("10:30-12:00"), id="debate")])
    >>> print(check(meeting))
    error [room-overlap] sessions[2] "Debate": begins 2014-09-08 10:30, before the end, \
2014-09-08 11:00, of sessions[1] "Panel", which has the same room, A; move one of them, or give it \
another room
    """
    given = as_texts(ignore)
    for code in given:
        if code not in RULES:
            kind = "code of a finding"
            raise UnknownName(kind, code, RULES)
    silent = {*programme.ignore, *given}
    return Findings(
        [
            Finding(rule.code, rule.severity, said.place, said.message, said.remedy)
            for rule in RULES.values()
            if rule.code not in silent
            for said in rule.find(programme)
        ]
    )
