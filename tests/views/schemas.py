"""Answers judged by their schemas, dates and times among them."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

from r2psched.views import schema, schema_names

_RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)")
formats = FormatChecker()


@formats.checks("date-time", raises=ValueError)
def _date_time(value: object) -> bool:
    if not isinstance(value, str):
        return True
    dt.datetime.fromisoformat(value)
    return _RFC_3339.fullmatch(value) is not None


@formats.checks("date", raises=ValueError)
def _date(value: object) -> bool:
    return not isinstance(value, str) or bool(dt.date.fromisoformat(value))


VALIDATORS = {
    name: Draft202012Validator(schema(name), format_checker=formats) for name in schema_names()
}


def judged(answer: dict[str, Any]) -> dict[str, Any]:
    """Write an answer as JSON, read it back, hold it against its schema, and give it."""
    read: dict[str, Any] = json.loads(json.dumps(answer))
    assert read == answer
    VALIDATORS[answer["answer"]].validate(read)
    return read
