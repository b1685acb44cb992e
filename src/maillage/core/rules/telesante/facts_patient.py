"""One téléconsultation and its patient: fields of the simulator. No OpenFisca here."""

from typing import Literal

from maillage.core.rules.simulation.situation import Count, field
from maillage.core.rules.telesante.facts_activite import ActivityFacts

PATIENT = "Une téléconsultation"


class PatientFacts(ActivityFacts):
    """What opens the reimbursement of a téléconsultation."""

    par_video: bool | None = field("Par vidéo", "Non : par téléphone.", group=PATIENT)
    oriente: bool | None = field("Orienté par le médecin traitant", "Le patient suit le parcours.", group=PATIENT)
    age_du_patient: Count | None = field("Âge du patient", "En années.", unit="ans", group=PATIENT)
    exception: Literal["acces_direct", "urgence", "sans_medecin_traitant", "detenu", "ehpad", "aucune"] | None = field(
        "Exception à l'orientation", "Si le médecin traitant n'a pas orienté le patient.", group=PATIENT,
        choices={
            "acces_direct": "spécialité en accès direct",
            "sans_medecin_traitant": "pas de médecin traitant, ou pas disponible à temps",
            "detenu": "détenu",
            "ehpad": "résident d'EHPAD ou d'établissement pour adultes handicapés",
        },
    )  # fmt: skip
    organisation_territoriale: bool | None = field(
        "Organisation territoriale", "La téléconsultation passe par une organisation coordonnée territoriale.",
        group=PATIENT,
    )  # fmt: skip
    mois_depuis_la_consultation: Count | None = field(
        "Mois depuis la dernière consultation", "En présence, avec le même médecin.", unit="mois", group=PATIENT
    )
    alternance: bool | None = field(
        "Alternance", "Le patient est aussi vu en présence, par vous ou près de chez lui.", group=PATIENT
    )
    proche_du_patient: bool | None = field("Proximité", "Vous exercez près du patient.", group=PATIENT)
    zone_du_patient: Literal["zip", "zac", "hors_zone"] | None = field(
        "Zone du patient", "Dans le zonage « médecins » de l'ARS.", group=PATIENT,
        choices={"zip": "ZIP", "zac": "ZAC", "hors_zone": "hors zonage"},
    )  # fmt: skip
    regulee_par_le_sas: bool | None = field(
        "Organisée par le service d'accès aux soins", "Le SAS a demandé cette téléconsultation.", group=PATIENT
    )
    identite_qualifiee: bool | None = field(
        "Identité nationale de santé", "L'identité du patient est contrôlée et qualifiée (INS).", group=PATIENT
    )
    messagerie_securisee: bool | None = field(
        "Messagerie sécurisée", "Les échanges passent par une messagerie sécurisée de santé.", group=PATIENT
    )
