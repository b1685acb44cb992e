"""The answers of a situation of the ACI MSP in words, for documents and pages: question, answer, what differs."""

from collections.abc import Mapping
from typing import Any

from maillage.core.kernel import french
from maillage.core.rules.aci_msp.situation import SituationAciMsp

FIELDS = SituationAciMsp.model_fields
CLOSURES = {
    "aucune": "aucune",
    "jusqu_a_3_semaines": "3 semaines au plus, pendant les vacances scolaires",
    "plus_de_3_semaines": "plus de 3 semaines, ou plus d'une semaine hors vacances",
}
SHARES = frozenset({"part_medecins_sas", "taux_c2s", "taux_ame"})
LEVELS = frozenset(name for name in FIELDS if name.endswith("_niveau"))
UNITS = {
    "patientele": "patients",
    "associes": "professionnels",
    "amplitude_horaire": "heures",
    "si_standard_mois": "mois",
    "si_avance_mois": "mois",
    "mois_contrat": "mois",
}
NOT_GIVEN = "non donnée"


def label(name: str) -> str:
    """The question of a field, as the form asks it."""
    return str(FIELDS[name].title or name)


def answer(name: str, value: Any) -> str:
    """An answer with its unit: « 7 500 patients », « niveau 2 », « 12 % », « oui ».

    >>> answer("patientele", 7500), answer("qualite_niveau", 0), answer("taux_c2s", None)
    ('7\\u202f500\\xa0patients', 'non atteint', 'non donnée')
    """
    if value is None:
        return NOT_GIVEN
    if name in LEVELS:
        return f"niveau{french.NO_BREAK_SPACE}{value}" if value else "non atteint"
    if isinstance(value, str) or name == "annee":
        return CLOSURES.get(str(value), str(value))
    return french.quantity(value, "part" if name in SHARES else UNITS.get(name, ""))


def declared(inputs: Mapping[str, Any]) -> list[dict[str, str]]:
    """``nom`` and ``valeur`` of what was declared, in the order of the form; what was left as it was is not said."""
    return [
        {"nom": label(name), "valeur": answer(name, inputs[name])}
        for name, field in FIELDS.items()
        if inputs.get(name) not in (None, field.default)
    ]


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[dict[str, str]]:
    """``nom``, ``a`` and ``b`` of each answer that two situations do not share, in the order of the form."""
    pairs = {name: (before.get(name, field.default), after.get(name, field.default)) for name, field in FIELDS.items()}
    return [
        {"nom": label(name), "a": answer(name, first), "b": answer(name, second)}
        for name, (first, second) in pairs.items()
        if first != second
    ]
