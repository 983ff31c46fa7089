"""Printing: a programme or a list of speakers as PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from r2psched.errors import InvalidValue, shown
from r2psched.outlines import list_outline, outline
from r2psched.views.papers.contents import agenda, cut_in, podium
from r2psched.views.papers.setting import set_in_type

if TYPE_CHECKING:
    from pathlib import Path

    from r2psched.programme import Programme
    from r2psched.sessions import Session

__all__ = ["PAPERS", "Printed", "order_pdf", "programme_pdf"]

PAPERS = ("a4", "us-letter")


@attrs.frozen
class Printed:
    """A PDF.

    Attributes:
        octets: The document.
        warnings: What could not be printed as it should: texts that no font holds, and cells that
            were cut.
    """

    octets: bytes = attrs.field(repr=False)
    warnings: tuple[str, ...] = ()


def programme_pdf(
    programme: Programme,
    *,
    internal: bool = False,
    fonts: str | Path | None = None,
    paper: str = "a4",
) -> Printed:
    """Print the agenda of a programme.

    Args:
        programme: The programme, in whose language the agenda is.
        internal: Whether to add what is not for publication.
        fonts: A folder with more fonts, for names that the serif which comes with typst lacks.
        paper: "a4" or "us-letter".

    Raises:
        FileFailed: If typst refuses, or there is no such folder or no font in it.
        InvalidValue: If there is no such paper.
        MissingExtra: If the extra `pdf` is not installed, or the language needs `i18n`.

    >>> from r2psched import Day, Programme, Session
    >>> opening = Session("Opening", Day("2014-09-08", zone="UTC")("10:00-10:20"))
    >>> programme_pdf(Programme("r2p-2014", "Dialogue", [opening])).octets[:5]
    b'%PDF-'
    """
    contents = {**agenda(outline(programme, internal=internal)), "paper": _as_paper(paper)}
    return Printed(*set_in_type("agenda", contents, fonts))


def order_pdf(
    programme: Programme,
    session: Session,
    *,
    internal: bool = False,
    fonts: str | Path | None = None,
    paper: str = "a4",
) -> Printed:
    """Print the list of a session for its podium, to be ticked by hand.

    Args:
        programme: The programme.
        session: One of its sessions, with a list.
        internal: Whether to add what is not for publication: capacity, and the list's note.
        fonts: A folder with more fonts, for names that the serif which comes with typst lacks.
        paper: "a4" or "us-letter".

    Raises:
        FileFailed: If typst refuses, or there is no such folder or no font in it.
        InvalidValue: If the session has no list, or there is no such paper.
        MissingExtra: If the extra `pdf` is not installed, or the language needs `i18n`.

    >>> from r2psched import Day, Programme, Session, SpeakerList
    >>> time = Day("2014-09-08", zone="UTC")("10:00-10:05")
    >>> floor = Session("Floor", time, speakers=SpeakerList(["Chile", "Fiji"], limits="3 min"))
    >>> order_pdf(Programme("r2p-2014", "Dialogue", [floor]), floor).warnings
    ()
    """
    told = list_outline(programme, session, internal=internal)
    contents = {**podium(told), "paper": _as_paper(paper)}
    octets, warnings = set_in_type("podium", contents, fonts)
    return Printed(octets, warnings + cut_in(told))


def _as_paper(value: str) -> str:
    if value in PAPERS:
        return value
    msg = f"expected a paper, {' or '.join(map(shown, PAPERS))}, got {shown(value)}"
    raise InvalidValue(msg)
