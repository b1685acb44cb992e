"""Tax exemptions: ZFRR and ZRR, CFE, pay of the permanence des soins (esp_ess_aides.md §5, FIS-01 to FIS-11)."""

import datetime

import numpy as np
from openfisca_core.periods import DAY

from maillage.core.rules.aides.case import Case, below, yes
from maillage.core.rules.base import Condition, Variable, all_of, any_of, at_least, none_of, state_of
from maillage.core.rules.entities import Structure
from maillage.core.rules.simulation.calendar import MONTHS_IN_A_YEAR, months_after, whole_years
from maillage.core.rules.simulation.spec import LineSpec

GROUP, DUTY = "Impôts : exonérations en zone rurale", "Impôts : permanence des soins"
PAYER = "le service des impôts"
HERE, PDSA = "impots.zfrr.", "impots.pdsa."
WITH_ZONE = ("zone_fiscale",)
WITH_DUTY = ("jours_de_garde", "remuneration_de_garde", "actes_de_garde")
DOCTORS = ("medecin_generaliste", "medecin_specialiste")
FIELDS = ("zone_fiscale", "date_creation", "regime_fiscal", "contribuable", "salaries", "moyens_en_zone",
          "part_hors_zone")  # fmt: skip
COMMON = (
    "Moins de {aides.impots.zfrr.salaries} ; siège et moyens dans la zone ; au plus "
    "{aides.impots.zfrr.part_hors_zone} du chiffre d'affaires hors de la zone ; ni SISA, ni remplaçant, ni "
    "collaborateur sans patientèle, ni activité venue d'une autre zone aidée. Vous déclarez : {zone_fiscale} ; "
    "création : {date_creation} ; {regime_fiscal} ; hors zone : {part_hors_zone} ; {salaries}."
)


class Business(Case):
    """An activity that was created or taken over in a zone."""

    def __init__(self, structure, period, parameters=None):
        super().__init__(structure, period, parameters)
        self.created = self.day("date_creation")
        self.years = whole_years(self.created, self.today)
        self.elsewhere = np.nan_to_num(self.value("part_hors_zone"))

    def opened(self, path):
        """Whether an activity created that day opens the exemption, and is created by the day asked."""
        return all_of(self.number(path, self.created), yes(self.created <= self.today))

    def common(self):
        """What both zones ask: size, place, who declares."""
        limit = self.number(HERE + "part_hors_zone", self.created)
        inside = np.where(np.isnan(self.value("part_hors_zone")), np.nan, at_least(limit, self.elsewhere))
        return all_of(
            below(self.value("salaries"), self.number(HERE + "salaries", self.created)),
            self.truth("moyens_en_zone"),
            inside,
            none_of(self.listed("contribuable", HERE + "exclus", self.created)),
            1 - np.nan_to_num(self.truth("remplacant")),
            1 - np.nan_to_num(self.truth("transfert_zone_aidee")),
        )

    def regime(self, zoned):
        """The régime réel anywhere; the micro-BNC in the zones that admit it. ``zoned``: where it matters."""
        micro = self.listed("zone_fiscale", HERE + "zones_du_micro", self.created, zoned)
        return any_of(self.among("regime_fiscal", "reel"), micro)


class aides_zfrr(Condition):
    label = "Exonération ZFRR : conditions"
    spec = LineSpec(
        simulator="aides", id="FIS-02", group=GROUP, nature="condition",
        words="Activité créée ou reprise du 1er juillet 2024 au 31 décembre 2029, en ZFRR ou ZFRR+ ; régime réel, ou "
        "micro-BNC en ZFRR+ seulement. " + COMMON,
        todo="Voyez avec votre comptable le régime, la part hors de la zone et qui déclare le bénéfice.", fields=FIELDS,
        who=PAYER, shown_with=WITH_ZONE, parameters=("aides.impots.zfrr.ouverte",),
        may_read=("aides.impots.zfrr.zones_du_micro",),
    )  # fmt: skip

    def formula(structure, period, parameters):
        case = Business(structure, period, parameters)
        opened = case.opened(HERE + "ouverte")
        return state_of(all_of(opened, case.among("zone_fiscale", "zfrr", "zfrr_plus"), case.regime(opened != 0),
                               case.common()))  # fmt: skip


class aides_zrr(Condition):
    label = "Exonération ZRR : conditions"
    spec = LineSpec(
        simulator="aides", id="FIS-06", group=GROUP, nature="condition",
        words="Installation jusqu'au 30 juin 2024 en ZRR ; une commune non reclassée en garde les effets. Un "
        "cabinet secondaire n'y ouvre pas droit. " + COMMON,
        todo="Depuis juillet 2024, voyez l'exonération ZFRR ; pour un cabinet secondaire, celle de CFE.",
        fields=FIELDS, who=PAYER, shown_with=WITH_ZONE,
        parameters=("aides.impots.zrr.ouverte",),
    )  # fmt: skip

    def formula(structure, period, parameters):
        case = Business(structure, period, parameters)
        opened = case.opened("impots.zrr.ouverte")
        return state_of(all_of(opened, case.among("zone_fiscale", "zrr"), case.among("regime_fiscal", "reel"),
                               1 - np.nan_to_num(case.truth("cabinet_secondaire")), case.common()))  # fmt: skip


class aides_exoneration(Condition):
    label = "Le bénéfice est exonéré en ZFRR ou en ZRR"
    spec = LineSpec(
        simulator="aides", id="FIS-regime", group=GROUP, nature="condition",
        words="ZFRR : {zfrr} ; ZRR : {zrr}.", who=PAYER, shown_with=WITH_ZONE, fields=FIELDS,
    )  # fmt: skip

    def formula(structure, period, parameters):
        case = Case(structure, period, parameters)
        return state_of(any_of(case.met("zfrr"), case.met("zrr")))


class aides_exoneration_taux(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    unit = "part du bénéfice"
    label = "Part du bénéfice exonérée l'année demandée"
    spec = LineSpec(
        simulator="aides", id="FIS-01-taux", group=GROUP, nature="repere", only_if="aides_exoneration",
        words="{aides.impots.zfrr.taux}, année par année depuis la création, puis rien.", who=PAYER,
        fields=("date_creation",), shown_with=WITH_ZONE,
    )  # fmt: skip

    def formula(structure, period, parameters):
        case = Business(structure, period, parameters)
        return case.instalment(HERE + "taux", case.years, case.created, case.open("exoneration"))


class aides_exoneration_montant(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    unit = "euros par an"
    label = "Bénéfice exonéré l'année demandée"
    spec = LineSpec(
        simulator="aides", id="FIS-01", group=GROUP, nature="montant", only_if="aides_exoneration",
        words="Le bénéfice de l'année ({benefice}), moins la part faite hors de la zone ({part_hors_zone}), multiplié "
        "par la part exonérée cette année-là ({exoneration_taux}). C'est un bénéfice qui n'est pas imposé, non une "
        "somme reçue : il n'est pas dans le total.",
        todo="Donnez le bénéfice de l'année.", fields=("benefice", "part_hors_zone"), who=PAYER, shown_with=WITH_ZONE,
    )  # fmt: skip

    def formula(structure, period, parameters):
        case = Business(structure, period, parameters)
        return case.value("benefice") * (1 - case.elsewhere) * case.value("exoneration_taux")


class aides_exoneration_total(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    unit = "euros"
    label = "Bénéfice exonéré sur toute la durée"
    spec = LineSpec(
        simulator="aides", id="FIS-01-total", group=GROUP, nature="repere", only_if="aides_exoneration",
        words="Année par année : {aides.impots.zfrr.taux} de {benefice}, si le bénéfice ne change pas, sans la part "
        "faite hors de la zone.",
        todo="Donnez le bénéfice de l'année.", fields=("benefice", "part_hors_zone"), who=PAYER, shown_with=WITH_ZONE,
    )  # fmt: skip

    def formula(structure, period, parameters):
        case = Business(structure, period, parameters)
        years = case.whole(HERE + "taux", case.created, case.open("exoneration"))
        return case.value("benefice") * (1 - case.elsewhere) * years


class aides_exoneration_minimis(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    unit = "euros sur trois ans"
    label = "Plafond « de minimis » de l'exonération ZFRR"
    spec = LineSpec(
        simulator="aides", id="FIS-03", group=GROUP, nature="repere", only_if="aides_zfrr",
        words="Les aides publiques de ce type, toutes ensemble, sur trois années glissantes.", who=PAYER,
        shown_with=WITH_ZONE,
    )  # fmt: skip

    def formula(structure, period, parameters):
        case = Business(structure, period, parameters)
        return case.number(HERE + "minimis", case.created, case.open("zfrr"))


class aides_exoneration_maintien(Variable):
    value_type = datetime.date
    entity = Structure
    definition_period = DAY
    label = "Rester dans la zone jusqu'à cette date, ou rembourser"
    spec = LineSpec(
        simulator="aides", id="FIS-05", group=GROUP, nature="echeance", only_if="aides_exoneration",
        words="La création, puis {aides.impots.zfrr.maintien}.", fields=("date_creation",), who=PAYER,
        shown_with=WITH_ZONE,
    )  # fmt: skip

    def formula(structure, period, parameters):
        case = Business(structure, period, parameters)
        years = np.nan_to_num(case.number(HERE + "maintien", case.created, case.open("exoneration")))
        return months_after(case.created, (MONTHS_IN_A_YEAR * years).astype(int))


class aides_cfe(Condition):
    label = "Exonération de CFE et de taxe foncière : délibération"
    spec = LineSpec(
        simulator="aides", id="FIS-07", group=GROUP, nature="condition",
        words="En ZFRR, si la commune ou l'EPCI l'a décidé : {deliberation_cfe}.",
        todo="Demandez à la mairie si elle a délibéré.", fields=("deliberation_cfe", "zone_fiscale"),
        who="la commune ou l'EPCI", shown_with=WITH_ZONE,
    )  # fmt: skip

    def formula(structure, period, parameters):
        """In a zone, while the law is in force, by a decision of the commune or of the EPCI."""
        case = Business(structure, period, parameters)
        zone = case.among("zone_fiscale", "zfrr", "zfrr_plus")
        in_force = case.number_if_known("impots.cfe.deliberation", needed=zone != 0)
        return state_of(all_of(zone, in_force, case.truth("deliberation_cfe")))


class aides_cfe_1464(Condition):
    label = "Exonération de CFE des médecins et auxiliaires (article 1464 D) : conditions"
    spec = LineSpec(
        simulator="aides", id="FIS-08-conditions", group=GROUP, nature="condition",
        words="En ZRR ou dans une commune de moins de {aides.impots.cfe.habitants}, sur délibération ; elle vaut aussi "
        "pour un cabinet secondaire, qui n'ouvre pas l'exonération de bénéfice.",
        todo="Demandez à la mairie si elle a délibéré.", who="la commune ou l'EPCI", shown_with=WITH_ZONE,
        fields=("deliberation_cfe", "zone_fiscale", "commune_de_moins_de_2000_habitants"),
    )  # fmt: skip

    def formula(structure, period, parameters):
        case = Business(structure, period, parameters)
        small = any_of(case.among("zone_fiscale", "zrr"), case.truth("commune_de_moins_de_2000_habitants"))
        return state_of(all_of(small, case.truth("deliberation_cfe")))


class aides_cfe_1464_duree(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    unit = "ans"
    label = "Exonération de CFE des médecins et auxiliaires : durée, au plus"
    spec = LineSpec(
        simulator="aides", id="FIS-08", group=GROUP, nature="repere", only_if="aides_cfe_1464",
        words="De {aides.impots.cfe.duree_minimum} à {aides.impots.cfe.duree_maximum}, selon la délibération.",
        who="la commune ou l'EPCI", shown_with=WITH_ZONE,
    )  # fmt: skip

    def formula(structure, period, parameters):
        case = Case(structure, period, parameters)
        return case.number("impots.cfe.duree_maximum", needed=case.open("cfe_1464"))


class aides_pdsa(Condition):
    label = "Exonération de la permanence des soins : zone"
    spec = LineSpec(
        simulator="aides", id="FIS-11", group=DUTY, nature="condition",
        words="Le secteur de garde contient au moins une ZIP ou une ZAC : {secteur_de_garde_en_zone} ; cabinet : "
        "{zone}.",
        todo="Demandez à l'ARS la carte des secteurs de garde.", fields=("secteur_de_garde_en_zone", "zone"), who=PAYER,
        shown_with=WITH_DUTY, shown_for=("profession", *DOCTORS),
    )  # fmt: skip

    def formula(structure, period, parameters):
        """The sector holds such a zone, or the practice is in one."""
        case = Case(structure, period, parameters)
        doctor = case.among("profession", *DOCTORS)
        zoned = any_of(case.truth("secteur_de_garde_en_zone"), case.listed("zone", PDSA + "zones"))
        return state_of(all_of(doctor, zoned), applies=doctor != 0)


class aides_pdsa_jours(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    unit = "jours par an"
    label = "Jours de garde exonérés"
    spec = LineSpec(
        simulator="aides", id="FIS-09-jours", group=DUTY, nature="repere", only_if="aides_pdsa",
        words="{jours_de_garde}, au plus {aides.impots.pdsa.jours}.", fields=("jours_de_garde",), who=PAYER,
        shown_with=WITH_DUTY, shown_for=("profession", *DOCTORS),
    )  # fmt: skip

    def formula(structure, period, parameters):
        case = Case(structure, period, parameters)
        return np.minimum(case.value("jours_de_garde"), case.number(PDSA + "jours"))


class aides_pdsa_jours_imposables(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    unit = "jours par an"
    label = "Jours de garde imposables"
    spec = LineSpec(
        simulator="aides", id="FIS-09-reste", group=DUTY, nature="repere", only_if="aides_pdsa",
        words="{jours_de_garde}, moins {pdsa_jours} exonérés.", fields=("jours_de_garde",), who=PAYER,
        shown_with=WITH_DUTY, shown_for=("profession", *DOCTORS),
    )  # fmt: skip

    def formula(structure, period, parameters):
        case = Case(structure, period, parameters)
        return case.value("jours_de_garde") - case.value("pdsa_jours")


class aides_pdsa_montant(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    unit = "euros par an"
    label = "Rémunération de garde exonérée"
    spec = LineSpec(
        simulator="aides", id="FIS-09", group=DUTY, nature="montant", only_if="aides_pdsa",
        words="{remuneration_de_garde} d'astreintes et de majorations, pour {pdsa_jours} sur {jours_de_garde}. "
        "C'est un revenu qui n'est pas imposé, non une somme reçue : il n'est pas dans le total.",
        todo="Donnez les jours de garde et ce qu'ils ont rapporté.", fields=("remuneration_de_garde", "jours_de_garde"),
        who=PAYER, shown_with=WITH_DUTY, shown_for=("profession", *DOCTORS),
    )  # fmt: skip

    def formula(structure, period, parameters):
        """Prorated on the days that are exempt."""
        case = Case(structure, period, parameters)
        days = case.value("jours_de_garde")
        share = np.divide(case.value("pdsa_jours"), days, out=np.ones_like(days), where=days != 0)
        return case.value("remuneration_de_garde") * share


class aides_pdsa_actes_imposables(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    unit = "euros par an"
    label = "Actes ordinaires faits en garde : imposables"
    spec = LineSpec(
        simulator="aides", id="FIS-10", group=DUTY, nature="repere",
        words="{actes_de_garde} : seules les astreintes et les majorations sont exonérées.", who=PAYER,
        fields=("actes_de_garde",), shown_with=("actes_de_garde",), shown_for=("profession", *DOCTORS),
    )  # fmt: skip

    def formula(structure, period, parameters):
        return Case(structure, period, parameters).value("actes_de_garde")
