"""What a situation says that is possible and unlikely: counted as it is given, and said, so that it can be checked.

What contradicts itself is refused by the situation instead.
"""

import datetime
from collections.abc import Callable, Mapping

from maillage.core.kernel import french
from maillage.core.rules.aci_msp.explanation import counted
from maillage.core.rules.aci_msp.situation import SituationAciMsp
from maillage.core.rules.system import system

TEAM = "vous"
MANY_ASSOCIATES = 100
"""Associates beyond which a typing mistake is likelier than a team. It is a doubt on what is typed, not a rule."""
FEW = "Nombre d'associés"
MANY = "Nombre d'associés à vérifier"
CROWDED = "Patientèle et associés"
ADVANCED = "Logiciel « avancé » sans « standard »"
NO_BASE = "Dossiers étudiés sans leur base"


def unlikely(situation: SituationAciMsp) -> tuple[str, ...]:
    """The subjects of what is to be checked in a situation (keys of :data:`UNLIKELY`)."""
    members = situation.associes
    few, many, crowded = members < SISA_AT_LEAST, members > MANY_ASSOCIATES, situation.patientele < members
    advanced = situation.si_avance and not situation.si_standard
    no_base = situation.dossiers_concertes > 0 and not situation.patients_ald_ou_75_ans
    if not (few or many or crowded or advanced or no_base):
        return ()
    found = {FEW: few, MANY: many, CROWDED: crowded, ADVANCED: advanced, NO_BASE: no_base}
    return tuple(name for name, held in found.items() if held)


SISA_AT_LEAST = 3
"""Associates of the smallest SISA, held against its parameters by a test."""


def smallest_sisa(year: int) -> tuple[int, int]:
    """Doctors and auxiliaires médicaux that a SISA counts at least, in a year."""
    day = datetime.date(year, 1, 1)
    doctors, others = (
        int(system().text(f"msp.sisa.{name}").at(day).value)
        for name in ("medecins_minimum", "auxiliaires_medicaux_minimum")
    )
    return doctors, others


def _few(year: int) -> str:
    doctors, others = smallest_sisa(year)
    return (
        f"L'ACI se signe avec une SISA, qui compte au moins {counted(doctors, 'médecin')} et "
        f"{counted(others, 'auxiliaire médical', 'auxiliaires médicaux')} : vérifiez le nombre d'associés."
    )


def _many(_year: int) -> str:
    return (
        f"Plus de {french.number(MANY_ASSOCIATES)} associés pour une seule maison de santé : vérifiez ce nombre. "
        "Chacun compte dans les points du système d'information et dans l'avance."
    )


def _crowded(_year: int) -> str:
    return "La patientèle est plus petite que le nombre d'associés : vérifiez ces deux nombres."


def _advanced(_year: int) -> str:
    return (
        "Le niveau « avancé » se cumule avec le niveau « standard », qui est un prérequis : "
        "sans lui, rien n'est payé. Vérifiez les labels de votre logiciel."
    )


def _no_base(_year: int) -> str:
    return (
        "Des dossiers étudiés sont donnés sans le nombre de patients en ALD ou de 75 ans ou plus : leur part ne se "
        "calcule pas, et la concertation compte 0 point. Donnez ce nombre."
    )


UNLIKELY: Mapping[str, Callable[[int], str]] = {
    FEW: _few,
    MANY: _many,
    CROWDED: _crowded,
    ADVANCED: _advanced,
    NO_BASE: _no_base,
}
"""What to say of each subject, for a year."""
