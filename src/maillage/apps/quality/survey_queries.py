"""Reads of the surveys and of what is done with users, each within a structure whose right was checked."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from maillage.apps.quality.models import Survey, SurveyQuestion, SurveyText, UserInvolvement
from maillage.apps.structures.models import Structure
from maillage.core.quality.involvement import Involvement, involvement
from maillage.core.quality.surveys import FEWEST, Question, Result, State, results, shown_of, state_on, told_count

SHOWN = SurveyText.State.MONTRE
LAST_FIRST = ("-created_at", "pk")
"""Said again where rows are counted: a query that groups forgets the order of its model."""


@dataclass(frozen=True)
class Results:
    """What a survey says: how many answered, each question, the texts that were read and shown, those to read.

    ``shown``: of how many answers, the first ones, the questions tell. While the survey is open, ``answers`` is told by
    whole steps, and neither the texts nor what was given on paper are told at all.
    """

    answers: int
    shown: int
    on_paper: int
    rows: tuple[Result, ...]
    texts: tuple[tuple[SurveyQuestion, tuple[SurveyText, ...]], ...]
    to_read: tuple[SurveyText, ...]

    @property
    def is_hidden(self) -> bool:
        """Whether too few answered for anything to be shown."""
        return self.shown < FEWEST


def surveys_of(structure: Structure) -> QuerySet[Survey]:
    """The surveys of a structure, the last first, with their count of answers and of texts to read."""
    rows = Survey.objects.filter(structure=structure).select_related("structure__organisation")
    waiting = Count("questions__texts", filter=Q(questions__texts__state="a_lire"), distinct=True)
    return rows.annotate(answered=Count("answers", distinct=True), waiting=waiting).order_by(*LAST_FIRST)


def survey_of(structure: Structure, identifier: uuid.UUID) -> Survey | None:
    """A survey of a structure."""
    return surveys_of(structure).filter(pk=identifier).first()


def public_survey(secret: str) -> Survey | None:
    """The survey at this public address; a draft is at none."""
    rows = Survey.objects.filter(secret=secret, opened_on__isnull=False, structure__organisation__closed_at=None)
    return rows.select_related("structure__organisation").first()


def question_of(survey: Survey, identifier: uuid.UUID) -> SurveyQuestion | None:
    """A question of a survey."""
    return survey.questions.select_related("survey__structure__organisation").filter(pk=identifier).first()


def text_of(survey: Survey, identifier: uuid.UUID) -> SurveyText | None:
    """A text of a survey."""
    rows = SurveyText.objects.filter(question__survey=survey).select_related(
        "question__survey__structure__organisation"
    )
    return rows.filter(pk=identifier).first()


def state_of(survey: Survey, day: datetime.date) -> State:
    """Where a survey stands on a day."""
    return state_on(day, survey.opened_on, survey.closes_on, survey.closed_on)


def told_of(question: SurveyQuestion) -> Question:
    """A question as the core counts it."""
    return Question(str(question.pk), question.kind, question.title, tuple(question.choices), question.is_required)


def results_of(survey: Survey, day: datetime.date) -> Results:
    """What a survey says on a day, by whole steps while it is open; the texts once it is closed and enough answered."""
    questions = list(survey.questions.prefetch_related("texts"))
    answers = list(survey.answers.values_list("choices", "on_paper"))
    is_open = state_of(survey, day) == "ouverte"
    shown = shown_of(len(answers), is_open=is_open)
    free = [each for each in questions if each.kind == SurveyQuestion.Kind.TEXTE]
    texts = [] if is_open or shown < FEWEST else [(each, list(each.texts.all())) for each in free]
    return Results(
        told_count(len(answers), is_open=is_open),
        shown,
        0 if is_open else sum(paper for _choices, paper in answers),
        tuple(results((told_of(each) for each in questions), [choices for choices, _paper in answers[:shown]])),
        tuple((each, tuple(text for text in held if text.state == SHOWN)) for each, held in texts),
        tuple(text for _each, held in texts for text in held if text.state == SurveyText.State.A_LIRE),
    )


def involvements_of(structure: Structure) -> QuerySet[UserInvolvement]:
    """What a structure did with its users, the last first."""
    return UserInvolvement.objects.filter(structure=structure).select_related("proof", "structure__organisation")


def involvement_of(structure: Structure, identifier: uuid.UUID) -> UserInvolvement | None:
    """One of them."""
    return involvements_of(structure).filter(pk=identifier).first()


def open_in(surveys: Sequence[Survey], year: int) -> list[Survey]:
    """The surveys that took answers on a day of a civil year."""
    return [each for each in surveys if each.opened_on and each.opened_on.year <= year <= _last(each).year]


def facts_of(rows: Sequence[UserInvolvement], surveys: Sequence[Survey], year: int) -> Involvement:
    """The facts of a year for the agreement."""
    kinds = [each.kind for each in rows if each.day.year == year]
    return involvement(kinds, len(open_in(surveys, year)), year)


def _last(survey: Survey) -> datetime.date:
    return min(survey.closed_on, survey.closes_on) if survey.closed_on else survey.closes_on
