"""Shares of time as a file writes them: groups with their sizes, and what is divided equally."""

from __future__ import annotations

from r2psched.files.hooks import CONVERTER, learn, pairs, plainly, table, written_pairs
from r2psched.shares import Shares, as_size

__all__ = ["shares_hook", "written"]

learn(
    {Shares: None},
    {(Shares, "groups"): pairs(plainly(as_size))},
    {(Shares, "groups"): written_pairs},
)
shares_hook = table(Shares)


def written(shares: Shares) -> object:
    """Write shares as a table."""
    tree: object = CONVERTER.unstructure(shares)
    return tree
