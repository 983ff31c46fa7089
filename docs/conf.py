"""How Sphinx builds the manual: offline, from the pages here and the package's docstrings."""

from __future__ import annotations

import contextlib
import inspect
import runpy
import sys
from pathlib import Path
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
# The gallery is made anew for every build, and copied beside the pages as it is.
_MADE = Path(__file__).parents[1] / "build" / "manual"
html_extra_path = [str(_MADE)]
html_title = f"r2psched {release}"

myst_enable_extensions = ["colon_fence", "deflist", "fieldlist"]
myst_heading_anchors = 3
# What the gallery holds is no page of the manual.
myst_url_schemes = {"http": None, "https": None, "made": {"url": "gallery/{{path}}"}}

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


def _gallery(_app: Sphinx, _config: object) -> None:
    """Make the gallery before any page is read."""
    # The configuration is no part of a package, and cannot import what stands beside it.
    make = runpy.run_path(str(Path(__file__).with_name("gallery.py")))["make"]
    with contextlib.redirect_stdout(sys.stderr):
        make(_MADE / "gallery", ["r2p-2014"])


def setup(app: Sphinx) -> None:
    """Make the gallery, and hook into autodoc, behind napoleon."""
    app.connect("config-inited", _gallery)
    app.connect("autodoc-process-docstring", _plain_property, priority=600)
