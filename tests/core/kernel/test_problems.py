import datetime
import uuid
from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from maillage.core.kernel.problems import EMAIL, BadInput, Problem, nearest, read


class Team(BaseModel):
    model_config = ConfigDict(extra="forbid")

    profession: Literal["infirmier", "orthophoniste"]
    number: int = Field(1, ge=1, le=50)
    since: datetime.date | None = None


def problems(data: object) -> tuple[Problem, ...]:
    with pytest.raises(BadInput) as raised:
        read(Team, data)
    return raised.value.problems


def test_a_sentence_that_ends_keeps_one_full_stop() -> None:
    assert Problem("motifs", None, "Écrivez les motifs.").message.endswith("Attendu : Écrivez les motifs.")


def test_good_input_gives_the_model() -> None:
    assert read(Team, {"profession": "infirmier", "number": 2}).number == 2


def test_an_unknown_word_is_told_with_the_accepted_ones_and_the_nearest() -> None:
    (problem,) = problems({"profession": "infirmiere"})
    assert problem.field == "profession"
    assert problem.value == "infirmiere"
    assert "infirmier, orthophoniste" in problem.expected
    assert "vouliez-vous dire « infirmier »" in problem.expected


def test_every_problem_is_told_at_once_in_the_order_of_the_fields() -> None:
    assert [p.field for p in problems({"profession": "x", "number": -1, "extra": 1})] == [
        "profession",
        "number",
        "extra",
    ]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({}, "un champ obligatoire"),
        ({"profession": "infirmier", "number": 51}, "un nombre d'au plus 50"),
        ({"profession": "infirmier", "number": 1.5}, "un nombre entier"),
        ({"profession": "infirmier", "since": "hier"}, "une date de la forme AAAA-MM-JJ"),
        ([], "un objet JSON"),
        ("infirmier", "un objet JSON"),
    ],
)
def test_each_kind_of_problem_says_in_french_what_is_expected(data: object, expected: str) -> None:
    assert problems(data)[0].expected == expected


class Typed(BaseModel):
    member: uuid.UUID | None = None
    title: Annotated[str, BeforeValidator(str.strip), Field(max_length=3)] = ""
    rows: Annotated[tuple[int, ...], Field(max_length=1)] = ()
    email: Annotated[str, Field(pattern=EMAIL)] = ""


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"member": ""}, "un choix de la liste"),
        ({"member": 3}, "un choix de la liste"),
        ({"title": "quatre"}, "un texte d'au plus 3 caractères"),
        ({"rows": (1, 2)}, "une liste d'au plus 1 éléments"),
        ({"email": "personne"}, "une adresse électronique (par exemple contact@example.org)"),
    ],
)
def test_what_people_choose_and_type_is_told_in_their_words(data: object, expected: str) -> None:
    with pytest.raises(BadInput) as wrong:
        read(Typed, data)
    assert wrong.value.problems[0].expected == expected


def test_the_message_names_the_field_the_value_and_what_is_expected() -> None:
    assert Problem("annee", 1999, "une année").message == "annee : « 1999 » n'est pas accepté. Attendu : une année."


def test_a_long_value_is_shortened_in_the_message() -> None:
    assert len(Problem("nom", "x" * 5000, "un nom").message) < 150


def test_a_missing_field_is_said_not_given_and_an_empty_one_rien() -> None:
    assert problems({})[0].message == "profession : champ obligatoire, non donné."
    assert "rien n'est donné" in problems({"profession": None})[0].message


def test_nothing_is_proposed_when_nothing_is_near() -> None:
    assert nearest("zzz", ["infirmier"]) is None


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("kiné", "masseur_kinesitherapeute"),
        ("podologue", "pedicure_podologue"),
        ("Infirmière", "infirmier"),
        ("orthofoniste", "orthophoniste"),
        ("is", None),
        ("", None),
    ],
)
def test_a_word_begun_or_misspelt_is_understood(written: str, meant: str | None) -> None:
    professions = ["infirmier", "masseur_kinesitherapeute", "orthophoniste", "pedicure_podologue", "psychologue"]

    assert nearest(written, professions) == meant


def test_answers_that_do_not_go_together_are_told_without_their_json() -> None:
    problem = Problem("", {"a": 1, "b": 2}, "au plus un des deux")

    assert problem.message == "Des réponses ne vont pas ensemble. Attendu : au plus un des deux."
    assert problem.as_dict()["valeur"] is None
