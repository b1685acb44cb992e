"""The verbs on a survey: write, open, close, remove, put back; read its texts before anyone sees them."""

import datetime
import secrets
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from maillage.apps.accounts.models import User
from maillage.apps.activity.permissions import check_writes
from maillage.apps.activity.writing import (
    REMOVED,
    RESTORED,
    NotNow,
    changes,
    check_unchanged,
    removed,
    tell,
    values,
)
from maillage.apps.common.screening import screened
from maillage.apps.quality.models import Survey, SurveyQuestion, SurveyText
from maillage.apps.quality.survey_inputs import QuestionFields, SurveyFields
from maillage.apps.quality.survey_queries import state_of
from maillage.apps.structures.models import Structure
from maillage.core.kernel.problems import BadInput, Problem

BYTES = 16
WORDS = "écrire une enquête"
QUESTIONS = "questions"
"""What a survey holds, as the log of its removal calls it."""
ENDED = "Cette enquête est close : ses résultats sont lus en entier, elle ne se rouvre pas. Faites-en une nouvelle."
STARTED = "Cette enquête est ouverte : ses questions ne changent plus, les réponses ne se compareraient pas."


@transaction.atomic
def create_survey(
    structure: Structure,
    fields: SurveyFields,
    *,
    questions: Sequence[QuestionFields] = (),
    by: User,
    at: datetime.datetime,
) -> Survey:
    """A draft, with its first questions when it begins from a template. Raises :class:`BadInput`."""
    check_writes(by, structure, WORDS)
    survey = Survey(structure=structure, secret=secrets.token_urlsafe(BYTES), created_at=at, created_by=by)
    _fill(survey, fields, at)
    survey.save(force_insert=True)
    for rank, each in enumerate(questions):
        SurveyQuestion.objects.create(survey=survey, position=rank, **each.model_dump())
    tell(structure, by=by, at=at, verb="créer", subject=survey, after=_told(survey))
    return survey


@transaction.atomic
def write_survey(survey: Survey, fields: SurveyFields, *, seen: str = "", by: User, at: datetime.datetime) -> Survey:
    """Change the title, the words or the last day; the day may still be put off while it is open.

    Raises :class:`NotNow` once it is closed: read whole then opened again, it would tell what one more person says.
    """
    row = _held(survey, by, WORDS)
    if state_of(row, timezone.localdate(at)) == "close":
        raise NotNow(ENDED)
    check_unchanged(row, seen)
    before = _told(row)
    _fill(row, fields, at)
    row.save()
    changed = changes(before, _told(row))
    if changed[1]:
        tell(row.structure, by=by, at=at, verb="modifier", subject=row, before=changed[0], after=changed[1])
    return row


@transaction.atomic
def add_question(survey: Survey, fields: QuestionFields, *, by: User, at: datetime.datetime) -> SurveyQuestion:
    """Add a question at the end of a draft."""
    row = _draft(survey, by)
    screened({"title": fields.title, "choices": "\n".join(fields.choices)})
    last = row.questions.aggregate(last=Max("position"))["last"]
    position = 0 if last is None else last + 1
    question = SurveyQuestion.objects.create(survey=row, position=position, **fields.model_dump())
    tell(row.structure, by=by, at=at, verb="créer", subject=question, after=values(question))
    return question


@transaction.atomic
def write_question(
    question: SurveyQuestion, fields: QuestionFields, *, by: User, at: datetime.datetime
) -> SurveyQuestion:
    """Change the words of a question of a draft, how it is answered, the answers offered; it keeps its place."""
    row = _draft(question.survey, by)
    screened({"title": fields.title, "choices": "\n".join(fields.choices)})
    found = row.questions.get(pk=question.pk)
    before = values(found)
    for name, value in fields.model_dump().items():
        setattr(found, name, value)
    found.save()
    changed = changes(before, values(found))
    if changed[1]:
        tell(row.structure, by=by, at=at, verb="modifier", subject=found, before=changed[0], after=changed[1])
    return found


@transaction.atomic
def move_question(question: SurveyQuestion, step: int, *, by: User, at: datetime.datetime) -> None:
    """Move a question up (``step`` -1) or down (1) in a draft; at an end it stays."""
    row = _draft(question.survey, by)
    keys = list(row.questions.values_list("pk", flat=True))
    here = keys.index(question.pk)
    there = min(max(here + step, 0), len(keys) - 1)
    keys.insert(there, keys.pop(here))
    for position, key in enumerate(keys):
        SurveyQuestion.objects.filter(pk=key).update(position=position)
    if here != there:
        told: dict[str, Any] = {"before": {"rang": here}, "after": {"rang": there}}
        tell(row.structure, by=by, at=at, verb="ordonner", subject=question, **told)


@transaction.atomic
def remove_question(question: SurveyQuestion, *, by: User, at: datetime.datetime) -> str:
    """Remove a question of a draft; what is returned puts it back."""
    row = _draft(question.survey, by)
    found = row.questions.get(pk=question.pk)
    tell(row.structure, by=by, at=at, verb=REMOVED, subject=found, before=values(found))
    found.delete()
    return str(question.pk)


@transaction.atomic
def put_question_back(survey: Survey, identifier: str, *, by: User, at: datetime.datetime) -> SurveyQuestion:
    """Put back a question of a draft. Raises :class:`NotNow` when there is nothing to put back."""
    row = _draft(survey, by)
    told = removed(SurveyQuestion, identifier)
    if told is None or told["survey_id"] != str(row.pk):
        raise NotNow("Cette question n'est plus à rétablir.")
    question = SurveyQuestion.objects.create(pk=identifier, **told)
    tell(row.structure, by=by, at=at, verb=RESTORED, subject=question, after=values(question))
    return question


@transaction.atomic
def open_survey(survey: Survey, *, by: User, at: datetime.datetime) -> Survey:
    """Open a draft at its public address. Raises :class:`NotNow` without a question, or when its last day is past."""
    row = _draft(survey, by)
    if not row.questions.exists():
        raise NotNow("Ajoutez une question avant d'ouvrir l'enquête.")
    day = timezone.localdate(at)
    if row.closes_on < day:
        raise NotNow("Le dernier jour de cette enquête est passé : changez-le avant de l'ouvrir.")
    return _set(row, {"opened_on": day}, "ouvrir", by, at)


@transaction.atomic
def close_survey(survey: Survey, *, by: User, at: datetime.datetime) -> Survey:
    """Take no answer any more."""
    row = _held(survey, by, "clore une enquête")
    if row.opened_on is None or row.closed_on is not None:
        raise NotNow("Cette enquête n'est pas ouverte.")
    return _set(row, {"closed_on": timezone.localdate(at)}, "clore", by, at)


@transaction.atomic
def remove_survey(survey: Survey, *, by: User, at: datetime.datetime) -> str:
    """Remove a draft; what is returned puts it back. What was answered is never removed."""
    row = _draft(survey, by)
    held = [{"id": str(each.pk), **values(each)} for each in row.questions.all()]
    tell(row.structure, by=by, at=at, verb=REMOVED, subject=row, before=_told(row) | {QUESTIONS: held})
    row.delete()
    return str(survey.pk)


@transaction.atomic
def put_survey_back(structure: Structure, identifier: str, *, by: User, at: datetime.datetime) -> Survey:
    """Put back a draft with its questions, at a new public address. Raises :class:`NotNow`."""
    check_writes(by, structure, "rétablir une enquête")
    told = removed(Survey, identifier)
    if told is None or told["structure_id"] != str(structure.pk):
        raise NotNow("Cette enquête n'est plus à rétablir.")
    questions = told.pop(QUESTIONS, [])
    survey = Survey.objects.create(pk=identifier, secret=secrets.token_urlsafe(BYTES), **told)
    SurveyQuestion.objects.bulk_create(SurveyQuestion(**each) for each in questions)
    survey.refresh_from_db()
    tell(structure, by=by, at=at, verb=RESTORED, subject=survey, after=_told(survey))
    return survey


@transaction.atomic
def read_text(text: SurveyText, *, shown: bool, by: User, at: datetime.datetime) -> SurveyText:
    """Say that a text was read: shown to the team, or set aside. What it says is not copied in the log."""
    check_writes(by, text.question.survey.structure, "lire les textes d'une enquête")
    row = SurveyText.objects.select_for_update(of=("self",)).get(pk=text.pk)
    state = SurveyText.State.MONTRE if shown else SurveyText.State.ECARTE
    if row.state != state:
        before, row.state = row.state, state
        row.save(update_fields=["state"])
        told: dict[str, Any] = {"before": {"état": before}, "after": {"état": state}}
        tell(text.question.survey.structure, by=by, at=at, verb="état", subject=row, **told)
    return row


def _fill(survey: Survey, fields: SurveyFields, at: datetime.datetime) -> None:
    screened({"title": fields.title, "intro": fields.intro})
    if fields.closes_on < timezone.localdate(at) and fields.closes_on != survey.closes_on:
        raise BadInput(
            [Problem("closes_on", fields.closes_on.isoformat(), "la date d'aujourd'hui, ou une date à venir")]
        )
    survey.title, survey.intro, survey.closes_on = fields.title, fields.intro, fields.closes_on


def _told(survey: Survey) -> dict[str, Any]:
    """What the log keeps: all but the end of the public address."""
    return {name: value for name, value in values(survey).items() if name != "secret"}


def _held(survey: Survey, by: User, act: str) -> Survey:
    check_writes(by, survey.structure, act)
    return Survey.objects.select_for_update(of=("self",)).select_related("structure").get(pk=survey.pk)


def _draft(survey: Survey, by: User) -> Survey:
    row = _held(survey, by, WORDS)
    if row.opened_on is not None:
        raise NotNow(STARTED)
    return row


def _set(survey: Survey, fields: dict[str, Any], verb: str, by: User, at: datetime.datetime) -> Survey:
    before = _told(survey)
    for name, value in fields.items():
        setattr(survey, name, value)
    survey.save(update_fields=list(fields))
    told = changes(before, _told(survey))
    tell(survey.structure, by=by, at=at, verb=verb, subject=survey, before=told[0], after=told[1])
    return survey
