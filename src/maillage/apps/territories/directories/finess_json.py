"""FINESS+ as JSON: the open flow « structures » of the ANS, read one legal entity at a time.

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

ACTIVE = "A"
"""« Actif » in the nomenclature TRE_R386 (état administratif) of the ANS."""
MAIN_ADDRESS = "03"
EVERY = 2_000
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
        raise LoadError(f"{member.name} n'a pas de tableau « pmej » : ce n'est pas le flux « structures » de FINESS+.")


def _entity(entity: Any, facilities: Facilities) -> Iterator[tuple[int, FacilityRow | str]]:
    known = _lower(entity)
    general = _lower(known.get("informationsgeneralespmej"))
    for site in known.get("ege") or []:
        facilities.tally.lines += 1
        rank = facilities.tally.lines
        found = _lower(site)
        if not general:
            yield rank, "entité juridique sans « informationsGeneralesPMEJ »"
        elif _code(found.get("etatobjet")) == "":
            yield rank, "établissement sans « etatObjet »"
        elif _code(found["etatobjet"]) != ACTIVE:
            facilities.tally.closed += 1
        else:
            yield rank, _site(rank, found, general, facilities)


def _site(rank: int, site: Item, entity: Item, facilities: Facilities) -> FacilityRow | str:
    general = _lower(site.get("informationsgeneralesege"))
    if not general:
        return "établissement sans « informationsGeneralesEGE »"
    address = _main(site.get("adresse") or [])
    place = _lower(address.get("coordonneesgeographique"))
    written = Written(
        finess=_text(general.get("numfinessege")),
        finess_ej=_text(entity.get("numfinesspm")),
        nom=_text(general.get("nomegelong")) or _text(general.get("nomegecourt")),
        categorie=_code(site.get("categorieentitegeographiqueexercice")),
        libelle="",
        siret=_text(general.get("siret")) or _text(site.get("siret")),
        commune=_text(address.get("cogcommune")),
        postal=_text(address.get("codepostal")),
        address=_text(address.get("ligneacheminement")),
        opened=_text(general.get("dateouverture")),
        latitude=degrees(_text(place.get("directionlatitude")), 90),
        longitude=degrees(_text(place.get("directionlongitude")), 180),
    )
    return facilities.row(rank, written)


def _main(addresses: list[Any]) -> Item:
    """The main address, else the first one."""
    known = [_lower(address) for address in addresses]
    main = (address for address in known if _code(address.get("usageadresse")) == MAIN_ADDRESS)
    return next(main, known[0] if known else {})


def _lower(item: Any) -> Item:
    """The members of an object by their name in small letters; nothing when it is not an object."""
    return {key.casefold(): value for key, value in item.items()} if isinstance(item, dict) else {}


def _code(value: Any) -> str:
    """A code, written alone or as the member « code » of an object."""
    return _text(value.get("code") if isinstance(value, dict) else value)


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()
