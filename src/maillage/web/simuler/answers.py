"""The fields of the ACI simulator as they stand in the address, in the units of a form (rates in per cent)."""

from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from maillage.core.rules.aci_msp.situation import SituationAciMsp

RATES = ("part_medecins_sas", "taux_c2s", "taux_ame")
FIELDS = SituationAciMsp.model_fields
BOOLEANS = tuple(name for name, info in FIELDS.items() if info.annotation is bool)
REFERENCE = "reference"
TRUE = "oui"


def situation_of(query: QueryDict) -> dict[str, Any]:
    """The situation, as the API takes it. What is not a number is kept as typed, to be refused with its words."""
    typed = {name: query.get(name, "").strip() for name in FIELDS}
    return {name: _value(name, text) for name, text in typed.items() if text}


def reference_of(query: QueryDict) -> QueryDict | None:
    """The scenario kept aside for comparison, when there is one."""
    text = query.get(REFERENCE, "")
    return QueryDict(text) if text else None


def query_of(query: QueryDict, **changes: str) -> str:
    """The address of a scenario: the fields answered, with some changed (an empty text removes one)."""
    pairs = {name: value.strip() for name in FIELDS if (value := query.get(name, "").strip())} | changes
    return urlencode({name: value for name, value in pairs.items() if value})


def typed_of(situation: dict[str, Any]) -> str:
    """The address of a situation written as the API takes it."""
    return urlencode({name: _typed(name, value) for name, value in situation.items() if value not in (False, None)})


def _typed(name: str, value: Any) -> str:
    if value is True:
        return TRUE
    return f"{value * 100:g}" if name in RATES else str(value)


def _value(name: str, text: str) -> Any:
    if name in BOOLEANS:
        return text == TRUE or text
    if name == "fermeture_conges":
        return text
    return _rate(text) if name in RATES else _number(text)


def _number(text: str) -> float | int | str:
    """A number as a French reader types it (« 6 000 », « 11,5 »)."""
    bare = "".join(text.split()).replace(",", ".")
    try:
        number = float(bare)
    except ValueError:
        return text
    return int(number) if number.is_integer() and abs(number) < 1e12 else number


def _rate(text: str) -> float | str:
    number = _number(text.removesuffix("%").strip())
    return number if isinstance(number, str) else round(number / 100, 6)
