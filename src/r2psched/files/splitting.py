"""A list moved out of a programme file into a CSV file beside it."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

import attrs

from r2psched.errors import FileFailed, InvalidValue, MissingExtra, shown
from r2psched.files.changing import entry_of
from r2psched.files.exports import export_list
from r2psched.files.history import append, digest, mend
from r2psched.files.loading import decode, history_file, load
from r2psched.files.locking import locked
from r2psched.files.saving import save
from r2psched.files.sources import Source

if TYPE_CHECKING:
    from pathlib import Path

    from r2psched.files.history import Entry, Stamp

__all__ = ["split"]

_EXTRA = "edit"


def split(path: Path | str, session: str, stamp: Stamp) -> tuple[Path, Entry]:
    """Move a list that stands in a programme file to a CSV file beside it.

    It is called by the programme file and the session, such as `hearing-floor.csv`. Nothing else
    of the programme file is changed; comments between the inscriptions go.

    Args:
        path: The programme file.
        session: The id or title of the session.
        stamp: When, by whom and why.

    Returns:
        The CSV file, and the first line of its history.

    Raises:
        FileFailed: If the CSV file is there already, a file cannot be read or written, or somebody
            else changes the programme file meanwhile; then nothing is written.
        InvalidInput: If the programme file is not sound, or a text cannot stand in CSV.
        InvalidValue: If the list stands in another file, or cannot stand in CSV.
        MissingExtra: If the extra `edit` is not installed.
    """
    source = Source.read(path, session)
    csv = source.path.with_name(f"{source.path.stem}-{source.session.id}.csv").resolve()
    made = attrs.evolve(source, text=_naming(source, csv.name))
    with locked(history_file(csv)) as history:
        if csv.exists():
            reason = "it is there already: remove or rename it, and split again"
            raise FileFailed(csv, "write", reason)
        before = load(path)
        if decode(before) != source.text:
            raise FileFailed(path, "write", "somebody else has changed it: try again")
        past = mend(history, csv)
        export_list(csv, source.speakers.inscriptions, source.programme.zone)
        try:
            made.verify(csv, decode(load(csv)), source.speakers)
            mark = codecs.BOM_UTF8 if before.startswith(codecs.BOM_UTF8) else b""
            save(path, mark + made.text.encode())
        except BaseException:
            csv.unlink()
            raise
        entry = entry_of(len(past) + 1, "split", source, source.session, stamp)
        count = len(source.speakers)
        what = f"{count} inscription{'' if count == 1 else 's'}"
        told = f"{what} moved from {source.path.name} to {csv.name}"
        entry = attrs.evolve(entry, told=told, after=digest(load(csv)))
        append(history, entry)
    return csv, entry


def _naming(source: Source, name: str) -> str:
    """The text of a programme file that names a CSV file in place of its inscriptions."""
    try:
        import tomlkit  # noqa: PLC0415  # an extra
    except ImportError as error:
        raise MissingExtra(_EXTRA, "moving a list out of a programme file") from error
    tree = tomlkit.parse(source.text)
    table = source.table(tree)
    if isinstance(table.get("inscriptions"), str):
        whose = f"the list of {shown(source.session.title)}"
        msg = f"{whose} stands in a file of its own already, {shown(table['inscriptions'])}"
        raise InvalidValue(msg)
    table["inscriptions"] = name
    made = tree.as_string()
    if "\n" in source.text and source.text.count("\r\n") == source.text.count("\n"):
        made = re.sub(r"\r?\n", "\r\n", made)
    return made
