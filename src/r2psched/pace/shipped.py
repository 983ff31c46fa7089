"""Shipped paces, each with its source and how far it may be trusted."""

from __future__ import annotations

from r2psched.errors import UnknownName
from r2psched.pace.pace import Pace

__all__ = ["PACES", "shipped"]

_WEAK = (
    "one debate of 15-minute statements under a limit that was voluntary; "
    "its spread is estimated from the shortest and the longest"
)

# Ratios of 194 lognormal lengths reach 2.75 standard deviations of the logarithm on either side on
# average: from 5 to 48 minutes it is 2.26 / 5.5 = 0.41, from the mean 19 to 47 minutes 0.36.
PACES = {
    "as-limited": Pace(source="everybody takes the limit and no more; an ideal, not measured"),
    "general-debate-2016": Pace(
        1.13,
        0.48,
        doubt=0.1,
        records=194,
        source=f"general debate of 2016, mean just over 17 min (gadebate.un.org): {_WEAK}",
    ),
    "general-debate-2022": Pace(
        1.27,
        0.47,
        doubt=0.1,
        records=195,
        source=f"general debate of 2022, mean 19 min (press): {_WEAK}",
    ),
    "general-debates": Pace(
        1.2,
        0.48,
        late="5 min",
        late_spread="2 min",
        doubt=0.1,
        source=(
            "general debates of 2016 and 2022 (gadebate.un.org, press), means 1.13 and 1.27 of the "
            "limit; five meetings due at 10:00 opened at 10:05 or 10:06. Weak evidence: two "
            "debates of 15-minute statements under a limit that was voluntary"
        ),
    ),
}
"""The paces that ship with the package, by name."""


def shipped(name: str) -> Pace:
    """A shipped pace by its name.

    Raises:
        UnknownName: If there is none of that name.

    >>> shipped("general-debates").mean
    1.2
    """
    found = PACES.get(name)
    if found is None:
        kind = "pace"
        raise UnknownName(kind, name, PACES)
    return found
