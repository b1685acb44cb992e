"""What changed between two diagnoses of the same territory: figures, vintages, warnings, communes.

Both are JSON values (``Diagnosis.as_dict()``), so that a kept one can be compared whatever made it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from maillage.core.kernel import french

Json = Mapping[str, Any]
ISO_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
NOT_LOADED = "pas chargé"
STATES = {"alerte": "alerte", "a_verifier": "à vérifier", "respecte": "respecté", "information": "information"}
"""The words of the states of a warning."""


@dataclass(frozen=True)
class Change:
    """One thing that changed, before and after, in words, and why."""

    kind: str
    code: str
    label: str
    before: str
    after: str
    unit: str = ""
    why: str = ""

    def as_dict(self) -> dict[str, str]:
        """JSON of the change."""
        return {
            "nature": self.kind,
            "code": self.code,
            "libelle": self.label,
            "avant": self.before,
            "apres": self.after,
            "unite": self.unit,
            "pourquoi": self.why,
        }


def changes(before: Json, after: Json) -> tuple[Change, ...]:
    """Every change, the vintages first: they explain the others."""
    return (
        *_sources(before, after),
        *_figures(before, after),
        *_warnings(before, after),
        *_communes(before, after),
        *_parameters(before, after),
    )


def _sources(before: Json, after: Json) -> Iterator[Change]:
    old, new = ({each["cle"]: each for each in told["sources"]} for told in (before, after))
    checksums = [told["recette"].get("millesimes", {}) for told in (before, after)]
    for key in sorted(old.keys() | new.keys()):
        then, now = (_dated(each[key]["millesime"]) if key in each else NOT_LOADED for each in (old, new))
        label = (new.get(key) or old[key])["libelle"]
        if then != now:
            yield Change("millesime", key, label, then, now, why=_why_file(key in old, key in new))
        elif checksums[0].get(key) != checksums[1].get(key):
            yield Change("millesime", key, label, then, now, why="Le même millésime, d'un autre fichier.")


def _why_file(was_there: bool, is_there: bool) -> str:
    if was_there and is_there:
        return "Un autre millésime a été chargé."
    return "Un fichier a été ajouté." if is_there else "Le fichier n'est plus chargé."


def _figures(before: Json, after: Json) -> Iterator[Change]:
    old, new = _all_figures(before), _all_figures(after)
    for code in [*new, *(code for code in old if code not in new)]:
        then, now = old.get(code), new.get(code)
        told = now or then or {}
        if then is None or now is None:
            was, is_now = (each["texte"] if each else NOT_LOADED for each in (then, now))
            yield Change("chiffre", code, told["libelle"], was, is_now, told["unite"], _why_alone(told, bool(now)))
        elif then["valeur"] != now["valeur"] or then["texte"] != now["texte"]:
            yield Change("chiffre", code, now["libelle"], then["texte"], now["texte"], now["unite"], _why(then, now))


def _why_alone(told: Json, is_new: bool) -> str:
    vintage = f" ({_dated(told['millesime'])})" if told["millesime"] else ""
    return f"Son fichier a été ajouté{vintage}." if is_new else f"Son fichier n'est plus chargé{vintage}."


def _why(then: Json, now: Json) -> str:
    """A figure moves because of its vintage, else of another file or of the communes of the territory."""
    if then["millesime"] != now["millesime"]:
        return f"{_dated(then['millesime']) or NOT_LOADED} → {_dated(now['millesime']) or NOT_LOADED}"
    return "Même millésime : un fichier, le calcul ou les communes ont changé."


def _warnings(before: Json, after: Json) -> Iterator[Change]:
    old, new = ({each["code"]: each for each in told["avertissements"]} for told in (before, after))
    for code in sorted(old.keys() & new.keys()):
        was, now = (STATES.get(each[code]["etat"], each[code]["etat"]) for each in (old, new))
        if was != now:
            texts = (old[code]["texte"], new[code]["texte"])
            yield Change("avertissement", code, new[code]["titre"], *texts, why=f"{was} → {now}")


def _communes(before: Json, after: Json) -> Iterator[Change]:
    old, new = ({each["code"]: each["nom"] for each in told["communes"]} for told in (before, after))
    inside, outside, why = "dans le territoire", "hors du territoire", "La composition du territoire a changé."
    for code in sorted(new.keys() - old.keys()):
        yield Change("commune", code, new[code], outside, inside, why=why)
    for code in sorted(old.keys() - new.keys()):
        yield Change("commune", code, old[code], inside, outside, why=why)


def _parameters(before: Json, after: Json) -> Iterator[Change]:
    old, new = (told["recette"].get("parametres", {}) for told in (before, after))
    for path in sorted(old.keys() | new.keys()):
        if old.get(path) != new.get(path):
            was, now = (french.quantity(each[path]) if path in each else "pas employé" for each in (old, new))
            why = (
                "La valeur d'un texte a changé." if path in old and path in new else "Les règles regardées ont changé."
            )
            yield Change("parametre", path, path, was, now, why=why)


def _dated(vintage: str) -> str:
    """A vintage as a person reads it: « 2025-10-30 » in full."""
    return ISO_DAY.sub(_day, vintage)


def _day(found: re.Match[str]) -> str:
    try:
        return french.iso_day(found.group())
    except ValueError:
        return found.group()


def _all_figures(told: Json) -> dict[str, Json]:
    return {figure["code"]: figure for section in told["sections"] for figure in section["chiffres"]}
