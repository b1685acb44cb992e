"""From the rows of the files to the tables of the territories, inside the transaction of the caller."""

from collections.abc import Sequence

from maillage.apps.territories.models import (
    CodePostal,
    Commune,
    Departement,
    Epci,
    FormerCommune,
    PopulationByAge,
    Region,
)
from maillage.apps.territories.names import GRAMMARS, search_key
from maillage.apps.territories.reading.rows import AgesRow, CommuneRow, Communes, FormerRow, PlaceRow
from maillage.apps.territories.tables import Report, refresh_statistics, remove_others, silent, upsert


def write_communes(target: Communes, report: Report = silent) -> None:
    """Make the territories equal to ``target``: add, change, and remove what is no longer there."""
    rows = target.communes.values()
    postal = {code for row in rows for code in row.codes_postaux}
    links = {(row.code, code) for row in rows for code in row.codes_postaux}
    upsert(Region, [_region(row) for row in target.regions], ["code"], report)
    upsert(Departement, [_departement(row) for row in target.departements], ["code"], report)
    upsert(Epci, [Epci(code=row.code, nom=row.nom, nature=row.nature) for row in target.epcis], ["code"], report)
    upsert(Commune, [_commune(row) for row in rows], ["code"], report)
    upsert(CodePostal, [CodePostal(code=code) for code in sorted(postal)], ["code"], report)
    pairs = [Link(commune_id=commune, codepostal_id=code) for commune, code in sorted(links)]
    upsert(Link, pairs, LINK, report, "codes postaux des communes")
    upsert(FormerCommune, [_former(row) for row in target.former], FORMER, report)
    # What depends on others leaves first.
    remove_others(FormerCommune, FORMER, ((row.code, row.nom) for row in target.former))
    remove_others(Link, ["commune_id", "codepostal_id"], links)
    remove_others(CodePostal, ["code"], ((code,) for code in postal))
    remove_others(Commune, ["code"], ((row.code,) for row in rows))
    for model, places in ((Epci, target.epcis), (Departement, target.departements), (Region, target.regions)):
        remove_others(model, ["code"], ((place.code,) for place in places))
    refresh_statistics(Commune, Link, FormerCommune)


def write_ages(rows: Sequence[AgesRow], vintage: str, report: Report = silent) -> tuple[int, int]:
    """Store the population by age on today's communes; returns how many communes have one, and how many
    rows were left out because no commune of today is known for them.

    A merged commune is added to the one that took it over; an arrondissement counts for itself and for its city.
    """
    parents = dict(Commune.objects.values_list("code", "parent_id"))
    successors = dict(FormerCommune.objects.values_list("code", "commune_id"))
    sums: dict[str, PopulationByAge] = {}
    left_out = 0
    for row in rows:
        code = row.code if row.code in parents else successors.get(row.code)
        left_out += code is None
        for place in (code, parents.get(code or "")):
            if place:
                _add(sums.setdefault(place, _nobody(place, vintage)), row)
    upsert(PopulationByAge, list(sums.values()), ["commune"], report)
    remove_others(PopulationByAge, ["commune_id"], ((code,) for code in sums))
    refresh_statistics(PopulationByAge)
    return len(sums), left_out


Link = Commune.codes_postaux.through
LINK = ["commune", "codepostal"]
FORMER = ["code", "nom"]


def _region(row: PlaceRow) -> Region:
    return Region(code=row.code, nom=row.nom, charniere=GRAMMARS[row.tncc].link)


def _departement(row: PlaceRow) -> Departement:
    return Departement(code=row.code, nom=row.nom, charniere=GRAMMARS[row.tncc].link, region_id=row.parent)


def _commune(row: CommuneRow) -> Commune:
    grammar = GRAMMARS[row.tncc]
    return Commune(
        code=row.code,
        nom=row.nom,
        article=grammar.article,
        charniere=grammar.link,
        nom_recherche=search_key(row.nom),
        nom_sans_article=search_key(row.nom.removeprefix(grammar.article)),
        type=Commune.Type.ARM if row.parent else Commune.Type.COM,
        parent_id=row.parent,
        departement_id=row.departement,
        epci_id=row.epci,
        population=row.population,
        population_vintage=row.population_vintage,
        latitude=row.latitude,
        longitude=row.longitude,
    )


def _former(row: FormerRow) -> FormerCommune:
    return FormerCommune(
        code=row.code, nom=row.nom, nom_recherche=search_key(row.nom), kind=row.kind, commune_id=row.commune
    )


def _nobody(code: str, vintage: str) -> PopulationByAge:
    return PopulationByAge(commune_id=code, moins_de_20=0, de_20_a_64=0, plus_de_65=0, total=0, vintage=vintage)


def _add(ages: PopulationByAge, row: AgesRow) -> None:
    ages.moins_de_20 += row.moins_de_20
    ages.de_20_a_64 += row.de_20_a_64
    ages.plus_de_65 += row.plus_de_65
    ages.total += row.total
