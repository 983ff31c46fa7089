"""Templates: those that are shipped, those in their place, and how they are filled in."""

from __future__ import annotations

import re
import traceback
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from r2psched.errors import Fault, FileFailed, InvalidInput, MissingExtra, joined, nearest, shown

if TYPE_CHECKING:
    from os import PathLike

    from jinja2 import Environment

__all__ = ["Templates", "shipped"]

_STYLE = "style.css"
_PREFIX = "r2psched"
_MOST_GUESSED = 10
# What no page may hold: control characters, halves of characters, and noncharacters.
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


@attrs.frozen
class Templates:
    """Templates that can be filled in.

    Attributes:
        environment: Finds and compiles them.
        folder: The folder of those that stand in place of shipped ones, or None.
    """

    environment: Environment = attrs.field(repr=False)
    folder: Path | None

    @classmethod
    def of(cls, folder: str | PathLike[str] | None = None) -> Templates:
        """Take the shipped templates, and those of a folder in place of theirs.

        Raises:
            MissingExtra: If the extra `html` is not installed.
            FileFailed: If there is no such folder.
            InvalidInput: If nothing in the folder stands in place of anything.
        """
        try:
            import jinja2  # noqa: F401, PLC0415  # an optional part, and pages alone need it
        except ImportError as error:
            extra, purpose = "html", "writing pages"
            raise MissingExtra(extra, purpose) from error
        if folder is None:
            return cls(_environment(None), None)
        found = Path(folder).resolve()
        return cls(_environment(found, _names(found)), found)

    def markup(self, text: str) -> str:
        """Mark a text as markup of our own, which is not escaped again."""
        from markupsafe import Markup  # noqa: PLC0415  # comes with Jinja2

        return Markup(text)  # noqa: S704  # what is given is drawn here, and escaped there

    def page(self, name: str, /, **given: object) -> str:
        """Fill a template in.

        Args:
            name: Its name, such as "programme.html".
            given: What it may use.

        Raises:
            InvalidInput: If a template of the folder cannot be filled in.
            FileFailed: If one cannot be read.
        """
        if self.folder is None:
            return self._filled(name, given)
        try:
            return self._filled(name, given)
        except FileFailed:
            raise
        except Exception as error:
            # A template is a program of its user, and fails in any way that a program can.
            raise self._told(error, self.folder) from error

    def _filled(self, name: str, given: dict[str, object]) -> str:
        loader = self.environment.loader
        assert loader is not None  # noqa: S101  # tells the type checker what _environment made
        style, _, _ = loader.get_source(self.environment, _STYLE)
        # A style sheet cannot end its element, whatever it says.
        raw = self.markup(style.rstrip().replace("</", "<\\/"))
        page = self.environment.get_template(name).render(given, style=raw)
        return _UNFIT.sub("\ufffd", page)

    def _told(self, error: Exception, folder: Path) -> InvalidInput | FileFailed:
        from jinja2 import TemplateNotFound, TemplateSyntaxError  # noqa: PLC0415  # optional

        told = str(error) or type(error).__name__
        if isinstance(error, TemplateNotFound):
            close = nearest(str(error.name), self.environment.list_templates())
            told = f"there is no template {shown(error.name)}"
            told += f": did you mean {shown(close)}?" if close else ""
        elif isinstance(error, OSError):
            return FileFailed(error.filename or folder, "read", error.strerror or told)
        elif isinstance(error, UnicodeDecodeError):
            told = "expected text in UTF-8"
        elif isinstance(error, RecursionError):
            told = "it includes itself without end"
        name, line = _place(error, folder)
        if isinstance(error, TemplateSyntaxError):
            name, line = error.filename or name, error.lineno
        return InvalidInput([Fault(f"line {line}" if line else "", told)], name)


def _place(error: Exception, folder: Path) -> tuple[str, int | None]:
    """The last line of a template of a folder that was at work when something failed."""
    ours = [
        (frame.filename, frame.lineno)
        for frame in traceback.extract_tb(error.__traceback__)
        if folder in Path(frame.filename).parents
    ]
    return ours[-1] if ours else (str(folder), None)


def _names(folder: Path) -> tuple[str, ...]:
    """What is in a folder, some of it templates."""
    try:
        names = sorted(each.name for each in folder.iterdir())
    except OSError as error:
        raise FileFailed(folder, "read", error.strerror or str(error)) from error
    known = sorted(shipped())
    if not set(known) & set(names):
        told = f"expected a template of the name of a shipped one, {', '.join(known)}"
        pages = [name for name in names if name.endswith((".html", ".css"))][:_MOST_GUESSED]
        close = [(name, near) for name in pages if (near := nearest(name, known))]
        hints = [f"did you mean {shown(near)} by {shown(name)}?" for name, near in close]
        raise InvalidInput([Fault("", joined([told, *hints]))], str(folder))
    return tuple(names)


@lru_cache(maxsize=8)
def _environment(folder: Path | None, names: tuple[str, ...] = ()) -> Environment:  # noqa: ARG001  # another file makes another environment
    from jinja2 import (  # noqa: PLC0415  # an optional part
        ChoiceLoader,
        DictLoader,
        Environment,
        PrefixLoader,
        StrictUndefined,
    )
    from jinja2.sandbox import SandboxedEnvironment  # noqa: PLC0415  # an extra

    from r2psched.views.pages.addresses import mailto  # noqa: PLC0415  # Jinja2 is an extra
    from r2psched.views.pages.folders import FolderLoader  # noqa: PLC0415  # Jinja2 is an extra

    ours = DictLoader(shipped())
    loader = ChoiceLoader([ours, PrefixLoader({_PREFIX: ours})])
    # Whoever is given a folder of templates should be able to use it without reading it.
    kind = Environment if folder is None else SandboxedEnvironment
    if folder is not None:
        loader.loaders = [FolderLoader(folder), *loader.loaders]
    made = kind(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=folder is not None,
    )
    made.filters["mailto"] = mailto
    # The same programme gives the same page: chance has no place in a template.
    del made.globals["lipsum"], made.filters["random"]
    return made


@cache
def shipped() -> dict[str, str]:
    """The text of each template that is shipped, by its name."""
    folder = resources.files(__package__).joinpath("templates")
    return {each.name: each.read_text("utf-8") for each in folder.iterdir()}
