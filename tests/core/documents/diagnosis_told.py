"""A diagnosis as JSON, small and complete: two communes, one figure of each kind, one of everything else."""

import datetime
from typing import Any

from maillage.core.territory.diagnosis.builder import build
from maillage.core.territory.diagnosis.material import District, Material, Zoned
from maillage.core.territory.diagnosis.measures import Elsewhere, Indicator, Layer, Place
from maillage.core.territory.diagnosis.results import Column, RuleWarning, SourceRow, Table

DAY = datetime.date(2026, 11, 22)
TITLE = "Pays d'Amont & d'Aval"


TERRITORY = {
    "nom": TITLE,
    "choix": "Communes choisies : Amont, =Aval.",
    "notes": [],
    "communes": 2,
    "departements": [{"code": "35", "nom": "Ille-et-Vilaine"}],
    "regions": [{"code": "53", "nom": "Bretagne"}],
    "epci": [{"code": "243500741", "nom": "Amont Agglo", "communes": 1, "sur": 4}],
    "compare_a": [
        {"niveau": "departement", "code": "35", "nom": "Ille-et-Vilaine"},
        {"niveau": "region", "code": "53", "nom": "Bretagne"},
        {"niveau": "france", "code": "FRANCE", "nom": "France"},
    ],
}
WARNING = RuleWarning(
    "cpts.population", "CPTS", "alerte", "CPTS : population", "Il en manque.", "cpts.x", None, (("Texte", None),)
)
SOURCE = SourceRow(
    "apl-2021", "APL", "DREES", "2021", "Licence Ouverte 2.0", "https://exemple.fr/apl", "2026-11-20", "a"
)
RECIPE = {
    "format": 1,
    "version": "1.0",
    "jour": "2026-11-22",
    "selection": {"communes": ["35001", "35002"]},
    "millesimes": {"apl-2021": {"millesime": "2021", "empreinte": "a"}},
    "parametres": {},
}


def diagnosis() -> dict[str, Any]:
    """``Diagnosis.as_dict()`` of the small territory."""
    return build(material()).as_dict()


def material() -> Material:
    """What it is made from."""
    places = (Place("35001", "Amont", "35", "53", "243500741", 48.0, -2.0), Place("35002", "=Aval", "35", "53"))
    return Material(
        title=TITLE,
        day=DAY,
        territory=TERRITORY,
        places=places,
        layers=tuple(layers()),
        compared=(
            Elsewhere("departement", "35", "Ille-et-Vilaine"),
            Elsewhere("region", "53", "Bretagne"),
            Elsewhere("france", "FRANCE", "France"),
        ),
        exactly=None,
        zonings=(Zoned("medecin_generaliste", "35001", "zip", "1_ZIP", datetime.date(2026, 1, 1), "2026"),),
        districts=(District("QN035001", "Bellevue", ("Amont",)),),
        tables={
            "offre": (Table("structures", "Les structures", (Column("Nom"),), (("MSP d'Amont",),), "FINESS 2025"),)
        },
        warnings=(WARNING,),
        sources=(SOURCE,),
        loaded=frozenset({"finess", "qpv"}),
        recipe=RECIPE,
    )


def layers() -> list[Layer]:
    """Population, accessibility for two vintages, a hidden median, a count of nurses."""
    people = Indicator("population.totale", "Population municipale", "habitants", "INSEE", theme="population")
    access = Indicator(
        "apl.medecin_generaliste.65_ans", "APL aux médecins", "consultations", "DREES", "moyenne", "population.totale",
        "haut", 1, "Valeur publiée.", "", "accessibilite",
    )  # fmt: skip
    income = Indicator(
        "revenus.mediane",
        "Médiane",
        "euros",
        "INSEE",
        "aucune",
        secrecy="Les petites communes sont masquées.",
        theme="revenus",
    )
    nurses = Indicator("offre.infirmier", "Infirmiers en exercice", "professionnels", "ANS", theme="offre")
    france = {("france", "FRANCE"): 3.4, ("departement", "35"): 3.9}
    return [
        Layer(people, "2023", {"35001": 3_000, "35002": 1_000}, {("france", "FRANCE"): 68_000_000}),
        Layer(access, "2019", {"35001": 2.0, "35002": 1.0}),
        Layer(access, "2021", {"35001": 3.0, "35002": 1.0}, france),
        Layer(income, "2016", {"35001": 21_000, "35002": None}),
        Layer(nurses, "2025", {"35001": 4}, {("france", "FRANCE"): 100_000}, absent_is_zero=True),
    ]
