"""What may be wrong in ``pack.yaml`` beyond its shape: names that do not exist, an id twice, days in disorder."""

import datetime
from collections.abc import Iterator
from typing import Any

from maillage.core.rules.orientation.packs import Pack, pack
from maillage.core.rules.packs.checks.document import Document
from maillage.core.rules.packs.checks.nation import known, one_of
from maillage.core.rules.regions import REGIONS, pack_codes

LISTS = ("accompagnements", "financements", "appels")
SOURCED = ("contacts", "rubriques", "reperes")
PATHS = {"accompagnements": ("parametre",), "financements": ("parametre", "minimum", "maximum", "population_minimale")}
PERIODS = (("depuis", "jusqu_a"), ("ouvert_le", "ferme_le"))
Place = tuple[str | int, ...]


def check_description(document: Document, code: str) -> None:
    """Note everything that is wrong in the description of a pack whose folder is ``code``."""
    if document.data is None and document.findings:
        return
    document.check(Pack)
    if not isinstance(document.data, dict):
        return
    if document.data.get("code", code) != code:
        document.refuse(("code",), document.data["code"], f"« {code} », le nom du dossier")
    _check_regions(document, code)
    _check_steps(document)
    for name in LISTS:
        _check_ids(document, name)
    for place, line in _lines(document, *LISTS, *SOURCED):
        _check_line(document, place, line)


def _check_regions(document: Document, code: str) -> None:
    taken = {region: other for other in pack_codes() if other != code for region in pack(other).regions}
    for rank, region in enumerate(_list(document.data.get("regions"))):
        if isinstance(region, str) and region not in REGIONS:
            listed = ", ".join(f"{number} {name}" for number, name in REGIONS.items())
            document.refuse(("regions", rank), region, f"le code INSEE d'une région : {listed}")
        elif str(region) in taken:
            document.refuse(
                ("regions", rank), region, f"une région sans politique : celle-ci suit « {taken[str(region)]} »"
            )
    if document.data.get("regions") == []:
        document.refuse(("regions",), [], "au moins un code de région")


def _check_steps(document: Document) -> None:
    steps = document.data.get("etapes")
    for structure, added in steps.items() if isinstance(steps, dict) else ():
        for step in added if isinstance(added, dict) else ():
            _check_step(document, ("etapes", structure, step), structure, step)


def _check_step(document: Document, place: Place, structure: Any, step: Any) -> None:
    accepted = known().steps.get(str(structure))
    if accepted and step not in accepted:
        words = f"une étape de la structure {structure} : {', '.join(accepted)}"
        document.refuse(place, step, one_of(step, accepted, words))


def _check_ids(document: Document, name: str) -> None:
    first: dict[Any, int] = {}
    for place, line in _lines(document, name):
        identifier = str(line.get("id"))
        if identifier in first:
            document.refuse((*place, "id"), identifier, f"un autre nom : il est déjà pris ligne {first[identifier]}")
        first.setdefault(identifier, document.line((*map(str, place), "id")))


def _check_line(document: Document, place: Place, line: dict[str, Any]) -> None:
    section = str(place[0])
    _check_paths(document, place, line, PATHS.get(section, ()))
    _check_conditions(document, place, line)
    if section == "accompagnements":
        _check_step(document, (*place, "etape"), line.get("structure"), line.get("etape"))
        _check_replaced(document, place, line)
    for begin, end in PERIODS:
        _check_period(document, place, line, begin, end)
    if "source" in line and not str(line["source"] or "").strip():
        document.refuse((*place, "source"), None, "le titre du texte ou de la page d'où vient la ligne")


def _check_paths(document: Document, place: Place, line: dict[str, Any], fields: tuple[str, ...]) -> None:
    for field in fields:
        if line.get(field) and str(line[field]) not in known().parameters:
            words = "le chemin d'un paramètre national"
            document.refuse((*place, field), line[field], one_of(line[field], known().parameters, words))
    if line.get("par_taille") and str(line["par_taille"]) not in known().groups:
        words = "un dossier de paramètres nationaux"
        document.refuse((*place, "par_taille"), line["par_taille"], one_of(line["par_taille"], known().groups, words))


def _check_conditions(document: Document, place: Place, line: dict[str, Any]) -> None:
    for rank, condition in enumerate(_list(line.get("conditions"))):
        for rule in _list(condition.get("regles")) if isinstance(condition, dict) else ():
            if str(rule) not in known().rules:
                document.refuse((*place, "conditions", rank, "regles"), rule, one_of(rule, known().rules, "une règle"))


def _check_replaced(document: Document, place: Place, line: dict[str, Any]) -> None:
    for rank, name in enumerate(_list(line.get("remplace"))):
        if str(name) not in known().supports:
            words = "un accompagnement national"
            document.refuse((*place, "remplace", rank), name, one_of(name, known().supports, words))


def _check_period(document: Document, place: Place, line: dict[str, Any], begin: str, end: str) -> None:
    first, last = line.get(begin), line.get(end)
    if isinstance(first, datetime.date) and isinstance(last, datetime.date) and last < first:
        document.refuse((*place, end), last.isoformat(), f"un jour qui ne précède pas {begin} ({first.isoformat()})")


def _lines(document: Document, *names: str) -> Iterator[tuple[Place, dict[str, Any]]]:
    for name in names:
        for rank, line in enumerate(_list(document.data.get(name))):
            if isinstance(line, dict):
                yield (name, rank), line


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
