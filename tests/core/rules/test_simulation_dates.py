"""A line shows the figures of the day on which it reads them, and is without object when its aid is excluded."""

import datetime

import numpy as np
import pytest

from maillage.core.kernel.problems import read
from maillage.core.rules.errors import UnknownValue
from maillage.core.rules.simulation.engine import Run, simulate, totals
from maillage.core.rules.simulation.spec import LineSpec
from maillage.core.rules.simulation.wording import said
from maillage.core.rules.simulators import SIMULATORS
from maillage.core.rules.system import system

ESP = SIMULATORS["esp"]


def situation(**changes):
    return read(ESP.model, ESP.example | changes)


def test_a_list_of_euros_is_said_amount_by_amount() -> None:
    assert said([14250, 3000], "euros par an, année par année") == "14\u202f250\xa0€, 3\u202f000\xa0€"
    assert said([0.5, 0.1], "part du socle, une valeur par année") == "50\xa0%, 10\xa0%"


def test_a_figure_that_no_text_gives_is_among_those_of_the_line() -> None:
    found = Run(ESP, situation(date="2026-03-01")).find("montant")
    assert [(use.path, use.value) for use in found.uses if use.path == "financements.esp.fir"] == [
        ("financements.esp.fir", None)
    ]


def test_a_parameter_is_shown_on_the_day_it_is_asked_for() -> None:
    run = Run(ESP, situation(date="2026-03-01"))
    assert run.use("financements.esp.fir").value is None
    assert run.use("financements.esp.fir", datetime.date(2025, 6, 1)).value == 7500


def test_an_amount_neither_known_nor_sure_does_not_hide_the_total() -> None:
    found = simulate(ESP, situation(date="2026-03-01", association=None)).as_dict()
    line = next(line for line in found["lignes"] if line["nature"] == "montant" and not line["montant"])
    assert (line["compte"], found["montant"]) == (False, "0.00")


def test_a_batch_where_a_text_is_silent_for_one_still_counts_the_others() -> None:
    rows = [situation(), situation(date="2025-06-01", region_pack=None), situation(date="2026-03-01")]
    known = totals(ESP, rows, system("centre_val_de_loire"))
    np.testing.assert_allclose(known, [7500, 7500, np.nan])


def test_an_unknown_value_names_its_day() -> None:
    with pytest.raises(UnknownValue) as silent:
        system().text("financements.esp.fir").at(datetime.date(2026, 3, 1))
    assert silent.value.at == datetime.date(2026, 3, 1)


@pytest.mark.parametrize(("region", "shown"), [("paca", True), ("centre_val_de_loire", False), (None, False)])
def test_a_line_for_some_is_left_out_for_the_others(region: str | None, shown: bool) -> None:
    spec = LineSpec("esp", "R", "G", "repere", "Mots.", shown_for=("region_pack", "bretagne", "paca"))
    assert spec.shown(situation(region_pack=region)) is shown
