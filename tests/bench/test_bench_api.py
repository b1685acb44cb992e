"""Server time of the API once warm, and start time of the command. Printed, never asserted."""

import subprocess
import sys
import time
from statistics import median

import pytest
from django.test import Client
from pytest_benchmark.fixture import BenchmarkFixture
from tests.bad_inputs import ORIENTATION, SIMULATION, TEAM
from tests.small_world import create_territories

pytestmark = pytest.mark.bench
STARTS = 5


@pytest.fixture
def territories(db: None) -> None:
    create_territories()


@pytest.mark.usefixtures("territories")
@pytest.mark.parametrize(
    ("address", "body"),
    [
        ("/api/orientation", {**ORIENTATION, "professionnels": TEAM}),
        ("/api/simulations/aci-msp", {**SIMULATION, "coordination": True}),
    ],
    ids=["orientation", "aci-msp"],
)
def test_server_time_of_a_post_once_warm(
    benchmark: BenchmarkFixture, client: Client, address: str, body: dict[str, object]
) -> None:
    def post() -> int:
        return client.post(address, body, content_type="application/json").status_code

    assert post() == 200
    benchmark.pedantic(post, rounds=100, warmup_rounds=5)
    if benchmark.stats is None:
        return
    sys.stdout.write(f"\nPOST {address}: median {benchmark.stats.stats.median * 1000:.1f} ms once warm\n")


@pytest.mark.parametrize("arguments", [["--help"], ["--version"]], ids=" ".join)
def test_start_time_of_the_command(benchmark: BenchmarkFixture, arguments: list[str]) -> None:
    def start() -> float:
        begin = time.perf_counter()
        subprocess.run([sys.executable, "-m", "maillage", *arguments], check=True, capture_output=True)
        return time.perf_counter() - begin

    times = [start() for _ in range(STARTS)]
    benchmark.pedantic(start, rounds=1)
    sys.stdout.write(f"\nmaillage {' '.join(arguments)}: median {median(times):.2f} s over {STARTS} starts\n")
