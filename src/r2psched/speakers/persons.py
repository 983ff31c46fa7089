"""Person and Registration: who has a part, and how one registers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import attrs

from r2psched.fields import as_emails, as_flag, as_moment, as_text, as_title, as_tuple, optional

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pendulum

__all__ = [
    "Person",
    "Registration",
    "Role",
    "as_person",
    "as_persons",
    "as_registration",
    "optional_person",
]

Role = Literal["speaker", "chair", "moderator", "panellist", "secretariat"]
"""As what somebody has to do with a meeting."""


@attrs.frozen
class Person:
    """A person by name.

    Attributes:
        name: As it is printed.
        function: What the person is, such as "Deputy Secretary-General".
        emails: Addresses, in the order of preference; given as `email=`, one or several.
        invite: Of a contact: whether they get the whole meeting and its deadlines, as the
            secretariat does.

    >>> Person("Jan Eliasson", "Deputy Secretary-General").name
    'Jan Eliasson'
    """

    name: str = attrs.field(converter=as_title)
    function: str | None = attrs.field(default=None, converter=as_text)
    emails: tuple[str, ...] = attrs.field(default=(), converter=as_emails, alias="email")
    invite: bool = attrs.field(default=False, converter=as_flag, kw_only=True)

    def __str__(self) -> str:
        """Name and function."""
        return f"{self.name}, {self.function}" if self.function else self.name


def as_person(value: Person | str) -> Person:
    """Take a person, or a name for one."""
    return value if isinstance(value, Person) else Person(value)


def optional_person(value: Person | str | None) -> Person | None:
    """Take a person, a name for one, or None for none."""
    return None if value is None else as_person(value)


def as_persons(value: Person | str | Iterable[Person | str]) -> tuple[Person, ...]:
    """Take one person or several."""
    return tuple(map(as_person, as_tuple(value)))


@attrs.frozen
class Registration:
    """How to register, to attend or to speak.

    Attributes:
        opens: From when, or None.
        closes: Until when (the deadline), or None.
        write_to: Where: an e-mail, a telephone number, an office; as printed.
        instructions: What to send, or None.
    """

    opens: pendulum.DateTime | None = attrs.field(default=None, converter=as_moment)
    closes: pendulum.DateTime | None = attrs.field(default=None, converter=as_moment)
    write_to: str | None = attrs.field(default=None, converter=as_text)
    instructions: str | None = attrs.field(default=None, converter=as_text)


_registration = optional(Registration, "a registration, such as Registration(closes=…)")


def as_registration(value: Registration | None) -> Registration | None:
    """Take a registration, or None for none."""
    return _registration(value)
