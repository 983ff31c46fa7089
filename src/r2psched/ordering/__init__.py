"""Ordering: rules that put a list of speakers in order, each place with its reason."""

from r2psched.ordering.alphabetical import Alphabetical
from r2psched.ordering.arranging import Arrangement, Place, arrange
from r2psched.ordering.base import Bucket, Context, Rule, quoted
from r2psched.ordering.dividing import ByLevel, Categories, FirstTime, GroupsFirst, Received
from r2psched.ordering.lots import Lots, as_seed, draw, rank
from r2psched.ordering.mixing import AfterEvery, Alternate, InTurn
from r2psched.ordering.protocol import PROTOCOL, Level, nearest_level, unknown_levels
from r2psched.ordering.rules import RULES, as_rules

__all__ = [
    "PROTOCOL",
    "RULES",
    "AfterEvery",
    "Alphabetical",
    "Alternate",
    "Arrangement",
    "Bucket",
    "ByLevel",
    "Categories",
    "Context",
    "FirstTime",
    "GroupsFirst",
    "InTurn",
    "Level",
    "Lots",
    "Place",
    "Received",
    "Rule",
    "arrange",
    "as_rules",
    "as_seed",
    "draw",
    "nearest_level",
    "quoted",
    "rank",
    "unknown_levels",
]
