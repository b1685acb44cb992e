"""What the page of the ACI simulator shows: the form by theme, the lines of the grid, the gains, the comparison."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, get_args

from django.http import QueryDict

from maillage.core.documents.charts import AmountPoint, Reference, Scenario, amounts_by_patientele
from maillage.core.kernel.problems import BadInput, Problem, read, shorten
from maillage.core.rules.aci_msp.simulation import simulate, simulate_batch
from maillage.core.rules.aci_msp.situation import FIRST_YEAR, LAST_YEAR, FermetureConges, SituationAciMsp
from maillage.web.simuler.answers import BOOLEANS, RATES, TRUE, situation_of

AXES = {1: "Accès aux soins", 2: "Travail en équipe et coordination", 3: "Système d’information"}
REQUIRED = ("patientele", "associes")
CHART_STEPS = 16
CHART_MINIMUM = 8_000
REFERENCE_PATIENTELE = Reference(4_000, "patientèle de référence")

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
LEVELS = {"diversite_niveau": 2, "vacataires_niveau": 2, "usagers_niveau": 2, "qualite_niveau": 3}
UNITS = {"amplitude_horaire": "heures", "si_standard_mois": "mois", "si_avance_mois": "mois", "mois_contrat": "mois",
         "patientele": "patients", "associes": "professionnels"} | dict.fromkeys(RATES, "%")  # fmt: skip


def groups(query: QueryDict, problems: Mapping[str, Problem], year: int) -> list[dict[str, Any]]:
    """The themes of the form; a theme is open when something in it is given or wrong."""
    return [_group(rank, title, names, query, problems, year) for rank, (title, names) in enumerate(GROUPS)]


def outcome(query: QueryDict) -> tuple[dict[str, Any] | None, SituationAciMsp | None, dict[str, Problem]]:
    """The simulation of the fields given, the situation read, and what is wrong by field."""
    try:
        situation = read(SituationAciMsp, situation_of(query))
    except BadInput as refused:
        return None, None, {problem.field: problem for problem in refused.problems}
    return simulate(situation).as_dict(), situation, {}


def to_tell(query: QueryDict, problems: Mapping[str, Problem], *, as_one_types: bool) -> dict[str, Problem]:
    """What to say of what is wrong: a field that is not filled yet is not a mistake before the form is sent."""
    started = any(query.get(name, "").strip() for name in REQUIRED)
    if started and not as_one_types:
        return dict(problems)
    return {name: problem for name, problem in problems.items() if query.get(name, "").strip()}


def told(query: QueryDict, problems: Mapping[str, Problem]) -> list[dict[str, str]]:
    """One sentence per wrong field, in the words of the form, with what was typed."""
    return [
        {
            "field": name,
            "message": f"{_label(name)}{_typed(query.get(name, ''))}. Attendu : {_error(problem)}.",
        }
        for name, problem in problems.items()
    ]


def axes(simulation: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Lines of the grid by axis, with the total of each."""
    lines = simulation["indicateurs"]
    by_axis = {axis: [line for line in lines if line["axe"] == axis] for axis in AXES}
    return [
        {"titre": title, "lignes": by_axis[axis], "montant": sum(Decimal(line["montant"]) for line in by_axis[axis])}
        for axis, title in AXES.items()
        if by_axis[axis]
    ]


def gains(simulation: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """What would bring more money, the greatest first."""
    found = [line for line in simulation["indicateurs"] if line["gain_possible"] and Decimal(line["gain_possible"]) > 0]
    return sorted(found, key=lambda line: Decimal(line["gain_possible"]), reverse=True)


def missing(simulation: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The prerequisites that are not reached."""
    return [line for line in simulation["indicateurs"] if line["id"] in simulation["prerequis_manquants"]]


def comparison(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> dict[str, Any]:
    """Two scenarios side by side: totals, and the lines that differ. ``ecart`` is B minus A, ``None`` if unknown."""
    before = {line["id"]: line for line in theirs["indicateurs"]}
    rows = [
        {"libelle": line["libelle"], "a": before[line["id"]]["montant"], "b": line["montant"],
         "ecart": _gap(before[line["id"]]["montant"], line["montant"])}
        for line in ours["indicateurs"]
        if line["id"] in before and before[line["id"]]["montant"] != line["montant"]
    ]  # fmt: skip
    totals = [
        {"libelle": label, "a": theirs[key], "b": ours[key], "ecart": _gap(theirs[key], ours[key])}
        for key, label in (("montant", "Montant de l’année"), ("avance", "Avance"), ("solde", "Solde"))
    ]
    return {"totaux": totals, "lignes": rows}


def curve(situation: SituationAciMsp, top: int) -> list[AmountPoint]:
    """The amount for patientèles from 0 to ``top``, everything else equal."""
    counts = [round(top * step / CHART_STEPS) for step in range(1, CHART_STEPS + 1)]
    share = situation.patients_ald_ou_75_ans / situation.patientele if situation.patientele else 0
    varied = [_with_patients(situation, count, share) for count in counts]
    return [AmountPoint(count, run.amount) for count, run in zip(counts, simulate_batch(varied), strict=True)]


def chart(situation: SituationAciMsp, other: SituationAciMsp | None) -> str:
    """The SVG of the amount by patientèle, for one scenario or two."""
    top = chart_top(situation, other)
    name = "Scénario B" if other else "Votre situation"
    second = Scenario("Scénario A", curve(other, top), _here(other)) if other else None
    return amounts_by_patientele(
        curve(situation, top), _here(situation), second, name=name, references=[REFERENCE_PATIENTELE]
    )


def chart_top(situation: SituationAciMsp, other: SituationAciMsp | None) -> int:
    """The greatest patientèle of the chart, a round number."""
    greatest = max(situation.patientele, other.patientele if other else 0)
    return max(CHART_MINIMUM, -(-round(greatest * 1.5) // 1_000) * 1_000)


def _here(situation: SituationAciMsp) -> AmountPoint:
    return AmountPoint(situation.patientele, simulate(situation).amount)


def _with_patients(situation: SituationAciMsp, count: int, share: float) -> SituationAciMsp:
    """The same structure with ``count`` patients, the same share of them in ALD or aged, the same files studied."""
    ratio = count / situation.patientele if situation.patientele else 0
    changes = {
        "patientele": count,
        "patients_ald_ou_75_ans": min(count, round(share * count)),
        "dossiers_concertes": round(situation.dossiers_concertes * ratio),
    }
    return situation.model_copy(update=changes)


def _gap(before: str | None, after: str | None) -> Decimal | None:
    return None if before is None or after is None else Decimal(after) - Decimal(before)


def _group(
    rank: int, title: str, names: Sequence[str], query: QueryDict, problems: Mapping[str, Problem], year: int
) -> dict[str, Any]:
    fields = [_field(name, query, problems.get(name), year) for name in names]
    is_open = rank < 3 or any(field["error"] or query.get(field["name"]) for field in fields)
    return {"titre": title, "champs": fields, "ouvert": is_open}


def _field(name: str, query: QueryDict, problem: Problem | None, year: int) -> dict[str, Any]:
    info = SituationAciMsp.model_fields[name]
    typed = query.get(name, "")
    return {
        "name": name,
        "label": _label(name),
        "help": HELP.get(name, info.description),
        "kind": _kind(name),
        "choices": _choices(name),
        "value": typed or _default(name, year),
        "checked": typed == TRUE,
        "unit": UNITS.get(name, ""),
        "error": _error(problem),
    }


def _error(problem: Problem | None) -> str:
    if problem is None:
        return ""
    return problem.expected.replace("entre 0 et 1 : écrivez 0.5 pour 50 %", "entre 0 et 100 %")


def _label(name: str) -> str:
    return str(SituationAciMsp.model_fields[name].title)


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
    levels = LEVELS.get(name, 0)
    return [("", "Non atteint"), *((str(level), f"Niveau {level}") for level in range(1, levels + 1))] if levels else []


def _default(name: str, year: int) -> str:
    return {"annee": str(year), "mois_contrat": "12", "si_standard_mois": "12", "si_avance_mois": "12"}.get(name, "")
