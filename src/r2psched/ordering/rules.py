"""The rules of order by their words in files, and the converter that takes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from r2psched.errors import InvalidValue, shown
from r2psched.fields import as_tuple
from r2psched.ordering.alphabetical import Alphabetical
from r2psched.ordering.base import Rule
from r2psched.ordering.dividing import ByLevel, Categories, FirstTime, GroupsFirst, Received
from r2psched.ordering.lots import Lots
from r2psched.ordering.mixing import AfterEvery, Alternate, InTurn

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["RULES", "as_rules"]

RULES: dict[str, type[Rule]] = {
    rule.word: rule
    for rule in (
        Received,
        ByLevel,
        GroupsFirst,
        Categories,
        Alphabetical,
        Lots,
        InTurn,
        FirstTime,
        AfterEvery,
        Alternate,
    )
}
_MOST = 20


def as_rules(value: Rule | Iterable[Rule]) -> tuple[Rule, ...]:
    """Take one rule or several, the most important first.

    Raises:
        InvalidValue: If one is no rule, or there are more than 20.

    >>> as_rules(Received())
    (Received(),)
    """
    given = as_tuple(value)
    for each in given:
        if not isinstance(each, Rule):
            such = RULES[each].__name__ if isinstance(each, str) and each in RULES else "Received"
            msg = f"expected rules such as {such}(), got {shown(each)}"
            raise InvalidValue(msg)
    if len(given) > _MOST:
        msg = f"expected at most {_MOST} rules, got {len(given)}"
        raise InvalidValue(msg)
    return given
