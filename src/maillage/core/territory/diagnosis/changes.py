"""What changed between two diagnoses of the same territory: figures, vintages, warnings, communes.

Both are JSON values (``Diagnosis.as_dict()``), so that a kept one can be compared whatever made it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Change:
    """One thing that changed, before and after, in words; an empty text is what did not exist."""

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
        then, now = (each.get(key, {}).get("millesime", "") for each in (old, new))
        label = (new.get(key) or old[key])["libelle"]
        if then != now:
            yield Change("millesime", key, label, then, now)
        elif checksums[0].get(key) != checksums[1].get(key):
            yield Change("millesime", key, label, then, now, why="Le même millésime, d'un autre fichier.")


def _figures(before: Json, after: Json) -> Iterator[Change]:
    old, new = _all_figures(before), _all_figures(after)
    for code in [*new, *(code for code in old if code not in new)]:
        then, now = old.get(code), new.get(code)
        told = now or then or {}
        if then is None or now is None:
            was, is_now = (each["texte"] if each else "" for each in (then, now))
            yield Change("chiffre", code, told["libelle"], was, is_now, told["unite"])
        elif then["valeur"] != now["valeur"] or then["texte"] != now["texte"]:
            why = f"{then['millesime']} → {now['millesime']}" if then["millesime"] != now["millesime"] else ""
            yield Change("chiffre", code, now["libelle"], then["texte"], now["texte"], now["unite"], why)


def _warnings(before: Json, after: Json) -> Iterator[Change]:
    old, new = ({each["code"]: each for each in told["avertissements"]} for told in (before, after))
    for code in sorted(old.keys() & new.keys()):
        if old[code]["etat"] != new[code]["etat"]:
            yield Change("avertissement", code, new[code]["titre"], old[code]["texte"], new[code]["texte"])


def _communes(before: Json, after: Json) -> Iterator[Change]:
    old, new = ({each["code"]: each["nom"] for each in told["communes"]} for told in (before, after))
    for code in sorted(new.keys() - old.keys()):
        yield Change("commune", code, new[code], "", "dans le territoire")
    for code in sorted(old.keys() - new.keys()):
        yield Change("commune", code, old[code], "dans le territoire", "")


def _parameters(before: Json, after: Json) -> Iterator[Change]:
    old, new = (told["recette"].get("parametres", {}) for told in (before, after))
    for path in sorted(old.keys() | new.keys()):
        if old.get(path) != new.get(path):
            yield Change("parametre", path, path, str(old.get(path, "")), str(new.get(path, "")))


def _all_figures(told: Json) -> dict[str, Json]:
    return {figure["code"]: figure for section in told["sections"] for figure in section["chiffres"]}
