"""Workbooks taken apart: the parts of a zip archive and their XML, all of it bounded."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, NoReturn, Protocol

from r2psched.errors import Fault, InvalidInput, shown

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.parsers.expat import XMLParserType

__all__ = ["LOCKED", "Handler", "Package", "broken", "damaged", "packed", "parse", "refuse"]

_LARGEST_FILE = 32 << 20
_LARGEST_PARTS = 32 << 20
_KINDS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
LOCKED = "is protected by a password: save it without one"


def broken(message: str) -> InvalidInput:
    """What is wrong with a workbook as a whole."""
    return InvalidInput([Fault("", message)])


class Package:
    """The parts of a workbook, by name in any case of letters.

    As much as can be unpacked in moments is unpacked, however small the file is.
    """

    def __init__(self, data: bytes) -> None:
        """Take the bytes of a file.

        Raises:
            InvalidInput: If it is no workbook, or one of a kind that is not read.
        """
        if data.startswith(_OLE):
            old = "is a workbook of the old kind (.xls): save it as .xlsx, .ods or CSV"
            raise broken(LOCKED if _ENCRYPTED in data else old)
        if len(data) > _LARGEST_FILE:
            message = f"is larger than {_LARGEST_FILE >> 20} MiB: keep the list alone in a file"
            raise broken(message)
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except Exception as error:  # zipfile does not tell what damage makes it raise
            message = "is no workbook, or only a part of one: save it again as .xlsx, .ods or CSV"
            raise broken(message) from error
        self._parts = {part.filename.casefold(): part for part in self._archive.infolist()}
        self._left = _LARGEST_PARTS

    def part(self, name: str) -> bytes | None:
        """The bytes of a part, or None if there is none of this name.

        Raises:
            InvalidInput: If it is encrypted or damaged, or the parts together are too large.
        """
        part = self._parts.get(name.casefold())
        if part is None:
            return None
        if part.flag_bits & 1:
            raise broken(LOCKED)
        if part.file_size > self._left:
            largest = f"{_LARGEST_PARTS >> 20} MiB"
            message = f"unpacks to more than {largest}: keep the list alone in a file"
            raise broken(message)
        self._left -= part.file_size
        message = f"is damaged in {shown(name)}: save it again as .xlsx, .ods or CSV"
        if part.compress_type not in _KINDS:
            raise broken(message)
        try:
            return self._archive.read(part)
        except Exception as error:  # as above
            raise broken(message) from error


class Handler(Protocol):
    """What is done at the start and end of each element, and with the text within."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin an element."""

    def end(self, name: str) -> None:
        """End an element."""

    def text(self, data: str) -> None:
        """Take a piece of text."""


def parse(data: bytes, handler: Handler) -> None:
    """Parse the XML of a part; names are as they are written.

    Raises:
        InvalidInput: If it is no XML in UTF-8, or declares what no workbook does.
    """
    # Entities and external parts, which make XML dangerous, need a document type: refused below.
    from xml.parsers.expat import ExpatError, ParserCreate  # noqa: PLC0415  # workbooks alone

    # Whatever it declares: in another encoding, calamine would see other elements.
    if b"\0" in data:
        refuse("not in UTF-8")
    parser: XMLParserType = ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler = handler.start
    parser.EndElementHandler = handler.end
    parser.CharacterDataHandler = handler.text
    parser.StartDoctypeDeclHandler = _declared
    try:
        # Whole: a token in pieces would be looked at again with each piece.
        parser.Parse(data, True)  # noqa: FBT003  # expat names no arguments
    except ExpatError as error:
        raise damaged(str(error)) from error


def damaged(what: str) -> InvalidInput:
    """What is told of a workbook that no program writes."""
    return broken(f"is damaged ({what}): save it again as .xlsx, .ods or CSV")


def refuse(what: str) -> NoReturn:
    """Refuse a workbook that no program writes.

    Raises:
        InvalidInput: Always.
    """
    raise damaged(what)


def _declared(*_: object) -> None:
    message = "declares a document type, which no workbook does: save it again"
    raise broken(message)


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Pack parts: what was looked at, and nothing else.

    Two readers may take one damaged archive for two different ones.
    """
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return file.getvalue()
