"""Names that look like a misspelt one: shared trigrams choose the candidates, difflib ranks them."""

import difflib
from collections import Counter, defaultdict
from collections.abc import Iterable

CANDIDATES = 40
LIKENESS = 0.72


class Spelling:
    """An index of folded names. Built once (half a second for France), asked in a few milliseconds.

    ``names`` gives each name with the code it leads to and a weight: of two names as near, the heavier comes first.
    """

    def __init__(self, names: Iterable[tuple[str, str, int]]) -> None:
        self._names = list(names)
        self._by_trigram: dict[str, list[int]] = defaultdict(list)
        self._sizes = []
        for index, (name, _code, _weight) in enumerate(self._names):
            trigrams = _trigrams(name)
            self._sizes.append(len(trigrams))
            for trigram in trigrams:
                self._by_trigram[trigram].append(index)

    def nearest(self, name: str, limit: int) -> list[str]:
        """Codes of the names that look most like ``name``, best first; empty when none is near enough."""
        ranked = sorted(
            ((_likeness(name, self._names[index][0]), self._names[index]) for index in self._candidates(name)),
            key=lambda found: (-round(found[0], 2), -found[1][2], found[1][1]),
        )
        codes = dict.fromkeys(code for likeness, (_name, code, _weight) in ranked if likeness >= LIKENESS)
        return list(codes)[:limit]

    def _candidates(self, name: str) -> list[int]:
        trigrams = _trigrams(name)
        shared: Counter[int] = Counter()
        for trigram in trigrams:
            shared.update(self._by_trigram.get(trigram, ()))
        dice = ((2 * count / (len(trigrams) + self._sizes[index]), index) for index, count in shared.items())
        return [index for _score, index in sorted(dice, reverse=True)[:CANDIDATES]]


def _trigrams(name: str) -> set[str]:
    padded = f"  {name.replace(' ', '')} "
    return {padded[start : start + 3] for start in range(len(padded) - 2)}


def _likeness(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one.replace(" ", ""), other.replace(" ", "")).ratio()
