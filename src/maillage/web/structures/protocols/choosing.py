"""Choosing several members of a team that may be long: all of a short one, else those found by a name."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from django.http import QueryDict

from maillage.core.kernel.french import fold

SEARCH, WORDS, BEFORE = "chercher", "q", "q-avant"
"""The button that searches, what is searched, what was searched when the page was shown."""
MOST = 40
"""How many names a page shows without a search."""
Row = tuple[str, str]


@dataclass(frozen=True)
class Choosing:
    """What a page shows: who is chosen already, who else may be, by (key, name).

    ``is_long``: a search is offered; ``beyond``: how many more the words find.
    """

    chosen: Sequence[Row] = field(default_factory=list)
    found: Sequence[Row] = field(default_factory=list)
    words: str = ""
    is_long: bool = False
    beyond: int = 0


def choosing(rows: Sequence[Row], chosen: Collection[str], words: str = "") -> Choosing:
    """What to show of a team.

    >>> team = [("1", "Ana Le Goff"), ("2", "Ève Morel")]
    >>> choosing(team, ["2"]).chosen, choosing(team, []).is_long
    ([('2', 'Ève Morel')], False)
    """
    kept, others = [row for row in rows if row[0] in chosen], [row for row in rows if row[0] not in chosen]
    if len(rows) <= MOST:
        return Choosing(kept, others)
    asked = fold(words).split()
    found = [row for row in others if asked and all(word in fold(row[1]) for word in asked)]
    return Choosing(kept, found[:MOST], words, is_long=True, beyond=max(len(found) - MOST, 0))


def is_search(data: QueryDict) -> bool:
    """Whether a form was sent to search a member, by its button or by the key « Entrée » in the field."""
    return SEARCH in data or data.get(WORDS, "").strip() != data.get(BEFORE, "").strip()
