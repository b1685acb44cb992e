"""The zonage of each commune by profession, and the aids that each class opens."""

import datetime
import functools
from collections import Counter
from collections.abc import Iterable, Mapping

from maillage.core.kernel import french
from maillage.core.kernel.spelling import spelled
from maillage.core.territory.diagnosis.material import Zoned
from maillage.core.territory.diagnosis.measures import Measured, Place
from maillage.core.territory.diagnosis.results import Cell, Column, Table, ZoneAid, ZoneAids

ORDER = ("zip", "tres_sous_dotee", "zac", "sous_dotee", "sous_dense")
"""The classes that open aids, in the order in which they are shown; the others come after."""
DOCTORS = ("medecin_generaliste", "medecin", "medecin_specialiste")
PARTS = {"qpv_zip": "zip", "gq_zip": "zip", "qpv_zac": "zac", "gq_zac": "zac"}
"""Classes of a part of a commune (a quartier prioritaire, a grand quartier), and the zone that this part is in."""
IN_A_PART = "Dans les seuls quartiers classés de ces communes."
NO_AID = "Aucune aide individuelle propre à cette zone n'est connue de Maillage pour cette profession."
UNKNOWN_CLASS = "inconnu (aucun classement chargé)"
POSSIBLE = "Chaque aide a ses conditions : la zone l'ouvre, elle ne suffit pas."


def zoning_tables(zonings: Iterable[Zoned], places: Iterable[Place], population: Measured | None) -> tuple[Table, ...]:
    """How many communes and inhabitants each class holds, then the class of every commune by profession."""
    rows = list(zonings)
    if not rows:
        return ()
    known = population.by_place if population else {}
    communes = list(places)
    return _by_class(rows, communes, known), _by_commune(rows, communes)


def unclassed(zonings: Iterable[Zoned], places: Iterable[Place]) -> dict[str, int]:
    """By profession whose zonage is loaded, how many communes have no class, when some have none."""
    classed: dict[str, set[str]] = {}
    for row in zonings:
        classed.setdefault(row.profession, set()).add(row.commune)
    codes = {place.code for place in places}
    return {name: len(codes - held) for name, held in sorted(classed.items()) if codes - held}


def classes_by_commune(zonings: Iterable[Zoned]) -> dict[str, dict[str, str]]:
    """By commune, by profession, the class in words."""
    found: dict[str, dict[str, str]] = {}
    for row in zonings:
        found.setdefault(row.commune, {})[row.profession] = zone_name(row.zone, row.written)
    return found


def zone_name(zone: str, written: str = "") -> str:
    """A class in words: ours when we have one, else what the file says."""
    from maillage.core.rules.aides.choices import ZONES

    return ZONES.get(zone) or (spelled(zone) if zone else written)


def zone_aids(zonings: Iterable[Zoned], day: datetime.date) -> tuple[ZoneAids, ...]:
    """By profession and class, the individual aids that the class opens on ``day``: those that outside it are refused.

    The rules are those of the simulator of individual aids, asked twice: in the zone, and out of any zone.
    """
    counts = Counter((row.profession, row.zone) for row in zonings)
    ordered = sorted(counts, key=lambda key: (key[0] not in DOCTORS, key[0], _rank(key[1]), key[1]))
    found = []
    for profession, zone in ordered:
        aids = opened(profession, PARTS.get(zone, zone), day)
        if aids is not None:
            note = f"{IN_A_PART if zone in PARTS else ''} {POSSIBLE if aids else NO_AID}".strip()
            name = spelled(profession)
            found.append(ZoneAids(profession, name, zone, zone_name(zone), counts[profession, zone], aids, note))
    return tuple(found)


@functools.lru_cache(maxsize=256)
def opened(profession: str, zone: str, day: datetime.date) -> tuple[ZoneAid, ...] | None:
    """The aids of a profession that only the zone opens, ``None`` for a class that is no zone of aids."""
    from maillage.core.rules.aides.choices import PARAMEDICS, ZONES
    from maillage.core.rules.aids.catalogue import aids

    if zone not in ZONES or zone == "hors_zone":
        return None
    who = "medecin_generaliste" if profession in DOCTORS else profession
    if who not in (*PARAMEDICS, "medecin_generaliste"):
        return ()
    inside, outside = _states(who, zone, day), _states(who, "hors_zone", day)
    names = {name for name, state in inside.items() if state != "exclu" and outside.get(name) == "exclu"}
    return tuple(ZoneAid(aid.id, aid.label, _amount(aid.id, day)) for aid in aids() if aid.is_line and aid.id in names)


def _states(profession: str, zone: str, day: datetime.date) -> Mapping[str, str]:
    from maillage.core.kernel.problems import read
    from maillage.core.rules.aides.situation import SIMULATOR, SituationAides
    from maillage.core.rules.simulation.engine import simulate

    situation = read(SituationAides, {"date": day.isoformat(), "profession": profession, "zone": zone})
    return {line.name: line.state for line in simulate(SIMULATOR, situation).lines if line.nature == "montant"}


def _amount(name: str, day: datetime.date) -> str:
    """« de 3 000 € à 14 250 € par an », as the texts of the day give it."""
    from maillage.core.rules.aids.catalogue import aid_named
    from maillage.core.rules.aids.on_day import on_day

    aid = aid_named(name)
    given = on_day(aid, day) if aid else None
    if given is None or given.high is None:
        return french.UNKNOWN
    low, high = given.low or given.high, given.high
    said = french.euros(high) if low == high else f"de {french.euros(low)} à {french.euros(high)}"
    return f"{said} {given.unit}".strip()


def _rank(zone: str) -> int:
    return ORDER.index(zone) if zone in ORDER else len(ORDER)


def _by_class(rows: list[Zoned], places: list[Place], population: Mapping[str, float | None]) -> Table:
    groups: dict[str, dict[str, list[Zoned]]] = {}
    for row in rows:
        groups.setdefault(row.profession, {}).setdefault(row.zone, []).append(row)
    lines = []
    for profession, zones in sorted(groups.items()):
        for zone in sorted(zones, key=lambda zone: (_rank(zone), zone)):
            codes = [row.commune for row in zones[zone]]
            lines.append(_line(profession, zone_name(zone, zones[zone][0].written), codes, population))
        classed = {row.commune for zoned in zones.values() for row in zoned}
        left = [place.code for place in places if place.code not in classed]
        if left:
            lines.append(_line(profession, UNKNOWN_CLASS, left, population))
    columns = (
        Column("Profession"), Column("Zone"), Column("Communes", 0), Column("Habitants", 0),
        Column("Part des habitants (%)", 1),
    )  # fmt: skip
    return Table("zonage_par_classe", "Le zonage par profession", columns, tuple(lines), _source(rows))


def _line(profession: str, zone: str, codes: list[str], population: Mapping[str, float | None]) -> tuple[Cell, ...]:
    """A class: how many communes and inhabitants it holds, and their share of those of the territory."""
    total = sum(value or 0 for value in population.values())
    inhabitants = [population.get(code) for code in codes]
    known = sum(value for value in inhabitants if value is not None) if None not in inhabitants else None
    share = 100 * known / total if known is not None and total else None
    return spelled(profession), zone, len(codes), known, share


def _by_commune(rows: list[Zoned], places: list[Place]) -> Table:
    professions = sorted({row.profession for row in rows})
    known = classes_by_commune(rows)
    columns = (Column("Code"), Column("Commune"), *(Column(spelled(name).capitalize()) for name in professions))
    lines = tuple(
        (place.code, place.name, *(known.get(place.code, {}).get(name) for name in professions)) for place in places
    )
    return Table("zonage_par_commune", "Le zonage de chaque commune", columns, lines, _source(rows))


def _source(rows: list[Zoned]) -> str:
    days = sorted({row.since for row in rows if row.since})
    if not days:
        return f"Zonages des ARS, {', '.join(sorted({row.vintage for row in rows}))}"
    last = f" au {french.day(days[-1])}" if len(days) > 1 else ""
    return f"Zonages des ARS, arrêtés du {french.day(days[0])}{last}"
