"""The surveys written by us, from which a structure begins."""

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from maillage.core.quality.surveys import Question

DATA = Path(__file__).parent / "data" / "enquetes.yaml"


@dataclass(frozen=True)
class SurveyTemplate:
    """A survey to begin from."""

    code: str
    title: str
    intro: str
    questions: tuple[Question, ...]


@functools.cache
def survey_templates() -> tuple[SurveyTemplate, ...]:
    """Every survey written by us."""
    return tuple(_template(each) for each in yaml.safe_load(DATA.read_text("utf-8"))["modeles"])


def survey_template(code: str) -> SurveyTemplate | None:
    """The one of this code."""
    return next((each for each in survey_templates() if each.code == code), None)


def _template(told: dict[str, Any]) -> SurveyTemplate:
    questions = tuple(
        Question("", each["nature"], each["titre"], tuple(each.get("reponses", ()))) for each in told["questions"]
    )
    return SurveyTemplate(told["code"], told["titre"], told["presentation"], questions)
