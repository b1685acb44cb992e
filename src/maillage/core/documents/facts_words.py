"""The answers given to a simulator of the kit in words, for documents and pages: question, answer, what differs."""

import datetime
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from maillage.core.kernel import french
from maillage.core.rules.regions import NATIONAL, pack_codes
from maillage.core.rules.simulation.situation import kind_of

REGION = "region_pack"
NATIONAL_RULES = "règles nationales seules"
NOT_GIVEN = "non donnée"
Facts = Mapping[str, Any]


def detail(info: FieldInfo, name: str) -> Any:
    """What a field says of itself beside its title: ``unite``, ``groupe``, ``choix``; empty when it does not."""
    return info.json_schema_extra.get(name, "") if isinstance(info.json_schema_extra, dict) else ""


def unit(info: FieldInfo) -> str:
    """The unit of a field as a form writes it: a share is asked in per cent."""
    given = str(detail(info, "unite"))
    return "%" if given.startswith("part") else given


def choice(info: FieldInfo, code: str) -> str:
    """A value of a list in French, as a sentence says it."""
    return str((detail(info, "choix") or {}).get(code) or code.replace("_", " "))


def region(code: str | None) -> str:
    """The name of the regional policy."""
    from maillage.core.rules.orientation.packs import pack  # it loads OpenFisca

    return NATIONAL_RULES if code in (None, "", NATIONAL) or code not in pack_codes() else pack(str(code)).nom


def answer(name: str, info: FieldInfo, value: Any) -> str:
    """An answer with its unit: « 900 patients », « 12 % », « 1er mars 2026 », « zone d'intervention prioritaire »."""
    if name == REGION:
        return region(value)
    if value is None:
        return NOT_GIVEN
    if kind_of(info)[0] is datetime.date:
        return _day(value)
    if isinstance(value, str):
        return value if kind_of(info)[0] is str else choice(info, value)
    return french.quantity(value, str(detail(info, "unite")))


def _day(value: Any) -> str:
    try:
        return french.day(value) if isinstance(value, datetime.date) else french.iso_day(str(value))
    except ValueError:  # a date written otherwise is told as it was typed
        return str(value)


def declared(model: type[BaseModel], facts: Facts) -> list[dict[str, Any]]:
    """``titre`` and ``reponses`` ({nom, valeur}) of each group of questions of which something was answered."""
    groups: dict[str, list[dict[str, str]]] = {}
    for name, info in model.model_fields.items():
        if name == REGION or facts.get(name) not in (None, info.default):
            told = {"nom": str(info.title), "valeur": answer(name, info, facts.get(name))}
            groups.setdefault(str(detail(info, "groupe")), []).append(told)
    return [{"titre": title, "reponses": answers} for title, answers in groups.items()]


def differences(model: type[BaseModel], before: Facts, after: Facts) -> list[dict[str, str]]:
    """``nom``, ``a`` and ``b`` of each answer that two situations do not share, in the order of the form."""
    return [
        {"nom": str(info.title), "a": answer(name, info, first), "b": answer(name, info, second)}
        for name, info in model.model_fields.items()
        if (first := before.get(name)) != (second := after.get(name))
    ]
