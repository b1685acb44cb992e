"""What the document of a simulation says: texts ready to be laid out, from the simulator's answer."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from maillage.core.documents import svg, wording
from maillage.core.kernel import french
from maillage.core.rules.aci_msp.situation import SituationAciMsp

AXES = {1: "Accès aux soins", 2: "Travail en équipe et coordination", 3: "Système d'information"}
MET, MISSING = "remplie", "manquante"
GAINS_SHOWN = 4
CHOICES = {
    "aucune": "aucune",
    "jusqu_a_3_semaines": "jusqu'à 3 semaines",
    "plus_de_3_semaines": "plus de 3 semaines",
}

SHARES = {"part_medecins_sas", "taux_c2s", "taux_ame"}

Row = Mapping[str, Any]


def simulation_content(
    simulation: Row, *, inputs: Row, today: datetime.date, title: str = "", address: str = "", chart: str = ""
) -> dict[str, Any]:
    """Data of ``simulation.typ``: French text only, amounts and numbers already written."""
    indicators: Sequence[Row] = simulation["indicateurs"]
    parameters = _parameters(indicators)
    texts = _texts(parameters)
    return {
        "titre": title or f"ACI de votre maison de santé en {inputs['annee']}",
        "sous_titre": _team(inputs),
        "resume_metadonnees": f"L'ACI d'une maison de santé en {inputs['annee']}, calculé pas à pas.",
        "jour": french.day(today),
        "adresse": wording.printed(address),
        "montant": wording.amount(simulation["montant"]),
        "reperes": _key_figures(simulation),
        "alerte": _warning(simulation),
        "prerequis": _prerequisites(indicators, simulation["prerequis_manquants"]),
        "gains": _gains(indicators),
        "gains_montres": GAINS_SHOWN,
        "majore": bool(simulation["majoration"]),
        "axes": [_axis(axis, indicators) for axis in AXES if any(row["axe"] == axis for row in indicators)],
        "a_confirmer": list(simulation["a_confirmer"]),
        "parametres": [_parameter(row, texts) for row in parameters],
        "textes": [{"titre": title, "url": url} for title, url in texts],
        "declare": _declared(inputs),
        # While a prerequisite is missing, the curve is a flat zero that teaches nothing.
        "graphique": None if simulation["prerequis_manquants"] else _chart(chart),
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
    increase = simulation["majoration"]
    return [
        {"nom": "Points", "valeur": _points(simulation["points"])},
        {"nom": "Majoration de précarité", "valeur": wording.UNKNOWN if increase is None else french.percent(increase)},
        {"nom": "Avance", "valeur": wording.amount(simulation["avance"])},
        {"nom": "Solde", "valeur": wording.amount(simulation["solde"])},
    ]


def _points(points: float | None) -> str:
    return wording.UNKNOWN if points is None else french.number(points)


def _warning(simulation: Row) -> str:
    count = len(simulation["prerequis_manquants"])
    if not count:
        return ""
    missing = "Un prérequis manque" if count == 1 else f"{count} prérequis manquent"
    return f"{missing} : sans tous les prérequis, l'ACI n'est pas versé pour l'année."


def _prerequisites(indicators: Iterable[Row], missing: Sequence[str]) -> list[dict[str, Any]]:
    return [
        {
            "etat": wording.icon_state(state := MISSING if row["id"] in missing else MET),
            "mot": "Manquant" if state == MISSING else "Rempli",
            "libelle": row["libelle"],
            "manque": row["manque"] if state == MISSING else None,
        }
        for row in indicators
        if row["niveau"] == "prérequis" or row["id"] in missing
    ]


def _gains(indicators: Iterable[Row]) -> list[dict[str, str]]:
    """What is left to gain, the greatest first; a line closed to newcomers has nothing to gain."""
    left = [row for row in indicators if row["manque"] and row["gain_possible"] is not None]
    rows = sorted(left, key=lambda row: -float(row["gain_possible"]))
    return [
        {"libelle": row["libelle"], "manque": row["manque"], "gain": wording.amount(row["gain_possible"])}
        for row in rows
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


def _parameters(indicators: Iterable[Row]) -> list[Row]:
    """Each parameter used, once, in the order of the grid."""
    return list({parameter["chemin"]: parameter for row in indicators for parameter in row["parametres"]}.values())


def _texts(parameters: Iterable[Row]) -> list[tuple[str, str]]:
    """Each text cited, once: its title and its address; the rank in this list is its number."""
    cited = ((text["titre"], wording.link(text["url"])) for row in parameters for text in row["textes"])
    return list(dict.fromkeys(cited))


def _parameter(row: Row, texts: Sequence[tuple[str, str]]) -> dict[str, Any]:
    return {
        "libelle": row["libelle"],
        "valeur": french.quantity(row["valeur"], row["unite"]),
        "validite": wording.validity(row["depuis"], row["jusqu_a"]),
        "confiance": row["confiance"],
        "a_confirmer": row["a_confirmer"],
        "textes": [texts.index((text["titre"], wording.link(text["url"]))) + 1 for text in row["textes"]],
    }


def _declared(inputs: Row) -> list[dict[str, str]]:
    """What was declared, in the order of the form and with its words; what was left as it was is not repeated."""
    return [
        {"nom": str(field.title or name), "valeur": _answer(name, inputs[name])}
        for name, field in SituationAciMsp.model_fields.items()
        if inputs.get(name) not in (None, field.default)
    ]


def _answer(name: str, value: Any) -> str:
    if name == "annee":
        return str(value)
    if isinstance(value, str):
        return CHOICES.get(value, value)
    return french.quantity(value, "part" if name in SHARES else "")
