"""Rulings: changes of a session's list, in its order and under the rules of its procedure.

Each gives a new list, as the methods of `SpeakerList` do. What the procedure does not state is not
asked; what it forbids is refused with the name of the rule.
"""

from r2psched.rulings.changes import (
    absent,
    close,
    inscribe,
    move,
    pool,
    reopen,
    swap,
    withdraw,
    yield_time,
)
from r2psched.rulings.orders import in_order, list_of, number_of
from r2psched.rulings.replies import reply

__all__ = [
    "absent",
    "close",
    "in_order",
    "inscribe",
    "list_of",
    "move",
    "number_of",
    "pool",
    "reopen",
    "reply",
    "swap",
    "withdraw",
    "yield_time",
]
