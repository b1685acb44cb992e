"""Dotation numérique of doctors since 2026 (esp_ess_aides.md §3.3, DONUM)."""

import numpy as np
from openfisca_core.periods import DAY

from maillage.core.rules.aides.case import Case
from maillage.core.rules.base import Condition, Variable, all_of, at_least, state_of
from maillage.core.rules.entities import Structure
from maillage.core.rules.simulation.spec import LineSpec

GROUP = "Médecins : forfait médecin traitant et dotation numérique"
PAYER = "votre CPAM"
DOCTORS = ("medecin_generaliste", "medecin_specialiste")
FIELDS = ("logiciel_conforme", "part_teleservices")
HERE = "medecins.donum."


class aides_donum(Condition):
    label = "Dotation numérique (DONUM) : indicateurs socles"
    spec = LineSpec(
        simulator="aides", id="DONUM-conditions", group=GROUP, nature="condition",
        words="Logiciel conforme : {logiciel_conforme} ; téléservices : {part_teleservices}, au moins "
        "{aides.medecins.donum.teleservices}. La dotation remplace le forfait structure depuis 2026.",
        todo="Mettez à jour votre logiciel et utilisez les téléservices.", fields=FIELDS, who=PAYER,
        shown_for=("profession", *DOCTORS), may_read=("aides.medecins.donum.teleservices",),
    )  # fmt: skip

    def formula(structure, period, parameters):
        case = Case(structure, period, parameters)
        doctor = case.among("profession", *DOCTORS)
        applies = np.nan_to_num(doctor, nan=1.0) > 0
        opened = case.number("medecins.fmt.ouvert", needed=applies)
        least = case.number_if_known(HERE + "teleservices", needed=applies & (opened == 1))
        reached = at_least(case.value("part_teleservices"), least)
        return state_of(all_of(doctor, opened, case.truth("logiciel_conforme"), reached), applies=applies)


class aides_donum_plafond(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    unit = "euros par an"
    label = "Dotation numérique (DONUM), au plus"
    spec = LineSpec(
        simulator="aides", id="DONUM", group=GROUP, nature="repere", only_if="aides_donum",
        words="{aides.medecins.donum.points} à {aides.medecins.donum.valeur_du_point}.",
        fields=FIELDS, who=PAYER, shown_for=("profession", *DOCTORS),
    )  # fmt: skip

    def formula(structure, period, parameters):
        case = Case(structure, period, parameters)
        needed = case.open("donum")
        return case.number(HERE + "points", needed=needed) * case.number(HERE + "valeur_du_point", needed=needed)
