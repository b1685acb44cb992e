"""Answers received for a dossier: read by the type of their field, keys and communes checked, texts screened."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from stdnum.exceptions import ValidationError as BadNumber
from stdnum.fr import siren, siret

from maillage.apps.common.screening import PatientData, screened
from maillage.apps.territories.directories.keys import finess_fault
from maillage.apps.territories.models import Commune
from maillage.core.dossiers.answers import read_answer
from maillage.core.dossiers.definition import Definition, FieldData
from maillage.core.kernel.problems import BadInput, Problem

FREE = ("texte", "texte_long")


def received(definition: Definition, given: Mapping[str, Any]) -> dict[str, Any]:
    """The values of what was given, ``None`` for an answer taken back.

    Raises :class:`BadInput` with every answer that cannot be kept; it is a ``PatientData`` when a text may tell a
    patient, with the problems of the other answers too.
    """
    fields = {field.code: field for field in definition.champs}
    values: dict[str, Any] = {}
    problems = [Problem(code, None, "une question de ce formulaire") for code in given if code not in fields]
    for code in [code for code in given if code in fields]:
        try:
            values[code] = _checked(fields[code], given[code])
        except BadInput as wrong:
            problems += wrong.problems
    try:
        screened({code: value for code, value in values.items() if value and fields[code].type in FREE})
    except PatientData as found:
        found.problems = (*problems, *found.problems)
        raise
    if problems:
        raise BadInput(problems)
    return values


def communes_in(definition: Definition, answers: Mapping[str, Any]) -> dict[str, str]:
    """The names of the communes that these answers hold, by code."""
    codes: list[str] = []
    for field in definition.champs:
        value = answers.get(field.code)
        if value and field.type in ("commune", "communes"):
            codes += value if isinstance(value, list) else [value]
    return dict(Commune.objects.filter(code__in=codes).values_list("code", "nom"))


def _checked(field: FieldData, given: Any) -> Any:
    value = read_answer(field, given)
    if value is None:
        return None
    fault = FAULTS[field.type](value) if field.type in FAULTS else ""
    if fault:
        raise BadInput([Problem(field.code, given, fault)])
    return value


def _unknown_commune(codes: Iterable[str]) -> str:
    wanted = set(codes)
    missing = wanted - set(Commune.objects.filter(code__in=wanted).values_list("code", flat=True))
    return "le code INSEE d'une commune d'aujourd'hui" if missing else ""


def _bad_finess(number: str) -> str:
    fault = finess_fault(number)
    return f"un numéro FINESS juste ({fault})" if fault else ""


def _bad_siren(number: str) -> str:
    return _fault(siren.validate, number, "un SIREN juste (sa clé est fausse)")


def _bad_siret(number: str) -> str:
    return _fault(siret.validate, number, "un SIRET juste (sa clé est fausse)")


def _fault(validate: Callable[[str], str], number: str, expected: str) -> str:
    try:
        validate(number)
    except BadNumber:
        return expected
    return ""


FAULTS: Mapping[str, Callable[[Any], str]] = {
    "commune": lambda code: _unknown_commune([code]),
    "communes": _unknown_commune,
    "finess": _bad_finess,
    "siren": _bad_siren,
    "siret": _bad_siret,
}
