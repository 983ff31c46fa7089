"""The files that `show` and `order` write: the ending of the name says which form."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import attrs
import click

from r2psched import views
from r2psched.cli.common import counted, options, refuse_to_replace, same_file, tell
from r2psched.errors import InvalidValue, shown
from r2psched.files import save

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from r2psched.programme import Programme
    from r2psched.sessions import Session

__all__ = ["Form", "form_options", "write"]

F = TypeVar("F", bound="Callable[..., Any]")

_OPTIONS = (
    click.option("-o", "--output", metavar="X", help="Write a file in the form its ending names."),
    click.option("--internal", is_flag=True, help="With -o: with capacity; not to be published."),
    click.option("--templates", metavar="DIR", help="With -o X.html: templates of your own."),
    click.option("--fonts", metavar="DIR", help="With -o X.pdf: more fonts."),
    click.option(
        "--paper",
        type=click.Choice(["a4", "us-letter"]),
        help="With -o X.pdf: the size of the paper; by default a4.",
    ),
)
_GOES_WITH = {
    "internal": (".html", ".pdf", ".md", ".docx"),
    "public": (".svg",),
    "templates": (".html",),
    "fonts": (".pdf",),
    "paper": (".pdf",),
}


@attrs.frozen
class Form:
    """In which form an answer is wanted.

    Attributes:
        output: The name of the file to be written, or None for none.
        internal: Whether capacity and notes are to be in it.
        templates: A folder of templates, or None.
        fonts: A folder of fonts, or None.
        paper: The size of the paper, or None.
        public: Whether capacity is to be left out of a picture, which has it else.
    """

    output: str | None
    internal: bool
    templates: str | None
    fonts: str | None
    paper: str | None
    public: bool = False

    def __attrs_post_init__(self) -> None:
        """Refuse what does not go together."""
        for option, kinds in _GOES_WITH.items():
            if getattr(self, option) and self.kind not in kinds:
                msg = f"--{option} goes with -o X{' or X'.join(kinds)}"
                raise click.UsageError(msg)

    @property
    def kind(self) -> str:
        """The ending of the name of the file, or an empty text."""
        return "" if self.output is None else Path(self.output).suffix.lower()


def form_options(command: F) -> F:
    """Give a command the options of forms, which reach it as one `form`."""

    @functools.wraps(command)
    def run(*args: Any, **given: Any) -> Any:  # noqa: ANN401  # a command's own
        names = {field.name for field in attrs.fields(Form)}
        return command(
            *args, form=Form(**{name: given.pop(name) for name in names & given.keys()}), **given
        )

    return options(*_OPTIONS)(run)  # type: ignore[return-value]  # wraps keeps the signature


def write(form: Form, file: str, programme: Programme, session: Session | None = None) -> None:
    """Write a programme, or the list of one of its sessions, and say so.

    Args:
        form: In which form, and where to.
        file: The programme file: neither it nor its lists are written over.
        programme: The programme.
        session: The session whose list it is; None for the whole programme.

    Raises:
        R2PSchedError: If there is no such form, or it cannot be made or written.
    """
    output = form.output or ""
    forms = _PROGRAMME if session is None else _LIST
    if form.kind not in forms:
        known = ", ".join(forms)
        msg = f"expected the name of a file that ends in {known}, got {shown(output)}"
        raise InvalidValue(msg)
    refuse_to_replace(output, file)
    if form.templates is not None and same_file(Path(output).parent, form.templates):
        from r2psched.views.pages import shipped  # noqa: PLC0415  # few have templates of their own

        if Path(output).name in shipped():
            msg = f"{output} would be a template in {form.templates}: name another file"
            raise click.UsageError(msg)
    made = forms[form.kind](_Asked(form, output, programme, session))
    tell(f"wrote {output}{made}")


@attrs.frozen
class _Asked:
    """What is to be written, and where."""

    form: Form
    output: str
    programme: Programme
    session: Session | None


def _saved(asked: _Asked, data: bytes | str) -> str:
    save(asked.output, data.encode() if isinstance(data, str) else data)
    return ""


def _page(asked: _Asked) -> str:
    form, folder = asked.form, asked.form.templates
    more: dict[str, Any] = {"internal": form.internal, "templates": folder and Path(folder)}
    if asked.session is None:
        return _saved(asked, views.programme_page(asked.programme, **more))
    return _saved(asked, views.order_page(asked.programme, asked.session, **more))


def _picture(asked: _Asked) -> str:
    said = _saved(asked, asked.programme.timeline(capacity=not asked.form.public))
    if asked.form.public or not asked.programme.lists:
        return said
    return ", with the capacity of its lists; --public leaves that out"


def _paper(asked: _Asked) -> str:
    form, folder = asked.form, asked.form.fonts
    more: dict[str, Any] = {"internal": form.internal, "fonts": folder and Path(folder)}
    more["paper"] = form.paper or "a4"
    if asked.session is None:
        printed = views.programme_pdf(asked.programme, **more)
    else:
        printed = views.order_pdf(asked.programme, asked.session, **more)
    said = _saved(asked, printed.octets)
    for warning in printed.warnings:
        tell(f"r2psched: {warning}", err=True)
    return said


def _markdown(asked: _Asked) -> str:
    internal = asked.form.internal
    if asked.session is None:
        return _saved(asked, views.programme_markdown(asked.programme, internal=internal))
    return _saved(asked, views.order_markdown(asked.programme, asked.session, internal=internal))


def _word(asked: _Asked) -> str:
    internal = asked.form.internal
    if asked.session is None:
        return _saved(asked, views.programme_docx(asked.programme, internal=internal))
    return _saved(asked, views.order_docx(asked.programme, asked.session, internal=internal))


def _table(asked: _Asked) -> str:
    from r2psched.files.exports import save_table  # noqa: PLC0415  # few answers are written
    from r2psched.views.agenda_rows import AGENDA_COLUMNS, agenda_rows  # noqa: PLC0415  # for tables
    from r2psched.views.order_rows import ORDER_COLUMNS, order_rows  # noqa: PLC0415  # for tables

    if asked.session is None:
        columns, rows = AGENDA_COLUMNS, agenda_rows(asked.programme)
    else:
        columns, rows = ORDER_COLUMNS, order_rows(asked.session.running_order())
    save_table(asked.output, columns, rows)
    return f": {counted(len(rows), 'row')}"


def _json(asked: _Asked) -> str:
    if asked.session is None:
        answer = views.programme_json(asked.programme)
    else:
        answer = views.order_json(asked.programme, asked.session)
    return _saved(asked, json.dumps(answer, ensure_ascii=False, indent=2) + "\n")


_LIST: Mapping[str, Callable[[_Asked], str]] = {
    ".html": _page,
    ".pdf": _paper,
    ".md": _markdown,
    ".docx": _word,
    ".csv": _table,
    ".xlsx": _table,
    ".json": _json,
}
_PROGRAMME: Mapping[str, Callable[[_Asked], str]] = {**_LIST, ".svg": _picture}
