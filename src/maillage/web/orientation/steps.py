"""The questions of the wizard, page by page, and what each shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from maillage.core.kernel.problems import Problem
from maillage.core.rules.orientation.situation import (
    PROFESSIONS,
    SituationOrientation,
    choices_of,
    question_of,
)
from maillage.web.orientation.answers import SEVERAL, TEAM_PREFIX, YES_NO

COMMON_PROFESSIONS = (
    "medecin_generaliste", "infirmier", "masseur_kinesitherapeute", "pharmacien", "sage_femme", "chirurgien_dentiste",
)  # fmt: skip

# What a form says beside a field when the description of the API would not read well there.
HELP = {"agrement": "L'ARS donne l'agrément en plus du récépissé, pour ces seules activités."}

EXERCISES = [(code, label[0].upper() + label[1:]) for code, label in choices_of("exercice").items()]


@dataclass(frozen=True)
class Step:
    """One page of the wizard: its title and the fields that it asks."""

    number: int
    title: str
    why: str
    fields: tuple[str, ...]


STEPS = (
    Step(1, "Votre commune", "Les règles, les aides et les contacts dépendent du lieu.", ("commune", "date")),
    Step(2, "Votre équipe", "Le nombre et les métiers décident de la forme possible.", ("professionnels", "exercice")),
    Step(
        3,
        "Où en est le projet",
        "Ce qui est déjà fait ne sera plus demandé.",
        ("projet_de_sante", "projet_valide_pour", "forme_juridique", "patientele"),
    ),
    Step(
        4,
        "Vos partenaires",
        "Une CPTS réunit plusieurs champs, un centre de santé a un gestionnaire.",
        (
            "champs", "communes", "cpts_existante", "gestionnaire", "recepisse", "reglement_de_fonctionnement",
            "agrement",
        ),
    ),
    Step(
        5,
        "Médecins spécialistes",
        "À remplir si vous pensez à une équipe de soins spécialisés ; sinon, passez.",
        (
            "specialite", "specialistes_presents", "specialistes_liberaux", "specialistes_adherents",
            "perimetre_departemental", "ess_existante",
        ),
    ),
)  # fmt: skip


def step_of(field: str) -> Step:
    """The page that asks a field (the first one for a field that no page asks)."""
    return next((step for step in STEPS if field.split(".")[0] in step.fields), STEPS[0])


def fields_of(step: Step, query: QueryDict, problems: Mapping[str, Problem]) -> list[dict[str, Any]]:
    """The form fields of a page, with what was typed and what is wrong beside each."""
    return [
        _field(name, query, problems.get(name)) for name in step.fields if name not in ("professionnels", "exercice")
    ]


def team_rows(query: QueryDict, problems: Mapping[str, Problem]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Rows of the team: the usual professions, then the others."""
    rows = [
        {
            "code": code,
            "name": f"{TEAM_PREFIX}{code}",
            "label": many[0].upper() + many[1:],
            "value": query.get(f"{TEAM_PREFIX}{code}", ""),
            "error": _expected(problems.get(f"{TEAM_PREFIX}{code}")),
        }
        for code, (_, many) in PROFESSIONS.items()
    ]
    usual = [row for code in COMMON_PROFESSIONS for row in rows if row["code"] == code]
    return usual, [row for row in rows if row not in usual]


def _field(name: str, query: QueryDict, problem: Problem | None) -> dict[str, Any]:
    info = SituationOrientation.model_fields[name]
    choices = [("oui", "Oui"), ("non", "Non")] if name in YES_NO else list(choices_of(name).items())
    return {
        "name": name,
        "label": question_of(name),
        "help": HELP.get(name, info.description),
        "kind": _kind(name, bool(choices)),
        "choices": [(code, label[0].upper() + label[1:]) for code, label in choices],
        "value": query.get(name, ""),
        "values": query.getlist(name),
        "error": _expected(problem),
    }


def _kind(name: str, has_choices: bool) -> str:
    if name in SEVERAL:
        return "several"
    if name in ("commune", "communes", "date"):
        return name
    if has_choices:
        return "one" if name in YES_NO or name == "projet_de_sante" else "select"
    return "text" if name == "specialite" else "number"


def _expected(problem: Problem | None) -> str:
    return problem.expected if problem else ""
