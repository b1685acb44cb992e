"""Télésanté: what opens the reimbursement of one téléconsultation (esp_ess_aides.md §7.1 and §7.4)."""

import numpy as np

from maillage.core.rules.base import Condition, all_of, any_of, state_of
from maillage.core.rules.cds.formulas import below, kind_is, listed, reaches
from maillage.core.rules.simulation.reading import known
from maillage.core.rules.simulation.spec import LineSpec
from maillage.core.rules.telesante.formulas import fact, met, truth

GROUP, SAFETY, RULES = "Une téléconsultation", "Sécurité des échanges", "telesante.teleconsultation."
CPAM = "l'Assurance maladie"


class telesante_video(Condition):
    label = "La téléconsultation est par vidéo"
    spec = LineSpec(
        simulator="telesante",
        id="TEL-01",
        group=GROUP,
        nature="condition",
        words="Par vidéo : {par_video}. Un appel téléphonique n'est pas une téléconsultation remboursable.",
        todo="Faites la téléconsultation par vidéo.",
        fields=("par_video",),
        parameters=(RULES + "video_exigee",),
        who=CPAM,
        shown_with=("par_video",),
    )

    def formula(structure, period):
        return state_of(truth(structure, period, "par_video"))


class telesante_orientation(Condition):
    label = "Le parcours de soins est respecté"
    spec = LineSpec(
        simulator="telesante",
        id="TEL-04",
        group=GROUP,
        nature="condition",
        words="Orienté par le médecin traitant : {oriente} ; âge : {age_du_patient} (dispensé avant "
        "{telesante.teleconsultation.age_sans_orientation}) ; exception : {exception}.",
        todo="Le médecin traitant oriente le patient, sauf exception : accès direct, moins de 16 ans, urgence, médecin "
        "traitant absent, détention, EHPAD.",
        fields=("oriente", "age_du_patient", "exception"),
        parameters=(RULES + "exceptions_a_l_orientation",),
        who=CPAM,
        shown_with=("oriente", "age_du_patient", "exception"),
    )

    def formula(structure, period, parameters):
        rules = parameters(period)
        young = 1.0 - reaches(fact(structure, period, "age_du_patient"), known(rules, RULES + "age_sans_orientation"))
        exempted = kind_is(
            fact(structure, period, "exception"), listed(rules, RULES + "exceptions_a_l_orientation") or []
        )
        return state_of(any_of(truth(structure, period, "oriente"), young, exempted))


class telesante_organisation(Condition):
    label = "La téléconsultation passe par une organisation territoriale"
    spec = LineSpec(
        simulator="telesante",
        id="TEL-05",
        group=GROUP,
        nature="condition",
        words="Exception : {exception} ; organisation coordonnée territoriale : {organisation_territoriale}. Que "
        "chaque CPTS, maison de santé, centre de santé ou ESP soit dans la liste est à confirmer.",
        todo="Sans médecin traitant disponible, passez par une organisation coordonnée territoriale.",
        fields=("exception", "organisation_territoriale"),
        parameters=(RULES + "organisation_territoriale",),
        who=CPAM,
        shown_for=("exception", "sans_medecin_traitant"),
    )

    def formula(structure, period):
        without = kind_is(fact(structure, period, "exception"), ["sans_medecin_traitant"])
        return state_of(truth(structure, period, "organisation_territoriale"), applies=without == 1)


class telesante_consultation_recente(Condition):
    label = "Le patient a été vu dans l'année"
    spec = LineSpec(
        simulator="telesante",
        id="TEL-02",
        group=GROUP,
        nature="condition",
        words="Dernière consultation en présence il y a {mois_depuis_la_consultation} ; le régime de 2018 en demandait "
        "une dans les douze mois.",
        todo="Voyez d'abord le patient en présence.",
        fields=("mois_depuis_la_consultation",),
        parameters=(RULES + "mois_de_la_consultation",),
        who=CPAM,
        shown_with=("mois_depuis_la_consultation",),
    )

    def formula(structure, period, parameters):
        """It does not apply once the alternance has replaced it."""
        most = known(parameters(period), RULES + "mois_de_la_consultation", traced=False)
        since = fact(structure, period, "mois_depuis_la_consultation")
        return state_of(below(since, most), applies=not np.isnan(most))


class telesante_alternance_respectee(Condition):
    label = "Le patient est aussi vu en présence"
    spec = LineSpec(
        simulator="telesante",
        id="TEL-03",
        group=GROUP,
        nature="condition",
        words="Alternance : {alternance} ; organisée par le service d'accès aux soins, qui en dispense : "
        "{regulee_par_le_sas}.",
        todo="Alternez avec des consultations en présence.",
        fields=("alternance", "regulee_par_le_sas"),
        parameters=(RULES + "alternance_exigee",),
        who=CPAM,
        shown_with=("alternance", "regulee_par_le_sas"),
    )

    def formula(structure, period, parameters):
        asked = known(parameters(period), RULES + "alternance_exigee", traced=False) == 1
        seen, regulated = truth(structure, period, "alternance"), truth(structure, period, "regulee_par_le_sas")
        return state_of(any_of(seen, regulated), applies=asked)


class telesante_proximite(Condition):
    label = "Le médecin exerce près du patient"
    spec = LineSpec(
        simulator="telesante",
        id="TEL-06",
        group=GROUP,
        nature="condition",
        words="Proximité : {proche_du_patient} ; zone du patient : {zone_du_patient}. La proximité n'est pas demandée "
        "en {telesante.teleconsultation.zones_sans_proximite}.",
        todo="Adressez le patient à un médecin près de chez lui.",
        fields=("proche_du_patient", "zone_du_patient"),
        parameters=(RULES + "zones_sans_proximite",),
        who=CPAM,
        shown_with=("proche_du_patient", "zone_du_patient"),
    )

    def formula(structure, period, parameters):
        """It does not apply before the alternance and the proximity came together."""
        zones = listed(parameters(period), RULES + "zones_sans_proximite")
        exempted = kind_is(fact(structure, period, "zone_du_patient"), zones or [])
        near = truth(structure, period, "proche_du_patient")
        return state_of(any_of(near, exempted), applies=zones is not None)


class telesante_remboursable(Condition):
    label = "La téléconsultation est remboursable"
    spec = LineSpec(
        simulator="telesante",
        id="TEL-remboursable",
        group=GROUP,
        nature="condition",
        words="Toutes les conditions ci-dessus ensemble, et l'agrément si le médecin est salarié d'une société de "
        "téléconsultation.",
        todo="Réunissez chaque condition ci-dessus.",
        fields=("par_video", "oriente", "alternance", "proche_du_patient"),
        parameters=(RULES + "video_exigee",),
        who=CPAM,
        shown_with=("par_video",),
    )

    def formula(structure, period):
        names = (
            "video", "orientation", "organisation", "consultation_recente", "alternance_respectee", "proximite",
            "societe_valable_ou_liberal",
        )  # fmt: skip
        return state_of(all_of(*(met(structure, period, name) for name in names)))


class telesante_identite(Condition):
    label = "L'identité du patient est qualifiée"
    spec = LineSpec(
        simulator="telesante",
        id="TEL-31",
        group=SAFETY,
        nature="condition",
        words="Identité nationale de santé (INS) : {identite_qualifiee}. Elle référence les données de santé depuis "
        "2021 : matricule, identifiant de l'organisme et cinq traits stricts.",
        todo="Appelez le téléservice INS et contrôlez l'identité du patient.",
        fields=("identite_qualifiee",),
        parameters=("telesante.securite.identite_nationale",),
        who="le professionnel",
        shown_with=("identite_qualifiee",),
    )

    def formula(structure, period, parameters):
        asked = known(parameters(period), "telesante.securite.identite_nationale", traced=False) == 1
        return state_of(truth(structure, period, "identite_qualifiee"), applies=asked)


class telesante_messagerie(Condition):
    label = "Les échanges passent par une messagerie sécurisée"
    spec = LineSpec(
        simulator="telesante",
        id="TEL-33",
        group=SAFETY,
        nature="condition",
        words="Messagerie sécurisée de santé : {messagerie_securisee}. L'obligation d'alimenter le dossier médical "
        "partagé (documents, délai, sanction) est à confirmer.",
        todo="Ouvrez une boîte MSSanté à chaque professionnel.",
        fields=("messagerie_securisee",),
        parameters=("telesante.securite.messagerie", "telesante.securite.alimentation_du_dmp"),
        who="le professionnel",
        shown_with=("messagerie_securisee",),
    )

    def formula(structure, period):
        return state_of(truth(structure, period, "messagerie_securisee"))
