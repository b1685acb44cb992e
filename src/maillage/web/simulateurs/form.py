"""The form of a simulator, made from the fields of its situation: questions by group, what is answered, what is wrong.

A question that cannot change the answer (that of another profession) is left out, unless it is answered.
"""

import functools
from collections.abc import Mapping, Set
from typing import Any, NamedTuple, get_args

from django.http import QueryDict
from pydantic.fields import FieldInfo

from maillage.core.documents import facts_words
from maillage.core.documents.facts_words import REGION
from maillage.core.documents.typography import typeset
from maillage.core.kernel.problems import REQUIRED, Problem, shorten
from maillage.core.rules.regions import pack_codes
from maillage.core.rules.simulation.matter import Reads, mattering, reads_of
from maillage.core.rules.simulation.situation import SimulatorSpec, kind_of
from maillage.core.rules.simulators import SIMULATORS
from maillage.web.simulateurs.answers import NO, YES, control_of, is_share, situation_of

NOT_SAID = ("", "Je ne sais pas encore")
OPEN_AT_FIRST = 2
SEPARATOR = " · "
HELP = {REGION: "La région dont les règles s'ajoutent à celles de la nation."}
"""Help of the fields that a form asks otherwise than the API."""
BOUNDS = ("un nombre d'au moins 0", "un nombre d'au plus 1")
TOGETHER = "Vos réponses ne vont pas ensemble"
SHARE = "un pourcentage de 0 à 100"


class Form(NamedTuple):
    """What is asked: the fields typed, what is wrong, the values read, the questions that can change the answer."""

    simulator: SimulatorSpec
    query: QueryDict
    problems: Mapping[str, Problem]
    facts: Mapping[str, Any]
    useful: Set[str]

    def given(self, name: str) -> str:
        """The text typed in a field."""
        return self.query.get(name, "").strip()


def groups(
    simulator: SimulatorSpec, query: QueryDict, problems: Mapping[str, Problem], *, started: bool
) -> list[dict[str, Any]]:
    """The groups of questions, in the order of the fields, each with a summary of what is answered.

    Before anything is answered the first ones are open; then, those where something is wrong or is waited for.
    """
    facts = situation_of(simulator, query)
    form = Form(simulator, query, problems, facts, mattering(simulator, _reads(simulator.code), facts))
    titles: dict[str, list[str]] = {}
    for name, info in simulator.model.model_fields.items():
        titles.setdefault(str(facts_words.detail(info, "groupe")), []).append(name)
    made = [_group(title, names, form) for title, names in titles.items()]
    return [
        group | {"rang": rank, "ouvert": group["ouvert"] or (not started and rank < OPEN_AT_FIRST)}
        for rank, group in enumerate(made)
    ]


def to_tell(query: QueryDict, problems: Mapping[str, Problem], *, as_one_types: bool) -> dict[str, Problem]:
    """What to say of what is wrong: a field that is not filled yet is not a mistake before the form is sent.

    The form sends every field, even empty; a link that fills it in part leaves the others out. A problem without a
    field is one of the whole.
    """
    return {
        name: problem
        for name, problem in problems.items()
        if not name or query.get(name, "").strip() or (name in query and not as_one_types)
    }


def waiting(simulator: SimulatorSpec, query: QueryDict) -> list[str]:
    """The questions without whose answer nothing is calculated, in words."""
    fields = simulator.model.model_fields
    return [str(info.title) for name, info in fields.items() if info.is_required() and not query.get(name, "").strip()]


def told(simulator: SimulatorSpec, query: QueryDict, problems: Mapping[str, Problem]) -> list[dict[str, str]]:
    """One sentence per wrong field, in the words of the form, with what was typed; ``field`` is empty for the whole."""
    fields = simulator.model.model_fields
    return [
        {
            "field": name if name in fields else "",
            "message": typeset(_sentence(fields.get(name), query.get(name, "").strip(), problem)),
        }
        for name, problem in problems.items()
    ]


@functools.cache
def _reads(code: str) -> Reads:
    return reads_of(SIMULATORS[code])


def _group(title: str, names: list[str], form: Form) -> dict[str, Any]:
    fields = [_field(name, form) for name in names]
    said = (_said(name, form) for name in names if name in form.facts and name not in form.problems)
    return {
        "titre": title,
        "champs": fields,
        "ouvert": any(field["error"] or field["attendu"] for field in fields),
        "resume": typeset(SEPARATOR.join(said)),
        "sans_effet": all(field["sans_effet"] for field in fields),
    }


def _field(name: str, form: Form) -> dict[str, Any]:
    info, text, problem = form.simulator.model.model_fields[name], form.given(name), form.problems.get(name)
    return {
        "name": name,
        "label": info.title,
        "help": HELP.get(name, info.description),
        "kind": control_of(name, info),
        "choices": _choices(name, info),
        "value": text,
        "checked": text == YES,
        "unit": facts_words.unit(info),
        "error": typeset(_expected(problem, info)) if problem else "",
        "attendu": info.is_required() and not text,
        "sans_effet": name not in form.useful and not problem and not text,
    }


def _said(name: str, form: Form) -> str:
    """An answer in the summary of its group: « Âge : 34 ans », « Première installation »."""
    info, value = form.simulator.model.model_fields[name], form.facts[name]
    return str(info.title) if value is True else f"{info.title} : {facts_words.answer(name, info, value)}"


def _choices(name: str, info: FieldInfo) -> list[tuple[str, str]]:
    if name == REGION:
        return [(code, _capital(facts_words.region(code))) for code in ("", *pack_codes())]
    kind, optional = kind_of(info)
    if kind is bool:
        return [NOT_SAID, (YES, "Oui"), (NO, "Non")] if optional else []
    return [NOT_SAID, *((code, _capital(facts_words.choice(info, code))) for code in map(str, get_args(kind)))]


def _capital(text: str) -> str:
    return typeset(text[:1].upper() + text[1:])


def _expected(problem: Problem, info: FieldInfo | None) -> str:
    """What is accepted, in the words and the units of the form: the choices as they are listed, shares in per cent."""
    if problem.expected == REQUIRED:
        return "une réponse"
    if info is None:
        return problem.expected
    if get_args(kind_of(info)[0]):
        return "une réponse de la liste"
    return SHARE if is_share(info) and problem.expected in BOUNDS else problem.expected


def _sentence(info: FieldInfo | None, text: str, problem: Problem) -> str:
    refused = f" : « {shorten(text)} » n’est pas accepté" if text else ""
    return f"{info.title if info else TOGETHER}{refused}. Attendu : {_expected(problem, info)}."
