"""The questions of a survey as a form shows them: what was chosen, what is wrong beside each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from maillage.apps.common.screening import PatientData
from maillage.apps.quality.models import Survey
from maillage.apps.quality.survey_queries import told_of
from maillage.core.kernel.problems import BadInput
from maillage.core.quality.surveys import Question
from maillage.web.activite.form import NOTHING, Refused, told
from maillage.web.screening import stopped

ENDS = {"1": "pas du tout satisfait", "5": "très satisfait"}
"""What the two ends of a mark say."""


@dataclass(frozen=True)
class Choice:
    """An answer that is offered."""

    value: str
    words: str
    is_chosen: bool

    @property
    def hint(self) -> str:
        """What its words say beside its value."""
        return self.words.removeprefix(self.value).strip()


@dataclass(frozen=True)
class Asked:
    """A question in a form."""

    question: Question
    choices: tuple[Choice, ...]
    text: str
    error: str

    @property
    def input_type(self) -> str:
        """The control of a choice."""
        return "checkbox" if self.question.kind == "multiple" else "radio"


def asked(survey: Survey, given: Mapping[str, Sequence[str]], refused: Refused = NOTHING) -> list[Asked]:
    """Every question with what was answered."""
    return [_asked(told_of(each), given, refused) for each in survey.questions.all()]


def given_in(data: QueryDict, survey: Survey) -> dict[str, list[str]]:
    """What was answered, by key of the question."""
    return {str(each.pk): data.getlist(str(each.pk)) for each in survey.questions.all()}


def texts_of(survey: Survey) -> list[str]:
    """The names of the free texts."""
    return [str(each.pk) for each in survey.questions.all() if each.kind == "texte"]


def refused_of(wrong: BadInput, survey: Survey, given: Mapping[str, Sequence[str]]) -> Refused:
    """What to show beside the questions of an answer that is not kept."""
    labels = {str(each.pk): each.title for each in survey.questions.all()}
    if isinstance(wrong, PatientData):
        typed = {key: values[0] for key, values in given.items() if values}
        found = stopped(wrong, typed, labels)
        return Refused({each.field: "À revoir : voir plus haut." for each in found}, found)
    errors = {each.field: told(each) for each in wrong.problems if each.field}
    return Refused(errors, notice="" if errors else "Répondez à une question au moins.")


def _asked(question: Question, given: Mapping[str, Sequence[str]], refused: Refused) -> Asked:
    values = given.get(question.key, ())
    choices = tuple(Choice(each, _words(question, each), each in values) for each in question.offered)
    text = values[0] if values and question.kind == "texte" else ""
    return Asked(question, choices, text, refused.errors.get(question.key, ""))


def _words(question: Question, value: str) -> str:
    return f"{value} ({ENDS[value]})" if question.kind == "note" and value in ENDS else value


def required(rows: Iterable[Asked]) -> bool:
    """Whether a question must be answered."""
    return any(each.question.required for each in rows)
