"""Limits of later moments as a file writes them: tables with the moment under `from`."""

from __future__ import annotations

from r2psched.fields import as_limit
from r2psched.files.hooks import CONVERTER, learn, pairs, plainly, several, table, written_pairs
from r2psched.files.setting import SETTING
from r2psched.speakers import LimitsFrom

__all__ = ["later_hook", "written"]

learn(
    {LimitsFrom: None},
    {
        (LimitsFrom, "categories"): pairs(plainly(as_limit)),
        (LimitsFrom, "since"): lambda value, _: SETTING.get().moment(value),
    },
    {(LimitsFrom, "categories"): written_pairs},
)
later_hook = several(table(LimitsFrom), or_one=False)


def written(later: tuple[LimitsFrom, ...]) -> list[object]:
    """Write limits of later moments as tables."""
    return [CONVERTER.unstructure(each) for each in later]
