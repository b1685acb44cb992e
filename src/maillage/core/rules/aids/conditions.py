"""What an aid of a simulator asks, out of any case: the words of its conditions, without the answers of the form."""

import functools
import re
from collections.abc import Iterator, Mapping

from maillage.core.rules.aids.catalogue import taken
from maillage.core.rules.base import Condition
from maillage.core.rules.catalogue import rules
from maillage.core.rules.simulation.spec import LineSpec
from maillage.core.rules.simulation.uses import ParameterUse
from maillage.core.rules.simulation.wording import PLACE, SENTENCE
from maillage.core.rules.system import system

DECLARED = "Vous déclarez"
# One of the ways of having an aid (« ZFRR »), empty when there is only one, and what it asks.
Part = tuple[str, str]
OF_THE_CASE = re.compile(r"\{[a-z0-9_]+\}")
ANSWERED = re.compile(r"\s*:\s*\{[a-z0-9_]+\}")
# A clause that a parameter says true or false, up to a comma: « , ouvert aux remplaçants : {a.b.c} ».
DECIDED = re.compile(r"(?P<before>^|, )(?P<clause>[^,{}]+?)\s*:\s*\{(?P<path>[a-z0-9_]+(?:\.[a-z0-9_]+)+)\}")
# Below, the words before an answer are the name of a field (« cabinet : {zone} »), not something asked.
FEWEST_WORDS = 4
# Parameters that say whether one may still ask for an aid.
OPENINGS = ("ouvert", "aides_ouvertes", "signatures_ouvertes")


@functools.cache
def asked(name: str) -> tuple[str, ...]:
    """What the amount ``name`` asks, each with its figures still to fill (« {a.b.c} »)."""
    written = taken()["aides"].get(name, {}).get("conditions")
    spec = system().variables[name].spec
    if written is not None:
        return tuple(written)
    return _once(tuple(_of_condition(spec.only_if))) if spec.only_if else ()


@functools.cache
def read(name: str) -> tuple[str, ...]:
    """Every parameter that founds the amount ``name``, the values that it uses or what it asks, the nearest first."""
    found: dict[str, None] = {}
    seen = list(filter(None, dict.fromkeys([name, *rules()[name].uses, system().variables[name].spec.only_if])))
    for each in seen:
        found |= dict.fromkeys(rules()[each].parameters)
        seen.extend(used for used in rules()[each].uses if used not in seen and _is_condition(used))
    return tuple(found)


def told(condition: str, uses: Mapping[str, ParameterUse]) -> str:
    """A condition without the clauses that the day says false, empty when nothing is left or when it is an opening."""
    paths = [place for place in PLACE.findall(condition) if "." in place]
    if any(is_opening(path) for path in paths):
        return ""
    return DECIDED.sub(lambda clause: _decided(clause, uses), condition).removeprefix(", ")


def is_opening(path: str) -> bool:
    """Whether a parameter says if one may still ask for an aid."""
    return path.rpartition(".")[2] in OPENINGS


def name_of(place: str) -> str:
    """The variable that a place of a formula names, empty when it is none."""
    ends = (place, *(f"{start}_{place}" for start in ("aides", "centre", "aci_cpts", "immobilier")))
    return next((name for name in ends if name in system().variables), "")


def _once(found: tuple[Part, ...]) -> tuple[str, ...]:
    """The conditions in words: what every way of having the aid asks is told once, without naming the way."""
    ways = {way for way, _ in found}
    shared = {words for _, words in found if all((way, words) in found for way in ways)}
    told = (words if words in shared or not way else f"{way} : {_lower(words)}" for way, words in found)
    return tuple(dict.fromkeys(told))


def _of_condition(name: str) -> Iterator[Part]:
    spec = getattr(system().variables[name], "spec", None)
    if not isinstance(spec, LineSpec):
        for used in rules()[name].uses:
            yield from _of_condition(used) if _is_condition(used) else ()
        return
    for sentence in SENTENCE.split(spec.words):
        if not sentence.startswith(DECLARED):
            yield from _parts(sentence.rstrip("."))


def _parts(sentence: str) -> Iterator[Part]:
    for part in (written[:1].upper() + written[1:] for written in sentence.split(" ; ")):
        inner = [name for place in PLACE.findall(part) if _is_condition(name := name_of(place))]
        words = ANSWERED.sub("", part)
        if inner:
            yield from ((words, each) for name in inner for _, each in _of_condition(name))
        elif _is_asked(part, words):
            yield "", words


def _is_asked(part: str, words: str) -> bool:
    if OF_THE_CASE.search(words) or part.startswith(tuple(taken()["sans_condition"])):
        return False
    return part == words or "{" in words or len(words.split()) >= FEWEST_WORDS


def _is_condition(name: str) -> bool:
    return bool(name) and isinstance(system().variables[name], Condition)


def _decided(clause: re.Match[str], uses: Mapping[str, ParameterUse]) -> str:
    value = uses[clause["path"]].value
    if not isinstance(value, bool):
        return clause[0]
    return clause["before"] + clause["clause"] if value else ""


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:] if words[1:2].islower() else words
