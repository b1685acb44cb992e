"""Forfait médecin traitant of doctors since 2026 and its uplifts (esp_ess_aides.md §3.3, FMT, AID-16 to AID-20)."""

import numpy as np
from openfisca_core.periods import DAY

from maillage.core.rules.aides.case import Case
from maillage.core.rules.base import Condition, Variable, all_of, any_of, at_least, none_of, state_of
from maillage.core.rules.entities import Structure
from maillage.core.rules.simulation.calendar import whole_years
from maillage.core.rules.simulation.spec import LineSpec

GROUP = "Médecins : forfait médecin traitant et dotation numérique"
PAYER = "votre CPAM"
DOCTORS = ("medecin_generaliste", "medecin_specialiste")
FOR_DOCTORS = ("profession", *DOCTORS)
HERE = "medecins.fmt."
CONTRACTS_OF_2016 = ("caim", "coscom", "cotram", "cstm")
PATIENTS = {
    "non_vus": "patients_non_vus",
    "moins_de_7_ans": "patients_moins_de_7_ans",
    "de_7_a_74_ans": "patients_de_7_a_74_ans",
    "de_75_a_79_ans": "patients_de_75_a_79_ans",
    "de_80_ans": "patients_de_80_ans",
    "ald": "patients_ald",
    "ald_de_80_ans": "patients_ald_de_80_ans",
}
LIST = tuple(PATIENTS.values())
WITH_LIST = (*LIST, "patients_c2s", "indicateurs_de_prevention")


class Doctor(Case):
    """A doctor who may be paid the forfait."""

    def __init__(self, structure, period, parameters=None):
        super().__init__(structure, period, parameters)
        self.doctor = self.among("profession", *DOCTORS)
        self.may_apply = np.nan_to_num(self.doctor, nan=1.0) > 0
        self.installed = self.day("date_installation")
        self.years = whole_years(self.installed, self.today)

    def state(self, *truths):
        """The state of a condition, without object for the other professions."""
        return state_of(all_of(self.doctor, *truths), applies=self.may_apply)

    def paid(self):
        """Whether the forfait exists on the day asked."""
        return self.number(HERE + "ouvert", needed=self.may_apply)

    def figure(self, path):
        """A figure of the forfait, where it exists."""
        return self.number(HERE + path, needed=self.open("fmt"))

    def count(self, name):
        """A number of patients, none when it is not given."""
        return np.nan_to_num(self.value(name))

    def in_zone(self):
        """In a ZIP or in a QPV."""
        needed = self.may_apply & (np.nan_to_num(self.paid(), nan=0.0) > 0)
        return any_of(self.listed("zone", HERE + "zones_majorees", needed=needed), self.truth("qpv"))


def _under_contract(case):
    """Whether a contract of the convention of 2016 runs."""
    declared = case.words("contrat")
    return any_of(*(np.where(declared == code, case.met(code), 0.0) for code in CONTRACTS_OF_2016))


class aides_fmt(Condition):
    label = "Forfait médecin traitant : conditions"
    spec = LineSpec(
        simulator="aides", id="FMT-conditions", group=GROUP, nature="condition",
        words="Forfait versé à cette date : {aides.medecins.fmt.ouvert}. Médecin traitant, pour les patients de sa "
        "liste au 31 décembre précédent ; versé en avril, juin, septembre et novembre.",
        todo="Le forfait médecin traitant est versé depuis 2026.", who=PAYER, shown_for=FOR_DOCTORS,
    )  # fmt: skip

    def formula(structure, period, parameters):
        case = Doctor(structure, period, parameters)
        return case.state(case.paid(), 1 - np.nan_to_num(case.truth("remplacant")))


class aides_fmt_socle(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    unit = "euros par an"
    label = "Forfait médecin traitant : socle"
    spec = LineSpec(
        simulator="aides", id="FMT-socle", group=GROUP, nature="montant", only_if="aides_fmt",
        words="Par patient : non vu depuis deux ans {aides.medecins.fmt.socle.non_vus} ; moins de 7 ans "
        "{aides.medecins.fmt.socle.moins_de_7_ans} ; 7 à 74 ans {aides.medecins.fmt.socle.de_7_a_74_ans} ; 75 à 79 ans "
        "{aides.medecins.fmt.socle.de_75_a_79_ans} ; 80 ans ou plus {aides.medecins.fmt.socle.de_80_ans} ; en ALD "
        "{aides.medecins.fmt.socle.ald} ; en ALD à 80 ans ou plus {aides.medecins.fmt.socle.ald_de_80_ans} au plus.",
        todo="Donnez le nombre de vos patients par âge.", fields=LIST, who=PAYER, shown_for=FOR_DOCTORS,
        shown_with=LIST,
    )  # fmt: skip

    def formula(structure, period, parameters):
        """Each patient of the list once, by age and illness."""
        case = Doctor(structure, period, parameters)
        return sum(case.count(field) * case.figure(f"socle.{name}") for name, field in PATIENTS.items())


class aides_fmt_c2s(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    unit = "euros par an"
    label = "Forfait médecin traitant : complémentaire santé solidaire"
    spec = LineSpec(
        simulator="aides", id="FMT-08", group=GROUP, nature="montant", only_if="aides_fmt",
        words="{patients_c2s} à {aides.medecins.fmt.c2s}. La majoration de zone ne s'y applique pas.",
        fields=("patients_c2s",), who=PAYER, shown_for=FOR_DOCTORS, shown_with=("patients_c2s",),
    )  # fmt: skip

    def formula(structure, period, parameters):
        case = Doctor(structure, period, parameters)
        return case.count("patients_c2s") * case.figure("c2s")


class aides_fmt_prevention(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    unit = "euros par an"
    label = "Forfait médecin traitant : prévention"
    spec = LineSpec(
        simulator="aides", id="FMT-09", group=GROUP, nature="montant", only_if="aides_fmt",
        words="{indicateurs_de_prevention} à {aides.medecins.fmt.prevention} ; au plus "
        "{aides.medecins.fmt.indicateurs} par patient.",
        fields=("indicateurs_de_prevention",), who=PAYER, shown_for=FOR_DOCTORS,
        shown_with=("indicateurs_de_prevention",),
    )  # fmt: skip

    def formula(structure, period, parameters):
        """At most so many indicators by patient of the list."""
        case = Doctor(structure, period, parameters)
        patients = sum(case.count(field) for field in LIST)
        validated = case.count("indicateurs_de_prevention")
        most = np.where(patients > 0, patients * case.figure("indicateurs"), validated)
        return np.minimum(validated, most) * case.figure("prevention")


class aides_majoration_zone(Condition):
    label = "Majoration du socle en ZIP ou en QPV : conditions"
    spec = LineSpec(
        simulator="aides", id="AID-16-conditions", group=GROUP, nature="condition",
        words="ZIP ou QPV, tant que le cabinet y est ; aucune majoration en ZAC, ni pendant un contrat de la "
        "convention de 2016 : y mettre fin l'ouvre. Vous déclarez : {zone} ; QPV : {qpv} ; contrat en cours : "
        "{contrat}.",
        todo="Vérifiez la zone du cabinet auprès de l'ARS ; comparez avec votre contrat en cours avant d'y mettre fin.",
        fields=("zone", "qpv", "contrat"), who=PAYER, shown_for=FOR_DOCTORS,
    )  # fmt: skip

    def formula(structure, period, parameters):
        case = Doctor(structure, period, parameters)
        needed = case.may_apply & (case.paid() == 1)
        together = case.number(HERE + "cumul_contrat_2016", needed=needed)
        return case.state(case.paid(), case.in_zone(), any_of(together, none_of(_under_contract(case))))


class aides_majoration_zone_taux(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    unit = "part du socle"
    label = "Majoration du socle en ZIP ou en QPV : taux de l'année"
    spec = LineSpec(
        simulator="aides", id="AID-17", group=GROUP, nature="repere", only_if="aides_majoration_zone",
        words="{aides.medecins.fmt.majoration} ; pour une première installation, année par année : "
        "{aides.medecins.fmt.majorations_primo}, puis la dernière valeur ; avant 2026, cette échelle reste à "
        "confirmer. Installation : {date_installation} ; première : {premiere_installation}.",
        fields=("premiere_installation", "date_installation"), who=PAYER, shown_for=FOR_DOCTORS,
    )  # fmt: skip

    def formula(structure, period, parameters):
        """That of a first installation once the aids of 2026 are open, else that of any doctor of the zone."""
        case = Doctor(structure, period, parameters)
        needed = case.open("majoration_zone")
        opened = case.number("medecins.convention_2024.aides_ouvertes", case.installed, needed)
        first = (case.truth("premiere_installation") == 1) & (opened == 1)
        schedule = case.lasting_rate(HERE + "majorations_primo", case.years, needed=needed)
        return np.where(first, schedule, case.number(HERE + "majoration", needed=needed))


class aides_majoration_zone_taux_haut(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    unit = "part du socle"
    label = "Majoration du socle en ZIP ou en QPV : taux de l'année, au plus"

    def formula(structure, period, parameters):
        """That of a first installation, unless it is not one: nothing says whether those of before 2026 have it."""
        case = Doctor(structure, period, parameters)
        needed = case.open("majoration_zone")
        maybe = np.nan_to_num(case.truth("premiere_installation"), nan=1.0) == 1
        opened = case.number("medecins.convention_2024.aides_ouvertes", case.installed, needed)
        before = needed & maybe & (opened == 0)
        settled = case.number_if_known(HERE + "primo_avant_2026", needed=before)
        schedule = case.lasting_rate(HERE + "majorations_primo", case.years, needed=needed)
        low = case.value("majoration_zone_taux")
        return np.where(maybe & (settled != 0), np.maximum(low, schedule), low)


class aides_majoration_zone_montant(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    unit = "euros par an"
    label = "Majoration du socle en ZIP ou en QPV"
    spec = LineSpec(
        simulator="aides", id="AID-16", group=GROUP, nature="montant", counted=True, only_if="aides_majoration_zone",
        upper="aides_majoration_zone_montant_haut", may_read=("aides.medecins.fmt.primo_avant_2026",),
        words="{majoration_zone_taux} du socle ({fmt_socle}), "
        "sans les suppléments ; {majoration_zone_taux_haut} au plus.",
        fields=LIST,
        who=PAYER,
        shown_for=FOR_DOCTORS,
        shown_with=LIST,
    )  # fmt: skip

    def formula(structure, period, parameters):
        case = Doctor(structure, period, parameters)
        return case.value("majoration_zone_taux") * case.value("fmt_socle")


class aides_majoration_zone_montant_haut(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    unit = "euros par an"
    label = "Majoration du socle en ZIP ou en QPV, au plus"

    def formula(structure, period, parameters):
        case = Doctor(structure, period, parameters)
        return case.value("majoration_zone_taux_haut") * case.value("fmt_socle")


class aides_majoration_age(Condition):
    label = "Majoration du socle selon l'âge : conditions"
    spec = LineSpec(
        simulator="aides", id="AID-19-conditions", group=GROUP, nature="condition",
        words="{aides.medecins.fmt.age_majore} ou plus : {age}. Avec la majoration de zone, "
        "le cumul reste à confirmer.",
        fields=("age",),
        who=PAYER,
        shown_for=FOR_DOCTORS,
        may_read=("aides.medecins.fmt.cumul_age_et_zone",),
    )  # fmt: skip

    def formula(structure, period, parameters):
        """Old enough; unknown with the uplift of the zone, as nothing says that both are had."""
        case = Doctor(structure, period, parameters)
        old = at_least(case.value("age"), case.figure("age_majore"))
        both = case.open("majoration_zone") & (old != 0)
        together = case.number_if_known(HERE + "cumul_age_et_zone", needed=both)
        zone = np.select([case.words("majoration_zone") == "remplie", both], [1.0, np.nan], default=0.0)
        return case.state(case.paid(), old, any_of(none_of(zone), together))


class aides_majoration_age_montant(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    unit = "euros par an"
    label = "Majoration du socle selon l'âge"
    spec = LineSpec(
        simulator="aides", id="AID-19", group=GROUP, nature="montant", counted=True, only_if="aides_majoration_age",
        words="{aides.medecins.fmt.majoration_age} du socle ({fmt_socle}).",
        fields=("age",), who=PAYER, shown_for=FOR_DOCTORS, shown_with=LIST,
    )  # fmt: skip

    def formula(structure, period, parameters):
        case = Doctor(structure, period, parameters)
        return case.number(HERE + "majoration_age", needed=case.open("majoration_age")) * case.value("fmt_socle")


class aides_fmt_total(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    unit = "euros par an"
    label = "Forfait médecin traitant avec la majoration de zone"
    spec = LineSpec(
        simulator="aides", id="FMT-total", group=GROUP, nature="montant", only_if="aides_fmt",
        upper="aides_fmt_total_haut",
        words="Socle {fmt_socle}, complémentaire santé solidaire {fmt_c2s}, prévention {fmt_prevention} et "
        "majoration de zone. Le total des aides ne compte que les majorations.",
        fields=WITH_LIST, who=PAYER, shown_for=FOR_DOCTORS, shown_with=WITH_LIST,
    )  # fmt: skip

    def formula(structure, period, parameters):
        case = Doctor(structure, period, parameters)
        sure = case.words("majoration_zone") == "remplie"
        return _forfait(case) + np.where(sure, case.value("majoration_zone_montant"), 0.0)


class aides_fmt_total_haut(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    unit = "euros par an"
    label = "Forfait médecin traitant avec la majoration de zone, au plus"

    def formula(structure, period, parameters):
        case = Doctor(structure, period, parameters)
        maybe = case.open("majoration_zone")
        return _forfait(case) + np.where(maybe, case.value("majoration_zone_montant_haut"), 0.0)


def _forfait(case):
    """The forfait without any uplift."""
    return sum(case.value(name) for name in ("fmt_socle", "fmt_c2s", "fmt_prevention"))
