"""Calls for projects: open only between two days that a source gives."""

import datetime
from typing import Any

import pytest

from maillage.core.rules.orientation import packs
from maillage.core.rules.packs.calls import CALL_STATES, Call, CallData, dated_events, sorted_calls
from maillage.core.rules.regions import REGIONS, pack_codes

TODAY = datetime.date(2026, 11, 22)


def call(**changed: Any) -> CallData:
    return CallData.model_validate(
        {
            "id": "essai", "libelle": "Essai", "objet": "Un essai.", "payeur": "ARS", "ouvert_le": None,
            "ferme_le": None, "public": ["MSP"], "source": "une page", "confiance": "B", **changed,
        }
    )  # fmt: skip


@pytest.mark.parametrize(
    ("opens", "closes", "last_year", "state"),
    [
        ("2026-11-22", "2026-11-22", None, "ouvert"),
        ("2026-11-01", "2026-12-31", None, "ouvert"),
        ("2026-11-23", "2026-12-31", None, "a_venir"),
        ("2026-11-23", None, None, "a_venir"),
        ("2026-11-01", "2026-11-21", None, "clos"),
        (None, "2026-11-21", None, "clos"),
        (None, None, 2025, "clos"),
        (None, None, 2026, "a_confirmer"),
        (None, None, None, "a_confirmer"),
        ("2026-11-01", None, None, "a_confirmer"),
        (None, "2026-12-31", None, "a_confirmer"),
    ],
)
def test_the_state_of_a_call_follows_its_days(
    opens: str | None, closes: str | None, last_year: int | None, state: str
) -> None:
    assert call(ouvert_le=opens, ferme_le=closes, derniere_annee=last_year).state_on(TODAY) == state


def test_no_call_of_the_project_is_told_open_without_two_days() -> None:
    for day in (TODAY, datetime.date(2019, 6, 1), datetime.date(2025, 6, 1)):
        for each in packs.calls(day):
            assert each.state != "ouvert" or (each.data.ouvert_le and each.data.ferme_le)


def test_each_call_says_who_pays_for_whom_and_where_it_is_read() -> None:
    known = packs.calls(TODAY)
    assert len({each.key for each in known}) == len(known)
    for each in known:
        assert all((each.place, each.data.payeur, each.data.public, each.data.source)), each.key
        assert set(each.data.regions) <= set(REGIONS)
        assert each.region or each.data.regions, each.key


def test_the_calls_of_a_region_are_its_own_and_those_that_name_it() -> None:
    breton = {each.data.id for each in packs.calls_of_region("53", TODAY)}
    assert "si_msp" in breton
    assert "fmis_nouvelle_aquitaine_2025" not in breton
    assert [each.data.id for each in packs.calls_of_region("75", TODAY)] == ["fmis_nouvelle_aquitaine_2025"]
    assert packs.calls_of_region("94", TODAY) == []


def test_the_call_of_2025_was_to_confirm_that_year_and_is_closed_since() -> None:
    states = [packs.calls_of_region("75", datetime.date(year, 6, 1))[0].state for year in (2025, 2026)]
    assert states == ["a_confirmer", "clos"]


def test_calls_are_listed_from_the_first_to_close_to_the_closed() -> None:
    written = [
        call(id="c", ouvert_le="2020-01-01", ferme_le="2020-02-01"),
        call(id="d"),
        call(id="a", ouvert_le="2026-01-01", ferme_le="2026-12-31"),
        call(id="b", ouvert_le="2026-01-01", ferme_le="2026-11-30"),
        call(id="e", ouvert_le="2027-01-01"),
    ]
    listed = sorted_calls(Call(each, "bretagne", "Bretagne", each.state_on(TODAY)) for each in written)
    assert [each.data.id for each in listed] == ["b", "a", "e", "d", "c"]
    assert [CALL_STATES.index(each.state) for each in listed] == [0, 0, 1, 2, 3]


def test_a_calendar_holds_the_known_days_only() -> None:
    written = [call(id="a", ouvert_le="2026-01-01", ferme_le="2026-12-31"), call(id="b", ferme_le="2026-11-30")]
    calls = [Call(each, "", "Corse", each.state_on(TODAY)) for each in written]
    assert [(each.data.id, word, day.isoformat()) for each, word, day in dated_events(calls)] == [
        ("a", "ouverture", "2026-01-01"),
        ("a", "clôture", "2026-12-31"),
        ("b", "clôture", "2026-11-30"),
    ]


def test_the_packs_say_which_calls_they_hold() -> None:
    assert {code: len(packs.pack(code).appels) for code in pack_codes()} == {
        "bretagne": 7, "centre_val_de_loire": 0, "grand_est": 2, "paca": 1, "pays_de_la_loire": 0,
    }  # fmt: skip
