"""A small world with known answers: three communes of Bretagne, one of yesterday, one source of data."""

import datetime

from maillage.apps.territories.models import (
    CodePostal,
    Commune,
    DataSource,
    Departement,
    Epci,
    FormerCommune,
    PopulationByAge,
    Region,
)

VINTAGE = "petit monde, 2020"


def create_territories() -> None:
    """Redon, Rennes and Sainte-Marie, and Yesterday that Redon took over."""
    region = Region.objects.create(code="53", nom="Bretagne")
    departement = Departement.objects.create(code="35", nom="Ille-et-Vilaine", region=region)
    epci = Epci.objects.create(code="243500741", nom="Redon Agglomération", nature="CA")
    postal = CodePostal.objects.create(code="35600")
    redon = _commune("35236", "Redon", 9_000, departement, epci)
    sainte_marie = _commune("35294", "Sainte-Marie", 2_000, departement, epci)
    _commune("35238", "Rennes", 220_000, departement, None)
    redon.codes_postaux.add(postal)
    sainte_marie.codes_postaux.add(postal)
    FormerCommune.objects.create(
        code="35900", nom="Saint-Hier", nom_recherche="saint hier", kind="fusionnee", commune=redon
    )
    PopulationByAge.objects.create(
        commune=redon, moins_de_20=2_000, de_20_a_64=4_500, plus_de_65=2_500, total=9_000, vintage=VINTAGE
    )
    DataSource.objects.create(
        key="communes",
        label="Communes",
        producer="Le petit monde",
        carrier="tests 1",
        vintage="2020",
        licence="libre",
        rows_read=4,
        rows_written=3,
        rejected=1,
        loaded_at=datetime.datetime(2026, 11, 22, 8, 0, tzinfo=datetime.UTC),
        state=DataSource.State.COMPLETE,
        checksum="0" * 64,
    )


def _commune(code: str, nom: str, population: int, departement: Departement, epci: Epci | None) -> Commune:
    key = nom.lower().replace("-", " ")
    return Commune.objects.create(
        code=code,
        nom=nom,
        nom_recherche=key,
        nom_sans_article=key,
        departement=departement,
        epci=epci,
        population=population,
        population_vintage=VINTAGE,
        latitude=47.6,
        longitude=-2.1,
    )
