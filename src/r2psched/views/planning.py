"""The ways out for a list that is too long, as text and as plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from r2psched import tables
from r2psched.views.plain import heading, iso, procedure_heading, seconds, session_heading

if TYPE_CHECKING:
    from r2psched.planning import Plan, Room, Way
    from r2psched.programme import Programme
    from r2psched.sessions import Session

__all__ = ["plan_json", "plan_text"]


def _way(way: Way) -> dict[str, Any]:
    return {
        "kind": way.kind,
        "what": way.what,
        "figure_seconds": seconds(way.figure),
        "heard": way.heard,
        "of": way.of,
        "ends": iso(way.ends),
        "left_over_seconds": list(map(seconds, way.left_over)),
        "lacks": way.lacks,
        "reached": way.reached,
        "rests_on": list(way.rests_on),
    }


def _room(room: Room) -> dict[str, Any]:
    return {"for": room.kind, "limit_seconds": seconds(room.limit), "more": room.more}


def _under_limits(plan: Plan) -> dict[str, Any] | None:
    """The list under its limits, before any step of its procedure."""
    order = plan.order
    if order is None:
        return None
    number = len(order) + 1
    return {
        "limits": str(order.limits),
        "stated_by": plan.stated_by,
        "heard": len(order),
        "ends": iso(order.ends),
        "left_over_seconds": list(map(seconds, order.left_over)),
        "cut_line": {
            "position": number,
            "id": order.unheard[0].id,
            "speaker": str(order.unheard[0]),
        }
        if order.unheard
        else None,
    }


def plan_json(programme: Programme, session: Session, plan: Plan) -> dict[str, Any]:
    """The answer of `plan`: the list under its limits, the ways out, and the room for more."""
    return {
        "answer": "plan",
        "programme": heading(programme),
        "session": session_heading(session),
        "procedure": procedure_heading(session.procedure),
        "at_most": plan.at_most,
        "assumptions": list(plan.assumptions),
        "inscribed": plan.inscribed,
        "fits": plan.fits,
        "under_limits": _under_limits(plan),
        "ways": list(map(_way, plan.ways)),
        "room": list(map(_room, plan.room)),
        "left_out": list(plan.without),
    }


def plan_text(session: Session, plan: Plan) -> str:
    """What is so, the ways out as a table, the room for more, and what it rests on."""
    return f"{tables.text_of(session.title)}\n\n{plan}"
