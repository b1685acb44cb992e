"""What a survey says: when it takes answers, what its answers add up to, and when they are too few to be shown."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

FEWEST = 5
"""Answers from which results are shown, and by which they move on while the survey is open.

Below, one could recognise someone: a choice of Maillage, of no text.
"""
NOTES = ("1", "2", "3", "4", "5")
State = Literal["brouillon", "ouverte", "close"]
Kind = Literal["note", "choix", "multiple", "texte"]


@dataclass(frozen=True)
class Question:
    """A question as it is counted."""

    key: str
    kind: str
    title: str
    choices: tuple[str, ...] = ()
    required: bool = False

    @property
    def offered(self) -> tuple[str, ...]:
        """The answers among which one chooses; none for a free text."""
        return NOTES if self.kind == "note" else self.choices


@dataclass(frozen=True)
class Result:
    """What a question received. ``rows`` is empty when too few answered it; ``mean`` for marks only."""

    question: Question
    answered: int
    rows: tuple[tuple[str, int], ...]
    mean: Decimal | None

    @property
    def is_hidden(self) -> bool:
        """Whether too few answered for the result to be shown."""
        return not self.rows


def state_on(
    day: datetime.date, opened_on: datetime.date | None, closes_on: datetime.date, closed_on: datetime.date | None
) -> State:
    """Where a survey stands on a day: its last day still takes answers."""
    if opened_on is None:
        return "brouillon"
    return "close" if closed_on is not None or day > closes_on else "ouverte"


def shown_of(answers: int, *, is_open: bool) -> int:
    """Of how many answers, the first ones, the results are made: whole steps while the survey is open, then all.

    Seen one answer after the other, two results would tell by difference what one person said. The last whole step
    waits too, so that what closing adds is never less than a step.
    """
    return max(answers // FEWEST - 1, 0) * FEWEST if is_open else answers


def told_count(answers: int, *, is_open: bool) -> int:
    """How many answers are told: at least so many while the survey is open, all once it is closed."""
    return answers - answers % FEWEST if is_open else answers


def results(questions: Iterable[Question], answers: Sequence[Mapping[str, Sequence[str]]]) -> Iterator[Result]:
    """The count of each question that offers answers; each is shown from ``FEWEST`` answers to it."""
    for question in questions:
        if question.kind == "texte":
            continue
        given = [kept for answer in answers if (kept := list(answer.get(question.key, ())))]
        if len(given) < FEWEST:
            yield Result(question, len(given), (), None)
            continue
        rows = tuple((choice, sum(choice in each for each in given)) for choice in question.offered)
        yield Result(question, len(given), rows, _mean(question, given))


def _mean(question: Question, given: Sequence[Sequence[str]]) -> Decimal | None:
    if question.kind != "note":
        return None
    marks = [int(each) for kept in given for each in kept]
    return (Decimal(sum(marks)) / len(marks)).quantize(Decimal("0.1"))
