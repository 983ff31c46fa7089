"""Views: what the library knows, as text for a person and as plain values for a program."""

from r2psched.views.capacities import capacity_json, capacity_text
from r2psched.views.listing import findings_json, findings_text
from r2psched.views.orders import order_json, order_text, place_json, place_text
from r2psched.views.plans import programme_json, programme_text
from r2psched.views.schemas import schema, schema_names
from r2psched.views.written import invitations_json, written_json

__all__ = [
    "capacity_json",
    "capacity_text",
    "findings_json",
    "findings_text",
    "invitations_json",
    "order_json",
    "order_text",
    "place_json",
    "place_text",
    "programme_json",
    "programme_text",
    "schema",
    "schema_names",
    "written_json",
]
