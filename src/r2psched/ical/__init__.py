"""Calendars: the agenda of a programme and the invitations of its speakers as .ics files.

The only room that knows icalendar.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from r2psched.lazy import loader

if TYPE_CHECKING:
    from r2psched.ical.answering import read_answer
    from r2psched.ical.as_json import jcal
    from r2psched.ical.inviting import Letters, invitation
    from r2psched.ical.publishing import agenda, feed

__all__ = ["Letters", "agenda", "feed", "invitation", "jcal", "read_answer"]

# What is read, and what is only listed, needs no icalendar.
__getattr__ = loader(
    __name__,
    {
        "Letters": "inviting",
        "agenda": "publishing",
        "feed": "publishing",
        "invitation": "inviting",
        "jcal": "as_json",
        "read_answer": "answering",
    },
)
