"""How long an orientation takes once the rules are read, and how much reading them costs. Printed, never asserted."""

import datetime
import sys
import time

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from maillage.core.rules.orientation import packs
from maillage.core.rules.orientation.answer import orient
from maillage.core.rules.orientation.results import Orientation, Territory
from maillage.core.rules.orientation.rulebook import rulebook
from maillage.core.rules.orientation.situation import SituationOrientation
from maillage.core.rules.regions import pack_codes
from maillage.core.rules.system import system

TODAY = datetime.date(2026, 11, 22)
REDON = Territory("35236", "Redon", "35", "53", 9_000, "2022", "Bretagne")
SITUATION = SituationOrientation.model_validate(
    {
        "date": TODAY,
        "commune": "35236",
        "patientele": 6_000,
        "professionnels": [
            {"profession": "medecin_generaliste", "nombre": 2, "exercice": "liberal"},
            {"profession": "infirmier", "exercice": "liberal"},
        ],
    }
)
READ_ONCE = (
    rulebook,
    system,
    pack_codes,
    packs.pack,
    packs.nation,
    packs.aids,
    packs.steps,
    packs.supports,
    packs.contacts,
)


def answer() -> Orientation:
    return orient(SITUATION, REDON, today=TODAY)


def cold_seconds() -> float:
    for read in READ_ONCE:
        read.cache_clear()
    start = time.perf_counter()
    answer()
    return time.perf_counter() - start


@pytest.mark.bench
def test_bench_an_orientation_once_warm(benchmark: BenchmarkFixture, capsys: pytest.CaptureFixture[str]) -> None:
    cold = cold_seconds()
    found = benchmark(answer)
    assert found.structures["MSP"].state == "possible"
    if benchmark.stats:
        warm = benchmark.stats.stats.median
        with capsys.disabled():
            sys.stdout.write(
                f"\norientation: median {warm * 1000:.1f} ms once warm, {cold * 1000:.0f} ms the first time "
                f"(warm is {warm / cold:.1%} of cold)\n"
            )
