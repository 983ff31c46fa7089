"""Mail: invitations as messages, and messages read and checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from r2psched.lazy import loader

if TYPE_CHECKING:
    from r2psched.mail.lint import MAIL_CODES, lint_mail
    from r2psched.mail.reading import CalendarPart, Mail, calendars_of, is_calendar, read_mail

_HOME = {
    "CalendarPart": "reading",
    "MAIL_CODES": "lint",
    "Mail": "reading",
    "calendars_of": "reading",
    "is_calendar": "reading",
    "lint_mail": "lint",
    "read_mail": "reading",
}

__all__ = [
    "MAIL_CODES",
    "CalendarPart",
    "Mail",
    "calendars_of",
    "is_calendar",
    "lint_mail",
    "read_mail",
]

__getattr__ = loader(__name__, _HOME)
