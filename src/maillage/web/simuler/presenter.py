"""What the page of the ACI simulator shows of an answer: the amount in one line, the grid, the gains, the chart."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.http import QueryDict

from maillage.core.documents.charts import AmountPoint, Reference, Scenario, amounts_by_patientele
from maillage.core.kernel import french
from maillage.core.kernel.problems import BadInput, Problem, read
from maillage.core.rules.aci_msp.answered import to_specify
from maillage.core.rules.aci_msp.simulation import Simulation, simulate, simulate_batch
from maillage.core.rules.aci_msp.situation import SituationAciMsp
from maillage.web.simuler import headline as bar
from maillage.web.simuler.answers import situation_of

AXES = {1: "Accès aux soins", 2: "Travail en équipe et coordination", 3: "Système d’information"}
LABEL = "Montant"
LACKING = "donnez la patientèle et le nombre d’associés"
CHART_STEPS = 16
CHART_MINIMUM = 8_000
REFERENCE_PATIENTELE = Reference(4_000, "patientèle de référence")
Row = Mapping[str, Any]


def outcome(query: QueryDict) -> tuple[dict[str, Any] | None, SituationAciMsp | None, dict[str, Problem]]:
    """The simulation of the fields given, the situation read, and what is wrong by field."""
    try:
        situation = read(SituationAciMsp, situation_of(query))
    except BadInput as refused:
        return None, None, {problem.field: problem for problem in refused.problems}
    return simulate(situation).as_dict(), situation, {}


def headline(simulation: Row | None, wrong: Mapping[str, Problem], unsaid: Sequence[str] = ()) -> dict[str, Any]:
    """The amount in one line; ``unsaid`` are the missing prerequisites of which nothing was answered.

    When a prerequisite is missing the amount is the one that the prerequisites would bring, and the balance goes with
    it: 0 € teaches nothing.
    """
    if simulation is None:
        return bar.to_mend(LABEL, wrong) if wrong else bar.headline(LABEL, LACKING, "todo")
    if simulation["montant"] is None:
        return bar.headline(LABEL, french.UNKNOWN, "todo")
    advance = f"avance {french.euros(simulation['avance'])}"
    if not simulation["prerequis_manquants"]:
        details, balance = (french.quantity(simulation["points"], "points"), advance), simulation["solde"]
        amount = french.euros(simulation["montant"])
        return bar.headline(LABEL, amount, "ok", details=details, kept=f"solde {french.euros(balance)}")
    left = Decimal(simulation["montant_si_prerequis"]) - Decimal(simulation["avance"])
    return bar.headline(
        LABEL,
        french.euros(simulation["montant_si_prerequis"]),
        "soon",
        condition=_condition(simulation, unsaid),
        details=[advance],
        kept=f"solde {french.euros(left)}",
    )


def _condition(simulation: Row, unsaid: Sequence[str]) -> str:
    """« si les 4 prérequis sont remplis — aujourd’hui 0 € »; what is not said yet is not « aujourd’hui »."""
    count = len(simulation["prerequis_manquants"])
    every = sum(line["niveau"] == "prérequis" for line in simulation["indicateurs"])
    held = f"les {count} prérequis{'' if count == every else ' manquants'} sont remplis"
    if count == 1:
        held = "le prérequis manquant est rempli"
    if count == len(unsaid):
        one = "si le prérequis à préciser est rempli"
        return one if count == 1 else f"si les {count} prérequis à préciser sont remplis"
    return f"si {held} — aujourd’hui {french.euros(simulation['montant'])}"


def axes(simulation: Row) -> list[dict[str, Any]]:
    """Lines of the grid by axis, with the total of each."""
    lines = simulation["indicateurs"]
    by_axis = {axis: [line for line in lines if line["axe"] == axis] for axis in AXES}
    return [
        {"titre": title, "lignes": by_axis[axis], "montant": sum(Decimal(line["montant"]) for line in by_axis[axis])}
        for axis, title in AXES.items()
        if by_axis[axis]
    ]


def gains(simulation: Row) -> list[Row]:
    """What would bring more money, the greatest first, each action with the lines that it raises."""
    return [gain | {"lignes": lines_of(simulation, gain["indicateurs"])} for gain in simulation["gains"]]


def lines_of(simulation: Row, ids: Collection[str]) -> list[Row]:
    """The lines of the grid of these ids."""
    return [line for line in simulation["indicateurs"] if line["id"] in ids]


def unsaid(simulation: Row | None, situation: SituationAciMsp | None) -> tuple[str, ...]:
    """The missing prerequisites of which nothing was answered."""
    return to_specify(simulation["prerequis_manquants"], situation.model_dump()) if simulation and situation else ()


def curve(situation: SituationAciMsp, top: int) -> list[AmountPoint]:
    """The amount for patientèles from 0 to ``top``, everything else equal and the missing prerequisites reached."""
    counts = [round(top * step / CHART_STEPS) for step in range(1, CHART_STEPS + 1)]
    share = situation.patients_ald_ou_75_ans / situation.patientele if situation.patientele else 0
    varied = [_with_patients(situation, count, share) for count in counts]
    return [AmountPoint(count, _reachable(run)) for count, run in zip(counts, simulate_batch(varied), strict=True)]


def chart(situation: SituationAciMsp, other: SituationAciMsp | None) -> str:
    """The SVG of the amount by patientèle, for one scenario or two."""
    top = chart_top(situation, other)
    name = "Scénario B" if other else "Votre situation"
    second = Scenario("Scénario A", curve(other, top), _here(other)) if other else None
    return amounts_by_patientele(
        curve(situation, top), _here(situation), second, name=name, references=[REFERENCE_PATIENTELE]
    )


def chart_top(situation: SituationAciMsp, other: SituationAciMsp | None) -> int:
    """The greatest patientèle of the chart, a round number."""
    greatest = max(situation.patientele, other.patientele if other else 0)
    return max(CHART_MINIMUM, -(-round(greatest * 1.5) // 1_000) * 1_000)


def _here(situation: SituationAciMsp) -> AmountPoint:
    return AmountPoint(situation.patientele, _reachable(simulate(situation)))


def _reachable(run: Simulation) -> Decimal | None:
    """The amount, once the prerequisites are reached."""
    return run.amount if run.unlocked_amount is None else run.unlocked_amount


def _with_patients(situation: SituationAciMsp, count: int, share: float) -> SituationAciMsp:
    """The same structure with ``count`` patients, the same share of them in ALD or aged, the same files studied."""
    ratio = count / situation.patientele if situation.patientele else 0
    changes = {
        "patientele": count,
        "patients_ald_ou_75_ans": min(count, round(share * count)),
        "dossiers_concertes": round(situation.dossiers_concertes * ratio),
    }
    return situation.model_copy(update=changes)
