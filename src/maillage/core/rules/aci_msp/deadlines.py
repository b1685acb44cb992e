"""The dates to keep of a year of ACI: advance, justificatifs, balance (aci_msp.md: MSP-AV-04, -05, MSP-CAL-02)."""

import datetime

from maillage.core.kernel import french
from maillage.core.rules.aci_msp.situation import SituationAciMsp
from maillage.core.rules.simulation.results import Line
from maillage.core.rules.simulation.uses import use_of
from maillage.core.rules.system import system

GROUP = "Échéances"
CPAM = "votre CPAM"
FIRST_CONTRACT = (
    "Au plus tard le {day} de l'exercice ; pour un premier contrat, dans les {months} qui suivent la signature."
)
DATES = (
    ("MSP-AV-04", "aci_msp_avance", "Versement de l'avance, au plus tard", "aci_msp.avance.echeance", 0),
    ("MSP-CAL-02", "aci_msp_montant", "Envoi des justificatifs", "aci_msp.contrat.echeance_des_justificatifs", 1),
    ("MSP-AV-05", "aci_msp_montant", "Versement du solde, au plus tard", "aci_msp.solde.echeance", 1),
)
"""Rule id, variable, label, parameter (« 30 avril »), years after that of the situation."""


def deadlines(situation: SituationAciMsp) -> tuple[Line, ...]:
    """The dates of the year of a situation and of the following one, the earliest first.

    A date that no text establishes for the year is left out.
    """
    found = (_line(situation, *row) for row in DATES)
    return tuple(sorted((line for line in found if line.day), key=lambda line: line.day or datetime.date.max))


def _line(situation: SituationAciMsp, rule: str, variable: str, label: str, path: str, later: int) -> Line:
    use = use_of(system().text(path), datetime.date(situation.annee, 1, 1))
    day = _day(use.value, situation.annee + later) if use.value else None
    return Line(
        id=rule,
        name=variable,
        label=f"{label} (exercice {situation.annee})",
        group=GROUP,
        nature="echeance",
        state="etabli" if day else "a_confirmer",
        explanation=_words(situation, rule, str(use.value)),
        day=day,
        who=CPAM,
        parameters=(use,),
    )


def _words(situation: SituationAciMsp, rule: str, written: str) -> str:
    if rule == "MSP-AV-04" and situation.mois_contrat < 12:
        months = french.quantity(_months(situation.annee), "mois")
        return FIRST_CONTRACT.format(day=written, months=months)
    return f"Les textes disent : {written}. Vérifiez votre contrat."


def _months(year: int) -> float:
    return float(system().text("aci_msp.avance.delai_premier_contrat").at(datetime.date(year, 1, 1)).value)


def _day(written: str, year: int) -> datetime.date:
    """« 30 avril » of a year."""
    number, month = written.split()
    return datetime.date(year, french.MONTHS.index(month) + 1, int(number))
