"""The headings of the guides and the figures of each, in the order in which they are read."""

from collections import Counter
from collections.abc import Iterable

from maillage.core.territory.diagnosis.computed import (
    ACCESS,
    AGEING,
    AGES,
    AREA,
    DENSITY,
    EQUIPMENT,
    OFFER,
    OLD,
    PEOPLE,
    STRUCTURE,
    Computed,
)
from maillage.core.territory.diagnosis.material import District
from maillage.core.territory.diagnosis.measures import Measured
from maillage.core.territory.diagnosis.results import Column, Figure, Section, Table
from maillage.core.territory.diagnosis.vintages import year_of
from maillage.core.territory.diagnosis.zoning import zone_aids, zoning_tables

TEXTS = {
    "territoire": ("Le territoire", "Ce qui le compose, et où vivent ses habitants."),
    "population": ("La population", "Combien d'habitants, de quel âge, et comment leur nombre change."),
    "revenus": ("Les revenus et la précarité", "Ce qui peut éloigner des soins."),
    "offre": ("L'offre de prévention et de soins", "Qui soigne, où, et avec quels équipements."),
    "accessibilite": (
        "L'accessibilité des soins",
        "L'accessibilité potentielle localisée (APL) est celle que la DREES publie : elle rapporte l'offre proche aux "
        "besoins de tous ceux qui peuvent y recourir. Le modèle de Maillage ne sert qu'aux différences (« Et si… »).",
    ),
    "zonage": ("Le zonage et les aides qu'il ouvre", "Le classement de chaque commune, profession par profession."),
    "autres": ("Autres indicateurs", "Enquêtes locales, consommation de soins, affections de longue durée, C2S…"),
}
NO_FIGURE = "Aucun chiffre n'est chargé : voyez ce qui manque, en fin de diagnostic."
SUPPORTING = (".population_standardisee", ".population")
"""Ends of the codes of what only weighs other figures."""
CARERS = (
    "medecin_generaliste", "medecin_specialiste", "infirmier", "masseur_kinesitherapeute", "chirurgien_dentiste",
    "sage_femme", "orthophoniste", "pedicure_podologue", "orthoptiste", "pharmacien", "psychologue", "ergotherapeute",
    "dieteticien", "psychomotricien",
)  # fmt: skip
"""The professions of primary care, in the order in which they are shown; the others come after."""
PLACES_OF_CARE = (
    "maison_de_sante", "centre_de_sante", "cpts", "pharmacie", "laboratoire", "urgences", "maternite",
)  # fmt: skip
"""The structures and the equipment, in the order in which they are shown, after those who care."""
INCOME = ("revenus.mediane", "revenus.taux_pauvrete", "revenus.d1", "revenus.d9")
"""The figures of income that are read first."""
VARIANTS = ("65_ans", "")
"""The variants of accessibility that are read first."""
DENSITY_LEVELS = ("densite.grille_7", "densite.grille_3")
"""The finest grid first."""
KEY_FIGURES = (
    (PEOPLE,),
    (f"{OLD}.part",),
    ("revenus.mediane", "revenus.taux_pauvrete"),
    ("apl.medecin_generaliste.65_ans", "apl.medecin_generaliste"),
    ("offre.medecin_generaliste.densite", "equipement.medecin_generaliste.densite"),
)
"""Five at most: of each group the first that has a value."""


def sections(computed: Computed) -> tuple[Section, ...]:
    """Every heading, even one without a figure: it then says what is missing."""
    found = (
        _territory(computed),
        _population(computed),
        _income(computed),
        _offer(computed),
        _access(computed),
        _zoning(computed),
    )
    return (*found, *_others(computed, found))


def key_figures(computed: Computed) -> tuple[str, ...]:
    """The codes of the figures that a page shows first."""
    found = []
    for group in KEY_FIGURES:
        shown = (code for code in group if (measured := computed.get(code)) and measured.total.value is not None)
        found.append(next(shown, None))
    return tuple(code for code in found if code)


def _section(
    code: str,
    computed: Computed,
    measures: Iterable[Measured | None],
    tables: Iterable[Table] = (),
    charts: Iterable[str] = (),
) -> Section:
    title, text = TEXTS[code]
    made = (measured.figure(computed.material.compared) for measured in measures if measured is not None)
    figures = tuple(figure for figure in made if is_told(figure))
    given = (*tables, *computed.material.tables.get(code, ()))
    said = text if figures or given else f"{text} {NO_FIGURE}"
    return Section(code, title, said, figures, given, tuple(charts))


def is_told(figure: Figure) -> bool:
    """Whether something is known of a figure, here or elsewhere; what is not stands among what is missing."""
    return (
        figure.value is not None
        or figure.spread is not None
        or any(each.value is not None for each in figure.comparators)
    )


def _territory(computed: Computed) -> Section:
    tables = [_communes(computed), *_levels(computed), *_districts(computed.material.districts)]
    others = [each for each in computed.of_theme("territoire") if each.indicator.code not in (AREA, *DENSITY_LEVELS)]
    return _section("territoire", computed, [computed.get(AREA), computed.get(DENSITY), *others], tables)


def _population(computed: Computed) -> Section:
    counts = [computed.get(PEOPLE), *(computed.get(code) for code in AGES)]
    shares = [computed.get(f"{code}.part") for code in AGES]
    first = [*counts, *shares, computed.get(AGEING)]
    named = {measured.indicator.code for measured in first if measured}
    others = [each for each in computed.of_theme("population") if each.indicator.code not in named]
    charts = ["ages"] if all(shares[:3]) else []
    if (people := computed.get(PEOPLE)) and people.older:
        charts.append(f"evolution:{PEOPLE}")
    return _section("population", computed, [*first, *others], charts=charts)


def _income(computed: Computed) -> Section:
    first = [computed.get(code) for code in INCOME]
    others = [each for each in computed.of_theme("revenus") if each.indicator.code not in INCOME]
    shown = [f"comparaison:{each.indicator.code}" for each in first[:2] if each and each.total.value is not None]
    return _section("revenus", computed, [*first, *others], charts=shown)


def _offer(computed: Computed) -> Section:
    """The professionals, then the structures and the equipment, each with its density beside it."""
    families = (_counts(computed, family) for family in (OFFER, STRUCTURE, EQUIPMENT))
    counts = [count for family in families for count in sorted(family, key=_usefulness)]
    pairs = [each for count in counts for each in (count, computed.get(f"{count.indicator.code}.densite"))]
    known = {each.indicator.code for each in pairs if each}
    others = [each for each in computed.of_theme("offre", "equipement") if each.indicator.code not in known]
    charts = ["densites"] if density_family(known) else []
    return _section("offre", computed, [*pairs, *others], charts=charts)


def density_family(codes: Iterable[str]) -> str:
    """The figures whose densities are drawn: the professionals, else the equipment; empty without either."""
    known = tuple(codes)
    return next((family for family in (OFFER, EQUIPMENT) if any(code.startswith(family) for code in known)), "")


def _counts(computed: Computed, *prefixes: str) -> list[Measured]:
    return [each for each in computed.under(*prefixes) if not each.indicator.code.endswith(".densite")]


def _usefulness(measured: Measured) -> tuple[int, int, str]:
    """The professionals of primary care first, doctors at their head, then the others, then the places of care."""
    name = measured.indicator.code.partition(".")[2]
    for rank, known in ((0, CARERS), (2, PLACES_OF_CARE)):
        if name in known:
            return rank, known.index(name), name
    return 1, 0, name


def _access(computed: Computed) -> Section:
    every = computed.of_theme("accessibilite")
    found = sorted((each for each in every if not each.indicator.code.endswith(SUPPORTING)), key=_variant)
    drawn = _main_variants(found)
    charts = [f"comparaison:{each.indicator.code}" for each in drawn if each.elsewhere]
    trends = [f"evolution:{each.indicator.code}" for each in drawn if each.older]
    return _section("accessibilite", computed, found, charts=[*charts, *trends])


def _variant(measured: Measured) -> tuple[int, str, int, str]:
    """Doctors first; of each profession, the variant that rules rest on, that without an age, then the others."""
    profession, variant = _parts(measured)
    rank = CARERS.index(profession) if profession in CARERS else len(CARERS)
    return rank, profession, VARIANTS.index(variant) if variant in VARIANTS else len(VARIANTS), variant


def _parts(measured: Measured) -> tuple[str, str]:
    """The profession and the variant of « apl.infirmier.65_ans »."""
    profession, _, variant = measured.indicator.code.removeprefix(ACCESS).partition(".")
    return profession, variant


def _main_variants(found: Iterable[Measured]) -> list[Measured]:
    """One chart a profession: the newest, that of the professionals up to 65 years when it is as new as the other."""
    drawn: dict[str, Measured] = {}
    for each in found:
        profession, variant = _parts(each)
        if variant not in VARIANTS or each.total.value is None:
            continue
        held = drawn.get(profession)
        if held is None or year_of(each.vintage) > year_of(held.vintage):
            drawn[profession] = each
    return list(drawn.values())


def _zoning(computed: Computed) -> Section:
    material = computed.material
    tables = zoning_tables(material.zonings, material.places, computed.get(PEOPLE))
    base = _section("zonage", computed, [], tables)
    aids = zone_aids(material.zonings, material.day)
    return Section(base.code, base.title, base.text, base.figures, base.tables, base.charts, aids)


def _others(computed: Computed, told: Iterable[Section]) -> tuple[Section, ...]:
    """The indicators that no heading shows: those that were added with their own description."""
    shown = {figure.code for section in told for figure in section.figures}
    left_out = (*SUPPORTING, *DENSITY_LEVELS)
    found = [
        each
        for each in computed.every()
        if each.indicator.code not in shown and not each.indicator.code.endswith(left_out)
    ]
    others = _section("autres", computed, found)
    return (others,) if others.figures or others.tables else ()


def _communes(computed: Computed) -> Table:
    people = computed.get(PEOPLE)
    known = people.by_place if people else {}
    names = {each["code"]: each["nom"] for each in computed.material.territory.get("epci", ())}
    several = len({place.epci for place in computed.material.places}) > 1
    rows = tuple(
        (
            place.code,
            place.name,
            place.department,
            *([names.get(place.epci or "", "")] if several else []),
            known.get(place.code),
        )
        for place in computed.material.places
    )
    epci = [Column("EPCI")] if several else []
    columns = (Column("Code"), Column("Commune"), Column("Département"), *epci, Column("Habitants", 0))
    source = f"{people.indicator.producer}, {people.vintage}" if people else ""
    return Table("communes", "Les communes du territoire", columns, rows, source)


def _levels(computed: Computed) -> list[Table]:
    """How many communes and inhabitants at each level of the density grid, the finest that is loaded."""
    people = computed.get(PEOPLE)
    for code in DENSITY_LEVELS:
        grid = computed.get(code)
        if grid is None:
            continue
        counts = Counter(int(level) for level in grid.by_place.values() if level is not None)
        rows = tuple((f"Niveau {level}", counts[level], _living(grid, level, people)) for level in sorted(counts))
        columns = (Column("Niveau de la grille de densité"), Column("Communes", 0), Column("Habitants", 0))
        source = f"{grid.indicator.producer}, {grid.vintage}"
        return [Table("densite", "Les communes selon leur densité", columns, rows, source, _first_upper(grid))]
    return []


def _first_upper(grid: Measured) -> str:
    unit = grid.indicator.unit
    return f"{unit[:1].upper()}{unit[1:]}."


def _living(grid: Measured, level: int, people: Measured | None) -> float | None:
    there = [people.by_place.get(code) if people else None for code, value in grid.by_place.items() if value == level]
    return None if None in there else sum(value or 0 for value in there)


def _districts(districts: Iterable[District]) -> list[Table]:
    rows = tuple((each.code, each.name, ", ".join(each.communes)) for each in districts)
    columns = (Column("Code"), Column("Quartier prioritaire"), Column("Communes"))
    return [Table("qpv", "Les quartiers prioritaires (QPV)", columns, rows)] if rows else []
