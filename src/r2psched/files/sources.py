"""Source: a list as the files have it: the programme file, the session, the CSV file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from r2psched.blocks import Day
from r2psched.errors import FileFailed, InvalidInput, InvalidValue, shown
from r2psched.files.lists import find_list
from r2psched.files.loading import decode, load
from r2psched.files.reading import loads_with
from r2psched.files.setting import NO_LISTS, Setting
from r2psched.files.syntax import parse_toml
from r2psched.files.translated import text_in
from r2psched.files.workbooks import is_workbook
from r2psched.files.workbooks import split as named_sheet
from r2psched.identifiers import slug
from r2psched.rulings import list_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from r2psched.programme import Programme
    from r2psched.sessions import Session
    from r2psched.speakers import Inscription, SpeakerList

__all__ = ["Source", "refuse_a_part", "setting_of"]


def setting_of(programme: Programme, folder: Path | None = None) -> Setting:
    """The day and zone in which the times of a programme are written."""
    day = programme.dates[0] if len(programme.dates) == 1 else None
    return Setting(Day(day, zone=programme.zone), folder)


def refuse_a_part(output: Path | str, path: Path | str) -> None:
    """Refuse to write a file over one that a programme file names.

    Args:
        output: Where something is to be written.
        path: The programme file, which is sound.

    Raises:
        FileFailed: If a list of speakers, or the texts of the programme, stand there.
    """
    target = Path(output)
    if not target.exists():
        return
    for name, what in _parts(parse_toml(decode(load(path)))):
        file = Path(path).parent / name
        if file.exists() and file.samefile(target):
            raise FileFailed(output, "write", f"{what} in it: choose another name")


def _parts(tree: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The names of the files that a programme is made of, and what stands in each."""
    invitations = tree.get("invitations")
    texts = invitations.get("texts") if isinstance(invitations, dict) else None
    if isinstance(texts, str):
        yield texts, "the texts of the programme stand"
    for table in tree.get("sessions", ()):
        speakers = table.get("speakers")
        listed = speakers.get("inscriptions") if isinstance(speakers, dict) else None
        if isinstance(listed, str):
            yield named_sheet(listed)[0], "a list of speakers stands"


@attrs.frozen
class Source:
    """A list as the files have it.

    Attributes:
        path: The programme file.
        text: What it holds.
        programme: What it says.
        session: The session whose list it is.
    """

    path: Path
    text: str
    programme: Programme
    session: Session

    @classmethod
    def read(cls, path: Path | str, session: str, lists: Mapping[Path, str] = NO_LISTS) -> Source:
        """Read a programme file.

        Args:
            path: The file.
            session: The id or title of the session.
            lists: By their resolved paths, texts that stand for what CSV files hold.

        Raises:
            FileFailed: If a file cannot be read.
            InvalidInput: If one is not sound.
            InvalidValue: If the session has no list.
            UnknownName: If there is no such session.
        """
        file = Path(path)
        try:
            text = decode(load(file))
            programme = loads_with(text, file.parent, lists)
        except InvalidInput as error:
            raise InvalidInput(error.faults, str(path)) from error
        chosen = programme[session]
        list_of(chosen)
        return cls(file, text, programme, chosen)

    @property
    def speakers(self) -> SpeakerList:
        """The list."""
        return list_of(self.session)

    def table(self, tree: Mapping[str, Any]) -> Any:  # noqa: ANN401  # of tomllib or of tomlkit
        """The table of the list in a tree of the programme file."""
        return next(
            table["speakers"]
            for table in tree["sessions"]
            if (table.get("id") or self._derived(table["title"])) == self.session.id
        )

    def _derived(self, title: object) -> str:
        return slug(str(text_in(title, self.programme.lang)).strip())

    def csv(self) -> Path:
        """The CSV file in which the list stands.

        Raises:
            InvalidValue: If it stands in the programme file itself, or in a workbook.
        """
        listed = self.table(parse_toml(self.text)).get("inscriptions")
        whose = f"the list of {shown(self.session.title)}"
        if not isinstance(listed, str):
            msg = (
                f"{whose} stands in the programme file, which is never rewritten: "
                f"move it to a CSV file with r2psched list {self.path} split"
            )
            raise InvalidValue(msg)
        file, _ = named_sheet(listed)
        found = find_list(file, setting_of(self.programme, self.path.parent))
        if is_workbook(found, load(found)):
            msg = (
                f"{whose} stands in a workbook, {shown(file)}: save it as CSV, and name that file "
                "in the programme"
            )
            raise InvalidValue(msg)
        return found

    def verify(self, csv: Path, rows: str, wanted: SpeakerList) -> None:
        """See that what is about to be written is read as the list that it should be.

        Args:
            csv: The CSV file.
            rows: What it is to hold.
            wanted: The list that it should be.

        Raises:
            InvalidInput: If it cannot be read.
            InvalidValue: If it is read as another.
        """
        try:
            rows.encode()
            read = loads_with(self.text, self.path.parent, {csv: rows})[self.session.id]
        except UnicodeEncodeError as error:
            msg = f"{shown(error.object[error.start])} is half a character: it cannot be written"
            raise InvalidValue(msg) from error
        except InvalidInput as error:
            raise InvalidInput(error.faults, str(self.path)) from error
        found, known = _by_id(list_of(read)), _by_id(wanted)
        for name in {**known, **found}:
            if found.get(name) != known.get(name):
                msg = f"{shown(name)} cannot stand in a CSV file: something of it would be lost"
                raise InvalidValue(msg)


def _by_id(speakers: SpeakerList) -> dict[str, Inscription]:
    return {who.id: attrs.evolve(who, id=who.id) for who in speakers}
