"""What the screen finds, told without repeating it."""

import bisect
import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

HIDDEN = "[masqué]"
BLOCK = "▮"
LONGEST_EXCERPT = 80
Span = tuple[int, int]


class Kind(enum.StrEnum):
    """What was recognised."""

    INS = "ins"
    NIR = "nir"
    BIRTH = "naissance"
    AGE = "age"
    RECORD = "dossier"
    PATIENT = "patient"
    HEALTH = "sante"


EXPLANATIONS = {
    Kind.NIR: "Ceci ressemble à un numéro de sécurité sociale.",
    Kind.INS: "Ceci ressemble à une identité nationale de santé (INS).",
    Kind.BIRTH: "Une date de naissance est donnée avec de quoi reconnaître la personne.",
    Kind.AGE: "Une personne est nommée avec son âge.",
    Kind.RECORD: "Ceci ressemble au numéro d'un dossier ou d'un séjour de patient.",
    Kind.PATIENT: "Un patient est nommé.",
    Kind.HEALTH: "Une personne est nommée avec son état de santé.",
}


@dataclass(frozen=True)
class Finding:
    """Something that may tell who a patient is: where (``start`` to ``end``), and what to hide inside.

    ``hidden`` are the spans that :func:`mask` replaces; ``excerpt`` is what was found with those spans blacked
    out. Nothing here repeats what was typed: a finding can be logged.
    """

    kind: Kind
    start: int
    end: int
    hidden: tuple[tuple[int, int], ...]
    excerpt: str

    @property
    def explanation(self) -> str:
        """One French sentence: why this was stopped."""
        return EXPLANATIONS[self.kind]


def found(kind: Kind, text: str, spans: Iterable[tuple[int, int]], upto: int = 0) -> Finding:
    """The finding of these spans of ``text``; ``upto`` is where it ends when that is after its last span."""
    hidden = tuple(sorted(spans))
    start, end = hidden[0][0], max(upto, hidden[-1][1])
    return Finding(kind, start, end, hidden, _excerpt(text, start, end, hidden))


def mask(text: str, findings: Iterable[Finding]) -> str:
    """The text with « [masqué] » in the place of what was found."""
    return masked_part(text, merged(span for finding in findings for span in finding.hidden))


def masked_part(part: str, spans: Sequence[Span], start: int = 0) -> str:
    """A part of a text that begins at ``start`` in it, once these spans of the text (:func:`merged`) are masked.

    A span that goes on from the part before leaves nothing: its mark stands where it begins.
    """
    told, place, end = [], start, start + len(part)
    for rank in range(bisect.bisect_right(spans, start, key=_end), len(spans)):
        first, last = spans[rank]
        if first >= end:
            break
        told += [part[place - start : first - start], HIDDEN] if first >= start else []
        place = min(last, end)
    return "".join((*told, part[place - start :]))


def merged(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those that touch made one."""
    one: list[Span] = []
    for start, end in sorted(spans):
        if one and start <= one[-1][1]:
            one[-1] = (one[-1][0], max(end, one[-1][1]))
        else:
            one.append((start, end))
    return one


def _end(span: Span) -> int:
    return span[1]


def _excerpt(text: str, start: int, end: int, hidden: tuple[tuple[int, int], ...]) -> str:
    told = list(text[start:end])
    for first, last in hidden:
        for place in range(first - start, last - start):
            told[place] = BLOCK if told[place].isalnum() else told[place]
    line = " ".join("".join(told).split())
    return line if len(line) <= LONGEST_EXCERPT else line[: LONGEST_EXCERPT - 1] + "…"
