"""What the document of a simulation says: texts ready to be laid out, from the simulator's answer."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from maillage.core.documents import citations, svg, wording
from maillage.core.documents.comparison import Told, compare, written
from maillage.core.documents.situation_words import declared
from maillage.core.kernel import french
from maillage.core.rules.aci_msp.answered import to_specify

AXES = {1: "Accès aux soins", 2: "Travail en équipe et coordination", 3: "Système d'information"}
MET, MISSING, UNSAID = "remplie", "manquante", "inconnue"
WORDS = {MET: "Rempli", MISSING: "Manquant", UNSAID: "À préciser"}
GAINS_SHOWN = 4
Row = Mapping[str, Any]


def simulation_content(
    simulation: Row,
    *,
    inputs: Row,
    today: datetime.date,
    title: str = "",
    address: str = "",
    chart: str = "",
    reference: Told | None = None,
) -> dict[str, Any]:
    """Data of ``simulation.typ``: French text, amounts written; ``reference`` is the scenario A, this one then is B."""
    indicators, sums = simulation["indicateurs"], simulation["sommes"]
    parameters = citations.parameters_of([*sums, *indicators])
    texts, unsaid = citations.texts_of(parameters), to_specify(simulation["prerequis_manquants"], inputs)
    return {
        "titre": title or f"ACI de votre maison de santé en {inputs['annee']}",
        "sous_titre": _team(inputs),
        "resume_metadonnees": f"L'ACI d'une maison de santé en {inputs['annee']}, calculé pas à pas.",
        "jour": french.day(today),
        "adresse": wording.printed(address),
        "montant": wording.amount(simulation["montant"]),
        "montant_si_prerequis": _conditional(simulation),
        "reperes": _key_figures(simulation),
        "alerte": _warning(simulation, unsaid),
        "suppose": _supposed(simulation, unsaid),
        "prerequis": _prerequisites(indicators, simulation["prerequis_manquants"], unsaid),
        "gains": _gains(simulation),
        "gains_montres": GAINS_SHOWN,
        "sommes": [_sum(row) for row in sums],
        "axes": [_axis(axis, indicators) for axis in AXES if any(row["axe"] == axis for row in indicators)],
        "a_confirmer": list(simulation["a_confirmer"]),
        "comparaison": _comparison(reference, Told(simulation, inputs)) if reference else None,
        "parametres": [citations.told(row, texts) for row in parameters],
        "textes": [{"titre": title, "url": url} for title, url in texts],
        "declare": declared(inputs),
        "graphique": _chart(chart),
    }


def _conditional(simulation: Row) -> str:
    """The amount that the missing prerequisites would bring; "" when none is missing."""
    return wording.amount(simulation["montant_si_prerequis"]) if simulation["prerequis_manquants"] else ""


def _sum(row: Row) -> dict[str, str]:
    return {"libelle": row["libelle"], "explication": row["explication"], "montant": wording.amount(row["montant"])}


def _comparison(before: Told, after: Told) -> dict[str, Any]:
    """The two scenarios side by side, amounts written."""
    return {
        "a": f"{before.inputs['annee']}, {_team(before.inputs)}",
        "b": f"{after.inputs['annee']}, {_team(after.inputs)}",
        **written(compare(before, after)),
    }


def _chart(image: str) -> dict[str, str] | None:
    """The drawing and the text that says the same to those who do not see it."""
    return {"svg": image, "alternative": svg.alternative(image)} if image else None


def _team(inputs: Row) -> str:
    patients, members = inputs["patientele"], inputs["associes"]
    return (
        f"{french.number(patients)} {french.plural(patients, 'patient')}, "
        f"{french.number(members)} {french.plural(members, 'professionnel associé', 'professionnels associés')}"
    )


def _key_figures(simulation: Row) -> list[dict[str, str]]:
    """The figures beside the amount; those of the prerequisites reached when it is the amount that they would bring."""
    increase, balance = simulation["majoration"], simulation["solde"]
    points = [{"nom": "Points", "valeur": _points(simulation["points"])}]
    if simulation["prerequis_manquants"]:
        points, balance = [], str(Decimal(simulation["montant_si_prerequis"]) - Decimal(simulation["avance"]))
    return [
        *points,
        {"nom": "Majoration de précarité", "valeur": wording.UNKNOWN if increase is None else french.percent(increase)},
        {"nom": "Avance", "valeur": wording.amount(simulation["avance"])},
        {"nom": "Solde", "valeur": wording.amount(balance)},
    ]


def _points(points: float | None) -> str:
    return wording.UNKNOWN if points is None else french.number(points)


def _supposed(simulation: Row, unsaid: Sequence[str]) -> str:
    """What the amount supposes when nothing was answered of any missing prerequisite."""
    count = len(unsaid)
    if not count or count < len(simulation["prerequis_manquants"]):
        return ""
    held = "qu'il est rempli" if count == 1 else "qu'ils sont remplis"
    return f"{count} prérequis à préciser : le montant suppose {held}. Sans tous les prérequis, rien n'est versé."


def _warning(simulation: Row, unsaid: Sequence[str]) -> str:
    count = len(simulation["prerequis_manquants"]) - len(unsaid)
    if not count:
        return ""
    missing = "Un prérequis manque" if count == 1 else f"{count} prérequis manquent"
    return f"{missing} : sans tous les prérequis, rien n'est versé pour l'année."


def _prerequisites(indicators: Iterable[Row], missing: Sequence[str], unsaid: Sequence[str]) -> list[dict[str, Any]]:
    return [
        {
            "etat": wording.icon_state(
                state := UNSAID if row["id"] in unsaid else MISSING if row["id"] in missing else MET
            ),
            "mot": WORDS[state],
            "libelle": row["libelle"],
            "manque": row["manque"] if state != MET else None,
        }
        for row in indicators
        if row["niveau"] == "prérequis" or row["id"] in missing
    ]


def _gains(simulation: Row) -> list[dict[str, str]]:
    """What is left to gain, the greatest first, each action with the names of the lines that it raises."""
    names = {row["id"]: row["libelle"] for row in simulation["indicateurs"]}
    return [
        {
            "libelle": " · ".join(names.get(name, name) for name in gain["indicateurs"]),
            "manque": gain["action"],
            "gain": wording.amount(gain["montant"]),
        }
        for gain in simulation["gains"]
    ]


def _axis(axis: int, indicators: Iterable[Row]) -> dict[str, Any]:
    rows = [row for row in indicators if row["axe"] == axis]
    return {"titre": f"Axe {axis} : {AXES[axis]}", "indicateurs": [_indicator(row) for row in rows]}


def _indicator(row: Row) -> dict[str, Any]:
    return {
        "libelle": row["libelle"],
        "niveau": row["niveau"],
        "points": _points(row["points"]),
        "montant": wording.amount(row["montant"]),
        "explication": row["explication"],
        "a_confirmer": any(parameter["a_confirmer"] for parameter in row["parametres"]),
    }
