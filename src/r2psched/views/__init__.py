"""Views: what the library knows, as text for a person and as plain values for a program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from r2psched.lazy import loader

if TYPE_CHECKING:
    from r2psched.views.capacities import capacity_json, capacity_text
    from r2psched.views.exchange import schedule_json, schedule_xml
    from r2psched.views.expectations import (
        forecast_place_json,
        forecast_place_text,
        share_of,
    )
    from r2psched.views.feeds import feeds_json
    from r2psched.views.forecasts import forecast_json, forecast_text
    from r2psched.views.linting import lint_json, lint_text
    from r2psched.views.listing import findings_json, findings_text
    from r2psched.views.markdown import order_markdown, programme_markdown
    from r2psched.views.orders import order_json, order_text, place_json, place_text
    from r2psched.views.pages import order_page, programme_page
    from r2psched.views.papers import order_pdf, programme_pdf
    from r2psched.views.planning import plan_json, plan_text
    from r2psched.views.plans import programme_json, programme_text
    from r2psched.views.procedures import (
        procedure_json,
        procedure_text,
        procedures_json,
        procedures_text,
    )
    from r2psched.views.publications import published_json, published_text
    from r2psched.views.replies import replies_json, replies_text
    from r2psched.views.schemas import schema, schema_names
    from r2psched.views.shares import shares_json, shares_text
    from r2psched.views.updates import updates_json, updates_text
    from r2psched.views.word import order_docx, programme_docx
    from r2psched.views.written import written_json

_HOME = {
    "capacity_json": "capacities",
    "capacity_text": "capacities",
    "feeds_json": "feeds",
    "findings_json": "listing",
    "findings_text": "listing",
    "forecast_json": "forecasts",
    "forecast_place_json": "expectations",
    "forecast_place_text": "expectations",
    "forecast_text": "forecasts",
    "lint_json": "linting",
    "lint_text": "linting",
    "order_docx": "word",
    "order_json": "orders",
    "order_markdown": "markdown",
    "order_page": "pages",
    "order_pdf": "papers",
    "order_text": "orders",
    "place_json": "orders",
    "place_text": "orders",
    "plan_json": "planning",
    "plan_text": "planning",
    "procedure_json": "procedures",
    "procedure_text": "procedures",
    "procedures_json": "procedures",
    "procedures_text": "procedures",
    "programme_docx": "word",
    "programme_json": "plans",
    "programme_markdown": "markdown",
    "programme_page": "pages",
    "programme_pdf": "papers",
    "programme_text": "plans",
    "published_json": "publications",
    "published_text": "publications",
    "replies_json": "replies",
    "replies_text": "replies",
    "schedule_json": "exchange",
    "schedule_xml": "exchange",
    "schema": "schemas",
    "schema_names": "schemas",
    "share_of": "expectations",
    "shares_json": "shares",
    "shares_text": "shares",
    "updates_json": "updates",
    "updates_text": "updates",
    "written_json": "written",
}

__all__ = [
    "capacity_json",
    "capacity_text",
    "feeds_json",
    "findings_json",
    "findings_text",
    "forecast_json",
    "forecast_place_json",
    "forecast_place_text",
    "forecast_text",
    "lint_json",
    "lint_text",
    "order_docx",
    "order_json",
    "order_markdown",
    "order_page",
    "order_pdf",
    "order_text",
    "place_json",
    "place_text",
    "plan_json",
    "plan_text",
    "procedure_json",
    "procedure_text",
    "procedures_json",
    "procedures_text",
    "programme_docx",
    "programme_json",
    "programme_markdown",
    "programme_page",
    "programme_pdf",
    "programme_text",
    "published_json",
    "published_text",
    "replies_json",
    "replies_text",
    "schedule_json",
    "schedule_xml",
    "schema",
    "schema_names",
    "share_of",
    "shares_json",
    "shares_text",
    "updates_json",
    "updates_text",
    "written_json",
]

__getattr__ = loader(__name__, _HOME)
