"""How long a batch of ACI simulations takes. Prints figures, gates on nothing: run with ``-m bench -s``."""

import contextlib
import itertools
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from maillage.core.rules.aci_msp.simulation import Simulations, simulate, simulate_batch
from maillage.core.rules.aci_msp.situation import SituationAciMsp

BATCH = 100_000
ONE_BY_ONE = 300


class Chance:
    """Columns of ``count`` values drawn at random, always the same."""

    def __init__(self, count: int) -> None:
        self.count, self.numbers = count, np.random.default_rng(2026)

    def upto(self, most: int, least: int = 0) -> list[int]:
        """Whole numbers, both ends included."""
        return self.numbers.integers(least, most, self.count, endpoint=True).tolist()

    def often(self, share: float) -> list[bool]:
        """Yes, for this share of the rows."""
        return (self.numbers.random(self.count) < share).tolist()

    def among(self, *values: Any) -> list[Any]:
        """One of these values."""
        return self.numbers.choice(values, self.count).tolist()

    def rates(self, most: float, known: float = 1) -> list[float | None]:
        """Rates, of which a share is known."""
        drawn = self.numbers.uniform(0, most, self.count).tolist()
        return [rate if told else None for rate, told in zip(drawn, self.often(known), strict=True)]


def varied(count: int) -> list[SituationAciMsp]:
    """Situations drawn at random, always the same, of the years whose grid is known."""
    chance = Chance(count)
    columns = access(chance) | team(chance)
    columns["dossiers_concertes"] = list(map(min, columns["dossiers_concertes"], columns["patients_ald_ou_75_ans"]))
    return [SituationAciMsp(**dict(zip(columns, row, strict=True))) for row in zip(*columns.values(), strict=True)]


def access(chance: Chance) -> dict[str, list[Any]]:
    """The year, the size, the opening and the offer of care."""
    patients = chance.upto(20_000, 500)
    shares = chance.numbers.uniform(0.1, 0.2, chance.count).tolist()
    return {
        "annee": chance.upto(2027, 2022),
        "patientele": patients,
        "patients_ald_ou_75_ans": [int(count * share) for count, share in zip(patients, shares, strict=True)],
        "associes": chance.upto(40, 3),
        "amplitude_horaire": chance.among(7, 8, 9.5, 10, 11, 12, 12, 12),
        "samedi_matin": chance.often(0.8),
        "fermeture_conges": chance.among("aucune", "aucune", "jusqu_a_3_semaines"),
        "soins_non_programmes": chance.often(0.95),
        "plan_crise": chance.often(0.9),
        "diversite_niveau": chance.upto(2),
        "vacataires_niveau": chance.upto(2),
        "missions_sante_publique": chance.upto(3),
        "ipa": chance.often(0.3),
        "usagers_niveau": chance.upto(2),
        "part_medecins_sas": chance.numbers.random(chance.count).round(2).tolist(),
    }


def team(chance: Chance) -> dict[str, list[Any]]:
    """The coordination, the meetings, the software and the precarity."""
    return {
        "coordination": chance.often(0.95),
        "protocoles": chance.upto(10),
        "reunions_concertation": chance.upto(12),
        "dossiers_concertes": chance.upto(300),
        "stages": chance.upto(5),
        "coordination_externe": chance.often(0.5),
        "qualite_niveau": chance.upto(3),
        "protocoles_nationaux": chance.upto(7),
        "parcours_insuffisance_cardiaque": chance.often(0.5),
        "parcours_obesite_enfant": chance.often(0.5),
        "si_standard": chance.often(0.95),
        "si_avance": chance.often(0.5),
        "taux_c2s": chance.rates(0.2, known=0.7),
        "taux_ame": chance.rates(0.02),
    }


@contextlib.contextmanager
def timed(what: str, rows: int) -> Iterator[None]:
    """Prints how long the block takes for ``rows`` situations, processors and load of the machine included."""
    before, start = os.times(), time.perf_counter()
    yield
    lasted, after = time.perf_counter() - start, os.times()
    busy = sum(after[:4]) - sum(before[:4])
    load = " ".join(f"{value:.1f}" for value in os.getloadavg())
    sys.stdout.write(
        f"\n  {what}: {lasted:.2f} s, {rows / lasted:.0f} situations/s ({busy:.2f} s of processor, load {load})"
    )


def size_of(answers: Simulations, *, parameters: bool) -> int:
    """Bytes of all the answers as JSON lines."""
    return sum(len(answer.as_json(parameters=parameters)) for answer in answers)


@pytest.fixture(scope="module")
def situations() -> list[SituationAciMsp]:
    """A batch, once the rules are loaded."""
    drawn = varied(BATCH)
    simulate(drawn[0]).as_json()
    return drawn


@pytest.mark.bench
def test_the_rules_alone(situations: list[SituationAciMsp], capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled(), timed(f"ACI MSP, rules alone, {BATCH} rows", BATCH):
        answers = simulate_batch(situations)
    assert len(answers) == BATCH


@pytest.mark.bench
@pytest.mark.parametrize("parameters", [False, True], ids=["without_parameters", "with_parameters"])
def test_the_rules_and_their_json_lines_in_one_process(
    situations: list[SituationAciMsp], parameters: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    what = "with" if parameters else "without"
    with capsys.disabled():
        with timed(f"ACI MSP, rules and JSON lines {what} parameters, {BATCH} rows", BATCH):
            size = size_of(simulate_batch(situations), parameters=parameters)
        sys.stdout.write(f", {size / 1e6:.0f} MB")
    assert size > BATCH


@pytest.mark.bench
def test_one_by_one_says_the_same_as_a_batch(
    situations: list[SituationAciMsp], capsys: pytest.CaptureFixture[str]
) -> None:
    few = situations[:ONE_BY_ONE]
    with capsys.disabled(), timed(f"ACI MSP, one by one, {ONE_BY_ONE} rows", ONE_BY_ONE):
        single = [simulate(situation).as_json() for situation in few]
    assert single == [answer.as_json() for answer in simulate_batch(few)]


@pytest.mark.bench
def test_the_whole_command_on_a_file(
    situations: list[SituationAciMsp], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, target = tmp_path / "lot.jsonl", tmp_path / "resultats.jsonl"
    source.write_text("\n".join(situation.model_dump_json(exclude_none=True) for situation in situations))
    command = [sys.executable, "-m", "maillage", "simuler", "aci-msp", "--lot", source, "--sortie", target]
    with capsys.disabled(), timed(f"maillage simuler aci-msp --lot, {BATCH} lines, whole command", BATCH):
        subprocess.run(command, check=True, timeout=600)
    with target.open("rb") as lines:
        assert [next(lines).strip() for _ in range(3)] == [
            answer.as_json(parameters=False) for answer in simulate_batch(itertools.islice(situations, 3))
        ]
