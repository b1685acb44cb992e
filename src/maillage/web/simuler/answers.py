"""The fields of the ACI simulator as they stand in the address, in the units of a form (rates in per cent)."""

from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from maillage.core.documents.situation_words import SHARES
from maillage.core.rules.aci_msp.situation import SituationAciMsp
from maillage.web import typed

FIELDS = SituationAciMsp.model_fields
BOOLEANS = tuple(name for name, info in FIELDS.items() if info.annotation is bool)
REFERENCE = "reference"
TRUE = "oui"


def situation_of(query: QueryDict) -> dict[str, Any]:
    """The situation, as the API takes it. What is not a number is kept as typed, to be refused with its words."""
    texts = {name: query.get(name, "").strip() for name in FIELDS}
    return {name: _value(name, text) for name, text in texts.items() if text}


def reference_of(query: QueryDict) -> QueryDict | None:
    """The scenario kept aside for comparison, when there is one."""
    text = query.get(REFERENCE, "")
    return QueryDict(text) if text else None


def query_of(query: QueryDict, **changes: str) -> str:
    """The address of a scenario: the fields answered, with some changed (an empty text removes one)."""
    pairs = {name: value.strip() for name in FIELDS if (value := query.get(name, "").strip())} | changes
    return urlencode({name: value for name, value in pairs.items() if value})


def whole_query_of(query: QueryDict) -> str:
    """The address of a scenario with the one kept aside for comparison, when there is one."""
    kept = query.get(REFERENCE, "")
    return "&".join(filter(None, (query_of(query), urlencode({REFERENCE: kept}) if kept else "")))


def typed_of(situation: dict[str, Any]) -> str:
    """The address of a situation written as the API takes it."""
    return urlencode({name: _typed(name, value) for name, value in situation.items() if value not in (False, None)})


def _typed(name: str, value: Any) -> str:
    if value is True:
        return TRUE
    return f"{value * 100:g}" if name in SHARES else str(value)


def _value(name: str, text: str) -> Any:
    if name in BOOLEANS:
        return text == TRUE or text
    if name == "fermeture_conges":
        return text
    if name in SHARES:
        return typed.rate(text)
    return typed.count(text) if FIELDS[name].annotation is int else typed.number(text)
