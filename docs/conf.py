"""How Sphinx builds the manual: offline, from the pages here and the package's docstrings."""

from importlib.metadata import version as installed_version

project = "r2psched"
author = "r2psched maintainers"
project_copyright = "2026, r2psched contributors"
version = release = installed_version("r2psched")

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

autodoc_default_options = {"members": True, "show-inheritance": True}
autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented"
autodoc_preserve_defaults = True
napoleon_numpy_docstring = False
napoleon_custom_sections = [("Source", "params_style")]

# The build is offline: names of other projects, and private names, stay plain text.
nitpick_ignore_regex = [
    (r"py:.*", r"(?!r2psched\.).*"),
    (r"py:.*", r"r2psched\.(.*\.)?_.*"),
]
