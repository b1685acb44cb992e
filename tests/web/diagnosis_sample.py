"""The diagnosis of two communes of the small world, with known answers, for the tests of its page."""

import datetime

from maillage.core.territory.diagnosis.results import (
    Column,
    CommuneRow,
    Comparator,
    Diagnosis,
    Figure,
    Missing,
    Point,
    RuleWarning,
    Section,
    SourceRow,
    Table,
)

POPULATION = Figure(
    code="population.totale",
    label="Habitants",
    value=11_000,
    unit="habitants",
    decimals=0,
    vintage="2020",
    producer="INSEE",
    comparators=(
        Comparator("departement", "35", "Ille-et-Vilaine", 1_100_000),
        Comparator("france", "FR", "France", 66_000_000),
    ),
    trend=(Point("2010", 10_000), Point("2020", 11_000)),
    known=2,
    total=2,
)
ACCESS = Figure(
    code="apl.medecin_generaliste",
    label="Accessibilité aux médecins généralistes",
    value=None,
    unit="consultations par an et par habitant",
    decimals=1,
    vintage="",
    producer="",
    known=0,
    total=2,
    why="aucun fichier de l'APL n'est chargé",
)
POVERTY = Figure(
    code="revenus.taux_pauvrete",
    label="Taux de pauvreté",
    value=15.5,
    unit="% des ménages",
    decimals=1,
    vintage="2016",
    producer="INSEE",
    method="Seuil à 60 % du revenu médian.",
    secrecy="non publié sous 1 000 ménages",
    direction="bas",
    known=1,
    total=2,
)


def sample(communes: tuple[CommuneRow, ...] | None = None) -> Diagnosis:
    """Redon and Sainte-Marie: a population known, an accessibility unknown, a poverty known for one of them."""
    return Diagnosis(
        title="Redon et Sainte-Marie",
        day=datetime.date(2026, 11, 22),
        territory={
            "nom": "Redon et Sainte-Marie",
            "choix": "Communes choisies : Redon, Sainte-Marie.",
            "communes": 2,
            "departements": [{"code": "35", "nom": "Ille-et-Vilaine"}],
            "regions": [{"code": "53", "nom": "Bretagne"}],
            "epci": [{"code": "243500741", "nom": "Redon Agglomération", "communes": 2, "sur": 31}],
        },
        key_figures=("population.totale", "apl.medecin_generaliste"),
        sections=(
            Section("population", "Population", "Qui vit ici.", (POPULATION, POVERTY)),
            Section("accessibilite", "Accès aux soins", "", (ACCESS,), (offer(),)),
        ),
        warnings=warnings(),
        missing=(Missing("Accessibilité aux soins", "Aucun fichier n'est chargé.", "Chargez le fichier de la DREES."),),
        communes=communes or rows(),
        sources=(SourceRow("communes", "Communes", "INSEE", "2020", "Licence Ouverte 2.0", "", "2026-11-22"),),
        recipe={"format": 1},
    )


def warnings() -> tuple[RuleWarning, ...]:
    """A rule that holds, then one that does not."""
    path = "cpts.territoire.population_minimale"
    held = RuleWarning("un_champ", "CPTS", "information", "Un seul champ", "À savoir.")
    broken = RuleWarning("population", "CPTS", "alerte", "20 000 habitants", "Le territoire en a 11 000.", path)
    return (held, broken)


def offer() -> Table:
    """A small table with an unknown cell."""
    return Table(
        "offre", "Professionnels", (Column("Métier"), Column("Nombre", 0)), (("Infirmiers", 12), ("Dentistes", None))
    )


def rows() -> tuple[CommuneRow, ...]:
    """The figures of the two communes."""
    return (
        CommuneRow("35236", "Redon", "35", "243500741", 47.6, -2.1, {POPULATION.code: 9_000, POVERTY.code: 15.5}),
        CommuneRow(
            "35294", "Sainte-Marie", "35", "243500741", 47.7, -2.0, {POPULATION.code: 2_000, POVERTY.code: None}
        ),
    )


def many(count: int) -> tuple[CommuneRow, ...]:
    """As many communes, each one inhabitant larger than the one before."""
    return tuple(
        CommuneRow(f"35{rank:03}", f"Ville {rank}", "35", None, None, None, {POPULATION.code: rank})
        for rank in range(1, count + 1)
    )
