"""Contrat de début d'exercice and the contracts that it replaced (esp_ess_aides.md §3.4, AID-30 to AID-35)."""

import numpy as np
from openfisca_core.periods import DAY

from maillage.core.rules.aides.case import Case, below, yes
from maillage.core.rules.aides.contract import Contract, Term, lines_of
from maillage.core.rules.base import Condition, Variable, all_of, any_of, at_least, none_of, state_of
from maillage.core.rules.entities import Structure
from maillage.core.rules.simulation.calendar import MONTHS_IN_A_YEAR
from maillage.core.rules.simulation.inputs import given
from maillage.core.rules.simulation.spec import LineSpec

GROUP = "Médecins : débuter, remplacer"
PAYER = "votre ARS"
DOCTORS = ("medecin_generaliste", "medecin_specialiste")
GENERALIST = ("medecin_generaliste",)
CDE = "etat.cde."
CONVENTIONAL = ("caim", "coscom", "cotram", "cstm")


def _replaces(term):
    return term.truth("remplacant") == 1


def _near(term):
    """In a zone of the contract, or close enough."""
    return any_of(term.allowed("zone", CDE + "zones"), term.truth("a_moins_de_10_km"))


def _open_to(term):
    """Whether those who are settled, or those who replace, may sign; the second, newly registered if asked."""
    newly = any_of(none_of(term.figure(CDE + "inscription_recente_exigee")), term.truth("inscrit_depuis_moins_d_un_an"))
    replacing = all_of(term.figure(CDE + "remplacement_ouvert"), newly)
    settled = term.figure(CDE + "installation_ouverte")
    unknown = np.where(settled == replacing, settled, np.nan)
    return np.select([_replaces(term), term.truth("remplacant") == 0], [replacing, settled], default=unknown)


def _without_aid(term):
    """Those who replace may not have had an aid of the conventions, where it is asked."""
    had = given(term.value("date_derniere_aide")) | np.isin(term.words("contrat"), CONVENTIONAL)
    return any_of(none_of(term.figure(CDE + "inscription_recente_exigee")), yes(~had))


def _active(term):
    """Half-days a week, or days of replacement a quarter."""
    settled = at_least(term.value("demi_journees"), term.figure(CDE + "demi_journees_minimum"))
    replacing = at_least(term.value("jours_de_remplacement"), term.figure(CDE + "jours_minimum"))
    return np.where(_replaces(term), replacing, settled)


def _floor(term):
    """Fees of the month below which there is no complement, by half-days."""
    return term.lasting_rate(CDE + "honoraires_minimum",
                             term.value("demi_journees") - term.figure(CDE + "demi_journees_minimum"),
                             term.signed, term.may_apply)  # fmt: skip


def _full_time(term):
    """Whether the half-days reach the last step of the scale of fees."""
    steps = term.value("demi_journees") - term.figure(CDE + "demi_journees_minimum")
    return term.instalment(CDE + "honoraires_minimum", steps + 1, term.signed, term.may_apply) == 0


def _monthly(term):
    """What the month brings up to the ceiling of income, once the fees reach the floor."""
    fees, replaces = term.value("honoraires_mensuels"), _replaces(term)
    reached = at_least(fees, _floor(term))
    paid = term.may_apply & ~replaces & (reached != 0)
    general = term.words("profession") == "medecin_generaliste"
    full = _full_time(term) | np.isnan(term.value("demi_journees"))
    ceiling = np.where(full, term.number(CDE + "revenu_maximum", term.signed, paid & full),
                       term.number_if_known(CDE + "revenu_maximum_temps_partiel", term.signed,
                       paid & ~full))  # fmt: skip
    known = np.minimum(term.number(CDE + "complement_maximum", term.signed, paid), np.maximum(0, ceiling - fees))
    others = term.number_if_known(CDE + "autres_specialites", term.signed, paid & ~general)
    locum = term.number_if_known(CDE + "complement_remplacement", term.signed, term.may_apply & replaces)
    amount = np.where(reached == 0, 0.0, np.where(general, known, others))
    return np.where(replaces, locum, amount)


def _yearly(term):
    """Twelve months alike, in the years when the complement is paid."""
    within = below(term.years, term.figure(CDE + "annees_de_complement"))
    return np.where(within == 1, MONTHS_IN_A_YEAR * _monthly(term), 0.0)


CONTRACT = Contract(
    code="cde", id="AID-34", name="Contrat de début d'exercice (CDE)", group=GROUP, professions=DOCTORS,
    duration=CDE + "duree", ten_years=False,
    entry=lambda term: all_of(
        _open_to(term), _without_aid(term), _near(term), term.allowed("exercice", CDE + "exercices"),
        term.allowed("secteur", CDE + "secteurs"),
    ),
    lasting=_active, yearly=_yearly,
    whole=lambda term: MONTHS_IN_A_YEAR * _monthly(term) * term.figure(CDE + "annees_de_complement"),
    conditions="ZIP, ZAC ou à {aides.etat.cde.distance} au plus ; exercice coordonné ; secteur 1 ou OPTAM ; au moins "
    "{aides.etat.cde.demi_journees_minimum}, ou {aides.etat.cde.jours_minimum} pour un remplaçant. Ouvert aux médecins "
    "installés : {aides.etat.cde.installation_ouverte} ; aux remplaçants : {aides.etat.cde.remplacement_ouvert}, "
    "inscrits depuis moins d'un an et sans aide conventionnelle : {aides.etat.cde.inscription_recente_exigee}. Vous "
    "déclarez : {zone} ; exercice : {exercice} ; {secteur} ; remplaçant : {remplacant}.",
    formula="{cde_complement_mensuel} pendant {aides.etat.cde.annees_de_complement}, si tous les mois se ressemblent.",
    todo="Depuis 2024, seul un remplaçant inscrit depuis moins d'un an et sans aide conventionnelle peut signer ; "
    "précisez vos demi-journées et vos honoraires.",
    fields=("remplacant", "zone", "exercice", "secteur", "demi_journees", "honoraires_mensuels"), who=PAYER,
    excludes=("AID-10", "AID-11", "AID-12"), paid_during=CDE + "annees_de_complement",
)  # fmt: skip

globals().update(lines_of(CONTRACT, __name__))


class aides_cde_complement_mensuel(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    unit = "euros par mois"
    label = "Contrat de début d'exercice (CDE) : complément d'un mois"
    spec = LineSpec(
        simulator="aides", id="AID-34-mois", group=GROUP, nature="repere", only_if="aides_cde",
        words="Si les honoraires ({honoraires_mensuels}) atteignent le minimum des {demi_journees} : ce qui manque "
        "pour {aides.etat.cde.revenu_maximum}, au plus {aides.etat.cde.complement_maximum}. Minimum de 5 à 9 "
        "demi-journées : {aides.etat.cde.honoraires_minimum}.",
        todo="Donnez vos demi-journées et vos honoraires d'un mois.", fields=("demi_journees", "honoraires_mensuels"),
        who=PAYER, shown_for=("profession", *DOCTORS),
        may_read=("aides.etat.cde.revenu_maximum_temps_partiel", "aides.etat.cde.autres_specialites",
                  "aides.etat.cde.complement_remplacement"),
    )  # fmt: skip

    def formula(structure, period, parameters):
        term = Term(CONTRACT, structure, period, parameters)
        term.may_apply &= term.open("cde")
        return _monthly(term)


class aides_cde_remplacement_plafond(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    unit = "euros par trimestre"
    label = "Contrat de début d'exercice (CDE) d'un remplaçant : complément d'un trimestre, au plus"
    spec = LineSpec(
        simulator="aides", id="AID-34-trimestre", group=GROUP, nature="repere", only_if="aides_cde",
        words="Honoraires du trimestre : {honoraires_trimestriels}, au moins "
        "{aides.etat.cde.honoraires_minimum_remplacement}.",
        fields=("honoraires_trimestriels", "remplacant"), who=PAYER, shown_for=("profession", *DOCTORS),
        shown_with=("honoraires_trimestriels", "jours_de_remplacement"),
    )  # fmt: skip

    def formula(structure, period, parameters):
        """Nothing under the floor of fees."""
        term = Term(CONTRACT, structure, period, parameters)
        term.may_apply &= term.open("cde")
        reached = at_least(term.value("honoraires_trimestriels"), term.figure(CDE + "honoraires_minimum_remplacement"))
        return np.where(reached == 0, 0.0, term.figure(CDE + "complement_maximum_remplacement"))


class aides_cde_maladie(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    unit = "euros par jour"
    label = "Contrat de début d'exercice (CDE) : indemnité de maladie"
    spec = LineSpec(
        simulator="aides", id="AID-34-maladie", group=GROUP, nature="repere", only_if="aides_cde",
        words="{aides.etat.cde.indemnite_maladie} ; en congé de maternité, "
        "{aides.etat.cde.indemnite_maternite}.",
        who=PAYER, shown_for=("profession", *DOCTORS),
    )  # fmt: skip

    def formula(structure, period, parameters):
        term = Term(CONTRACT, structure, period, parameters)
        term.may_apply &= term.open("cde")
        return term.figure(CDE + "indemnite_maladie")


class aides_ptmg(Condition):
    label = "Praticien territorial de médecine générale (PTMG) : conditions"
    spec = LineSpec(
        simulator="aides", id="AID-30-conditions", group=GROUP, nature="condition",
        words="Signatures ouvertes à cette date : {aides.etat.ptmg.ouvert} (de 2013 au début de 2021). Généraliste en "
        "secteur 1, installé depuis moins de {aides.etat.ptmg.anciennete_maximale}, dans la permanence des soins.",
        todo="Ce contrat est remplacé par le contrat de début d'exercice depuis 2021.",
        fields=("secteur", "permanence"), who=PAYER, shown_for=("profession", *GENERALIST),
        may_read=("aides.etat.ptmg.anciennete_maximale", "aides.etat.ptmg.secteurs"),
    )  # fmt: skip

    def formula(structure, period, parameters):
        case = Case(structure, period, parameters)
        opened = case.number("etat.ptmg.ouvert")
        sector = case.listed("secteur", "etat.ptmg.secteurs", needed=opened == 1)
        return state_of(all_of(case.among("profession", *GENERALIST), opened, sector, case.truth("permanence")),
                        applies=case.among("profession", *GENERALIST) != 0)  # fmt: skip


class aides_ptmg_garantie(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    unit = "euros par mois"
    label = "Praticien territorial de médecine générale (PTMG) : revenu brut garanti"
    spec = LineSpec(
        simulator="aides", id="AID-30", group=GROUP, nature="repere", only_if="aides_ptmg",
        words="À temps plein, à partir de {aides.etat.ptmg.consultations} ; à temps partiel "
        "{aides.etat.ptmg.garantie_mi_temps}, à partir de {aides.etat.ptmg.consultations_mi_temps}. "
        "{aides.etat.ptmg.duree}, renouvelable une fois.",
        who=PAYER, shown_for=("profession", *GENERALIST), may_read=("aides.etat.ptmg.garantie",),
    )  # fmt: skip

    def formula(structure, period, parameters):
        case = Case(structure, period, parameters)
        return case.number("etat.ptmg.garantie", needed=case.open("ptmg"))


class aides_ptma(Condition):
    label = "Praticien territorial de médecine ambulatoire (PTMA) : conditions"
    spec = LineSpec(
        simulator="aides", id="AID-31-conditions", group=GROUP, nature="condition",
        words="Signatures ouvertes à cette date : {aides.etat.ptma.ouvert} (d'octobre 2015 au début de 2021). Médecin "
        "d'une autre spécialité.",
        todo="Ce contrat est remplacé par le contrat de début d'exercice depuis 2021.", who=PAYER,
        shown_for=("profession", "medecin_specialiste"),
    )  # fmt: skip

    def formula(structure, period, parameters):
        case = Case(structure, period, parameters)
        specialist = case.among("profession", "medecin_specialiste")
        return state_of(all_of(specialist, case.number("etat.ptma.ouvert")), applies=specialist != 0)


class aides_ptma_garantie(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    unit = "euros par mois"
    label = "Praticien territorial de médecine ambulatoire (PTMA) : revenu garanti"
    spec = LineSpec(
        simulator="aides", id="AID-31", group=GROUP, nature="repere", only_if="aides_ptma",
        words="Montant : {aides.etat.ptma.garantie}.", who=PAYER, shown_for=("profession", "medecin_specialiste"),
    )  # fmt: skip

    def formula(structure, period, parameters):
        case = Case(structure, period, parameters)
        return case.number_if_known("etat.ptma.garantie", needed=case.open("ptma"))


class aides_ptmr(Condition):
    label = "Praticien territorial médical de remplacement (PTMR) : conditions"
    spec = LineSpec(
        simulator="aides", id="AID-32-conditions", group=GROUP, nature="condition",
        words="Signatures ouvertes à cette date : {aides.etat.ptmr.ouvert} (de mai 2017 au début de 2021). Remplaçant, "
        "hors CESP et PTMG. Vous déclarez : remplaçant : {remplacant}.",
        todo="Ce contrat est remplacé par le contrat de début d'exercice depuis 2021.", fields=("remplacant",),
        who=PAYER,
        shown_for=("profession", *DOCTORS, "etudiant"),
    )  # fmt: skip

    def formula(structure, period, parameters):
        case = Case(structure, period, parameters)
        concerned = case.among("profession", *DOCTORS, "etudiant")
        free = yes(case.words("contrat") != "cesp")
        return state_of(all_of(concerned, case.number("etat.ptmr.ouvert"), case.truth("remplacant"), free),
                        applies=concerned != 0)  # fmt: skip


class aides_ptmr_consultations(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    unit = "consultations par an"
    label = "Praticien territorial médical de remplacement (PTMR) : consultations à faire"
    spec = LineSpec(
        simulator="aides", id="AID-32", group=GROUP, nature="repere", only_if="aides_ptmr",
        words="À temps plein ; {aides.etat.ptmr.consultations_mi_temps} à mi-temps. Complément : "
        "{aides.etat.ptmr.complement} de généraliste. Au plus {aides.etat.ptmr.duree_medecin} pour un médecin, "
        "{aides.etat.ptmr.duree_etudiant} pour un étudiant. Ne se cumule ni avec un CESP ni avec un PTMG.",
        who=PAYER, shown_for=("profession", *DOCTORS, "etudiant"), excludes=("AID-36", "AID-30"),
        may_read=("aides.etat.ptmr.consultations",),
    )  # fmt: skip

    def formula(structure, period, parameters):
        case = Case(structure, period, parameters)
        return case.number("etat.ptmr.consultations", needed=case.open("ptmr"))
