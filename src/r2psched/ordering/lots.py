r"""Lots: a draw that anyone can redo.

The lot of an inscription is the SHA-256 of the seed, a line feed and the inscription's id, in
UTF-8. The lowest is drawn first. In a shell::

    printf '%s\n%s' 'R2P dialogue, 8 September 2014' 'chile' | sha256sum

Whoever knows the seed before the list is closed could choose an id that is drawn early: announce
the seed in advance, and keep the ids that are derived from the names; or take as a seed what nobody
knows before, such as the numbers of a public lottery.
"""

from __future__ import annotations

from hashlib import sha256
from itertools import groupby
from typing import TYPE_CHECKING, ClassVar

import attrs

from r2psched.errors import InvalidValue, shown
from r2psched.ordering.base import Bucket, Context, Rule, nth

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from r2psched.speakers import Inscription

__all__ = ["Lots", "as_seed", "draw", "rank"]


def as_seed(value: str | None) -> str:
    """Take the seed of a draw without the space around it.

    Raises:
        InvalidValue: If there is none, or it is no single line of printable text.

    >>> as_seed("R2P dialogue, 8 September 2014")
    'R2P dialogue, 8 September 2014'
    """
    given: object = value
    if given is None:
        msg = (
            'lots need a seed: write seed = "…" in the list, such as the date and the purpose, '
            "and announce it before the draw"
        )
        raise InvalidValue(msg)
    seed = given.strip() if isinstance(given, str) else ""
    if not seed or not seed.isprintable():
        msg = f"expected a seed of one line of text, got {shown(given)}"
        raise InvalidValue(msg)
    return seed


def rank(seed: str, identity: str) -> bytes:
    """The lot of an id: the lowest is drawn first.

    Args:
        seed: What was announced before the draw.
        identity: The id of an inscription.

    Returns:
        The 32 bytes of the SHA-256 of seed, line feed and id.

    >>> rank("R2P dialogue, 8 September 2014", "chile").hex()[:16]
    '5115390a80793f03'
    """
    return sha256(f"{seed}\n{identity}".encode()).digest()


def draw(seed: str, inscriptions: Iterable[Inscription]) -> tuple[Inscription, ...]:
    """Inscriptions in the order in which they are drawn, however they were listed.

    Args:
        seed: What was announced before the draw.
        inscriptions: Those who take part.

    Raises:
        InvalidValue: If the seed is not a line of text.

    >>> from r2psched.speakers import Inscription
    >>> drawn = draw("8 September 2014", map(Inscription, ["Chile", "Denmark", "Fiji"]))
    >>> [each.name for each in drawn]
    ['Denmark', 'Chile', 'Fiji']
    """
    seed = as_seed(seed)
    return tuple(sorted(inscriptions, key=lambda each: rank(seed, each.id)))


@attrs.frozen
class Lots(Rule):
    """The order is drawn by lot.

    Source: of more than 13 inscribed for the adoption of a UPR outcome, 13 are drawn with their
    order (upr-info.org, "New modalities for States' speakers list").
    """

    word: ClassVar[str] = "lots"

    @property
    def draws(self) -> bool:
        """Whether the rule draws lots, so that it needs a seed."""
        return True

    def split(self, items: Sequence[Inscription], context: Context, /) -> list[Bucket]:
        """Split inscriptions into buckets of one lot each."""
        seed = as_seed(context.seed)
        lots = sorted(((rank(seed, each.id), each) for each in items), key=lambda lot: lot[0])
        buckets: list[Bucket] = []
        drawn = 1
        for _, same in groupby(lots, key=lambda lot: lot[0]):
            each = [item for _, item in same]
            buckets.append(Bucket(each, f"drawn {nth(drawn)}{context.among} by lot"))
            drawn += len(each)
        return buckets
