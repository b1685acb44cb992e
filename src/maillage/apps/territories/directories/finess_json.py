"""FINESS+ as JSON: the open flows « structures » and « activités » of the ANS, read one legal entity at a time.

The file is several hundred megabytes unpacked. Two editions of the schema are known, which differ by the case of some
names and by codes written alone or in an object: both are read. What the schema requires and this reader uses is
checked: an establishment that lacks it is left out with the reason. Coordinates are in degrees (« direction… »).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from maillage.apps.territories.directories import json_stream
from maillage.apps.territories.directories.finess_rows import Facilities, FacilityRow, Written, degrees
from maillage.apps.territories.official.files import Member
from maillage.apps.territories.reading.rows import LoadError
from maillage.apps.territories.tables import Report, silent

STRUCTURES, ACTIVITIES = "structures", "activites"
ACTIVE = "A"
"""« Actif » in the nomenclature TRE_R386 (état administratif) of the ANS."""
MAIN_ADDRESS = "03"
EVERY = 2_000
NO_ENTITY = (
    "{name} n'a pas de tableau « pmej » : ce n'est ni le flux « structures » ni le flux « activités » de FINESS+."
)
Item = Mapping[str, Any]


def generated_at(member: Member) -> str:
    """The moment at which the flow was made, when it says so before its first entity."""
    with member.open() as raw:
        for key, value in json_stream.members(raw, member.name):
            if key.casefold() == "generatedat":
                return str(value)
            if key == "pmej":
                return ""
    return ""


def kind_of(member: Member) -> str:
    """Which of the two flows it is, by its first legal entity. Raises :class:`LoadError` when it is neither."""
    with member.open() as raw:
        for key, entity in json_stream.members(raw, member.name):
            if key == "pmej":
                known = lowered(entity)
                return ACTIVITIES if "activitesautorisees" in known or "numfiness" in known else STRUCTURES
    raise LoadError(NO_ENTITY.format(name=member.name))


def rows(member: Member, facilities: Facilities, report: Report = silent) -> Iterator[tuple[int, FacilityRow | str]]:
    """Each establishment open today, by its rank in the flow. Raises :class:`LoadError` when the flow is cut."""
    entities = 0
    with member.open() as raw:
        for key, entity in json_stream.members(raw, member.name):
            if key != "pmej":
                continue
            entities += 1
            if entities % EVERY == 0:
                report("FINESS+ : entités juridiques", entities, 0)
            yield from _entity(entity, facilities)
    if not entities:
        raise LoadError(NO_ENTITY.format(name=member.name))


def _entity(entity: Any, facilities: Facilities) -> Iterator[tuple[int, FacilityRow | str]]:
    known = lowered(entity)
    general = lowered(known.get("informationsgeneralespmej"))
    for site in known.get("ege") or []:
        facilities.tally.lines += 1
        rank = facilities.tally.lines
        found = lowered(site)
        if not general:
            yield rank, "entité juridique sans « informationsGeneralesPMEJ »"
        elif as_code(found.get("etatobjet")) == "":
            yield rank, "établissement sans « etatObjet »"
        elif as_code(found["etatobjet"]) != ACTIVE:
            facilities.tally.closed += 1
        else:
            yield rank, _site(rank, found, general, facilities)


def _site(rank: int, site: Item, entity: Item, facilities: Facilities) -> FacilityRow | str:
    general = lowered(site.get("informationsgeneralesege"))
    if not general:
        return "établissement sans « informationsGeneralesEGE »"
    address = _main(site.get("adresse") or [])
    place = lowered(address.get("coordonneesgeographique"))
    written = Written(
        finess=as_text(general.get("numfinessege")),
        finess_ej=as_text(entity.get("numfinesspm")),
        nom=as_text(general.get("nomegelong")) or as_text(general.get("nomegecourt")),
        categorie=as_code(site.get("categorieentitegeographiqueexercice")),
        libelle="",
        siret=as_text(general.get("siret")) or as_text(site.get("siret")),
        commune=as_text(address.get("cogcommune")),
        postal=as_text(address.get("codepostal")),
        address=as_text(address.get("ligneacheminement")),
        opened=as_text(general.get("dateouverture")),
        latitude=degrees(as_text(place.get("directionlatitude")), 90),
        longitude=degrees(as_text(place.get("directionlongitude")), 180),
    )
    return facilities.row(rank, written)


def _main(addresses: list[Any]) -> Item:
    """The main address, else the first one."""
    known = [lowered(address) for address in addresses]
    main = (address for address in known if as_code(address.get("usageadresse")) == MAIN_ADDRESS)
    return next(main, known[0] if known else {})


def lowered(item: Any) -> Item:
    """The members of an object by their name in small letters; nothing when it is not an object."""
    return {key.casefold(): value for key, value in item.items()} if isinstance(item, dict) else {}


def as_code(value: Any) -> str:
    """A code, written alone or as the member « code » of an object."""
    return as_text(value.get("code") if isinstance(value, dict) else value)


def as_text(value: Any) -> str:
    """A text or a number, stripped; empty when there is none."""
    return "" if value is None else str(value).strip()
