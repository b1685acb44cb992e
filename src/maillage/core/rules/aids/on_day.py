"""What an aid is on a day, outside of any case: its amount, its formula, its conditions, its texts."""

import datetime
import functools
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from maillage.core.kernel import french
from maillage.core.kernel.money import round_cents
from maillage.core.rules.aids.aid import Aid, AidOnDay, Figure, Text
from maillage.core.rules.aids.catalogue import data_of
from maillage.core.rules.orientation.amounts import Bounds
from maillage.core.rules.orientation.financings import bounds_anywhere
from maillage.core.rules.orientation.rulebook import rulebook
from maillage.core.rules.simulation.spec import LineSpec
from maillage.core.rules.simulation.uses import ParameterUse, use_of
from maillage.core.rules.simulation.wording import PLACE, SENTENCE, said
from maillage.core.rules.system import system

DECLARED = "Vous déclarez"
EUROS, YEARLY = "euro", "une valeur par année"
OF_THE_CASE = re.compile(r"\{[a-z0-9_]+\}")
# Parameters that say whether one may still ask for an aid.
OPENINGS = ("ouvert", "aides_ouvertes", "signatures_ouvertes")


@functools.lru_cache(maxsize=2_000)
def on_day(aid: Aid, date: datetime.date) -> AidOnDay:
    """The aid as the texts of the day give it."""
    return _line_on_day(aid, date) if aid.is_line else _data_on_day(aid, date)


def _data_on_day(aid: Aid, date: datetime.date) -> AidOnDay:
    data, book = data_of(aid), rulebook(aid.region or None)
    bounds = Bounds(None, None, "", data.parametre) if data.calcul else bounds_anywhere(data, date, book)
    reason = " ; ".join(part for part in (bounds.reason, data.motif) if part)
    paths = [bounds.link, *(path for path in (data.minimum, data.maximum) if path)]
    if data.par_taille:
        paths = [path for path in book.texts if path.startswith(f"{data.par_taille}.taille_")]
    uses = [use_of(book.texts[path], date) for path in dict.fromkeys(paths)]
    doubt = f"À confirmer : {reason}." if reason and reason not in bounds.sentence else ""
    return AidOnDay(
        bounds.low,
        bounds.high,
        aid.unit,
        data.exists_on(date),
        bool(reason),
        " ".join(part for part in (data.explication, bounds.sentence, doubt) if part),
        data.conditions_on(date),
        tuple(_figure(use) for use in uses),
        _texts(uses),
    )


def _line_on_day(aid: Aid, date: datetime.date) -> AidOnDay:
    engine = system()
    spec = engine.variables[aid.name].spec
    asked = getattr(engine.variables[spec.only_if], "spec", None) if spec.only_if else None
    words = asked.words if isinstance(asked, LineSpec) else ""
    paths = [*_paths(spec.words), *_paths(words), *spec.parameters]
    uses = {path: use_of(engine.text(path), date) for path in dict.fromkeys(paths)}
    amounts = [uses[path] for path in dict.fromkeys(_paths(spec.words)) if uses[path].unit.startswith(EUROS)]
    low, high = _bounds(amounts)
    return AidOnDay(
        low,
        high,
        _unit(amounts) or aid.unit,
        not any(use.value is False for use in uses.values() if _is_opening(use.path)),
        any(use.value is None or use.doubtful for use in amounts),
        _filled(spec.words, uses),
        tuple(_asked(words, uses)),
        tuple(_figure(use) for use in uses.values()),
        _texts(uses.values()),
    )


def _paths(words: str) -> list[str]:
    return [place for place in PLACE.findall(words) if "." in place]


def _filled(words: str, uses: dict[str, ParameterUse]) -> str:
    """A formula with the figures of the day; what the case would give is called by its name."""
    return PLACE.sub(lambda match: _word(match.group(1), uses), words)


def _word(place: str, uses: dict[str, ParameterUse]) -> str:
    if "." not in place:
        return f"« {_label(place)} »"
    use = uses[place]
    return french.UNKNOWN if use.value is None else said(use.value, use.unit)


def _label(place: str) -> str:
    variables = system().variables
    name = next(
        (name for name in (place, f"aides_{place}", f"centre_{place}", f"aci_cpts_{place}") if name in variables), ""
    )
    label = variables[name].label if name else place
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def _asked(words: str, uses: dict[str, ParameterUse]) -> Iterable[str]:
    """The conditions, one by one, without what repeats the answers of the form."""
    for sentence in SENTENCE.split(words):
        if sentence.startswith(DECLARED) or not sentence:
            continue
        for part in sentence.rstrip(".").split(" ; "):
            if not OF_THE_CASE.search(part) and not any(_is_opening(path) for path in _paths(part)):
                told = _filled(part, uses)
                yield told[:1].upper() + told[1:]


def _is_opening(path: str) -> bool:
    return path.rpartition(".")[2] in OPENINGS


def _bounds(amounts: list[ParameterUse]) -> tuple[Decimal | None, Decimal | None]:
    """The interval of an amount, from the figures of its formula: the first, or « minimum » and « plafond »."""
    known = [use for use in amounts if use.value is not None]
    least = next((use for use in known if "minimum" in use.path), None)
    most = next((use for use in known if "plafond" in use.path or "maximum" in use.path), None)
    if least or most:
        return _least(least), _most(most)
    return (_least(known[0]), _most(known[0])) if known else (None, None)


def _unit(amounts: list[ParameterUse]) -> str:
    """What the first figure of a formula pays: « par mois »."""
    unit = next((use.unit.removeprefix("euros").strip(" ,") for use in amounts if use.value is not None), "")
    return "par an" if unit == YEARLY else unit


def _least(use: ParameterUse | None) -> Decimal | None:
    return None if use is None else round_cents(min(filter(None, _numbers(use.value)), default=0))


def _most(use: ParameterUse | None) -> Decimal | None:
    return None if use is None else round_cents(max(_numbers(use.value)))


def _numbers(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list) else [value]


def _figure(use: ParameterUse) -> Figure:
    value = None if use.value is None else said(use.value, use.unit)
    return Figure(use.path, use.label, value, use.reason or use.superseded)


def _texts(uses: Iterable[ParameterUse]) -> tuple[Text, ...]:
    return tuple(dict.fromkeys(Text(title, url) for use in uses for title, url in use.texts))
