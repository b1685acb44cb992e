"""What a map can colour: the indicators that are loaded, the ages that come with the installation, the zonages."""

from dataclasses import dataclass

from django.db.models import prefetch_related_objects

from maillage.apps.territories import figures
from maillage.apps.territories.models import Commune, Indicator, PopulationByAge, Series, Zoning
from maillage.core.kernel.problems import BadInput, Problem, nearest
from maillage.core.kernel.spelling import spelled

COMMUNE, EPCI, DEPARTEMENT, REGION = "commune", "epci", "departement", "region"
LEVELS = {COMMUNE: "commune", EPCI: "intercommunalité (EPCI)", DEPARTEMENT: "département", REGION: "région"}
ZONING = "zonage."
POPULATION = "population.totale"
PREFERRED = ("apl.medecin_generaliste.65_ans", "apl.medecin_generaliste", "population.part_65_plus", POPULATION)
"""What a map shows when nothing is asked: the first of these that is loaded."""
AGES = {
    "population.part_0_19": ("Part des moins de 20 ans", "moins_de_20"),
    "population.part_20_64": ("Part des 20 à 64 ans", "de_20_a_64"),
    "population.part_65_plus": ("Part des 65 ans et plus", "plus_de_65"),
}
THEMES = {
    "population": "Population",
    "accessibilite": "Accessibilité aux soins",
    "revenus": "Revenus",
    "equipement": "Équipements",
    "densite": "Densité",
    "zonage": "Zonages",
}


@dataclass(frozen=True)
class Subject:
    """What is coloured. ``levels``: where it can be shown; ``vintages``: the years that can be chosen, latest first."""

    code: str
    label: str
    theme: str
    unit: str
    producer: str
    decimals: int = 0
    method: str = ""
    secrecy: str = ""
    levels: tuple[str, ...] = (COMMUNE,)
    vintages: tuple[str, ...] = ()


def subjects() -> list[Subject]:
    """Everything that a map can show with what is loaded, by theme."""
    indicators = figures.indicators()
    prefetch_related_objects(indicators, "series")
    series = [_of_series(indicator) for indicator in indicators]
    known = {subject.code for subject in series}
    own = [subject for subject in _own() if subject.code not in known]
    return sorted([*own, *(each for each in series if each.levels), *_zonings()], key=_order)


def subject_of(code: str) -> Subject:
    """The subject with this code; « » gives the preferred one. Raises :class:`BadInput`, with the nearest code."""
    known = {subject.code: subject for subject in subjects()}
    if not code:
        code = next((each for each in PREFERRED if each in known), next(iter(known), ""))
    if code in known:
        return known[code]
    near = nearest(code, list(known))
    proposal = f" (vouliez-vous dire « {near} » ?)" if near else ""
    raise BadInput([Problem("indicateur", code, f"l'un des indicateurs chargés{proposal}")])


def theme_of(subject: Subject) -> str:
    """The heading under which it is proposed."""
    return THEMES.get(subject.theme, spelled(subject.theme).capitalize() or "Autres indicateurs")


def _order(subject: Subject) -> tuple[int, str, str]:
    themes = list(THEMES)
    return (themes.index(subject.theme) if subject.theme in themes else len(themes), subject.theme, subject.label)


def _of_series(indicator: Indicator) -> Subject:
    rows = sorted(indicator.series.all(), key=lambda row: row.vintage, reverse=True)
    adds_up = indicator.aggregation == Indicator.Aggregation.SUM
    communal = any(row.level == Series.Level.COMMUNE for row in rows)
    given = {row.level for row in rows}
    levels = tuple(level for level in LEVELS if level in given or (communal and adds_up))
    return Subject(
        code=indicator.code,
        label=indicator.label,
        theme=indicator.theme,
        unit=indicator.unit,
        producer=indicator.producer,
        decimals=indicator.decimals,
        method=indicator.method,
        secrecy=indicator.secrecy,
        levels=levels,
        vintages=tuple(dict.fromkeys(row.vintage for row in rows)),
    )


def _own() -> list[Subject]:
    """What comes with the installation, when it is loaded: no file of the user is needed."""
    found = []
    counted = Commune.objects.exclude(population=None).values_list("population_vintage", flat=True).first()
    if counted:
        found.append(
            Subject(POPULATION, "Population municipale", "population", "habitants", "INSEE", levels=tuple(LEVELS),
                    vintages=(counted,))
        )  # fmt: skip
    aged = PopulationByAge.objects.values_list("vintage", flat=True).first()
    if aged:
        found += [
            Subject(code, label, "population", "% de la population", "INSEE", 1, levels=tuple(LEVELS), vintages=(aged,))
            for code, (label, _field) in AGES.items()
        ]
    return found


def _zonings() -> list[Subject]:
    professions = Zoning.objects.values_list("profession", flat=True).distinct().order_by("profession")
    return [
        Subject(
            code=f"{ZONING}{profession}",
            label=f"Zonage : {spelled(profession)}",
            theme="zonage",
            unit="",
            producer="agences régionales de santé (arrêtés de zonage)",
        )
        for profession in professions
    ]
