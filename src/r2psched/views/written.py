"""What was written, as plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from r2psched.views.plain import heading, iso

if TYPE_CHECKING:
    from collections.abc import Sequence

    from r2psched.ical import Invitation
    from r2psched.programme import Programme
    from r2psched.speakers import Inscription

__all__ = ["invitations_json", "written_json"]


def written_json(programme: Programme, file: str, events: int) -> dict[str, Any]:
    """The answer of `agenda`: the file, and how many events it has."""
    return {
        "answer": "agenda",
        "programme": heading(programme),
        "file": file,
        "events": events,
    }


def invitations_json(
    programme: Programme,
    folder: str,
    written: Sequence[Invitation],
    unheard: Sequence[Inscription],
) -> dict[str, Any]:
    """The answer of `invite`: each file and whom it is for, without addresses."""
    return {
        "answer": "invite",
        "programme": heading(programme),
        "folder": folder,
        "invitations": [
            {
                "file": each.filename,
                "place": each.slot.place,
                "id": each.slot.inscription.id,
                "speaker": str(each.slot.inscription),
                "start": iso(each.slot.start),
                "end": iso(each.slot.end),
                "addressed": each.recipient is not None,
            }
            for each in written
        ],
        "without_address": sum(each.recipient is None for each in written),
        "unheard": [{"id": who.id, "speaker": str(who)} for who in unheard],
    }
