"""The form of a simulator, made from the fields of its situation: groups, questions, what is wrong and where."""

import datetime
from collections.abc import Mapping
from typing import Any, get_args

from django.http import QueryDict
from pydantic.fields import FieldInfo

from maillage.core.documents.typography import typeset
from maillage.core.kernel.problems import Problem, shorten
from maillage.core.rules.orientation.packs import pack
from maillage.core.rules.regions import pack_codes
from maillage.core.rules.simulation.situation import SimulatorSpec, kind_of
from maillage.web.simulateurs.answers import NO, REGION, YES, control_of, is_share

NOT_SAID = ("", "Je ne sais pas encore")


def groups(
    simulator: SimulatorSpec, query: QueryDict, problems: Mapping[str, Problem], today: datetime.date
) -> list[dict[str, Any]]:
    """The groups of questions, in the order of the fields; a group is open when it is the first, answered or wrong."""
    found: dict[str, list[dict[str, Any]]] = {}
    for name, info in simulator.model.model_fields.items():
        found.setdefault(_extra(info, "groupe"), []).append(_field(name, info, query, problems.get(name), today))
    return [
        {
            "titre": title,
            "champs": fields,
            "ouvert": rank < 2 or any(field["given"] or field["error"] for field in fields),
        }
        for rank, (title, fields) in enumerate(found.items())
    ]


def told(simulator: SimulatorSpec, query: QueryDict, problems: Mapping[str, Problem]) -> list[dict[str, str]]:
    """One sentence per wrong field, in the words of the form, with what was typed."""
    fields = simulator.model.model_fields
    return [
        {
            "field": name,
            "message": typeset(f"{_title(fields.get(name), name)}{_typed(query, name)}. {_expected(problem)}"),
        }
        for name, problem in problems.items()
    ]


def _field(
    name: str, info: FieldInfo, query: QueryDict, problem: Problem | None, today: datetime.date
) -> dict[str, Any]:
    typed = query.get(name, "").strip()
    default = today.isoformat() if info.is_required() and kind_of(info)[0] is datetime.date else ""
    return {
        "name": name,
        "label": info.title,
        "help": info.description,
        "kind": control_of(name, info),
        "choices": _choices(name, info),
        "value": typed or default,
        "checked": typed == YES,
        "given": bool(typed),
        "unit": "%" if is_share(info) else _extra(info, "unite"),
        "error": _error(problem, info),
    }


def _choices(name: str, info: FieldInfo) -> list[tuple[str, str]]:
    if name == REGION:
        return [("", "Règles nationales seules"), *((code, pack(code).nom) for code in pack_codes())]
    kind, optional = kind_of(info)
    if kind is bool:
        return [NOT_SAID, (YES, "Oui"), (NO, "Non")] if optional else []
    extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
    french: Any = extra.get("choix", {})
    return [NOT_SAID, *((word, french.get(word) or _words(word)) for word in map(str, get_args(kind)))]


def _words(code: str) -> str:
    text = code.replace("_", " ")
    return text[:1].upper() + text[1:]


def _extra(info: FieldInfo, name: str) -> str:
    extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
    return str(extra.get(name, ""))


def _error(problem: Problem | None, info: FieldInfo | None = None) -> str:
    if problem is None:
        return ""
    share = info is not None and is_share(info)
    return typeset(problem.expected + (" (la part en fraction : 0,5 pour 50 %)" if share else ""))


def _expected(problem: Problem) -> str:
    return f"Attendu : {problem.expected}."


def _title(info: FieldInfo | None, name: str) -> str:
    return str(info.title) if info else name or "La situation"


def _typed(query: QueryDict, name: str) -> str:
    text = query.get(name, "").strip()
    return f" : « {shorten(text)} » n’est pas accepté" if text else ""
