"""What the simulator of the ACI accepts, and what it says of the rest."""

from typing import Any

import pytest

from maillage.core.kernel.french import NARROW_SPACE
from maillage.core.kernel.problems import BadInput, read
from maillage.core.rules.aci_msp.likelihood import SISA_AT_LEAST, UNLIKELY, smallest_sisa, unlikely
from maillage.core.rules.aci_msp.simulation import simulate
from maillage.core.rules.aci_msp.situation import SituationAciMsp

LEAST = {"annee": 2024, "patientele": 4000, "associes": 10}


def refused(**fields: Any) -> dict[str, str]:
    with pytest.raises(BadInput) as error:
        read(SituationAciMsp, LEAST | fields)
    return {problem.field: problem.expected for problem in error.value.problems}


def test_what_is_not_given_counts_as_not_done() -> None:
    situation = read(SituationAciMsp, LEAST)
    given = situation.model_dump(exclude=set(LEAST))
    months = {"si_standard_mois", "si_avance_mois", "mois_contrat"}
    assert {given.pop(name) for name in months} == {12}
    assert given.pop("fermeture_conges") == "aucune"
    assert not any(given.values())


@pytest.mark.parametrize("field", ["annee", "patientele", "associes"])
def test_year_patients_and_associates_are_asked(field: str) -> None:
    with pytest.raises(BadInput, match=f"^{field} : champ obligatoire, non donné.$"):
        read(SituationAciMsp, {name: value for name, value in LEAST.items() if name != field})


@pytest.mark.parametrize("year", [2016, 2028, 0, -1, 99_999])
def test_a_year_outside_the_rules_is_refused_with_the_known_years(year: int) -> None:
    assert "de 2017 (début de l'ACI des MSP) à 2027" in refused(annee=year)["annee"]


@pytest.mark.parametrize("field", ["part_medecins_sas", "taux_c2s", "taux_ame"])
def test_a_share_above_one_is_told_how_to_be_written(field: str) -> None:
    assert refused(**{field: 50})[field] == "une part entre 0 et 1 : écrivez 0.5 pour 50 %"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("patientele", -1),
        ("patientele", 200_001),
        ("patientele", 1.5),
        ("patientele", "beaucoup"),
        ("patientele", True),
        ("associes", 0),
        ("associes", 501),
        ("amplitude_horaire", 25),
        ("amplitude_horaire", float("nan")),
        ("amplitude_horaire", float("inf")),
        ("diversite_niveau", 3),
        ("qualite_niveau", 4),
        ("si_standard_mois", 0),
        ("mois_contrat", 13),
        ("protocoles", -2),
        ("coordination", "peut-être"),
        ("taux_c2s", -0.1),
        ("taux_ame", float("nan")),
        ("inconnu", 1),
    ],
)
def test_an_absurd_value_is_refused_beside_its_field(field: str, value: Any) -> None:
    assert list(refused(**{field: value})) == [field]


def test_the_nearest_closing_is_proposed() -> None:
    assert (
        "vouliez-vous dire « plus_de_3_semaines » ?"
        in refused(fermeture_conges="plus de 3 semaines")["fermeture_conges"]
    )


def test_patients_in_ald_are_part_of_the_patientele() -> None:
    problems = refused(patients_ald_ou_75_ans=4001)
    assert problems == {
        "patients_ald_ou_75_ans": f"un nombre d'au plus 4{NARROW_SPACE}000 : ces patients sont de la patientèle"
    }


@pytest.mark.parametrize(("base", "most"), [(100, "100"), (0, f"4{NARROW_SPACE}000")])
def test_no_more_files_are_studied_than_there_are_patients_concerned(base: int, most: str) -> None:
    told = f"un nombre d'au plus {most} : un dossier par patient en ALD ou de 75 ans ou plus"
    assert refused(patients_ald_ou_75_ans=base, dossiers_concertes=50_000) == {"dossiers_concertes": told}
    assert read(SituationAciMsp, LEAST | {"patients_ald_ou_75_ans": 100, "dossiers_concertes": 100})


def test_nobody_is_at_the_c2s_and_at_the_ame_at_once() -> None:
    told = refused(taux_c2s=0.7, taux_ame=0.4)
    assert told == {"taux_ame": "une part d'au plus 0,3 : un patient à la C2S n'est pas à l'AME"}
    assert read(SituationAciMsp, LEAST | {"taux_c2s": 0.7, "taux_ame": 0.3})


def test_bounds_are_written_in_french() -> None:
    assert refused(amplitude_horaire=25)["amplitude_horaire"] == "un nombre d'au plus 24"
    assert refused(patientele=10**9)["patientele"] == f"un nombre d'au plus 200{NARROW_SPACE}000"
    assert refused(associes=0)["associes"] == "un nombre d'au moins 1"


def test_every_problem_is_told_at_once() -> None:
    assert list(refused(annee=1999, stages=-1, x=1)) == ["annee", "stages", "x"]


def test_every_field_has_a_french_label_and_a_description() -> None:
    assert all(field.title and field.description for field in SituationAciMsp.model_fields.values())


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("associes", "date à confirmer"),
        ("associes", "collaborateurs libéraux"),
        ("diversite_niveau", "Asalée"),
        ("missions_sante_publique", "ni toutes les deux au titre du PRS"),
        ("protocoles", "ne compte pas une seconde fois"),
        ("medecin_cstm", "31 décembre 2025"),
    ],
)
def test_the_help_of_a_field_says_what_the_texts_leave_open(field: str, told: str) -> None:
    assert told in (SituationAciMsp.model_fields[field].description or "")


@pytest.mark.parametrize(
    ("field", "fields"),
    [
        ("mission_obesite_enfant", {"mission_obesite_enfant": True}),
        ("si_standard_mois", {"si_standard_mois": 6}),
        ("si_avance_mois", {"si_standard": True, "si_avance_mois": 6}),
    ],
)
def test_what_contradicts_itself_is_refused(field: str, fields: dict[str, Any]) -> None:
    assert list(refused(**fields)) == [field]
    assert "si ce logiciel est déclaré" in refused(**fields)[field] or "aucune n'a ce thème" in refused(**fields)[field]


def test_what_goes_together_is_accepted() -> None:
    fields = {"missions_sante_publique": 1, "mission_obesite_enfant": True, "si_standard": True, "si_standard_mois": 6}
    assert read(SituationAciMsp, LEAST | fields | {"si_avance_mois": 12})


@pytest.mark.parametrize(
    ("subject", "fields"),
    [
        ("Nombre d'associés", {"associes": 1}),
        ("Nombre d'associés", {"associes": 2}),
        ("Nombre d'associés à vérifier", {"associes": 300}),
        ("Patientèle et associés", {"patientele": 10, "associes": 20}),
        ("Logiciel « avancé » sans « standard »", {"si_avance": True}),
        ("Dossiers étudiés sans leur base", {"dossiers_concertes": 12}),
    ],
)
def test_what_is_unlikely_is_counted_and_said(subject: str, fields: dict[str, Any]) -> None:
    told = {item.subject: item.reason for item in simulate(read(SituationAciMsp, LEAST | fields)).to_confirm}
    assert subject in told
    assert told.keys() - {subject} == {item.subject for item in simulate(read(SituationAciMsp, LEAST)).to_confirm}


def test_the_smallest_team_is_that_of_the_sisa() -> None:
    assert {sum(smallest_sisa(year)) for year in range(2022, 2028)} == {SISA_AT_LEAST}
    assert "2\u00a0médecins et 1\u00a0auxiliaire médical" in UNLIKELY["Nombre d'associés"](2024)
    assert unlikely(read(SituationAciMsp, LEAST | {"associes": SISA_AT_LEAST})) == ()
