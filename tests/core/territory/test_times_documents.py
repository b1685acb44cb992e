"""The page that explains travel times tells the figures of the parameters."""

import datetime
from pathlib import Path

import pytest

from maillage.core.kernel.french import number
from maillage.core.rules.regions import REGIONS
from maillage.core.rules.system import system
from maillage.core.territory.times import MEASURED, correction_of, error_of

TODAY = datetime.date(2026, 11, 22)
DOCS = Path(__file__).parents[3] / "docs" / "explications"
PAGE = (DOCS / "temps-de-trajet.md").read_text("utf-8").replace("\u00a0", " ")
COLUMNS = ("medecin_generaliste", "infirmier", "masseur_kinesitherapeute")


def row(start: str) -> list[str]:
    line = next(line for line in PAGE.splitlines() if line.startswith(f"| {start}"))
    return [cell.strip().strip("*") for cell in line.strip("|").split("|")][1:]


@pytest.mark.parametrize(("rank", "profession"), list(enumerate(COLUMNS)))
def test_the_errors_of_the_page_are_those_of_the_parameters(rank, profession):
    error = error_of(profession, TODAY)
    with_it, without = row("**avec la densité et la région**"), row("avec le facteur national | 0")
    assert with_it[rank] == f"{number(error.gap, 3)} ; {number(error.correlation, 3)}"
    gap, correlation = without[rank].split(" ; ")
    assert gap == number(error.gap_before, 3)
    assert float(correlation.replace(",", ".")) == pytest.approx(error.correlation_before, abs=5e-4)


def test_the_factors_of_the_page_are_those_of_the_parameters():
    found = correction_of(TODAY)
    told = [row(start)[0] for start in ("moins de 500", "de 500 à 4 000", "4 000 et plus")]
    assert told == [number(factor, 2) for factor in found.by_class]
    cells = [cell.strip() for line in PAGE.splitlines() if line.startswith("|") for cell in line.strip("|").split("|")]
    for code, factor in found.by_region.items():
        name = next(rank for rank, cell in enumerate(cells) if REGIONS[code] in cell.split(", "))
        assert cells[name + 1] == number(factor, 2), REGIONS[code]


def test_the_minutes_of_the_page_are_those_of_the_parameters():
    for suffix, start in (("", "avec la densité et la région"), ("_sans_correction", "avec le facteur national")):
        value = system().text(f"territoire.temps.erreur.metric.ecart_absolu{suffix}").at(TODAY).value
        assert f"| {start} | {number(value, 1)} |" in PAGE


def test_every_profession_measured_has_its_column():
    assert set(COLUMNS) == set(MEASURED)
