"""Proposals, drafts and printed mistakes that no parameter may hold (pièges, section 8)."""

from typing import Any

import pytest

from maillage.core.rules.regions import pack_codes
from maillage.core.rules.system import system

LAYERS = ("", *pack_codes())
NEVER_FINANCED = {87_500, 105_000, 105_500, 112_500, 131_250, 135_000, 157_500, 17_500}
RUNNING_PROPOSALS = {1: {75_000, 87_500}, 2: {90_000, 105_000, 105_500}, 3: {112_500, 131_250}, 4: {135_000, 157_500}}
RUNNING_ACCORD = {1: 50_000, 2: 60_000, 3: 75_000, 4: 90_000}


def values_under(prefix: str) -> set[Any]:
    """Every number ever held by a parameter below ``prefix``, in the nation and in the regions."""
    return {
        dated.value
        for layer in LAYERS
        for text in system(layer).texts()
        if text.path.startswith(prefix)
        for dated in text.values
        if isinstance(dated.value, int | float)
    }


def test_no_money_is_an_amount_that_was_only_proposed() -> None:
    assert values_under("financements.").isdisjoint(NEVER_FINANCED)


@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_the_running_money_of_a_cpts_is_that_of_the_accord_not_of_the_proposals(size: int) -> None:
    held = values_under(f"financements.cpts.fonctionnement.taille_{size}")
    assert held == {RUNNING_ACCORD[size]}
    assert held.isdisjoint(RUNNING_PROPOSALS[size])


def test_the_sizes_of_a_cpts_are_not_the_brackets_of_april_2019() -> None:
    assert values_under("financements.cpts.seuil") == {40_000, 80_000, 175_000}


@pytest.mark.parametrize("path", ["financements.cpts.lettre_intention", "financements.cpts.missions"])
def test_the_letter_of_intent_and_the_missions_have_no_amount(path: str) -> None:
    assert values_under(path) == set()


def test_the_start_of_an_ess_is_not_the_draft_before_signature() -> None:
    assert values_under("financements.ess.amorcage") == {80_000}
    assert 40_000 not in values_under("financements.ess")


def test_no_point_of_another_text_is_lent_to_the_accord_of_the_centres() -> None:
    assert values_under("financements.cds.accord_national") == set()
    assert values_under("financements.cds").isdisjoint({100, 350, 1_200, 4_000})
    assert 1_200 not in values_under("cds.")


def test_the_contract_of_solidarity_of_a_centre_is_not_that_of_a_liberal_doctor() -> None:
    assert values_under("financements.cds.solidarite") == {20_000}
    assert 25 not in values_under("financements.cds")
