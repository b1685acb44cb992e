"""The figures of the diagnosis of a project that an action may answer to."""

from collections.abc import Iterable, Mapping
from typing import Any

from maillage.apps.diagnostics.models import KeptDiagnosis
from maillage.apps.projets.models import Projet
from maillage.apps.structures.models import Structure

Need = dict[str, Any]


def needs(structure: Structure) -> dict[str, Need]:
    """The figures of the diagnosis that have a value, by code: ``cle``, ``libelle``, ``valeur``, ``millesime``."""
    kept = diagnosis_of(structure)
    told = kept.result if kept else {"sections": []}
    figures = [figure for section in told["sections"] for figure in section["chiffres"]]
    return {figure["code"]: _need(figure) for figure in figures if figure["valeur"] is not None}


def diagnosis_of(structure: Structure) -> KeptDiagnosis | None:
    """The diagnosis joined to the last project of the structure that has one and is not archived."""
    rows = Projet.objects.filter(structure=structure, diagnosis__isnull=False).exclude(state=Projet.State.ARCHIVE)
    last = rows.select_related("diagnosis").first()
    return last.diagnosis if last else None


def choices(structure: Structure, kept: Mapping[str, Any]) -> list[tuple[str, str]]:
    """For a list of choices; ``kept`` is the need of a sheet, offered as it was even when the diagnosis changed."""
    found = needs(structure)
    rows = [(key, _words(need)) for key, need in found.items()]
    if kept and kept["cle"] not in found:
        rows.append((str(kept["cle"]), f"{_words(kept)} (ancien diagnostic)"))
    return [("", "Aucun chiffre du diagnostic"), *rows]


def chosen(structure: Structure, key: str, kept: Mapping[str, Any]) -> Need:
    """The need of this key as the diagnosis tells it now; ``kept`` when the diagnosis does not have it any more."""
    if not key:
        return {}
    return needs(structure).get(key) or (dict(kept) if kept and kept["cle"] == key else {})


def first_of(structure: Structure, keys: Iterable[str]) -> str:
    """The first of these figures that the diagnosis has, empty when it has none."""
    found = needs(structure)
    return next((key for key in keys if key in found), "")


def _need(figure: Mapping[str, Any]) -> Need:
    unit = f" {figure['unite']}" if figure["unite"] else ""
    return {
        "cle": figure["code"],
        "libelle": figure["libelle"],
        "valeur": f"{figure['texte']}{unit}",
        "millesime": figure["millesime"],
    }


def _words(need: Mapping[str, Any]) -> str:
    return f"{need['libelle']} : {need['valeur']} ({need['millesime']})"
