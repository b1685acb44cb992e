"""The list of the aids: those of the structures, as the nation and each region write them, and those of simulators."""

import datetime
import functools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from maillage.core.rules.aids.aid import EVERY_PROFESSION, Aid, Place
from maillage.core.rules.base import STRUCTURE_CODES
from maillage.core.rules.orientation import packs
from maillage.core.rules.orientation.aid_data import AidData
from maillage.core.rules.regions import pack_codes
from maillage.core.rules.simulation.spec import LineSpec
from maillage.core.rules.simulators import SIMULATORS
from maillage.core.rules.system import system

TAKEN = Path(__file__).parent / "simulateurs.yaml"
INDIVIDUAL = "aides"
YEAR = (" : l'année demandée", " : l'année", ", pour tout le contrat")


@functools.cache
def aids() -> tuple[Aid, ...]:
    """Every aid, those of the structures first."""
    return (*_of_structures(), *_of_simulators())


@functools.cache
def aid_named(name: str) -> Aid | None:
    """The aid of this id."""
    return next((aid for aid in aids() if aid.id == name), None)


@functools.cache
def replaced(region: str) -> frozenset[str]:
    """Ids of the national aids that a region writes in its own way."""
    return frozenset(aid.id for aid in packs.pack(region).financements) if region else frozenset()


def where(aid: Aid) -> str:
    """Where an aid is given, in words; empty for the whole nation."""
    return aid.place.name if aid.place else packs.pack(aid.region).nom if aid.region else ""


def data_of(aid: Aid) -> AidData:
    """What the data says of an aid of a structure."""
    written = packs.pack(aid.region).financements if aid.region else packs.nation().financements
    return next(each for each in written if each.id == aid.name)


def regional_id(region: str, name: str) -> str:
    """The id of an aid in the list: that of the nation is its name."""
    return f"{region}-{name}" if region else name


@functools.cache
def taken() -> dict[str, Any]:
    """What is taken from the simulators."""
    content: dict[str, Any] = yaml.safe_load(TAKEN.read_text("utf-8"))
    return content


def _of_structures() -> Iterator[Aid]:
    for region in ("", *pack_codes()):
        written = packs.pack(region).financements if region else packs.nation().financements
        own = {aid.id for aid in written}
        for code in STRUCTURE_CODES:
            for data in written:
                if data.structure == code:
                    yield _of_data(data, region, own)


def _of_data(data: AidData, region: str, own: set[str]) -> Aid:
    """``own``: ids that the region writes; the others are those of the nation."""
    excluded = [regional_id(region if name in own else "", name) for name in (*data.exclut, *data.exclu_par)]
    return Aid(
        id=regional_id(region, data.id),
        name=data.id,
        label=data.libelle,
        who=(data.structure,),
        region=region,
        payer=data.payeur,
        kinds=data.kinds,
        steps=data.steps,
        unit=data.unite,
        since=_day(data.depuis),
        until=_day(data.jusqu_a),
        request=data.demande or f"À demander : {data.payeur}.",
        simulator=taken()["meme_aide"].get(data.id, ""),
        is_line=False,
        excludes=tuple(dict.fromkeys(excluded)),
    )


def _of_simulators() -> Iterator[Aid]:
    lines = [(name, variable, variable.spec) for name, variable in system().variables.items()]
    kept = [
        line for line in lines if isinstance(getattr(line[1], "spec", None), LineSpec) and _is_taken(line[0], line[2])
    ]
    by_rule = {(spec.simulator, spec.id): name for name, _, spec in kept}
    for name, variable, spec in kept:
        yield _of_line(name, variable, spec, by_rule)


def _is_taken(name: str, spec: LineSpec) -> bool:
    if spec.simulator != INDIVIDUAL:
        return name in taken()["aides"]
    return spec.nature == "montant" and name not in taken()["ecartees"]


def _of_line(name: str, variable: Any, spec: LineSpec, by_rule: dict[tuple[str, str], str]) -> Aid:
    said = taken()["defaut"].get(spec.simulator, {}) | taken()["aides"].get(name, {})
    label = taken()["noms"].get(name, variable.label)
    for end in YEAR:
        label = label.removesuffix(end)
    structure = SIMULATORS[spec.simulator].structure
    rivals = [by_rule[spec.simulator, rule] for rule in spec.excludes if (spec.simulator, rule) in by_rule]
    return Aid(
        id=name,
        name=name,
        label=label,
        who=tuple(said.get("qui", ())) or ((structure,) if structure else spec.shown_for[1:] or EVERY_PROFESSION),
        region="",
        payer=said.get("payeur", spec.who[:1].upper() + spec.who[1:]),
        kinds=tuple(said["types"]),
        steps=tuple(said["etapes"]),
        unit=(variable.unit or "").removeprefix("euros").strip(),
        since=None,
        until=None,
        request=f"À demander : {spec.who or said['payeur']}. {spec.todo}".strip(),
        simulator=spec.simulator,
        is_line=True,
        excludes=tuple(rivals),
        line=spec.id,
        place=_place(said.get("lieu")),
    )


def _place(said: dict[str, str] | None) -> Place | None:
    return Place(said["nom"], said["region"], said.get("departement", "")) if said else None


def _day(date: datetime.date) -> datetime.date | None:
    return None if date in (datetime.date.min, datetime.date.max) else date
