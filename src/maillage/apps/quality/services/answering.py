"""Answering a survey, without a name: what is checked, what is kept, what is said to the log."""

import datetime
import secrets
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from maillage.apps.accounts.models import User
from maillage.apps.activity.permissions import check_writes
from maillage.apps.activity.writing import NotNow, tell
from maillage.apps.common.screening import screened
from maillage.apps.quality.models import Survey, SurveyAnswer, SurveyQuestion, SurveyText
from maillage.apps.quality.survey_queries import state_of, told_of
from maillage.core.kernel.problems import REQUIRED, BadInput, Problem
from maillage.core.quality.surveys import FEWEST, Question

ANYONE = "une personne, sans compte"
"""Who answers, in the log."""
MOST_ANSWERS = 20_000
MOST_LETTERS = 2_000
MOST_BY_MINUTE = 60
"""Answers that one survey takes in a minute from its address, whoever sends them: nothing is kept of where from."""
MINUTE = 60
RANDOM_BITS = 96
"""What is drawn at random in the key of an answer; the 32 bits before are its step."""
CLOSED = "Cette enquête n'est pas ouverte : votre réponse n'est pas gardée."
FULL = "Cette enquête a reçu plus de réponses qu'elle ne peut en garder."
TOO_MANY = (
    f"Cette enquête reçoit beaucoup de réponses : elle en prend {MOST_BY_MINUTE} par minute. "
    "Votre réponse n'est pas encore gardée : attendez une minute, puis envoyez-la de nouveau."
)
Given = Mapping[str, Sequence[str]]


class TooMany(NotNow):
    """The survey took its answers of the minute."""


@transaction.atomic
def answer(survey: Survey, given: Given, *, at: datetime.datetime, on_paper_by: User | None = None) -> SurveyAnswer:
    """Keep an answer: choices together, each free text on its own, hidden until it is read.

    ``given``: what was chosen or written, by key of the question. ``on_paper_by``: who types an answer given on paper.
    Raises :class:`NotNow` when the survey takes none, :class:`TooMany`, :class:`BadInput`, :class:`PatientData`.
    """
    if on_paper_by is not None:
        check_writes(on_paper_by, survey.structure, "saisir une réponse sur papier")
    row = Survey.objects.select_for_update(of=("self",)).select_related("structure").get(pk=survey.pk)
    _check_open(row, at)
    questions = list(row.questions.all())
    kept = _checked([told_of(each) for each in questions], given)
    written = {key: values[0] for key, values in kept.items() if _is_text(key, questions)}
    screened(written)
    choices = {key: values for key, values in kept.items() if key not in written}
    if on_paper_by is None:
        _count_in_minute(row, at)
    day = timezone.localdate(at)
    told = {"day": day, "choices": choices, "on_paper": on_paper_by is not None}
    made = SurveyAnswer.objects.create(pk=_key(row.answers.count()), survey=row, **told)
    SurveyText.objects.bulk_create(SurveyText(question_id=key, text=text) for key, text in written.items())
    tell(row.structure, by=on_paper_by or ANYONE, at=at, verb="répondre", subject=row)
    return made


def _check_open(survey: Survey, at: datetime.datetime) -> None:
    if state_of(survey, timezone.localdate(at)) != "ouverte":
        raise NotNow(CLOSED)
    if survey.answers.count() >= MOST_ANSWERS:
        raise NotNow(FULL)


def _key(before: int) -> uuid.UUID:
    """The key of an answer that comes after ``before`` others: its step first, the rest at random.

    By key, a step comes after another, so that the first 5, 10, 15… answers stay the same; within a step, nothing says
    who answered before whom.
    """
    return uuid.UUID(int=before // FEWEST << RANDOM_BITS | secrets.randbits(RANDOM_BITS))


def _count_in_minute(survey: Survey, at: datetime.datetime) -> None:
    """Count an answer from the address, in the shared cache, under the row of the survey. Raises :class:`TooMany`."""
    key = f"enquete:{survey.pk}:{int(at.timestamp()) // MINUTE}"
    taken = int(cache.get(key, 0))
    if taken >= MOST_BY_MINUTE:
        raise TooMany(TOO_MANY)
    cache.set(key, taken + 1, 2 * MINUTE)


def _is_text(key: str, questions: Sequence[SurveyQuestion]) -> bool:
    return any(str(each.pk) == key and each.kind == SurveyQuestion.Kind.TEXTE for each in questions)


def _checked(questions: Sequence[Question], given: Given) -> dict[str, list[str]]:
    """What is kept of an answer, by question. Raises :class:`BadInput` with every problem."""
    kept: dict[str, list[str]] = {}
    problems: list[Problem] = []
    for each in questions:
        values = list(dict.fromkeys(value.strip() for value in given.get(each.key, ()) if value.strip()))
        wrong = _wrong(each, values)
        if wrong:
            problems.append(wrong)
        elif values:
            kept[each.key] = values
    if not problems and not kept:
        problems.append(Problem("", None, "au moins une réponse"))
    if problems:
        raise BadInput(problems)
    return kept


def _wrong(question: Question, values: Sequence[str]) -> Problem | None:
    if not values:
        return Problem(question.key, None, REQUIRED) if question.required else None
    if question.kind == "texte":
        too_long = len(values[0]) > MOST_LETTERS
        return Problem(question.key, None, f"un texte de {MOST_LETTERS} caractères au plus") if too_long else None
    one = question.kind != "multiple" and len(values) > 1
    unknown: Any = [value for value in values if value not in question.offered]
    return Problem(question.key, None, "une réponse parmi celles proposées") if one or unknown else None
