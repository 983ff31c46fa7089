"""How Sphinx builds the manual: offline, from the pages here and the package's docstrings."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

from r2psched import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx

project = "r2psched"
author = "r2psched maintainers"
project_copyright = "2026, r2psched contributors"
version = release = __version__

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx.ext.viewcode",
]
html_theme = "furo"
html_title = f"r2psched {release}"

myst_enable_extensions = ["colon_fence", "deflist", "fieldlist"]
myst_heading_anchors = 3

autodoc_default_options = {"members": True}
autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented"
napoleon_numpy_docstring = False
napoleon_custom_sections = [("Source", "params_style")]

# The build is offline: names of other projects, and private names, stay plain text.
nitpick_ignore_regex = [
    (r"py:.*", r"(?!r2psched\.).*"),
    (r"py:.*", r"r2psched\.(.*\.)?_.*"),
]


def _plain_property(_app: Sphinx, what: str, _name: str, of: object, *rest: object) -> None:
    """Give a property its words back, of which napoleon takes those before a colon for a type."""
    lines = rest[-1]
    if what == "property" and isinstance(lines, list) and any(":type:" in line for line in lines):
        lines[:] = [*inspect.cleandoc(of.__doc__ or "").splitlines(), ""]


def setup(app: Sphinx) -> None:
    """Hook into autodoc, behind napoleon."""
    app.connect("autodoc-process-docstring", _plain_property, priority=600)
