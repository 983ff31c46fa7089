"""Speakers: who asks for the floor: persons, inscriptions, limits, and the list itself."""

from r2psched.speakers.inscriptions import Inscription, contains, position
from r2psched.speakers.limits import LimitsFrom, SpeakingLimits, as_limits
from r2psched.speakers.lists import SpeakerList
from r2psched.speakers.persons import (
    Person,
    Registration,
    as_persons,
    as_registration,
    optional_person,
)

__all__ = [
    "Inscription",
    "LimitsFrom",
    "Person",
    "Registration",
    "SpeakerList",
    "SpeakingLimits",
    "as_limits",
    "as_persons",
    "as_registration",
    "contains",
    "optional_person",
    "position",
]
