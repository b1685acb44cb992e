"""What an orientation already tells of the ACI of the team: the answers that the simulator needs not ask again.

Nothing is guessed: what the orientation does not say is left out, and a profession whose place in the lists is still
to be read again with the code counts for nothing here. Source of the levels of diversity: aci_msp.md, MSP-1.3a and
MSP-1.3b.
"""

import datetime
from typing import Any

from maillage.core.rules.aci_msp.situation import FIRST_YEAR, GRID_YEAR, LAST_YEAR
from maillage.core.rules.orientation.aci import associates
from maillage.core.rules.orientation.packs import nation
from maillage.core.rules.orientation.situation import SituationOrientation
from maillage.core.rules.system import system

# « Une autre profession médicale que généraliste, une spécialité médicale ou un pharmacien. »
OTHER_PRACTITIONERS = frozenset({"medecin_specialiste", "chirurgien_dentiste", "sage_femme", "pharmacien"})
# A nurse in advanced practice is a nurse: with one, a team has not one more profession.
ADVANCED_NURSE = "infirmier_pratique_avancee"
ENOUGH = "aci_msp.diversite.professions_paramedicales"


def known_aci(situation: SituationOrientation) -> dict[str, Any]:
    """The fields of :class:`SituationAciMsp` that the situation settles, as JSON values."""
    known: dict[str, Any] = {}
    if FIRST_YEAR <= situation.date.year <= LAST_YEAR:
        known["annee"] = situation.date.year
    if situation.patientele is not None:
        known["patientele"] = situation.patientele
    return known | _of_the_team(situation)


def _of_the_team(situation: SituationOrientation) -> dict[str, Any]:
    team = {
        "associes": associates(situation),
        "ipa": any(group.profession == ADVANCED_NURSE and group.nombre for group in situation.professionnels or ()),
        "diversite_niveau": _diversity(situation),
    }
    return {name: value for name, value in team.items() if value}


def _diversity(situation: SituationOrientation) -> int:
    """The level of diversity that the associates reach for certain; 0 when none is certain."""
    if situation.date.year < GRID_YEAR:
        return 0
    present = {
        group.profession
        for group in situation.professionnels or ()
        if group.nombre and group.exercice != "salarie" and group.profession not in nation().hors_sisa
    }
    practitioner = bool(present & OTHER_PRACTITIONERS)
    paramedical = len(present & _paramedical(situation.date)) >= _value(ENOUGH, situation.date)
    return int(practitioner or paramedical) + int(practitioner and paramedical)


def _paramedical(date: datetime.date) -> frozenset[str]:
    listed = frozenset(_value("professions.auxiliaires_medicaux", date))
    return listed - frozenset(_value("professions.a_relire", date)) - {ADVANCED_NURSE}


def _value(path: str, date: datetime.date) -> Any:
    return system().text(path).at(date).value
