"""The feeds of speakers, as plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from r2psched.views.plain import heading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from r2psched.programme import Programme

__all__ = ["feeds_json"]


def feeds_json(  # noqa: PLR0913  # each is named where it is given
    programme: Programme,
    folder: str,
    agenda: str,
    rows: Sequence[dict[str, object]],
    *,
    link: str | None,
    changed: int,
    removed: int,
    unknown: int,
) -> dict[str, Any]:
    """The answer of `feed`: the file of the agenda, that of each speaker, and what else was there.

    Args:
        programme: The programme.
        folder: The folder of the files.
        agenda: The file of the agenda.
        rows: The feeds, each with its link to subscribe, or None.
        link: The link to subscribe to the agenda, or None.
        changed: How many of the files are new or say something new.
        removed: How many files of former paths were taken away.
        unknown: How many files of feeds are there that the ledger does not know.
    """
    return {
        "answer": "feed",
        "programme": heading(programme),
        "folder": folder,
        "agenda": agenda,
        "link": link,
        "feeds": list(rows),
        "changed": changed,
        "removed": removed,
        "unknown": unknown,
    }
