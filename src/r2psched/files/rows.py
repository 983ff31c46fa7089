"""Rows of a list in CSV changed where its inscriptions changed, every other byte in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from r2psched.durations import show
from r2psched.files.cells import Row, guarded, joined, plain, rows_of, unguarded, written
from r2psched.files.lists import FIELDS, delimiter_of, field_of, title_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from r2psched.files.setting import Setting
    from r2psched.speakers import Inscription

__all__ = ["Changed", "changed_rows"]

_MARK = "trait:"


class Changed(NamedTuple):
    """A CSV text that was changed.

    Attributes:
        text: The whole text.
        header: Its titles, as they were written before.
        left: The rows that were taken out, as they were written.
    """

    text: str
    header: str
    left: tuple[str, ...]


def changed_rows(
    text: str, old: Sequence[Inscription], new: Sequence[Inscription], setting: Setting
) -> Changed:
    r"""Change a CSV text so that it says what is new, and nothing else of it.

    The rows stay in order; those of new inscriptions come behind. A field or trait that nobody had
    gets a column.

    Args:
        text: The text.
        old: What it says: one inscription for each row that is not empty, in order.
        new: What it is to say, in any order; who is who is told by the ids.
        setting: The day and zone of its times.

    >>> from r2psched.blocks import Day
    >>> from r2psched.files.setting import Setting
    >>> from r2psched.speakers import Inscription
    >>> old = [Inscription("Chile"), Inscription("Fiji")]
    >>> new = [Inscription("Fiji", place=1)]
    >>> changed_rows("State\nChile\nFiji\n", old, new, Setting(Day(None, zone="UTC")))
    Changed(text='State,place\nFiji,1\n', header='State', left=('Chile',))
    """
    delimiter = delimiter_of(text)
    rows = rows_of(text, delimiter)
    filled = [at for at, row in enumerate(rows) if any(map(plain, row.cells))]
    head, *records = filled
    columns = _Columns(rows[head].cells)
    header = delimiter.join(rows[head].cells)
    wanted = {who.id: who for who in new}
    gone: set[int] = set()
    for at, who in zip(records, old, strict=True):
        now = wanted.pop(who.id, None)
        if now is None:
            gone.add(at)
        elif now != who:
            before, after = _values(who, setting), _values(now, setting)
            for key in dict.fromkeys([*before, *after]):
                if before.get(key) != after.get(key):
                    columns.put(rows[at].cells, key, after.get(key, ""))
    end = rows[head].end or "\n"
    for who in wanted.values():
        if rows[-1].end == "":
            rows[-1] = rows[-1]._replace(end=end)
        cells: list[str] = []
        for key, value in _values(who, setting).items():
            columns.put(cells, key, value)
        if ("id", True) in columns.at:
            columns.put(cells, ("id", True), who.id)
        cells += [""] * (len(rows[head].cells) - len(cells))
        rows.append(Row(cells, end))
    left = tuple(delimiter.join(rows[at].cells) for at in sorted(gone))
    kept = [row for at, row in enumerate(rows) if at not in gone]
    return Changed(joined(kept, delimiter), header, left)


Key = tuple[str, bool]
"""The name of a field, or of a trait, and whether it is a field."""


class _Columns:
    """The columns of a header, to which more are added as they are needed."""

    def __init__(self, header: list[str]) -> None:
        """Take the header, as it is written."""
        self._header = header
        self.at: dict[Key, int] = {}
        for at, cell in enumerate(header):
            self.at.setdefault(_key(unguarded(plain(cell))), at)

    def put(self, cells: list[str], key: Key, value: str) -> None:
        """Set a cell of a row; one that is too short gets the cells before it."""
        if key not in self.at:
            name, is_field = key
            self.at[key] = len(self._header)
            title = name.replace("_", " ") if is_field else title_of(name)
            self._header.append(written(guarded(title)))
        at = self.at[key]
        cells += [""] * (at + 1 - len(cells))
        cells[at] = written(guarded(value))


def _key(title: str) -> Key:
    if title.casefold().startswith(_MARK):
        return title[len(_MARK) :].strip(), False
    field = field_of(title)
    return (title, False) if field is None else (field, True)


def _values(inscription: Inscription, setting: Setting) -> Mapping[Key, str]:
    """What each column of an inscription says, as it is written; only what is stated."""
    own = {
        "received": inscription.received and setting.write_moment(inscription.received),
        "limit": inscription.limit and show(inscription.limit),
        "email": "; ".join(inscription.emails),
        "id": inscription.given_id,
        "place": inscription.place and str(inscription.place),
    }
    fields = {name: own[name] if name in own else getattr(inscription, name) for name in FIELDS}
    said = {(name, True): value for name, value in fields.items() if value}
    return said | {(name, False): value for name, value in inscription.traits}
