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
from maillage.core.rules.aids.catalogue import data_of, taken
from maillage.core.rules.aids.conditions import asked, is_opening, name_of, read, told
from maillage.core.rules.orientation.amounts import Bounds
from maillage.core.rules.orientation.financings import bounds_anywhere
from maillage.core.rules.orientation.rulebook import rulebook
from maillage.core.rules.simulation.spec import LineSpec
from maillage.core.rules.simulation.uses import ParameterUse, use_of
from maillage.core.rules.simulation.wording import PLACE, said
from maillage.core.rules.system import system
from maillage.core.rules.texts import ParameterText

EUROS, YEARLY = "euro", "une valeur par année"

# What a formula says of the case (« Installation : {a} ; première : {b}. », « ({a}) », « : {a} » at its end): out of
# any case it has nothing to add.
OF_THE_CASE = re.compile(
    r"(?:^|(?<=\.) )[^.;:{}]+ : \{\w+\}(?: ; [^.;:{}]+ : \{\w+\})*\.(?= |$)| \(\{\w+\}\)| : \{\w+\}(?=\.(?: |$))"
)


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
        _texts([book.texts[path] for path in dict.fromkeys(paths)], date),
    )


def _line_on_day(aid: Aid, date: datetime.date) -> AidOnDay:
    engine = system()
    spec = engine.variables[aid.name].spec
    conditions, formulas = asked(aid.name), _formulas(spec.words)
    method = (taken()["aides"].get(aid.name, {}).get("calcul", spec.words), *formulas)
    written = [path for words in (spec.words, *method, *conditions) for path in _paths(words)]
    paths = dict.fromkeys([*written, *spec.parameters, *read(aid.name)])
    uses = {path: use_of(engine.text(path), date) for path in paths}
    amounts = [uses[path] for path in dict.fromkeys(_paths(spec.words)) if _is_amount(uses[path])]
    low, high = _bounds(amounts)
    return AidOnDay(
        low,
        high,
        _unit(amounts) or aid.unit,
        _is_open(aid.name, spec, uses),
        any(use.value is None or use.doubtful for use in amounts),
        " ".join(_filled(OF_THE_CASE.sub("", words), uses) for words in method),
        tuple(_filled(words, uses) for condition in conditions if (words := told(condition, uses))),
        tuple(_figure(use) for use in uses.values() if _is_figure(use.value)),
        _texts([engine.text(path) for path in paths], date),
    )


def _formulas(words: str) -> tuple[str, ...]:
    """How the calculated values that a formula names are found, when figures of the texts give them."""
    variables = system().variables
    named = [variables[name] for place in PLACE.findall(words) if "." not in place and (name := name_of(place))]
    return tuple(
        f"{variable.label} : {variable.spec.words[:1].lower()}{variable.spec.words[1:]}"
        for variable in dict.fromkeys(named)
        if isinstance(variable.spec, LineSpec) and _paths(variable.spec.words)
    )


def _is_open(name: str, spec: LineSpec, uses: dict[str, ParameterUse]) -> bool:
    needed = taken()["aides"].get(name, {}).get("tant_que")
    closed = any(uses[path].value is False for path in _openings(spec))
    return not closed and (needed is None or uses[needed].value is not None)


def _is_amount(use: ParameterUse) -> bool:
    """Whether a figure is what is paid, not what a rate bears on."""
    return use.unit.startswith(EUROS) and not use.path.rpartition(".")[2].startswith("base")


def _openings(spec: LineSpec) -> list[str]:
    """Parameters, of the amount or of its own condition, that say whether one may still ask."""
    condition = getattr(system().variables[spec.only_if], "spec", None) if spec.only_if else None
    words = condition.words if isinstance(condition, LineSpec) else ""
    return [path for path in (*_paths(spec.words), *_paths(words), *spec.parameters) if is_opening(path)]


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
    name = name_of(place)
    label = system().variables[name].label if name else place
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


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


def _is_figure(value: Any) -> bool:
    """Whether a value can be shown in a table: a number, several, yes or no, or what is not established."""
    return value is None or all(isinstance(item, int | float | Decimal) for item in _numbers(value))


def _texts(texts: Iterable[ParameterText], date: datetime.date) -> tuple[Text, ...]:
    """The references in force on a day, even those that give no value."""
    entries = [text.in_force(date) for text in texts]
    cited = [reference for entry in entries if entry is not None for reference in entry.references]
    return tuple(dict.fromkeys(Text(reference.title, reference.href) for reference in cited))
