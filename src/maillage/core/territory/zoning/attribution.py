"""To which région and to which territory a commune counts: borders of régions, merged communes."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Shared:
    """A territory over several régions (ZON-17-09): the inhabitants that each counts, who decides, and why."""

    population: Mapping[str, float]
    automatic: bool
    decides: str | None
    why: str


def region_of_code(code: str, regions: Mapping[str, str]) -> str | None:
    """The « région d'attribution » of a BVCV (ZON-X-02): that of its first two characters, whole population.

    ``regions`` maps each département to its région; overseas the département has three characters.
    """
    return regions.get(code[:3]) or regions.get(code[:2])


def shared(population: Mapping[str, float], value: float | None, threshold: float) -> Shared:
    """Who decides of a territory over several régions, of which ``population`` gives the inhabitants of each.

    At most at the threshold the class is automatic in all. Else the ARS agree, failing which the one with the larger
    population decides; nobody when two are equal, or when the value is not known.
    """
    people = dict(population)
    if value is None:
        return Shared(people, automatic=False, decides=None, why="l'indicateur de ce territoire n'est pas connu")
    if value <= threshold:
        return Shared(people, automatic=True, decides=None, why="sélection nationale dans toutes les régions")
    most = max(people.values(), default=0.0)
    largest = [region for region, count in people.items() if count == most]
    if len(largest) != 1:
        return Shared(people, automatic=False, decides=None, why="populations égales : les ARS se mettent d'accord")
    why = "à défaut d'accord entre les ARS, celle qui compte le plus d'habitants du territoire décide"
    return Shared(people, automatic=False, decides=largest[0], why=why)


def carried(
    territories: Mapping[str, str], now: Mapping[str, str], poles: Mapping[str, str] | None = None
) -> dict[str, str]:
    """The territory of each commune of today, from those of former communes (ZON-17-10).

    ``territories``: commune → its territory; ``now``: former commune → the one of today (itself when absent);
    ``poles``: territory → the commune that is its pole. A new commune goes to the territory of the commune whose code
    it keeps; when the poles of two territories merge, so do the territories, under the code of that one.
    """
    members: dict[str, list[str]] = defaultdict(list)
    for commune in territories:
        members[now.get(commune, commune)].append(commune)
    found = {
        new: territories[new] if new in territories else _largest(old, territories) for new, old in members.items()
    }
    merged = _merged_poles(poles or {}, now, found)
    return {commune: merged.get(territory, territory) for commune, territory in found.items()}


def _largest(old: list[str], territories: Mapping[str, str]) -> str:
    """When no former commune keeps its code: the territory of most of them, the first code of equals."""
    names = [territories[commune] for commune in old]
    return min(set(names), key=lambda name: (-names.count(name), name))


def _merged_poles(poles: Mapping[str, str], now: Mapping[str, str], found: Mapping[str, str]) -> dict[str, str]:
    """Territory → the one it merges into, when their poles are one commune today."""
    same: dict[str, list[str]] = defaultdict(list)
    for territory, pole in poles.items():
        same[now.get(pole, pole)].append(territory)
    return {
        territory: found[pole]
        for pole, territories in same.items()
        if len(territories) > 1 and pole in found
        for territory in territories
    }
