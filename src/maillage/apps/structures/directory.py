"""Looking a professional up in the RPPS that is loaded: by number, or by name where they practise."""

from collections.abc import Sequence
from dataclasses import dataclass

from maillage.apps.structures.metiers import metiers, name_of
from maillage.apps.territories.directories.keys import rpps_fault
from maillage.apps.territories.models import Commune, Practice
from maillage.core.kernel.french import fold
from maillage.core.kernel.problems import BadInput, Problem

MODES = {"L": "liberal", "S": "salarie", "B": "benevole"}
"""Codes of the mode of practice in the RPPS, as ours."""
MOST_FOUND = 50
SHORTEST = 2


@dataclass(frozen=True)
class Found:
    """An activity of a professional at a site, as the directory says it."""

    rpps: str
    nom: str
    prenom: str
    metier: str
    profession: str
    mode: str
    site: str
    commune: str
    commune_nom: str


def is_loaded() -> bool:
    """Whether an extraction of the RPPS is loaded."""
    return Practice.objects.exists()


def vintage() -> str:
    """Which extraction is loaded, empty when none is."""
    row = Practice.objects.select_related("source").first()
    return row.source.vintage if row else ""


def holds(rpps: str) -> bool:
    """Whether a professional of this number is in the directory."""
    return bool(rpps) and Practice.objects.filter(rpps=rpps).exists()


def look_up(words: str, communes: Sequence[str]) -> list[Found]:
    """The activities that answer: those of a number RPPS, else those of a name in one of these communes.

    A professional with two sites is found twice. Raises :class:`BadInput` when the number has a wrong key, when the
    name is too short, or when no commune says where to look for it.
    """
    number = "".join(words.split())
    if number.isdigit():
        return _found(by_number(number))
    key = fold(words)
    if len(key) < SHORTEST:
        raise BadInput([Problem("q", words or None, "un numéro RPPS de onze chiffres, ou un nom")])
    if not communes:
        raise BadInput([Problem("commune", None, "la commune d'exercice : un nom se cherche dans une commune")])
    return _found(_named(key, communes))


def by_number(number: str) -> list[Practice]:
    """The activities of a professional. Raises :class:`BadInput` when the number cannot be right."""
    if fault := rpps_fault(number):
        raise BadInput([Problem("q", number, f"un numéro RPPS de onze chiffres, dont la clé est juste ({fault})")])
    return list(Practice.objects.filter(rpps=number))


def _named(key: str, communes: Sequence[str]) -> list[Practice]:
    """Every word must begin a name or a first name.

    The index is by métier then commune: naming the métiers lets the base use it, where two million rows wait.
    """
    words, here = key.split(), Practice.objects.filter(metier__in=list(metiers()), commune__in=list(communes))
    return [
        row
        for row in here.order_by("nom", "prenom", "pk").iterator()
        if all(_begins(word, f"{row.nom} {row.prenom}") for word in words)
    ]


def _begins(word: str, name: str) -> bool:
    return any(part.startswith(word) for part in fold(name).split())


def _found(rows: Sequence[Practice]) -> list[Found]:
    kept = list(dict.fromkeys(_key(row) for row in rows))[:MOST_FOUND]
    names = dict(Commune.objects.filter(code__in={each[-1] for each in kept}).values_list("code", "nom"))
    return [
        Found(rpps, nom, prenom, metier, name_of(metier), mode, site, commune, names.get(commune, ""))
        for rpps, nom, prenom, metier, mode, site, commune in kept
    ]


def _key(row: Practice) -> tuple[str, ...]:
    return (row.rpps, row.nom, row.prenom, row.metier, MODES.get(row.mode, ""), row.site, row.commune)
