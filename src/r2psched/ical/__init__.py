"""Calendars: the agenda of a programme and the invitations of its speakers as .ics files.

The only room that knows icalendar.
"""

from r2psched.ical.inviting import Invitation, invitation, invitations
from r2psched.ical.publishing import Per, agenda

__all__ = ["Invitation", "Per", "agenda", "invitation", "invitations"]
