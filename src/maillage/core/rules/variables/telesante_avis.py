"""Télésanté: the advice asked from a colleague at a distance, its tariffs and its limits (esp_ess_aides.md §7.2)."""

import numpy as np

from maillage.core.rules.base import Condition, all_of, state_of
from maillage.core.rules.cds.formulas import Amount, Measure, below, kind_is, listed
from maillage.core.rules.simulation.reading import known
from maillage.core.rules.simulation.spec import LineSpec
from maillage.core.rules.telesante.formulas import EXPERTISE, fact, met, single_or_level, truth, within_the_limit

EXPERT, CPAM = "Téléexpertise", "l'Assurance maladie"
LEVELS = tuple(f"{EXPERTISE}niveau_{level}" for level in ("1", "2"))


def _by_level(name: str) -> tuple[str, ...]:
    return (EXPERTISE + name, *(f"{level}.{name}" for level in LEVELS))


class telesante_tarif_requis(Measure):
    unit = "euros par acte"
    label = "Téléexpertise, tarif du médecin requis"
    spec = LineSpec(
        simulator="telesante",
        id="TEL-23",
        group=EXPERT,
        nature="repere",
        words="Le tarif à la date, pour celui dont on demande l'avis. Deux niveaux jusqu'au 31 mars 2022 (niveau : "
        "{niveau}), un seul depuis le 1er avril 2022. Pris en charge à 100 %, en tiers payant, sans dépassement, sans "
        "autre acte.",
        todo="Avant avril 2022, dites le niveau de la téléexpertise.",
        fields=("niveau",),
        may_read=_by_level("tarif_requis"),
        who=CPAM,
        shown_with=("rendues",),
    )

    def formula(structure, period, parameters):
        return single_or_level(structure, period, parameters, "tarif_requis")


class telesante_peut_rendre(Condition):
    label = "La profession facture l'acte de requis"
    spec = LineSpec(
        simulator="telesante",
        id="TEL-25-requis",
        group=EXPERT,
        nature="condition",
        words="Profession : {profession}. Médecins et sages-femmes.",
        todo="Seuls les médecins et les sages-femmes facturent l'acte de requis.",
        fields=("profession",),
        parameters=(EXPERTISE + "requis",),
        who=CPAM,
        shown_with=("rendues",),
    )

    def formula(structure, period, parameters):
        return state_of(_named(structure, period, parameters, "requis"))


class telesante_rendues_payees(Condition):
    label = "L'acte de requis est payé : la profession, et la part à distance"

    def formula(structure, period):
        return state_of(all_of(met(structure, period, "peut_rendre"), within_the_limit(structure, period)))


class telesante_recettes_rendues(Amount):
    unit = "euros par an"
    label = "Téléexpertises rendues dans l'année"
    spec = LineSpec(
        simulator="telesante",
        id="TEL-23-rendues",
        group=EXPERT,
        nature="montant",
        words="{rendues} ; tarif : {tarif_requis}. Au-delà de la part permise à distance, le paiement n'est pas sûr.",
        counted=True,
        only_if="telesante_rendues_payees",
        todo="Seuls les médecins et les sages-femmes facturent l'acte de requis.",
        fields=("rendues", "profession"),
        who=CPAM,
        shown_with=("rendues",),
    )

    def formula(structure, period):
        return fact(structure, period, "rendues") * structure("telesante_tarif_requis", period)


class telesante_tarif_requerant(Measure):
    unit = "euros par acte"
    label = "Téléexpertise, tarif du requérant"
    spec = LineSpec(
        simulator="telesante",
        id="TEL-23-requerant",
        group=EXPERT,
        nature="repere",
        words="Le tarif à la date, pour celui qui demande l'avis (niveau : {niveau}). Depuis avril 2022, il facture "
        "chaque acte ; avant, il recevait un forfait.",
        todo="Avant avril 2022, dites le niveau de la téléexpertise.",
        fields=("niveau",),
        may_read=_by_level("tarif_requerant"),
        who=CPAM,
        shown_with=("demandees",),
    )

    def formula(structure, period, parameters):
        return single_or_level(structure, period, parameters, "tarif_requerant")


class telesante_peut_demander(Condition):
    label = "La profession facture l'acte de requérant"
    spec = LineSpec(
        simulator="telesante",
        id="TEL-25",
        group=EXPERT,
        nature="condition",
        words="Profession : {profession}. Médecins, sages-femmes, orthophonistes, infirmiers, masseurs-"
        "kinésithérapeutes et pédicures-podologues ; la liste s'est allongée de 2022 à 2024.",
        todo="L'acte ne se facture pas pour cette profession ; faites vérifier à votre CPAM si vous pouvez demander "
        "l'avis.",
        fields=("profession",),
        parameters=(EXPERTISE + "requerants",),
        who=CPAM,
        shown_with=("demandees",),
    )

    def formula(structure, period, parameters):
        return state_of(_named(structure, period, parameters, "requerants"))


class telesante_demandees_payees(Condition):
    label = "L'acte de requérant est payé : la profession, et la part à distance"

    def formula(structure, period):
        return state_of(all_of(met(structure, period, "peut_demander"), within_the_limit(structure, period)))


class telesante_recettes_demandees(Amount):
    unit = "euros par an"
    label = "Téléexpertises demandées dans l'année"
    spec = LineSpec(
        simulator="telesante",
        id="TEL-20",
        group=EXPERT,
        nature="montant",
        words="{demandees} ; tarif : {tarif_requerant}, dans la limite du forfait annuel tant qu'il y en avait un, "
        "jusqu'au 31 mars 2022. Au-delà de la part permise à distance, le paiement n'est pas sûr.",
        counted=True,
        only_if="telesante_demandees_payees",
        todo="Avant avril 2022, dites le niveau de la téléexpertise. L'acte ne se facture que dans les professions de "
        "la liste.",
        fields=("demandees", "profession"),
        may_read=(EXPERTISE + "plafond_requerant",),
        who=CPAM,
        shown_with=("demandees",),
    )

    def formula(structure, period):
        whole = fact(structure, period, "demandees") * structure("telesante_tarif_requerant", period)
        most = structure("telesante_plafond_requerant", period)
        return np.where(np.isnan(whole), np.nan, np.fmin(whole, most))


class telesante_plafond_requerant(Amount):
    unit = "euros par an"
    label = "Forfait du requérant, au plus"

    def formula(structure, period, parameters):
        """Not-a-number when the day has none: each act is then billed."""
        rules, path = parameters(period), EXPERTISE + "plafond_requerant"
        lifted = np.isnan(known(rules, path, traced=False))
        return np.full(structure.count, np.nan if lifted else known(rules, path))


class telesante_rang_admis(Condition):
    label = "La téléexpertise est payable pour ce patient"
    spec = LineSpec(
        simulator="telesante",
        id="TEL-24",
        group=EXPERT,
        nature="condition",
        words="Rang dans l'année, avec le même médecin et pour le même patient : {rang_pour_le_patient} ; au plus "
        "{rang_maximal}.",
        todo="Au-delà, l'acte n'est pas payé cette année pour ce patient avec ce médecin.",
        fields=("rang_pour_le_patient", "niveau"),
        may_read=_by_level("actes_par_patient"),
        who=CPAM,
        shown_with=("rang_pour_le_patient",),
    )

    def formula(structure, period):
        most = structure("telesante_rang_maximal", period)
        return state_of(below(fact(structure, period, "rang_pour_le_patient"), most))


class telesante_rang_maximal(Measure):
    unit = "actes par an"
    label = "Téléexpertises d'un médecin pour un patient, au plus"

    def formula(structure, period, parameters):
        return single_or_level(structure, period, parameters, "actes_par_patient")


class telesante_patient_connu(Condition):
    label = "Le médecin requis connaît le patient"
    spec = LineSpec(
        simulator="telesante",
        id="TEL-22",
        group=EXPERT,
        nature="condition",
        words="Patient connu : {connait_le_patient} ; niveau : {niveau}. Demandé au niveau 2, jusqu'au 31 mars 2022.",
        todo="Au niveau 2, le médecin requis devait connaître le patient.",
        fields=("connait_le_patient", "niveau"),
        parameters=(EXPERTISE + "connaissance_du_patient",),
        who=CPAM,
        shown_with=("connait_le_patient",),
    )

    def formula(structure, period, parameters):
        asked = known(parameters(period), EXPERTISE + "connaissance_du_patient", traced=False) == 1
        second = kind_is(fact(structure, period, "niveau"), ["niveau_2"])
        return state_of(truth(structure, period, "connait_le_patient"), applies=asked & (second != 0))


class telesante_consentement_demande(Condition):
    label = "Le patient consent à la téléexpertise"
    spec = LineSpec(
        simulator="telesante",
        id="TEL-27",
        group=EXPERT,
        nature="condition",
        words="Consentement : {consentement_teleexpertise}. Le requérant le demande ; la présence du patient n'est pas "
        "nécessaire ; un compte rendu va dans le dossier.",
        todo="Demandez au patient son consentement avant d'envoyer la demande.",
        fields=("consentement_teleexpertise",),
        parameters=(EXPERTISE + "consentement", EXPERTISE + "tous_les_patients"),
        who="le requérant",
        shown_with=("consentement_teleexpertise",),
    )

    def formula(structure, period):
        return state_of(truth(structure, period, "consentement_teleexpertise"))


def _named(structure, period, parameters, name):
    """Whether the profession is in a list of the téléexpertise; unknown when no list is established."""
    names = listed(parameters(period), EXPERTISE + name)
    found = kind_is(fact(structure, period, "profession"), names or [])
    return found if names is not None else np.full_like(found, np.nan)
