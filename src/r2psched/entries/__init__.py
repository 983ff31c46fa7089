"""Entries: what each calendar entry says, whatever file it is written into."""

from r2psched.entries.entry import Entry, Kind, Standing
from r2psched.entries.invited import (
    SlotEntries,
    days,
    deadlines,
    session_entries,
    slot_entries,
)
from r2psched.entries.published import Agenda, Per
from r2psched.entries.texts import Texts, location

__all__ = [
    "Agenda",
    "Entry",
    "Kind",
    "Per",
    "SlotEntries",
    "Standing",
    "Texts",
    "days",
    "deadlines",
    "location",
    "session_entries",
    "slot_entries",
]
