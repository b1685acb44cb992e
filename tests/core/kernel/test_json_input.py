"""JSON from outside is read strictly and refused in French."""

import datetime

import pytest
from pydantic import BaseModel, ConfigDict, Field

from maillage.core.kernel.json_input import parse_json, read_json
from maillage.core.kernel.problems import COMMUNE_CODE, BadInput


class Fiche(BaseModel):
    model_config = ConfigDict(extra="forbid")

    jour: datetime.date
    nombre: int | None = None
    taux: float | None = None
    ouvert: bool | None = None
    commune: str = Field(default="35236", pattern=COMMUNE_CODE)


def problems(raw: bytes) -> list[tuple[str, object, str]]:
    with pytest.raises(BadInput) as caught:
        read_json(Fiche, raw)
    return [(problem.field, problem.value, problem.expected) for problem in caught.value.problems]


def test_a_document_becomes_the_model_even_with_a_byte_order_mark() -> None:
    fiche = read_json(Fiche, '\ufeff{"jour": "2026-11-22", "nombre": 3, "taux": 1}'.encode())

    assert (fiche.jour, fiche.nombre, fiche.taux) == (datetime.date(2026, 11, 22), 3, 1.0)


@pytest.mark.parametrize("text", ["NaN", "Infinity", "-Infinity"])
def test_what_is_not_a_number_is_named_where_it_stands(text: str) -> None:
    (problem,) = problems(b'{"jour": "2026-11-22",\n"taux": ' + text.encode() + b"}")

    assert "du JSON valide, à la ligne 2, colonne" in problem[2]
    assert "NaN et Infinity ne sont pas des nombres JSON" in problem[2]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"", [("", None, "une situation en JSON")]),
        (b" \n", [("", None, "une situation en JSON")]),
        (b"[1]", [("", [1], "un objet JSON")]),
        (b"null", [("", None, "un objet JSON")]),
        (b'{"jour"', [("", "la fin du texte", "du JSON valide, à la ligne 1, colonne 8")]),
        (b'{"jour": 1e999}', [("", "1e999}", "du JSON valide, à la ligne 1, colonne 10")]),
        ("{\n'é'}".encode("latin-1"), [("", "octet E9", "du texte en UTF-8, à la ligne 2")]),
    ],
)
def test_what_is_not_a_json_object_is_told_where_and_why(raw: bytes, expected: list[tuple[str, object, str]]) -> None:
    assert problems(raw) == expected


def test_a_document_nested_without_end_is_refused() -> None:
    with pytest.raises(BadInput, match="du JSON valide"):
        parse_json(b"[" * 100_000)


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("nombre", '"3"', "un nombre entier"),
        ("nombre", "2.5", "un nombre entier"),
        ("nombre", "true", "un nombre entier"),
        ("nombre", "1" + "0" * 40, "un nombre entier"),
        ("taux", '"3"', "un nombre"),
        ("ouvert", '"oui"', "vrai ou faux (true ou false)"),
        ("ouvert", "1", "vrai ou faux (true ou false)"),
        ("commune", '"rennes"', "le code INSEE d'une commune (cinq caractères, par exemple 35236)"),
        ("couleur", '"bleu"', "un champ connu (celui-ci n'existe pas)"),
    ],
)
def test_a_value_of_another_type_is_never_converted(field: str, value: str, expected: str) -> None:
    ((found_field, _, found_expected),) = problems(f'{{"jour": "2026-11-22", "{field}": {value}}}'.encode())

    assert (found_field, found_expected) == (field, expected)


def test_every_wrong_field_is_told_at_once() -> None:
    assert [field for field, _, _ in problems(b'{"jour": "2026-13-01", "nombre": "x", "taux": []}')] == [
        "jour",
        "nombre",
        "taux",
    ]


def test_a_message_shows_the_value_as_json_writes_it() -> None:
    with pytest.raises(BadInput) as caught:
        read_json(Fiche, b'{"jour": "2026-11-22", "nombre": true, "taux": {"a": "\xc3\xa9"}}')

    messages = [problem.message for problem in caught.value.problems]
    assert messages[0].startswith("nombre : « true » n'est pas accepté.")
    assert messages[1].startswith('taux : « {"a": "é"} » n\'est pas accepté.')


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b'{"nombre": 1, "jour": "2026-11-22", "nombre": 2}', [("nombre", "1 ; 2")]),
        (b'{"a": {"b": 1, "b": null}, "c": [{"d": ":", "d": "x"}]}', [("a.b", "1 ; rien"), ("c.0.d", ": ; x")]),
        (b'{"a": 1, "a": 1, "a": 1}', [("a", "1 ; 1 ; 1")]),
    ],
)
def test_a_field_given_twice_is_refused_by_its_name(raw: bytes, expected: list[tuple[str, str]]) -> None:
    told = "une seule valeur : ce champ est donné plusieurs fois"
    assert problems(raw) == [(field, values, told) for field, values in expected]


@pytest.mark.parametrize("raw", [b'{"a": "12:30 : {}"}', b'[{"a": 1}, {"a": 2}]', b'{"a\\"b": {"a": 1}}'])
def test_a_name_may_come_back_in_another_object_and_a_colon_in_a_text(raw: bytes) -> None:
    assert parse_json(raw) is not None


def test_a_document_nested_beyond_reading_is_refused() -> None:
    with pytest.raises(BadInput, match="du JSON moins imbriqué"):
        parse_json(b"[" * 1_000 + b"]" * 1_000)


def test_an_empty_document_is_told_without_a_value() -> None:
    with pytest.raises(BadInput) as refused:
        parse_json(b"")
    assert refused.value.problems[0].message == "Rien n'est donné. Attendu : une situation en JSON."
