"""Setting: one template and its contents, through typst, to octets."""

from __future__ import annotations

import json
from functools import partial
from importlib import resources
from typing import TYPE_CHECKING, Any

from r2psched.errors import FileFailed, MissingExtra
from r2psched.views.papers.fonts import SERIF, families_in, missing_in, warnings_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["set_in_type"]


def set_in_type(
    template: str, contents: dict[str, Any], fonts: str | Path | None
) -> tuple[bytes, tuple[str, ...]]:
    """Set a template as PDF: as PDF/UA-1, unless no font holds one of its signs.

    The serif that comes with typst holds Latin, Greek, Cyrillic and Hebrew letters. Only where it
    lacks a sign, and the folder does too, are the fonts of the machine looked at.

    Args:
        template: Its name, such as "agenda".
        contents: What it sets, in plain values.
        fonts: A folder with more fonts, or None.

    Returns:
        The octets, and a warning for each script that no font holds.

    Raises:
        FileFailed: If typst refuses the template, or there is no such folder or no font in it.
        MissingExtra: If typst is not installed.
    """
    try:
        import typst  # noqa: PLC0415  # an extra
    except ImportError as error:
        extra, what = "pdf", "writing PDF"
        raise MissingExtra(extra, what) from error
    told = {**contents, "fonts": [SERIF, *(families_in(fonts) if fonts is not None else ())]}
    # Its annotations want the folders to be of the type of the source.
    compiled: Any = partial(
        typst.compile,
        format="pdf",
        root=str(resources.files(__package__)),
        font_paths=[str(fonts)] if fonts is not None else [],
    )
    setting = partial(compiled, _read("common") + _read(template), sys_inputs=_inputs(told))
    try:
        octets, missing = _tried(partial(setting, ignore_system_fonts=True))
        if missing:
            octets, missing = _tried(setting)
        if not missing:
            return octets, ()
        signs = _inputs({**told, "signs": sorted(missing)})
        _, alone = _tried(partial(compiled, _read("signs"), sys_inputs=signs))
        return setting(), warnings_of(missing, alone, contents)
    except typst.TypstError as error:
        what, reason = "the PDF", f"typst says: {error.message}"
        raise FileFailed(what, "write", reason) from error


def _tried(setting: Callable[..., bytes]) -> tuple[bytes, frozenset[str]]:
    """Set as PDF/UA-1; where no font holds some signs, tell these in place of octets."""
    import typst  # noqa: PLC0415  # an extra

    try:
        return setting(pdf_standards="ua-1"), frozenset()
    except typst.TypstError as error:
        missing = missing_in(error.diagnostic)
        if not missing:
            raise
        return b"", missing


def _inputs(told: dict[str, Any]) -> dict[str, str]:
    return {"data": json.dumps(told, ensure_ascii=False)}


def _read(template: str) -> bytes:
    return resources.files(__package__).joinpath(f"{template}.typ").read_bytes()
