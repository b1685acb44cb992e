"""From the values of communes to a figure of a territory: their sum, their weighted mean, or neither (a median).

Unknown is never 0. A value known for a part of the communes only is given with how many of them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from maillage.core.territory.diagnosis.results import Comparator, Direction, Figure, Level, Point, Spread
from maillage.core.territory.diagnosis.vintages import order, year_of

Code = str
Where = tuple[str, str]
"""A level (« departement ») and the code of a place of it."""
MAINLAND = ("france", "METROPOLE")
SUM, MEAN, NONE = "somme", "moyenne", "aucune"
POPULATION = "population.totale"
NOT_ADDED = (
    "Non additif : la valeur d'un département, d'une région ou de la France ne se déduit pas de celles de leurs "
    "communes ; chargez le fichier de ce chiffre qui les donne."
)


@dataclass(frozen=True)
class Place:
    """A commune of the territory; ``parts`` are its arrondissements, ``weight`` nothing but its inhabitants."""

    code: Code
    name: str
    department: str
    region: str
    epci: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    parts: tuple[Code, ...] = ()


@dataclass(frozen=True)
class Elsewhere:
    """A place to compare with."""

    level: Level
    code: str
    name: str


@dataclass(frozen=True)
class Indicator:
    """What is measured, as the tables describe it; ``weight`` is the code of the indicator that weighs a mean."""

    code: str
    label: str
    unit: str
    producer: str
    aggregation: str = SUM
    weight: str = ""
    direction: Direction = "neutre"
    decimals: int = 0
    method: str = ""
    secrecy: str = ""
    theme: str = ""


@dataclass(frozen=True)
class Layer:
    """An indicator for one vintage: values by commune (``None``: hidden), and what is published or summed elsewhere.

    ``elsewhere`` holds the figure of other places; ``absent_is_zero``: a commune that the file does not have has none
    of what is counted. ``whole`` is the figure of the territory when it is not made from those of the communes (a
    professional of two communes is one).
    """

    indicator: Indicator
    vintage: str
    values: Mapping[Code, float | None]
    elsewhere: Mapping[Where, float | None] = field(default_factory=dict)
    absent_is_zero: bool = False
    whole: float | None = None


@dataclass(frozen=True)
class Total:
    """The figure of a territory: ``known`` communes out of ``total`` have a value."""

    value: float | None
    known: int
    total: int
    spread: Spread | None = None


@dataclass(frozen=True)
class Measured:
    """An indicator on the territory: by commune, together, elsewhere, and for its older vintages (oldest first).

    ``other_vintages`` holds what is only known elsewhere for another vintage: (vintage, value) by place.
    """

    indicator: Indicator
    vintage: str
    by_place: Mapping[Code, float | None]
    total: Total
    elsewhere: Mapping[Where, float | None]
    older: tuple[Point, ...] = ()
    method: str = ""
    why: str = ""
    other_vintages: Mapping[Where, tuple[str, float]] = field(default_factory=dict)

    def figure(self, compared: Iterable[Elsewhere] = ()) -> Figure:
        """The figure, with the places it is compared with."""
        about, total = self.indicator, self.total
        trend = (*self.older, Point(self.vintage, total.value)) if self.older else ()
        comparators = tuple(self._compared(each) for each in compared)
        return Figure(
            code=about.code,
            label=about.label,
            value=total.value,
            unit=about.unit,
            decimals=about.decimals,
            vintage=self.vintage,
            producer=about.producer,
            method=self.method or about.method,
            secrecy=about.secrecy,
            direction=about.direction,
            comparators=comparators,
            trend=trend,
            known=total.known,
            total=total.total,
            spread=total.spread,
            why=" ".join(filter(None, (self.why or _why(self), self._not_added(comparators)))),
        )

    def _not_added(self, comparators: Iterable[Comparator]) -> str:
        """Why a place compared with has no figure, when it is because this one does not add up."""
        lacking = any(each.value is None for each in comparators)
        return NOT_ADDED if lacking and self.indicator.aggregation == NONE else ""

    def _compared(self, each: Elsewhere) -> Comparator:
        """The figure of another place, of the same vintage else of another one that is said; that of mainland France,
        said so, when only it is published."""
        places = [(each.level, each.code, each.name)]
        if each.level == MAINLAND[0]:
            places.append((each.level, MAINLAND[1], "France métropolitaine"))
        for level, code, name in places:
            if (value := self.elsewhere.get((level, code))) is not None:
                return Comparator(level, code, name, value)
        for level, code, name in places:
            if (other := self.other_vintages.get((level, code))) is not None:
                return Comparator(level, code, name, other[1], other[0])
        return Comparator(*places[0], None, additive=self.indicator.aggregation != NONE)


class Layers:
    """Every layer of a territory, by indicator, the newest vintage first."""

    def __init__(self, layers: Iterable[Layer], places: Sequence[Place], exactly: Where | None = None) -> None:
        self.places, self.exactly = tuple(places), exactly
        self._by_code: dict[str, list[Layer]] = {}
        for layer in layers:
            self._by_code.setdefault(layer.indicator.code, []).append(layer)
        for known in self._by_code.values():
            known.sort(key=lambda layer: order(layer.vintage), reverse=True)

    @property
    def codes(self) -> list[str]:
        """The indicators, by theme then code."""
        return sorted(self._by_code, key=lambda code: (self._by_code[code][0].indicator.theme, code))

    def measure(self, code: str) -> Measured | None:
        """An indicator on the territory, ``None`` when nothing of it is loaded."""
        layers = self._by_code.get(code)
        if not layers:
            return None
        totals = [self._total(layer) for layer in layers]
        rank = self._shown(layers[0].indicator, totals)
        shown, (values, total) = layers[rank], totals[rank]
        older = tuple(
            Point(layer.vintage, past.value)
            for layer, (_, past) in reversed(list(zip(layers, totals, strict=True))[rank + 1 :])
            if past.value is not None
        )
        others = _of_other_vintages(shown, layers)
        return Measured(shown.indicator, shown.vintage, values, total, shown.elsewhere, older, other_vintages=others)

    @staticmethod
    def _shown(about: Indicator, totals: Sequence[tuple[Mapping[Code, float | None], Total]]) -> int:
        """The rank of the vintage that is shown: the newest that has a value for a commune, so that a newer file of the
        départements hides nothing; or, for what does not add up, the newest that has a figure for the whole territory.
        """
        whole = (rank for rank, (_, total) in enumerate(totals) if total.value is not None)
        communes = (
            rank for rank, (values, _) in enumerate(totals) if any(value is not None for value in values.values())
        )
        wanted = (whole, communes) if about.aggregation == NONE else (communes, whole)
        return next((rank for ranks in wanted for rank in ranks), 0)

    def indicator(self, code: str) -> Indicator:
        """The description of an indicator that is there. Raises ``KeyError``."""
        return self._by_code[code][0].indicator

    def _total(self, layer: Layer) -> tuple[dict[Code, float | None], Total]:
        weights = self._weights(layer)
        values = {place.code: value_of(layer, place, weights) for place in self.places}
        total = together(layer, values, weights)
        published = layer.elsewhere.get(self.exactly) if self.exactly else None
        if published is not None and total.known < total.total and layer.whole is None:
            total = replace(total, value=published, known=total.total)
        elif published is not None and layer.indicator.aggregation == NONE:
            total = replace(total, value=published)
        return values, total

    def _weights(self, layer: Layer) -> Mapping[Code, float | None]:
        if layer.indicator.aggregation != MEAN:
            return {}
        known = self._by_code.get(layer.indicator.weight or POPULATION, self._by_code.get(POPULATION, []))
        year = year_of(layer.vintage)
        weight = next((each for each in known if year_of(each.vintage) == year), known[0] if known else None)
        if weight is None:
            return {}
        return {**weight.values, **{place.code: value_of(weight, place, {}) for place in self.places if place.parts}}


def _of_other_vintages(shown: Layer, layers: Iterable[Layer]) -> dict[Where, tuple[str, float]]:
    """What is known elsewhere for the newest of the other vintages, (vintage, value) by place."""
    found: dict[Where, tuple[str, float]] = {}
    for layer in layers:
        if layer is shown:
            continue
        for where, value in layer.elsewhere.items():
            if value is not None:
                found.setdefault(where, (layer.vintage, value))
    return found


def value_of(layer: Layer, place: Place, weights: Mapping[Code, float | None]) -> float | None:
    """The value of a commune, made of its arrondissements when only they are given."""
    if place.code in layer.values:
        return layer.values[place.code]
    given = [part for part in place.parts if part in layer.values]
    if given:
        return combined(layer.indicator.aggregation, {part: layer.values[part] for part in given}, weights)
    return 0.0 if layer.absent_is_zero else None


def combined(rule: str, values: Mapping[Code, float | None], weights: Mapping[Code, float | None]) -> float | None:
    """The values of places together, of those that are known; ``None`` when none is or when they do not add up."""
    known = {code: value for code, value in values.items() if value is not None}
    if not known or rule == NONE:
        return next(iter(known.values())) if len(values) == len(known) == 1 else None
    if rule == SUM:
        return float(sum(known.values()))
    heavy = {code: weight for code in known if (weight := weights.get(code))}
    weight = sum(heavy.values())
    return sum(known[code] * heavy[code] for code in heavy) / weight if weight else None


def together(layer: Layer, values: Mapping[Code, float | None], weights: Mapping[Code, float | None]) -> Total:
    """The figure of the territory and how many communes it stands on, by the rule of the indicator.

    For a weighted mean of a city given by its arrondissements, the weight of the city is theirs.
    """
    known = [value for value in values.values() if value is not None]
    if layer.whole is not None:
        return Total(layer.whole, len(known), len(values))
    rule = layer.indicator.aggregation
    value = combined(rule, values, weights)
    spread = Spread(min(known), max(known)) if rule == NONE and known and value is None else None
    return Total(value, len(known), len(values), spread)


def ratio(
    about: Indicator, above: Measured | None, below: Measured | None, scale: float, older: bool = True
) -> Measured | None:
    """``scale`` × ``above`` ÷ ``below`` on the territory, by commune, elsewhere and before; ``None`` without both.

    The communes of which one of the two is not known do not count.
    """
    if above is None or below is None:
        return None
    by_place = {code: _divided(value, below.by_place.get(code), scale) for code, value in above.by_place.items()}
    everywhere = {where: _divided(value, below.elsewhere.get(where), scale) for where, value in above.elsewhere.items()}
    past = {point.vintage: point.value for point in below.older}
    points = tuple(
        Point(point.vintage, _divided(point.value, past[point.vintage], scale))
        for point in above.older
        if older and point.vintage in past
    )
    total = _ratio_of_totals(above, below, scale)
    return Measured(about, _vintages(above, below), by_place, total, everywhere, points)


def _ratio_of_totals(above: Measured, below: Measured, scale: float) -> Total:
    both = [code for code, value in above.by_place.items() if value is not None and below.by_place[code] is not None]
    count = len(above.by_place)
    if len(both) == count:
        return Total(_divided(above.total.value, below.total.value, scale), count, count)
    high, low = (sum(each.by_place[code] or 0 for code in both) for each in (above, below))
    return Total(_divided(high, low, scale) if both else None, len(both), count)


def _divided(above: float | None, below: float | None, scale: float) -> float | None:
    return scale * above / below if above is not None and below else None


def _vintages(above: Measured, below: Measured) -> str:
    return above.vintage if above.vintage == below.vintage else f"{above.vintage} ; {below.vintage}"


def _why(measured: Measured) -> str:
    total, about = measured.total, measured.indicator
    if total.value is None and total.known and about.aggregation == NONE:
        return "Cet indicateur ne s'additionne pas : la plus petite et la plus grande valeur des communes sont données."
    if total.known == 0:
        return about.secrecy or "Le fichier n'a de valeur pour aucune commune de ce territoire."
    if total.known < total.total and total.value is not None and about.aggregation == SUM:
        return "Total des seules communes dont la valeur est connue."
    if total.known < total.total:
        return "Moyenne des seules communes dont la valeur est connue." if total.value is not None else about.secrecy
    return ""
