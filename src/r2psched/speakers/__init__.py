"""Speakers: who asks for the floor: persons, inscriptions, limits, and the list itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from r2psched.lazy import loader
from r2psched.speakers.inscriptions import Inscription, contains, position
from r2psched.speakers.limits import SpeakingLimits, as_limits
from r2psched.speakers.lists import SpeakerList
from r2psched.speakers.persons import (
    Person,
    Registration,
    Role,
    as_persons,
    as_registration,
    optional_person,
)

if TYPE_CHECKING:
    from r2psched.speakers.later import LimitsFrom

__all__ = [
    "Inscription",
    "LimitsFrom",
    "Person",
    "Registration",
    "Role",
    "SpeakerList",
    "SpeakingLimits",
    "as_limits",
    "as_persons",
    "as_registration",
    "contains",
    "optional_person",
    "position",
]

# Most limits stay as they are.
__getattr__ = loader(__name__, {"LimitsFrom": "later"})
