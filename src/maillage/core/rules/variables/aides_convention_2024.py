"""Aids to doctors of the convention of 2024, since 2026 (esp_ess_aides.md §3.3, AID-10 to AID-15 and AID-22)."""

import datetime

import numpy as np
from openfisca_core.periods import DAY

from maillage.core.rules.aides.case import Case, below, yes
from maillage.core.rules.base import Condition, Variable, all_of, any_of, state_of
from maillage.core.rules.entities import Structure
from maillage.core.rules.simulation.calendar import months_after, whole_years
from maillage.core.rules.simulation.spec import LineSpec

GROUP = "Médecins : aides depuis 2026"
PAYER = "votre CPAM"
DOCTORS = ("medecin_generaliste", "medecin_specialiste")
FOR_DOCTORS = ("profession", *DOCTORS)
HERE = "medecins.convention_2024."
COMMON = (
    "Aides ouvertes le jour de l'installation (depuis 2026) : {aides.medecins.convention_2024.aides_ouvertes} ; "
    "secteur 1 ou OPTAM ; aucune aide de même catégorie depuis dix ans. Vous déclarez : {zone} ; QPV : "
    "{qpv} ; {secteur} ; première installation : {premiere_installation} ; cabinet secondaire : {cabinet_secondaire}."
)
FIELDS = ("zone", "secteur", "premiere_installation", "cabinet_secondaire", "date_installation", "qpv")
TODO = "Vérifiez la zone auprès de l'ARS, le secteur conventionnel et la date d'installation."


class Installation(Case):
    """A doctor who settles: the day, and what the three aids ask alike."""

    def __init__(self, structure, period, parameters=None):
        super().__init__(structure, period, parameters)
        self.doctor = self.among("profession", *DOCTORS)
        self.may_apply = np.nan_to_num(self.doctor, nan=1.0) > 0
        self.installed = self.day("date_installation")
        opened = self.number(HERE + "aides_ouvertes", self.installed, self.may_apply)
        self.may_apply &= opened != 0

    def common(self):
        """Doctor, installed since the aids are open, in the sector, liberal, without an aid for ten years."""
        return all_of(
            self.doctor,
            yes(self.may_apply),
            self.listed("secteur", HERE + "secteurs", self.installed, self.may_apply),
            yes(self.words("exercice") != "cds"),
            1 - np.nan_to_num(self.truth("remplacant")),
            self.among("delai_de_dix_ans", "remplie"),
        )

    def main_practice(self):
        """A first installation, in one's main practice."""
        return all_of(self.truth("premiere_installation"), 1 - np.nan_to_num(self.truth("cabinet_secondaire")))

    def in_qpv(self):
        """Whether a QPV outside a ZIP counts as one: not settled, so unknown in a QPV."""
        here = self.truth("qpv") == 1
        counts = self.number_if_known(HERE + "qpv_vaut_zip", self.installed, self.may_apply & here)
        return np.where(here, counts, 0.0)

    def state(self, *truths):
        """The state of a condition, without object for the other professions."""
        return state_of(all_of(self.common(), *truths), applies=np.nan_to_num(self.doctor, nan=1.0) > 0)

    def paid(self, path, condition):
        """The amount in the year that follows the installation, nothing after: it is paid once."""
        amount = self.number(path, self.installed, self.open(condition))
        return amount * yes(below(whole_years(self.installed, self.today), 1) == 1)


class aides_installation_zip(Condition):
    label = "Première installation en ZIP : conditions"
    spec = LineSpec(
        simulator="aides", id="AID-10-conditions", group=GROUP, nature="condition",
        words="ZIP (un QPV hors ZIP : à confirmer) ; première installation libérale, en cabinet principal. " + COMMON,
        todo=TODO, fields=FIELDS, who=PAYER, shown_for=FOR_DOCTORS,
        may_read=("aides.medecins.convention_2024.qpv_vaut_zip",),
    )  # fmt: skip

    def formula(structure, period, parameters):
        case = Installation(structure, period, parameters)
        return case.state(any_of(case.among("zone", "zip"), case.in_qpv()), case.main_practice())


class aides_installation_zip_montant(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    unit = "euros"
    label = "Première installation en ZIP"
    spec = LineSpec(
        simulator="aides", id="AID-10", group=GROUP, nature="montant", counted=True, only_if="aides_installation_zip",
        words="{aides.medecins.convention_2024.installation_zip}, dans l'année de l'installation, sans durée "
        "minimale de maintien ; se cumule avec les majorations du forfait médecin traitant.",
        excludes=("AID-11", "AID-12", "AID-34"), todo=TODO, fields=FIELDS, who=PAYER, shown_for=FOR_DOCTORS,
    )  # fmt: skip

    def formula(structure, period, parameters):
        case = Installation(structure, period, parameters)
        return case.paid(HERE + "installation_zip", "installation_zip")


class aides_installation_versement(Variable):
    value_type = datetime.date
    entity = Structure
    definition_period = DAY
    label = "Première installation en ZIP : versement au plus tard"
    spec = LineSpec(
        simulator="aides", id="AID-10-versement", group=GROUP, nature="echeance", only_if="aides_installation_zip",
        words="L'installation, puis {aides.medecins.convention_2024.delai_de_versement}.",
        who=PAYER, shown_for=FOR_DOCTORS,
    )  # fmt: skip

    def formula(structure, period, parameters):
        case = Installation(structure, period, parameters)
        months = case.number(HERE + "delai_de_versement", case.installed, case.open("installation_zip"))
        return months_after(case.installed, np.nan_to_num(months).astype(int))


class aides_installation_zac(Condition):
    label = "Première installation en ZAC : conditions"
    spec = LineSpec(
        simulator="aides", id="AID-11-conditions", group=GROUP, nature="condition",
        words="ZAC ; première installation libérale, en cabinet principal. " + COMMON,
        todo=TODO, fields=FIELDS, who=PAYER, shown_for=FOR_DOCTORS,
    )  # fmt: skip

    def formula(structure, period, parameters):
        case = Installation(structure, period, parameters)
        return case.state(case.among("zone", "zac"), case.main_practice())


class aides_installation_zac_montant(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    unit = "euros"
    label = "Première installation en ZAC"
    spec = LineSpec(
        simulator="aides", id="AID-11", group=GROUP, nature="montant", counted=True, only_if="aides_installation_zac",
        words="{aides.medecins.convention_2024.installation_zac}, dans l'année de l'installation. Aucune majoration du "
        "forfait médecin traitant en ZAC.",
        excludes=("AID-10", "AID-12", "AID-34"), todo=TODO, fields=FIELDS, who=PAYER, shown_for=FOR_DOCTORS,
    )  # fmt: skip

    def formula(structure, period, parameters):
        case = Installation(structure, period, parameters)
        return case.paid(HERE + "installation_zac", "installation_zac")


class aides_cabinet_secondaire_zip(Condition):
    label = "Cabinet secondaire en ZIP : conditions"
    spec = LineSpec(
        simulator="aides", id="AID-12-conditions", group=GROUP, nature="condition",
        words="ZIP seulement ; ouverture d'un cabinet secondaire. " + COMMON,
        todo=TODO, fields=FIELDS, who=PAYER, shown_for=FOR_DOCTORS,
    )  # fmt: skip

    def formula(structure, period, parameters):
        case = Installation(structure, period, parameters)
        return case.state(case.among("zone", "zip"), case.truth("cabinet_secondaire"))


class aides_cabinet_secondaire_zip_montant(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    unit = "euros"
    label = "Cabinet secondaire en ZIP"
    spec = LineSpec(
        simulator="aides", id="AID-12", group=GROUP, nature="montant", counted=True,
        only_if="aides_cabinet_secondaire_zip",
        words="{aides.medecins.convention_2024.cabinet_secondaire}, dans l'année de l'ouverture.",
        excludes=("AID-10", "AID-11", "AID-34"), todo=TODO, fields=FIELDS, who=PAYER, shown_for=FOR_DOCTORS,
    )  # fmt: skip

    def formula(structure, period, parameters):
        case = Installation(structure, period, parameters)
        return case.paid(HERE + "cabinet_secondaire", "cabinet_secondaire_zip")


class aides_consultations_avancees_zip(Condition):
    label = "Consultations avancées en ZIP : conditions"
    spec = LineSpec(
        simulator="aides", id="AID-22-conditions", group=GROUP, nature="condition",
        words="Venir consulter en ZIP sans y être installé, depuis 2026 : {consultations_avancees}.",
        todo="Demandez à votre CPAM les conditions des consultations avancées.", fields=("consultations_avancees",),
        who=PAYER, shown_for=FOR_DOCTORS, parameters=("aides.medecins.convention_2024.aides_ouvertes",),
    )  # fmt: skip

    def formula(structure, period, parameters):
        case = Case(structure, period, parameters)
        doctor = case.among("profession", *DOCTORS)
        opened = case.number(HERE + "aides_ouvertes")
        return state_of(all_of(doctor, opened, case.truth("consultations_avancees")),
                        applies=np.nan_to_num(doctor, nan=1.0) > 0)  # fmt: skip


class aides_consultations_avancees_montant(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    unit = "euros"
    label = "Consultations avancées en ZIP"
    spec = LineSpec(
        simulator="aides", id="AID-22", group=GROUP, nature="montant", only_if="aides_consultations_avancees_zip",
        words="Montant : {aides.medecins.convention_2024.consultations_avancees}.",
        todo="Demandez à votre CPAM le montant des consultations avancées.", fields=("consultations_avancees",),
        who=PAYER, shown_for=FOR_DOCTORS,
    )  # fmt: skip

    def formula(structure, period, parameters):
        case = Case(structure, period, parameters)
        path = HERE + "consultations_avancees"
        return case.number_if_known(path, needed=case.open("consultations_avancees_zip"))
