"""Folders of templates: what lies in one is read, what lies elsewhere is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import FileSystemLoader
from jinja2.loaders import split_template_path

from r2psched.errors import FileFailed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from jinja2 import Environment

__all__ = ["FolderLoader"]


class FolderLoader(FileSystemLoader):
    """Loads the templates of a folder, and refuses a link that leads out of it."""

    def __init__(self, folder: Path) -> None:
        """Take the folder, itself with its links followed."""
        # Editors of Windows begin a file with a mark, which is no part of the text.
        super().__init__(folder, encoding="utf-8-sig")
        self.folder = folder

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """See the base class.

        Raises:
            FileFailed: If the file lies outside the folder.
        """
        found = self.folder.joinpath(*split_template_path(template))
        if found.is_file() and not found.resolve().is_relative_to(self.folder):
            told = "it is a link that leads out of the folder of templates: copy the file into it"
            raise FileFailed(found, "read", told)
        return super().get_source(environment, template)
