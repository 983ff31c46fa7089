"""Pages: a programme or a list as one file of HTML, for the web, the phone and the printer.

The only room that knows Jinja2.
"""

from __future__ import annotations

from r2psched.views.pages.filling import shipped
from r2psched.views.pages.making import order_page, programme_page

__all__ = ["order_page", "programme_page", "shipped"]
