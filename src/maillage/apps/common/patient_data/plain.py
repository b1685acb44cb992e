"""A text made plain for the patterns: no accent, one kind of space, dash and apostrophe; and the way back."""

import unicodedata
from dataclasses import dataclass

SAME = {"’": "'", "‘": "'", "ʼ": "'", "´": "'", "`": "'", "–": "-", "—": "-", "‑": "-", "‐": "-", "−": "-", "·": "."}
LIGATURES = {"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE"}


@dataclass(frozen=True)
class Plain:
    """``text`` is what the patterns read; ``places`` says where each of its characters stands in the original."""

    original: str
    text: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the plain text stands in the original."""
        after = self.places[end] if end < len(self.places) else len(self.original)
        return self.places[start], max(after if after > self.places[end - 1] else 0, self.places[end - 1] + 1)


def plain(text: str) -> Plain:
    """Case is kept; what cannot be seen (zero-width characters, accents written apart) is dropped."""
    letters: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        for letter in _plain(char):
            letters.append(letter)
            places.append(place)
    return Plain(text, "".join(letters), tuple(places))


def _plain(char: str) -> str:
    if char.isascii():
        return char
    if char in SAME:
        return SAME[char]
    if char in LIGATURES:
        return LIGATURES[char]
    kept = (each for each in unicodedata.normalize("NFKD", char) if unicodedata.category(each) not in ("Mn", "Cf"))
    return "".join(" " if unicodedata.category(each) == "Zs" else each for each in kept)
