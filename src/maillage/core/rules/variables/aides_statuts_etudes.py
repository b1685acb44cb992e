"""CESP, and the aids of local authorities to professionals and students (esp_ess_aides.md §3.4, AID-36 to AID-40)."""

import numpy as np
from openfisca_core.periods import DAY

from maillage.core.rules.aides.case import Case, yes
from maillage.core.rules.base import Condition, Variable, all_of, any_of, at_least, state_of
from maillage.core.rules.entities import Structure
from maillage.core.rules.simulation.calendar import MONTHS_IN_A_YEAR
from maillage.core.rules.simulation.spec import LineSpec

STUDIES, LOCAL = "Étudiants", "Aides des collectivités"
STUDENT = ("profession", "etudiant")
HERE, TOWN = "etat.cesp.", "etat.collectivites."
SMALL_ZONES = ("zip", "zac", "tres_sous_dotee", "sous_dotee", "sous_dense")
HEALTH = ("medecin_generaliste", "medecin_specialiste", "infirmier", "masseur_kinesitherapeute", "sage_femme",
          "orthophoniste", "autre")  # fmt: skip


class aides_cesp(Condition):
    label = "Contrat d'engagement de service public (CESP) : conditions"
    spec = LineSpec(
        simulator="aides", id="AID-36-conditions", group=STUDIES, nature="condition",
        words="Étudiant d'une filière ouverte ; l'année d'études qui y donne accès reste à confirmer. Vous déclarez : "
        "{filiere} ; année : {annee_d_etudes}.",
        todo="Demandez à votre faculté à partir de quelle année le contrat peut être signé.",
        fields=("filiere", "annee_d_etudes"), who="votre ARS", shown_for=STUDENT,
        may_read=("aides.etat.cesp.annee_d_acces",),
    )  # fmt: skip

    def formula(structure, period, parameters):
        """A student of an open course, far enough: unknown while the texts differ, unless the contract runs."""
        case = Case(structure, period, parameters)
        student = case.among("profession", "etudiant")
        signed = yes(case.words("contrat") == "cesp")
        needed = (student != 0) & (signed == 0)
        far = at_least(case.value("annee_d_etudes"), case.number_if_known(HERE + "annee_d_acces", needed=needed))
        entry = all_of(case.listed("filiere", HERE + "filieres", needed=needed), far)
        return state_of(all_of(student, any_of(signed, entry)), applies=student != 0)


class aides_cesp_montant(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    unit = "euros par an"
    label = "Contrat d'engagement de service public (CESP) : l'année"
    spec = LineSpec(
        simulator="aides", id="AID-36", group=STUDIES, nature="montant", counted=True, only_if="aides_cesp",
        words="{aides.etat.cesp.allocation}, brut, toute l'année, en échange d'un exercice en zone sous-dense aussi "
        "long que l'allocation, {aides.etat.cesp.engagement_minimum} au moins, en secteur 1.",
        todo="Demandez à votre faculté à partir de quelle année le contrat peut être signé.",
        fields=("filiere", "annee_d_etudes"), who="l'État", shown_for=STUDENT,
    )  # fmt: skip

    def formula(structure, period, parameters):
        case = Case(structure, period, parameters)
        return MONTHS_IN_A_YEAR * case.number(HERE + "allocation", needed=case.open("cesp"))


class aides_cesp_engagement(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    unit = "ans"
    label = "Contrat d'engagement de service public (CESP) : engagement, au moins"
    spec = LineSpec(
        simulator="aides", id="AID-36-engagement", group=STUDIES, nature="repere", only_if="aides_cesp",
        words="{aides.etat.cesp.engagement_minimum}, ou la durée de l'allocation si elle est plus longue.",
        who="votre ARS", shown_for=STUDENT,
    )  # fmt: skip

    def formula(structure, period, parameters):
        case = Case(structure, period, parameters)
        return case.number(HERE + "engagement_minimum", needed=case.open("cesp"))


class aides_etudes_collectivite(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    unit = "euros par an"
    label = "Indemnité d'études d'une collectivité, au plus"
    spec = LineSpec(
        simulator="aides", id="AID-40", group=STUDIES, nature="repere",
        words="Si une collectivité la vote, contre {aides.etat.collectivites.etudes_sejour} d'exercice dans la zone "
        "; un stagiaire peut recevoir {aides.etat.collectivites.stage_plafond} au plus.",
        who="la collectivité", shown_for=STUDENT,
    )  # fmt: skip

    def formula(structure, period, parameters):
        return Case(structure, period, parameters).number(TOWN + "etudes_plafond")


class aides_collectivite(Condition):
    label = "Aide d'une commune, d'un EPCI, d'un département ou d'une région : conditions"
    spec = LineSpec(
        simulator="aides", id="AID-39-conditions", group=LOCAL, nature="condition",
        words="Dans une zone définie par l'ARS seulement, par convention, avec maintien de "
        "{aides.etat.collectivites.sejour_minimum} au moins. Vous déclarez : {zone}.",
        todo="Demandez à la commune, à l'EPCI, au département et à la région s'ils aident les professionnels.",
        fields=("zone",), who="la collectivité", shown_for=("profession", *HEALTH),
    )  # fmt: skip

    def formula(structure, period, parameters):
        """In a zone; whether the local authority helps is not known here."""
        case = Case(structure, period, parameters)
        professional = case.among("profession", *HEALTH)
        voted = np.full(case.today.shape, np.nan)
        return state_of(all_of(professional, case.among("zone", *SMALL_ZONES), voted), applies=professional != 0)


class aides_collectivite_montant(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    unit = "euros"
    label = "Aide d'une commune, d'un EPCI, d'un département ou d'une région"
    spec = LineSpec(
        simulator="aides", id="AID-39", group=LOCAL, nature="montant", only_if="aides_collectivite",
        words="Locaux, logement, équipement, prime d'installation ou d'exercice : montant à fixer par la convention.",
        todo="Demandez à la commune, à l'EPCI, au département et à la région s'ils aident les professionnels.",
        fields=("zone",), who="la collectivité", shown_for=("profession", *HEALTH),
    )  # fmt: skip

    def formula(structure, period, parameters):
        case = Case(structure, period, parameters)
        return case.number_if_known(TOWN + "montant", needed=case.open("collectivite"))


class aides_collectivite_sejour(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    unit = "ans"
    label = "Aide d'une collectivité : durée de maintien, au moins"
    spec = LineSpec(
        simulator="aides", id="AID-39-sejour", group=LOCAL, nature="repere", only_if="aides_collectivite",
        words="{aides.etat.collectivites.sejour_minimum}.",
        who="la collectivité", shown_for=("profession", *HEALTH),
    )  # fmt: skip

    def formula(structure, period, parameters):
        case = Case(structure, period, parameters)
        return case.number(TOWN + "sejour_minimum", needed=case.open("collectivite"))
