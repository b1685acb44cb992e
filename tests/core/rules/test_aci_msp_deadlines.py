"""The dates of a year of ACI."""

import datetime

from maillage.core.rules.aci_msp.deadlines import deadlines
from maillage.core.rules.aci_msp.situation import SituationAciMsp


def dates(year: int, **changes: int) -> list[tuple[str, datetime.date | None]]:
    situation = SituationAciMsp(annee=year, patientele=4000, associes=10, **changes)
    return [(line.id, line.day) for line in deadlines(situation)]


def test_the_advance_the_proofs_and_the_balance_follow_the_year() -> None:
    assert dates(2024) == [
        ("MSP-AV-04", datetime.date(2024, 4, 30)),
        ("MSP-CAL-02", datetime.date(2025, 1, 31)),
        ("MSP-AV-05", datetime.date(2025, 4, 30)),
    ]


def test_a_date_that_no_text_gives_is_left_out() -> None:
    assert [rule for rule, _ in dates(2019)] == ["MSP-AV-04", "MSP-AV-05"]


def test_the_advance_of_a_first_contract_says_its_delay() -> None:
    situation = SituationAciMsp(annee=2024, patientele=4000, associes=10, mois_contrat=5)

    assert "3\xa0mois" in deadlines(situation)[0].explanation
