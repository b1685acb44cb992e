"""What a visitor may say of a team, and how a mistake is told."""

from typing import Any

import pytest

from maillage.core.kernel.problems import BadInput, Problem, read
from maillage.core.rules.orientation.situation import (
    LABELS,
    PROFESSIONS,
    GroupeDeProfessionnels,
    SituationOrientation,
    choices_of,
    question_of,
)

LEAST = {"date": "2026-11-22", "commune": "35236"}


def problem(**fields: Any) -> Problem:
    with pytest.raises(BadInput) as refusal:
        read(SituationOrientation, {**LEAST, **fields})
    (only,) = refusal.value.problems
    return only


def test_a_date_and_a_commune_are_enough() -> None:
    situation = read(SituationOrientation, LEAST)
    assert situation.professionnels is None
    assert situation.projet_de_sante is None


def test_a_date_and_a_commune_are_needed() -> None:
    with pytest.raises(BadInput) as refusal:
        read(SituationOrientation, {})
    assert [p.field for p in refusal.value.problems] == ["date", "commune"]


def test_a_profession_with_a_typing_error_proposes_the_nearest() -> None:
    found = problem(professionnels=[{"profession": "infirmiere"}])
    assert found.field == "professionnels.0.profession"
    assert "vouliez-vous dire « infirmier »" in found.expected


def test_a_pack_with_a_typing_error_proposes_the_nearest() -> None:
    assert "vouliez-vous dire « bretagne »" in problem(region_pack="Bretange").expected


@pytest.mark.parametrize("code", ["bretagne", "paca", "centre_val_de_loire", "national"])
def test_every_written_pack_and_the_nation_are_accepted(code: str) -> None:
    assert read(SituationOrientation, {**LEAST, "region_pack": code}).region_pack == code


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"patientele": -1}, "d'au moins 0"),
        ({"patientele": 10**9}, "d'au plus"),
        ({"professionnels": [{"profession": "infirmier", "nombre": -2}]}, "d'au moins 0"),
        ({"professionnels": [{"profession": "infirmier", "nombre": 10**6}]}, "d'au plus"),
        ({"commune": "3523"}, "le code INSEE d'une commune"),
        ({"commune": "2C001"}, "le code INSEE d'une commune"),
        ({"date": "hier"}, "AAAA-MM-JJ"),
        ({"forme_juridique": "association"}, "association_1901"),
        ({"couleur": "bleu"}, "n'existe pas"),
    ],
)
def test_what_makes_no_sense_is_refused_with_what_is_expected(fields: dict[str, Any], expected: str) -> None:
    assert expected in problem(**fields).expected


def test_a_project_is_accepted_for_some_structures_only_when_it_is_accepted() -> None:
    codes = ["MSP", "ESP"]
    accepted = {**LEAST, "projet_de_sante": "valide", "projet_valide_pour": codes}
    assert read(SituationOrientation, accepted).projet_valide_pour == codes
    for fields in ({}, {"projet_de_sante": "redige"}):
        refused = problem(projet_valide_pour=codes, **fields)
        assert refused.field == "projet_valide_pour"
        assert "le projet de santé est « valide »" in refused.expected
    assert "l'un de : ESP, MSP" in problem(projet_valide_pour=["SISA"]).expected


@pytest.mark.parametrize(
    ("counts", "field", "expected"),
    [
        ((10, 12, None), "specialistes_liberaux", "au plus 10, le nombre de spécialistes présents"),
        ((None, 8, 9), "specialistes_adherents", "au plus 8, le nombre de spécialistes libéraux"),
        ((10, None, 11), "specialistes_adherents", "au plus 10, le nombre de spécialistes présents"),
        ((0, None, 1), "specialistes_adherents", "au plus 0, le nombre de spécialistes présents"),
    ],
)
def test_specialists_counted_in_a_wider_group_are_not_more_than_it(
    counts: tuple[int | None, ...], field: str, expected: str
) -> None:
    names = ("specialistes_presents", "specialistes_liberaux", "specialistes_adherents")
    found = problem(**dict(zip(names, counts, strict=True)))
    assert found.field == field
    assert expected in found.expected


def test_specialists_may_all_be_liberal_and_all_be_members() -> None:
    everybody = {"specialistes_presents": 12, "specialistes_liberaux": 12, "specialistes_adherents": 12}
    assert read(SituationOrientation, {**LEAST, **everybody}).specialistes_adherents == 12


@pytest.mark.parametrize("commune", ["35236", "01001", "2A004", "97105", "75101"])
def test_every_form_of_commune_code_is_read(commune: str) -> None:
    assert read(SituationOrientation, {**LEAST, "commune": commune}).commune == commune


def test_every_field_has_a_title_a_description_and_a_question() -> None:
    for name, field in SituationOrientation.model_fields.items():
        assert field.title, name
        assert field.description, name
        assert question_of(name).endswith("?"), name


def test_every_choice_has_a_french_name() -> None:
    assert set(choices_of("professionnels")) == set(PROFESSIONS)
    schema = SituationOrientation.model_json_schema()
    groups = GroupeDeProfessionnels.model_json_schema()
    for name in ("projet_de_sante", "projet_valide_pour", "forme_juridique", "gestionnaire", "champs"):
        accepted = schema["properties"][name]["anyOf"][0]
        assert set(LABELS[name]) == set(accepted.get("enum") or accepted["items"]["enum"]), name
    assert set(LABELS["exercice"]) == set(groups["properties"]["exercice"]["anyOf"][0]["enum"])


def test_the_code_of_a_commune_of_corsica_is_taken_in_lower_case() -> None:
    situation = read(SituationOrientation, {"date": "2026-11-22", "commune": "2a004", "communes": ["2b033"]})
    assert (situation.commune, situation.communes) == ("2A004", ["2B033"])


@pytest.mark.parametrize("field", ["recepisse", "agrement"])
def test_the_ars_has_given_nothing_to_a_team_without_a_project(field: str) -> None:
    refused = problem(projet_de_sante="aucun", **{field: True})
    assert refused.field == field
    assert "tant que le projet de santé n'est pas commencé" in refused.expected
    for accepted in (
        {"projet_de_sante": "aucun", field: False},
        {"projet_de_sante": "redige", field: True},
        {field: True},
    ):
        assert getattr(read(SituationOrientation, {**LEAST, **accepted}), field) is accepted[field]
