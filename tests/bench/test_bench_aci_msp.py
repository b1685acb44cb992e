"""How long a batch of ACI simulations takes. Prints figures, gates on nothing: run with ``-m bench -s``."""

import sys
import time
from typing import Any

import numpy as np
import pytest

from maillage.core.rules.aci_msp.simulation import simulate, simulate_batch
from maillage.core.rules.aci_msp.situation import SituationAciMsp

BATCH = 100_000
ONE_BY_ONE = 300


def varied(count: int) -> list[SituationAciMsp]:
    """Situations drawn at random, always the same, of the years whose grid is known."""
    chance = np.random.default_rng(2026)
    patients = chance.integers(500, 20_000, count)

    def upto(most: int, least: int = 0) -> list[int]:
        return chance.integers(least, most, count, endpoint=True).tolist()

    def often(share: float) -> list[bool]:
        return (chance.random(count) < share).tolist()

    c2s = [
        rate if known else None for rate, known in zip(chance.uniform(0, 0.2, count).tolist(), often(0.7), strict=True)
    ]
    columns: dict[str, list[Any]] = {
        "annee": upto(2027, 2022),
        "patientele": patients.tolist(),
        "associes": upto(40, 3),
        "amplitude_horaire": chance.choice([7, 8, 9.5, 10, 11, 12, 12, 12], count).tolist(),
        "samedi_matin": often(0.8),
        "fermeture_conges": chance.choice(["aucune", "aucune", "jusqu_a_3_semaines"], count).tolist(),
        "soins_non_programmes": often(0.95),
        "plan_crise": often(0.9),
        "diversite_niveau": upto(2),
        "vacataires_niveau": upto(2),
        "missions_sante_publique": upto(3),
        "ipa": often(0.3),
        "usagers_niveau": upto(2),
        "part_medecins_sas": chance.random(count).round(2).tolist(),
        "coordination": often(0.95),
        "protocoles": upto(10),
        "reunions_concertation": upto(12),
        "dossiers_concertes": upto(300),
        "patients_ald_ou_75_ans": (patients * chance.uniform(0.1, 0.2, count)).astype(int).tolist(),
        "stages": upto(5),
        "coordination_externe": often(0.5),
        "qualite_niveau": upto(3),
        "protocoles_nationaux": upto(7),
        "parcours_insuffisance_cardiaque": often(0.5),
        "parcours_obesite_enfant": often(0.5),
        "si_standard": often(0.95),
        "si_avance": often(0.5),
        "taux_c2s": c2s,
        "taux_ame": chance.uniform(0, 0.02, count).tolist(),
    }
    rows = zip(*columns.values(), strict=True)
    return [SituationAciMsp(**dict(zip(columns, row, strict=True))) for row in rows]


@pytest.mark.bench
def test_a_batch_of_simulations_against_one_by_one(capsys: pytest.CaptureFixture[str]) -> None:
    situations = varied(BATCH)
    simulate(situations[0]).as_json()

    busy, start = time.process_time(), time.perf_counter()
    answers = simulate_batch(situations)
    calculated = time.perf_counter()
    size = sum(len(answer.as_json()) for answer in answers)
    busy, written = time.process_time() - busy, time.perf_counter()
    single = [simulate(situation).as_json() for situation in situations[:ONE_BY_ONE]]
    end = time.perf_counter()

    batch, alone = (written - start) / BATCH, (end - written) / ONE_BY_ONE
    with capsys.disabled():
        sys.stdout.write(
            f"\nACI MSP, {BATCH} situations in one batch: {written - start:.2f} s "
            f"({busy:.2f} s of processor), {1 / batch:.0f} situations/s\n"
            f"  rules {calculated - start:.2f} s, JSON lines {written - calculated:.2f} s ({size / 1e6:.0f} MB)\n"
            f"  one by one {1 / alone:.0f} situations/s: the batch is {alone / batch:.0f} times quicker\n"
        )
    assert single == [answer.as_json() for answer in answers[:ONE_BY_ONE]]
