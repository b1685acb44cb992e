"""``maillage simuler aci-cpts``, ``cds``, ``ess``, ``esp``, ``aides``, ``immobilier``; ``maillage echeances``."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from maillage.cli.common import (
    Compact,
    Example,
    Schema,
    bad_input_told,
    fail,
    print_input,
    print_json,
    read_bytes,
)
from maillage.cli.simuler import SituationFile

if TYPE_CHECKING:
    from maillage.core.rules.simulation.results import Answer, Line

TITLES = {
    "aci-cpts": "Simuler le contrat d'une CPTS : montants, calendrier, versements, indemnités.",
    "cds": "Simuler la rémunération et les contrats d'un centre de santé.",
    "ess": "Simuler le financement d'une équipe de soins spécialisés.",
    "esp": "Simuler le soutien régional à une équipe de soins primaires.",
    "aides": "Simuler les aides à un professionnel : contrats, primes, statuts, exonérations.",
    "immobilier": "Simuler les locaux d'une maison ou d'un centre : surfaces, coût, aides, FCTVA, loyer, bail.",
    "telesante": "Simuler la télésanté : tarifs, recettes, limites, logiciel partagé, données de santé.",
}
"""What each command says of itself; a test holds it against the registry, whose import takes a while."""

ACI_MSP = "aci-msp"
DATED = (ACI_MSP, *TITLES)
"""The simulators whose situations have dates to keep."""

RequiredFile = Annotated[
    Path,
    typer.Argument(metavar="SITUATION.json", help="Le fichier de la situation, ou « - » pour l'entrée standard."),
]
SimulatorCode = Annotated[
    str,
    typer.Option("--simulateur", metavar="CODE", help="Le simulateur de la situation ; rien : celui qui l'accepte."),
]
Calendar = Annotated[bool, typer.Option("--ics", help="Écrire un calendrier (iCalendar) au lieu du JSON.")]


def add_commands(simuler: typer.Typer) -> None:
    """One command a simulator."""
    for code, title in TITLES.items():
        simuler.command(code, help=title)(_command(code))


def _command(code: str) -> Callable[..., None]:
    def command(
        situation: SituationFile = None, schema: Schema = False, exemple: Example = False, compact: Compact = False
    ) -> None:
        from maillage.core.rules.simulators import SIMULATORS

        simulator = SIMULATORS[code]
        if schema or exemple:
            print_input(simulator.model, simulator.example, schema=schema, compact=compact)
        elif situation is None:
            fail([f"Il manque SITUATION.json. Un exemple à remplir : maillage simuler {code} --exemple"])
        else:
            print_json(answer_of(code, read_bytes(situation)).as_dict(), compact=compact)

    return command


def answer_of(code: str, raw: bytes) -> "Answer":
    """The answer of a simulator to a situation. Exits with code 2 when it is refused."""
    from maillage.core.kernel.json_input import read_json
    from maillage.core.rules.simulation.engine import simulate
    from maillage.core.rules.simulators import SIMULATORS

    simulator = SIMULATORS[code]
    with bad_input_told():
        return simulate(simulator, read_json(simulator.model, raw))


def echeances(situation: RequiredFile, simulateur: SimulatorCode = "", ics: Calendar = False) -> None:
    """Lister les dates à tenir d'une situation, de la plus proche à la plus lointaine."""
    from maillage.core.rules.simulation.results import deadline_dict

    raw = read_bytes(situation)
    code, lines = (simulateur, _dates(simulateur, raw)) if _known(simulateur) else _first_dates(raw)
    if ics:
        typer.echo(_calendar(code, lines), nl=False)
    else:
        print_json({"simulateur": code, "echeances": [deadline_dict(line) for line in lines]})


def _known(code: str) -> bool:
    """Whether a simulator is named. Exits with code 2 when it does not exist."""
    from maillage.core.kernel.problems import nearest

    if code and code not in DATED:
        near = nearest(code, list(DATED))
        meant = f" (vouliez-vous dire « {near} » ?)" if near else ""
        fail([f"--simulateur : « {code} » n'existe pas{meant}. Choix : {', '.join(DATED)}."])
    return bool(code)


def _dates(code: str, raw: bytes) -> "Sequence[Line]":
    """The dates of a situation of a simulator. Exits with code 2 when it is refused."""
    with bad_input_told():
        return _dates_of(code, raw)


def _dates_of(code: str, raw: bytes) -> "Sequence[Line]":
    from maillage.core.kernel.json_input import read_json
    from maillage.core.rules.simulation.engine import simulate
    from maillage.core.rules.simulators import SIMULATORS

    if code == ACI_MSP:
        from maillage.core.rules.aci_msp.deadlines import deadlines
        from maillage.core.rules.aci_msp.situation import SituationAciMsp

        return deadlines(read_json(SituationAciMsp, raw))
    return simulate(SIMULATORS[code], read_json(SIMULATORS[code].model, raw)).deadlines


def _first_dates(raw: bytes) -> "tuple[str, Sequence[Line]]":
    """The dates by the simulator that accepts the situation and finds most of them.

    Exits with code 2, with what the nearest one refuses, when none accepts it.
    """
    from maillage.core.kernel.problems import BadInput

    found, refusals = list["tuple[str, Sequence[Line]]"](), list[BadInput]()
    for code in DATED:
        try:
            found.append((code, _dates_of(code, raw)))
        except BadInput as refused:
            refusals.append(refused)
    if not found:
        with bad_input_told():
            raise min(refusals, key=lambda refused: len(refused.problems))
    return max(found, key=lambda dates: len(dates[1]))


def _calendar(code: str, lines: "Sequence[Line]") -> bytes:
    from maillage.core.documents.calendars import Event, calendar
    from maillage.core.rules.simulators import SIMULATORS

    title = SIMULATORS[code].title if code in SIMULATORS else "ACI d'une maison de santé"
    events = [Event(line.id, line.label, line.explanation, line.day) for line in lines if line.day]
    return calendar(f"Maillage : {title}", events)
