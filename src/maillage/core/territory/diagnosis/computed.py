"""Every figure of a territory: those loaded, and those that divide one by another (densities, shares)."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import reduce

from maillage.core.kernel import french
from maillage.core.territory.diagnosis.material import Material
from maillage.core.territory.diagnosis.measures import MEAN, SUM, Indicator, Layers, Measured, Total, ratio
from maillage.core.territory.diagnosis.results import Point

PER_HUNDRED_THOUSAND = 100_000
PEOPLE = "population.totale"
YOUNG, ADULT, OLD, OLDEST = "population.0_19", "population.20_64", "population.65_plus", "population.75_plus"
AGES = {
    YOUNG: "de moins de 20 ans",
    ADULT: "de 20 à 64 ans",
    OLD: "de 65 ans et plus",
    OLDEST: "de 75 ans et plus",
}
AREA, DENSITY, AGEING = "territoire.superficie", "territoire.densite", "population.indice_vieillissement"
OFFER, STRUCTURE, EQUIPMENT, ACCESS = "offre.", "structure.", "equipement.", "apl."
AGE_BOUNDS = (65, 62, 60)
"""Ages of the variants that the DREES publishes."""


class Computed:
    """The figures of a territory by code."""

    def __init__(self, material: Material) -> None:
        self.material = material
        layers = Layers(material.layers, material.places, material.exactly)
        found = (layers.measure(code) for code in layers.codes)
        self._found = once({measured.indicator.code: measured for measured in found if measured is not None})
        ratios = (*self._shares(), *self._densities(), *self._older_carers())
        made = [measured for measured in ratios if measured is not None]
        self._found |= {measured.indicator.code: measured for measured in made}

    def get(self, code: str) -> Measured | None:
        """A figure by its code."""
        return self._found.get(code)

    def under(self, *prefixes: str) -> list[Measured]:
        """The figures whose code begins so."""
        return [measured for code, measured in self._found.items() if code.startswith(prefixes)]

    def of_theme(self, *themes: str) -> list[Measured]:
        """The figures of these themes."""
        return [measured for measured in self._found.values() if measured.indicator.theme in themes]

    def every(self) -> Iterable[Measured]:
        """All the figures."""
        return self._found.values()

    def _shares(self) -> Iterator[Measured | None]:
        ages = [self.get(code) for code in (YOUNG, ADULT, OLD)]
        everyone = added([age for age in ages if age]) if all(ages) else self.get(PEOPLE)
        for code, words in AGES.items():
            yield ratio(_made(f"{code}.part", f"Part des habitants {words}", "%", 1), self.get(code), everyone, 100)
        unit = "habitants de 65 ans et plus pour 100 de moins de 20 ans"
        yield ratio(_made(AGEING, "Indice de vieillissement", unit, 0), self.get(OLD), self.get(YOUNG), 100)

    def _densities(self) -> Iterator[Measured | None]:
        people = self.get(PEOPLE)
        yield ratio(_made(DENSITY, "Densité de population", "habitants par km²", 0), people, self.get(AREA), 1)
        for offer in (*self.under(OFFER), *self.under(STRUCTURE), *self.under(EQUIPMENT)):
            yield ratio(_density(offer.indicator), offer, people, PER_HUNDRED_THOUSAND)

    def _older_carers(self) -> Iterator[Measured | None]:
        """How much of the accessibility is due to those above an age: the RPPS has no age, the DREES counts without."""
        for whole in [each for each in self.under(ACCESS) if each.indicator.code.count(".") == 1]:
            for age in AGE_BOUNDS:
                younger = self.get(f"{whole.indicator.code}.{age}_ans")
                if younger is not None and younger.vintage == whole.vintage:
                    yield ratio(_older(whole.indicator, age), subtracted(whole, younger), whole, 100)


def once(found: dict[str, Measured]) -> dict[str, Measured]:
    """The figures without those of the equipment that a directory counts as well: the RPPS stands for professionals,
    the FINESS for structures, and its method says what the other source counts."""
    kept = dict(found)
    for code in [code for code in found if code.startswith(EQUIPMENT)]:
        name = code.removeprefix(EQUIPMENT)
        ours = next((kept[own] for own in (f"{OFFER}{name}", f"{STRUCTURE}{name}") if own in kept), None)
        if ours is None or ours.total.value is None:
            continue
        other = kept.pop(code)
        method = " ".join(filter(None, (ours.method or ours.indicator.method, _counted_by(other))))
        kept[ours.indicator.code] = replace(ours, method=method)
    return kept


def _counted_by(other: Measured) -> str:
    if other.total.value is None:
        return ""
    counted = french.number(other.total.value, 0)
    return f"Autre source : {other.indicator.producer}, {other.vintage}, en compte {counted}."


def subtracted(whole: Measured, part: Measured) -> Measured:
    """What is left of a figure without a part of it, known where both are."""
    return _combined(whole, part, lambda first, second: max(first - second, 0.0))


def added(measures: list[Measured]) -> Measured:
    """The sum of figures of one vintage, known where all of them are."""
    return reduce(_added, measures)


def _added(first: Measured, second: Measured) -> Measured:
    return _combined(first, second, lambda one, other: one + other)


def _combined(first: Measured, second: Measured, rule: Callable[[float, float], float]) -> Measured:
    """Two figures of one vintage, place by place; unknown where one of them is."""

    def both(one: float | None, other: float | None) -> float | None:
        return None if one is None or other is None else rule(one, other)

    places = {code: both(value, second.by_place.get(code)) for code, value in first.by_place.items()}
    elsewhere = {where: both(value, second.elsewhere.get(where)) for where, value in first.elsewhere.items()}
    past = {point.vintage: point.value for point in second.older}
    older = tuple(Point(point.vintage, both(point.value, past.get(point.vintage))) for point in first.older)
    known = sum(value is not None for value in places.values())
    total = Total(both(first.total.value, second.total.value), known, len(places))
    return Measured(first.indicator, first.vintage, places, total, elsewhere, older)


def _made(code: str, label: str, unit: str, decimals: int) -> Indicator:
    """The description of a figure that we divide."""
    method = "Calculé par Maillage à partir des effectifs."
    return Indicator(code, label, unit, "INSEE, calcul Maillage", SUM, decimals=decimals, method=method)


def _older(about: Indicator, age: int) -> Indicator:
    return Indicator(
        f"{about.code}.part_plus_de_{age}_ans",
        f"{about.label} : part due aux plus de {age} ans",
        "%",
        f"{about.producer}, calcul Maillage",
        MEAN,
        about.weight,
        direction="bas",
        decimals=0,
        method=f"Accessibilité publiée sans borne d'âge, moins celle des professionnels de {age} ans et moins, "
        "rapportée à la première : ce qui partirait avec les plus âgés, si personne ne les remplaçait.",
        theme=about.theme,
    )


def _density(about: Indicator) -> Indicator:
    return Indicator(
        f"{about.code}.densite",
        f"{about.label} pour 100 000 habitants",
        "pour 100 000 habitants",
        f"{about.producer} et INSEE, calcul Maillage",
        direction="haut",
        decimals=1,
        method="Effectif divisé par la population municipale, sans pondération par l'âge ni par l'activité.",
    )
