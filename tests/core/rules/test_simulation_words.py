"""How a line of a simulator says a choice, and which doubts an answer repeats."""

import datetime
from typing import Literal

from pydantic import BaseModel

from maillage.core.rules.base import Reponse
from maillage.core.rules.simulation.inputs import choices_of
from maillage.core.rules.simulation.results import Line, answer_of
from maillage.core.rules.simulation.situation import field
from maillage.core.rules.simulation.spec import LineSpec
from maillage.core.rules.simulation.uses import ParameterUse
from maillage.core.rules.simulation.wording import choice

DAY = datetime.date(2026, 1, 1)
DOUBT = ParameterUse("a.b", "Un chiffre", None, "euros", None, None, "à confirmer", (), True, "le texte est muet")


class Asked(BaseModel):
    zone: Literal["zip", "hors_zone"] | None = field("Zone", "La zone.", choices={"zip": "ZIP"}, group="Où")


def line(state: str) -> Line:
    return Line("R", "r", "R", "G", "montant", state, "", parameters=(DOUBT,))


def test_a_choice_is_said_in_the_french_of_its_field_and_keeps_its_capitals() -> None:
    zones = choices_of("zone", Literal["zip", "hors_zone"], Asked.model_fields["zone"])
    assert [choice(zones, name) for name in ("zip", "hors_zone", "non_precise")] == ["ZIP", "hors zone", "non précisé"]
    assert choice(Reponse, "oui") == "oui"


def test_the_doubt_on_a_figure_is_said_for_an_amount_that_may_be_had() -> None:
    assert answer_of("x", "", DAY, [line("a_confirmer")]).to_confirm[0].reason == "le texte est muet"


def test_the_doubt_on_a_figure_of_an_excluded_amount_is_not_said() -> None:
    assert answer_of("x", "", DAY, [line("exclu"), line("sans_objet"), line("manquante")]).to_confirm == ()


def test_a_line_is_shown_when_one_of_its_facts_is_given() -> None:
    always = LineSpec("x", "A", "G", "repere", "")
    asked = LineSpec("x", "B", "G", "repere", "", shown_with=("zone",))
    assert [spec.shown(Asked(zone=None)) for spec in (always, asked)] == [True, False]
    assert asked.shown(Asked(zone="zip"))
