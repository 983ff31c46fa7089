"""Views: what the library knows, as text for a person and as plain values for a program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from r2psched.lazy import loader

if TYPE_CHECKING:
    from r2psched.views.capacities import capacity_json, capacity_text
    from r2psched.views.expectations import (
        forecast_place_json,
        forecast_place_text,
        share_of,
    )
    from r2psched.views.forecasts import forecast_json, forecast_text
    from r2psched.views.listing import findings_json, findings_text
    from r2psched.views.orders import order_json, order_text, place_json, place_text
    from r2psched.views.planning import plan_json, plan_text
    from r2psched.views.plans import programme_json, programme_text
    from r2psched.views.procedures import (
        procedure_json,
        procedure_text,
        procedures_json,
        procedures_text,
    )
    from r2psched.views.schemas import schema, schema_names
    from r2psched.views.shares import shares_json, shares_text
    from r2psched.views.written import invitations_json, written_json

_HOME = {
    "capacity_json": "capacities",
    "capacity_text": "capacities",
    "findings_json": "listing",
    "findings_text": "listing",
    "forecast_json": "forecasts",
    "forecast_place_json": "expectations",
    "forecast_place_text": "expectations",
    "forecast_text": "forecasts",
    "invitations_json": "written",
    "order_json": "orders",
    "order_text": "orders",
    "place_json": "orders",
    "place_text": "orders",
    "plan_json": "planning",
    "plan_text": "planning",
    "procedure_json": "procedures",
    "procedure_text": "procedures",
    "procedures_json": "procedures",
    "procedures_text": "procedures",
    "programme_json": "plans",
    "programme_text": "plans",
    "schema": "schemas",
    "schema_names": "schemas",
    "share_of": "expectations",
    "shares_json": "shares",
    "shares_text": "shares",
    "written_json": "written",
}

__all__ = [
    "capacity_json",
    "capacity_text",
    "findings_json",
    "findings_text",
    "forecast_json",
    "forecast_place_json",
    "forecast_place_text",
    "forecast_text",
    "invitations_json",
    "order_json",
    "order_text",
    "place_json",
    "place_text",
    "plan_json",
    "plan_text",
    "procedure_json",
    "procedure_text",
    "procedures_json",
    "procedures_text",
    "programme_json",
    "programme_text",
    "schema",
    "schema_names",
    "share_of",
    "shares_json",
    "shares_text",
    "written_json",
]

__getattr__ = loader(__name__, _HOME)
