"""Runs the rules of one year over many situations at once, in columns.

Two calculations: the situations as they are beside the same with every line attained, then one variant a line
(the situation, plus what this line alone would add) for the possible gains.
"""

import functools
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, NamedTuple, get_args

import numpy as np
from numpy.typing import NDArray
from openfisca_core.simulations import Simulation as Calculation
from openfisca_core.simulations import SimulationBuilder

from maillage.core.rules.aci_msp.grid import IndicatorSpec
from maillage.core.rules.aci_msp.situation import GRID_YEAR, FermetureConges, SituationAciMsp
from maillage.core.rules.system import system

Column = NDArray[Any]
Columns = dict[str, Column]
FIELDS = tuple(name for name in SituationAciMsp.model_fields if name != "annee")
CLOSINGS = {name: position for position, name in enumerate(get_args(FermetureConges))}
PREREQUISITES = {
    "MSP-1.1": "aci_msp_prerequis_horaires",
    "MSP-1.2a": "aci_msp_prerequis_plan_crise",
    "MSP-2.1": "aci_msp_prerequis_coordination",
    "MSP-3.1": "aci_msp_prerequis_systeme_information",
}
# Below this, a difference of points is the noise of 64-bit floats.
NOISE = 1e-7


@dataclass(frozen=True)
class Line:
    """A line of the grid and the variable that counts its points."""

    variable: str
    spec: IndicatorSpec


@dataclass(frozen=True)
class Outcome:
    """What the rules say of ``n`` situations of one year; K lines, in the order of :func:`lines`.

    ``inputs``: the fields of the situations. ``points`` (n, K): points that each line reaches. ``gains`` (n, K): cents
    that the line could add, -1 when there is nothing to gain. ``missing`` (n, K): prerequisites that are missing.
    ``totals`` (n,): points paid. ``increase`` (n,): majoration as a fraction. ``worth`` (the points paid),
    ``increased`` (with the majoration, before the guaranteed minimum), ``amount``, ``advance``, ``possible`` (the
    amount had the team done all): (n,) cents. ``base``, ``by_patients`` and ``by_associates`` (n,): points of the base
    of the advance, and those of them that follow the patients of the coordination and the associates. ``unlocked``
    (cents) and ``unlocked_points`` (n,): what is paid once the missing prerequisites are reached.
    """

    inputs: Columns
    points: NDArray[np.float64]
    gains: NDArray[np.int64]
    missing: NDArray[np.bool_]
    totals: NDArray[np.float64]
    increase: NDArray[np.float64]
    worth: NDArray[np.int64]
    increased: NDArray[np.int64]
    amount: NDArray[np.int64]
    advance: NDArray[np.int64]
    possible: NDArray[np.int64]
    base: NDArray[np.float64]
    by_patients: NDArray[np.float64]
    by_associates: NDArray[np.float64]
    unlocked: NDArray[np.int64]
    unlocked_points: NDArray[np.float64]

    def totals_of(self, some: slice) -> Iterator["Totals"]:
        """Some rows as plain values."""
        columns = [getattr(self, name) for name in Totals._fields[2:]]
        missing, gains = map(_ids, map(tuple, self.missing[some].tolist())), map(tuple, self.gains[some].tolist())
        rows = zip(missing, gains, *(column[some].tolist() for column in columns), strict=True)
        return map(Totals._make, rows)


class Totals(NamedTuple):
    """What the rules say of one situation: a row of :class:`Outcome`, ``missing`` being the ids of the lines."""

    missing: tuple[str, ...]
    gains: tuple[int, ...]
    totals: float
    increase: float
    worth: int
    increased: int
    amount: int
    advance: int
    possible: int
    base: float
    by_patients: float
    by_associates: float
    unlocked: int
    unlocked_points: float


@functools.cache
def _ids(chosen: tuple[bool, ...]) -> tuple[str, ...]:
    return tuple(itertools.compress((line.spec.id for line in lines()), chosen))


@functools.cache
def lines() -> tuple[Line, ...]:
    """The lines of the grid, in the order of their rule ids (axis 1, 2, then 3)."""
    found = [
        Line(name, variable.spec)
        for name, variable in system().variables.items()
        if isinstance(variable.spec, IndicatorSpec)
    ]
    return tuple(sorted(found, key=lambda line: line.spec.id))


@functools.cache
def figures(year: int) -> Any:
    """The parameters ``aci_msp`` of a year, by attribute."""
    return system().get_parameters_at_instant(f"{year}-01-01").aci_msp


def outcome_of(year: int, situations: Sequence[SituationAciMsp]) -> Outcome:
    """Apply the rules of ``year`` (2022 or later).

    Raises :class:`maillage.core.rules.errors.UnknownValue` for a year whose grid is not established.
    """
    now = columns_of(situations)
    size = len(situations)
    both = {name: np.concatenate([now[name], column]) for name, column in attained(now, figures(year)).items()}
    run = calculation(year, both)
    points = np.stack([run.calculate(line.variable, year) for line in lines()], axis=1)
    missing = _missing(run, year)[:size]
    amounts = run.calculate("aci_msp_montant", year)
    gap = points[size:] - points[:size]
    unlocked = _unlocked(run, year, gap, missing)
    added, base = _gains(run, year, unlocked, np.where(missing, 0, gap))
    gains = cents(np.where(missing, (base - amounts[:size])[:, None], added))
    return Outcome(
        inputs=now,
        points=np.round(points[:size], 6),
        gains=np.where((gap > NOISE) & (gains > 0), gains, -1),
        missing=missing,
        amount=cents(amounts[:size]),
        possible=cents(amounts[size:]),
        unlocked=cents(base),
        unlocked_points=np.round(unlocked, 6),
        **_sums(run, year, slice(size)),
    )


def _sums(run: Calculation, year: int, some: slice) -> Columns:
    """The other columns of an outcome, for some rows of a calculation."""
    points, increase, base, by_patients, by_associates = (
        run.calculate(f"aci_msp_{name}", year)[some]
        for name in ("points", "majoration", "points_base_avance", "points_des_patients", "points_par_associes")
    )
    return {
        "totals": np.round(points, 6),
        "increase": np.round(increase, 10),
        "worth": cents(points * figures(year).valeur_du_point),
        "increased": cents(run.calculate("aci_msp_montant_majore", year)[some]),
        "advance": cents(run.calculate("aci_msp_avance", year)[some]),
        "base": np.round(base, 6),
        "by_patients": np.round(by_patients, 6),
        "by_associates": np.round(by_associates, 6),
    }


def columns_of(situations: Sequence[SituationAciMsp]) -> Columns:
    """The fields of the situations as columns. Both rates are left at zero unless both are known."""
    columns: dict[str, list[Any]] = {name: list(map(attrgetter(name), situations)) for name in FIELDS}
    columns["fermeture_conges"] = [CLOSINGS[closing] for closing in columns["fermeture_conges"]]
    rates = zip(columns["taux_c2s"], columns["taux_ame"], strict=True)
    known = [(0.0, 0.0) if None in pair else pair for pair in rates]
    columns["taux_c2s"], columns["taux_ame"] = [c2s for c2s, _ in known], [ame for _, ame in known]
    return {name: np.array(values) for name, values in columns.items()}


def attained(now: Columns, rules: Any) -> Columns:
    """The same situations, had the team done all that depends on it.

    Patients, associates, months already past, declared crises and precarity do not depend on it, nor does a contract
    that can no longer be signed.
    """
    size = len(now["patientele"])
    done = {name: np.ones(size, dtype=bool) for name in YES_OR_NO}
    done |= {name: np.full(size, level) for name, level in LEVELS.items()}
    done |= {name: np.maximum(now[name], floor) for name, floor in _floors(rules).items()}
    done["fermeture_conges"] = np.full(size, CLOSINGS["aucune"])
    if not rules.cstm.nouveaux_contrats:
        del done["medecin_cstm"]
    return now | done | _discussed(now, rules) | _equipped(now)


def _floors(rules: Any) -> dict[str, float]:
    """The counts beyond which a line earns nothing more."""
    return {
        "amplitude_horaire": rules.horaires.amplitude_pleine,
        "missions_sante_publique": rules.missions.maximum,
        "protocoles": rules.protocoles.maximum,
        "reunions_concertation": rules.concertation.reunions_minimales,
        "stages": rules.formation.maximum,
        "protocoles_nationaux": rules.protocoles_nationaux.maximum,
    }


def _discussed(now: Columns, rules: Any) -> Columns:
    """Enough files discussed; a base that is not given counts as one patient, who is discussed."""
    base = np.maximum(now["patients_ald_ou_75_ans"], 1)
    files = np.ceil(np.round(base * rules.concertation.part_des_dossiers, 6)).astype(np.int64)
    return {"patients_ald_ou_75_ans": base, "dossiers_concertes": np.maximum(now["dossiers_concertes"], files)}


def _equipped(now: Columns) -> Columns:
    """Software for the whole year, save when it was bought during the year: past months cannot be won back."""
    return {f"{level}_mois": np.where(now[level], now[f"{level}_mois"], 12) for level in ("si_standard", "si_avance")}


LEVELS = {"diversite_niveau": 2, "vacataires_niveau": 2, "usagers_niveau": 2, "qualite_niveau": 3}
YES_OR_NO = (
    "samedi_matin",
    "soins_non_programmes",
    "plan_crise",
    "medecin_cstm",
    "ipa",
    "sas_toutes_demandes",
    "coordination",
    "coordination_externe",
    "parcours_insuffisance_cardiaque",
    "parcours_obesite_enfant",
    "si_standard",
    "si_avance",
)


def amounts(situations: Sequence[SituationAciMsp], rules: Any) -> NDArray[np.float64]:
    """Euros of the year by situation, shape (n,), under ``rules`` (a system, reformed or not).

    Not-a-number for a year whose grid is not established.
    """
    found = np.full(len(situations), np.nan)
    for year in sorted({situation.annee for situation in situations if situation.annee >= GRID_YEAR}):
        rows = [row for row, situation in enumerate(situations) if situation.annee == year]
        columns = columns_of([situations[row] for row in rows])
        found[rows] = calculation(year, columns, rules).calculate("aci_msp_montant", year)
    return found


def calculation(year: int, columns: Columns, rules: Any = None) -> Calculation:
    """An OpenFisca simulation of one structure a row; ``columns`` are named without their prefix.

    ``rules``: a system of rules, the national one when none is given.
    """
    run = SimulationBuilder().build_default_simulation(rules or system(), len(next(iter(columns.values()))))
    for name, column in columns.items():
        run.set_input(f"aci_msp_{name}", year, column)
    return run


def cents(amounts: NDArray[np.float64]) -> NDArray[np.int64]:
    """Euros to whole cents, half up: :func:`maillage.core.kernel.money.round_cents` over a column."""
    noiseless = np.round(np.abs(amounts) * 100, 6)
    return (np.sign(amounts) * np.floor(noiseless + 0.5)).astype(np.int64)


def _missing(run: Calculation, year: int) -> NDArray[np.bool_]:
    never = np.zeros(run.persons.count, dtype=bool)
    return np.stack(
        [
            ~run.calculate(PREREQUISITES[line.spec.id], year) if line.spec.id in PREREQUISITES else never
            for line in lines()
        ],
        axis=1,
    )


def _unlocked(run: Calculation, year: int, gap: NDArray[np.float64], missing: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Points that the situations would be paid for, had they reached the prerequisites that they miss."""
    points: NDArray[np.float64] = run.calculate("aci_msp_points_acquis", year)[: len(gap)] + (gap * missing).sum(axis=1)
    return points


def _gains(
    run: Calculation, year: int, unlocked: NDArray[np.float64], gap: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Euros that the points of each line alone (``gap``) would add to the ``unlocked`` ones, (n, K); and what these
    are paid, (n,).

    When prerequisites are missing, each of them is worth all that they unlock together, and every other line what
    it adds once they are reached.
    """
    increase, new = (
        run.calculate(f"aci_msp_{name}", year)[: len(gap)] for name in ("majoration", "nouvelle_structure")
    )
    found = paid(year, np.column_stack([unlocked[:, None] + gap, unlocked]), increase, new)
    return found[:, :-1] - found[:, -1:], found[:, -1]


def paid(year: int, points: NDArray[np.float64], increase: Column, new: Column) -> NDArray[np.float64]:
    """Euros of the year for some ``points`` by situation, (n, V), once the prerequisites are reached.

    ``increase`` (majoration, a fraction) and ``new`` (a new structure) are those of the situations, (n,).
    """
    inputs = {
        "points_acquis": points.ravel(),
        "prerequis_atteints": np.ones(points.size, dtype=bool),
        "majoration": np.repeat(increase, points.shape[1]),
        "nouvelle_structure": np.repeat(new, points.shape[1]),
    }
    amounts: NDArray[np.float64] = calculation(year, inputs).calculate("aci_msp_montant", year)
    return amounts.reshape(points.shape)
