"""A programme or a list of speakers as a document of a word processor (.docx)."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from r2psched.errors import MissingExtra
from r2psched.outlines import list_outline, outline
from r2psched.tables import text_of
from r2psched.views.documents import list_parts, programme_parts
from r2psched.views.word_markup import Markup, footer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docx.document import Document

    from r2psched.language import Words
    from r2psched.programme import Programme
    from r2psched.sessions import Session
    from r2psched.views.documents import Part

__all__ = ["order_docx", "programme_docx"]

_NAMES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
_DOCUMENT = "word/document.xml"
_BODY = "[body]"  # where the body will stand in the document
# What word processors check spelling by wants a region.
_REGIONS = {"en": "en-GB", "fr": "fr-FR"}
_LONGEST_TITLE = 255  # python-docx takes no more
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # what a zip file can tell


def programme_docx(programme: Programme, *, internal: bool = False) -> bytes:
    """Write a programme as a document of a word processor: A4, with the lists as tables.

    The same programme gives the same octets.

    Args:
        programme: The programme.
        internal: Whether to add what is not for publication: capacity, and the lists' notes.

    Returns:
        The file.

    Raises:
        MissingExtra: If the extra `docx` is not installed; or `i18n`, and the language is another
            than English.

    >>> from r2psched import Programme
    >>> programme_docx(Programme("r2p-2014", "R2P", zone="UTC"))[:2]
    b'PK'
    """
    told = outline(programme, internal=internal)
    return _file(programme, told.title, told.words, programme_parts(told))


def order_docx(programme: Programme, session: Session, *, internal: bool = False) -> bytes:
    """Write a list of speakers as a document of a word processor, with a table for each block.

    Args:
        programme: The programme.
        session: One of its sessions.
        internal: Whether to add what is not for publication: capacity, and the list's note.

    Returns:
        The file.

    Raises:
        InvalidValue: If the session has no list.
        MissingExtra: If the extra `docx` is not installed; or `i18n`, and the language is another
            than English.
    """
    told = list_outline(programme, session, internal=internal)
    title = f"{told.programme}: {told.title}"
    return _file(programme, title, told.words, list_parts(told))


def _file(programme: Programme, title: str, words: Words, parts: Iterable[Part]) -> bytes:
    try:
        import docx  # noqa: PLC0415  # an extra, and slow to load
    except ImportError as error:
        extra = "docx"
        raise MissingExtra(extra, "writing .docx files") from error
    document = docx.Document()
    _describe(document, programme, title, words)
    _look(document, words)
    _number(document, words)
    markup = Markup(words)
    body = "".join(markup.written(parts))
    for link, name in markup.links.items():
        document.part.rels.add_relationship(_LINK, link, name, is_external=True)
    document.element.body.text = _BODY
    written = io.BytesIO()
    document.save(written)
    return _packed(written, body)


def _describe(document: Document, programme: Programme, title: str, words: Words) -> None:
    """Tell what the document is; its dates are those of the programme's revision."""
    told = document.core_properties
    told.title = text_of(title)[:_LONGEST_TITLE]
    told.language = words.language
    told.author = told.last_modified_by = told.comments = ""
    moment = programme.revised
    told.created = told.modified = (
        datetime(*_EARLIEST, tzinfo=UTC)
        if moment is None
        else datetime.fromtimestamp(moment.int_timestamp, tz=UTC)
    )


def _look(document: Document, words: Words) -> None:
    """Set the page, the language, and headings that are dark enough to read and to copy."""
    from docx.enum.style import WD_STYLE_TYPE  # noqa: PLC0415  # an extra
    from docx.oxml.ns import qn  # noqa: PLC0415  # an extra
    from docx.shared import Mm, Pt, RGBColor  # noqa: PLC0415  # an extra

    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(20)
    for each in document.styles.element.iter(qn("w:lang")):
        each.set(qn("w:val"), _REGIONS.get(words.language, words.language))
    for name, size in (("Title", 20), ("Heading 1", 15), ("Heading 2", 12.5), ("Heading 3", 11)):
        style = document.styles[name]
        style.font.size, style.font.color.rgb = Pt(size), RGBColor(0x1F, 0x29, 0x37)
    link = document.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER, builtin=True)
    link.font.underline, link.font.color.rgb = True, RGBColor(0x1D, 0x4E, 0x9E)
    document.styles["Normal"].font.size = Pt(10.5)
    document.styles["Normal"].paragraph_format.space_after = Pt(6)


def _number(document: Document, words: Words) -> None:
    """Put the page number into the footer."""
    from docx.oxml import parse_xml  # noqa: PLC0415  # an extra

    below = document.sections[0].footer.paragraphs[0]
    below.alignment = 1
    for run in parse_xml(f"<w:p {_NAMES}>{footer(words)}</w:p>"):
        below._p.append(run)  # noqa: SLF001  # python-docx has no fields


def _packed(written: io.BytesIO, body: str) -> bytes:
    """Pack the file anew, with its body, and without the time at which it was packed.

    The body is a text till the end: element by element, python-docx takes a time that grows with
    the square of a paragraph's lines, or of a table's rows.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(written) as known, zipfile.ZipFile(packed, "w") as made:
        for each in known.infolist():
            octets = known.read(each)
            if each.filename == _DOCUMENT:
                octets = octets.replace(_BODY.encode(), body.encode(), 1)
            made.writestr(zipfile.ZipInfo(each.filename, _EARLIEST), octets, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
