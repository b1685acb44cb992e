"""The fields of a simulator as they stand in the address: texts of a form, shares in per cent."""

import datetime
from collections.abc import Iterator
from typing import Any, Literal, get_origin
from urllib.parse import urlencode

from django.http import QueryDict
from pydantic.fields import FieldInfo

from maillage.core.documents.facts_words import REGION, unit
from maillage.core.rules.simulation.situation import SimulatorSpec, kind_of
from maillage.web import typed

YES, NO = "oui", "non"
REFERENCE = "reference"
TRUTHS = {YES: True, NO: False}
Control = Literal["check", "select", "date", "number", "text"]


def control_of(name: str, info: FieldInfo) -> Control:
    """How a form asks a field."""
    kind, optional = kind_of(info)
    if kind is bool and not optional:
        return "check"
    if kind is datetime.date:
        return "date"
    if kind is str and name != REGION:
        return "text"
    return "number" if kind in (int, float) else "select"


def is_share(info: FieldInfo) -> bool:
    """Whether a field is a fraction, asked in per cent."""
    return unit(info) == "%"


def situation_of(simulator: SimulatorSpec, query: QueryDict) -> dict[str, Any]:
    """The situation, as the API takes it. What cannot be read is kept as typed, to be refused with its words."""
    return {name: _value(simulator.model.model_fields[name], text) for name, text in given(simulator, query)}


def given(simulator: SimulatorSpec, query: QueryDict) -> Iterator[tuple[str, str]]:
    """The fields that are answered, and their text."""
    for name in simulator.model.model_fields:
        if text := query.get(name, "").strip():
            yield name, text


def query_of(simulator: SimulatorSpec, query: QueryDict) -> str:
    """The address of a situation, without what is not a field of it."""
    return urlencode(list(given(simulator, query)))


def reference_of(query: QueryDict) -> QueryDict | None:
    """The scenario kept aside for comparison, when there is one."""
    text = query.get(REFERENCE, "")
    return QueryDict(text) if text else None


def whole_query_of(simulator: SimulatorSpec, query: QueryDict) -> str:
    """The address of a situation with the scenario kept aside for comparison, when there is one."""
    kept = query.get(REFERENCE, "")
    return "&".join(filter(None, (query_of(simulator, query), urlencode({REFERENCE: kept}) if kept else "")))


def typed_of(simulator: SimulatorSpec, situation: dict[str, Any]) -> str:
    """The address of a situation written as the API takes it."""
    fields = simulator.model.model_fields
    return urlencode({name: _typed(fields[name], value) for name, value in situation.items() if value is not None})


def _typed(info: FieldInfo, value: Any) -> str:
    if isinstance(value, bool):
        return YES if value else NO
    return f"{value * 100:g}" if is_share(info) else str(value)


def _value(info: FieldInfo, text: str) -> Any:
    kind, _ = kind_of(info)
    if kind is bool:
        return TRUTHS.get(text, text)
    if is_share(info):
        return typed.rate(text)
    if kind is int:
        return typed.count(text)
    return typed.number(text) if kind is float and get_origin(kind) is None else text
