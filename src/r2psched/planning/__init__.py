"""Planning: the ways out for a list that is too long, and the room that others have left."""

from r2psched.planning.planner import plan
from r2psched.planning.values import Plan, Room, Way

__all__ = ["Plan", "Room", "Way", "plan"]
