"""The form of the ACI simulator: its questions by theme, what is answered in each, what is wrong and where."""

from collections.abc import Mapping, Sequence
from typing import Any, get_args

from django.http import QueryDict

from maillage.core.documents.situation_words import LEVELS, SHARES, UNITS, answer, label
from maillage.core.documents.typography import typeset
from maillage.core.kernel.problems import Problem, shorten
from maillage.core.rules.aci_msp.situation import FIRST_YEAR, LAST_YEAR, FermetureConges, SituationAciMsp
from maillage.web.simuler.answers import BOOLEANS, FIELDS, TRUE, situation_of

REQUIRED = ("patientele", "associes")
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Votre structure", ("annee", "patientele", "associes", "ipa", "nouvelle_structure", "mois_contrat")),
    ("Horaires et soins non programmés",
     ("amplitude_horaire", "samedi_matin", "fermeture_conges", "soins_non_programmes", "derogation_horaires",
      "part_medecins_sas", "sas_toutes_demandes")),
    ("Prérequis : crise, coordination, logiciel",
     ("plan_crise", "crise_actions", "coordination", "si_standard", "si_standard_mois", "si_avance", "si_avance_mois")),
    ("Protocoles et concertation",
     ("protocoles", "reunions_concertation", "dossiers_concertes", "patients_ald_ou_75_ans", "protocoles_nationaux")),
    ("Offre de soins", ("diversite_niveau", "vacataires_niveau", "medecin_cstm")),
    ("Santé publique, parcours et usagers",
     ("missions_sante_publique", "mission_obesite_enfant", "parcours_obesite_enfant",
      "parcours_insuffisance_cardiaque", "usagers_niveau")),
    ("Formation, qualité, liens extérieurs", ("stages", "qualite_niveau", "coordination_externe")),
    ("Précarité", ("taux_c2s", "taux_ame")),
)  # fmt: skip
"""The form, theme by theme; a test checks that each field of the situation is asked once."""

CLOSURES = {
    "aucune": "Aucune",
    "jusqu_a_3_semaines": "3 semaines au plus, pendant les vacances scolaires",
    "plus_de_3_semaines": "Plus de 3 semaines, ou plus d’une semaine hors vacances",
}
HELP = {
    "part_medecins_sas": "Part des médecins, associés ou vacataires, qui participent au service d’accès aux soins.",
    "taux_c2s": "Patients à la C2S qui ont vu un généraliste dans l’année, pour cent patients de la patientèle.",
    "taux_ame": "Patients à l’AME qui ont vu un généraliste dans l’année, pour cent patients de la patientèle.",
    "fermeture_conges": "Plus d’une semaine de fermeture hors des vacances compte comme plus de 3 semaines.",
}
"""Help of the fields that a form asks otherwise than the API (rates in per cent, choices in words)."""
HIGHEST = {"diversite_niveau": 2, "vacataires_niveau": 2, "usagers_niveau": 2, "qualite_niveau": 3}
SEPARATOR = " · "


def groups(query: QueryDict, problems: Mapping[str, Problem]) -> list[dict[str, Any]]:
    """The themes of the form, each with a summary of what is answered.

    The first is open as long as a number without which nothing is computed is not given; any is when something in it
    is wrong.
    """
    return [_group(rank, title, names, query, problems) for rank, (title, names) in enumerate(GROUPS)]


def to_tell(query: QueryDict, problems: Mapping[str, Problem], *, as_one_types: bool) -> dict[str, Problem]:
    """What to say of what is wrong: a field that is not filled yet is not a mistake before the form is sent.

    The form sends every field, even empty; a link that fills it in part leaves the others out.
    """
    started = any(query.get(name, "").strip() for name in REQUIRED)
    sent = query if started and not as_one_types else ()
    return {name: problem for name, problem in problems.items() if query.get(name, "").strip() or name in sent}


def told(query: QueryDict, problems: Mapping[str, Problem]) -> list[dict[str, str]]:
    """One sentence per wrong field, in the words of the form, with what was typed."""
    return [
        {
            "field": name,
            "message": typeset(f"{label(name)}{_typed(query.get(name, ''))}. Attendu : {_error(problem)}."),
        }
        for name, problem in problems.items()
    ]


def summary(query: QueryDict, names: Sequence[str]) -> str:
    """What is answered among some fields: « 2025 · 7 500 patients · Ouverture le samedi matin »."""
    given = situation_of(query)
    return typeset(SEPARATOR.join(_said(name, given[name]) for name in names if _is_answer(name, given.get(name))))


def _is_answer(name: str, value: Any) -> bool:
    return value is not None and value != FIELDS[name].default


def _said(name: str, value: Any) -> str:
    if value is True:
        return label(name)
    if name in ("annee", *REQUIRED):
        return answer(name, value)
    return f"{label(name).removesuffix(' : niveau')} : {answer(name, value)}"


def _group(
    rank: int, title: str, names: Sequence[str], query: QueryDict, problems: Mapping[str, Problem]
) -> dict[str, Any]:
    fields = [_field(name, query, problems.get(name)) for name in names]
    waits = rank == 0 and not all(query.get(name, "").strip() for name in REQUIRED)
    is_open = waits or any(field["error"] for field in fields)
    return {"rang": rank, "titre": title, "champs": fields, "ouvert": is_open, "resume": summary(query, names)}


def _field(name: str, query: QueryDict, problem: Problem | None) -> dict[str, Any]:
    typed = query.get(name, "")
    return {
        "name": name,
        "label": label(name),
        "help": HELP.get(name, FIELDS[name].description),
        "kind": _kind(name),
        "choices": _choices(name),
        "value": typed or _default(name),
        "checked": typed == TRUE,
        "unit": "%" if name in SHARES else UNITS.get(name, ""),
        "error": typeset(_error(problem)),
    }


def _error(problem: Problem | None) -> str:
    if problem is None:
        return ""
    return problem.expected.replace("entre 0 et 1 : écrivez 0.5 pour 50 %", "entre 0 et 100 %")


def _typed(text: str) -> str:
    return f" : « {shorten(text)} » n’est pas accepté" if text.strip() else ""


def _kind(name: str) -> str:
    if name in BOOLEANS:
        return "check"
    return "select" if name in LEVELS or name in ("fermeture_conges", "annee") else "number"


def _choices(name: str) -> list[tuple[str, str]]:
    if name == "annee":
        return [(str(year), str(year)) for year in range(LAST_YEAR, FIRST_YEAR - 1, -1)]
    if name == "fermeture_conges":
        return [(code, CLOSURES[code]) for code in get_args(FermetureConges)]
    levels = HIGHEST.get(name, 0)
    return [("", "Non atteint"), *((str(level), f"Niveau {level}") for level in range(1, levels + 1))] if levels else []


def _default(name: str) -> str:
    default = SituationAciMsp.model_fields[name].default
    return str(default) if name.endswith("_mois") or name == "mois_contrat" else ""
