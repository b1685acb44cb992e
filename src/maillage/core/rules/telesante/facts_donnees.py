"""The shared software and the data that it keeps: last fields of the simulator. No OpenFisca here."""

from typing import Literal

from maillage.core.rules.simulation.situation import Day, People, field
from maillage.core.rules.telesante.facts_patient import PatientFacts

SOFTWARE, HOSTING, SECRET, RULES = "Logiciel partagé", "Hébergement", "Secret et partage", "Protection des données"
DATA = {
    "annuaire": "annuaire des professionnels",
    "reunions": "réunions, sans aucun patient",
    "gestion": "budget, indemnités, statuts, agenda",
    "indicateurs": "indicateurs, sans petit effectif",
    "totaux": "totaux de patients",
    "concertation_nominative": "concertations avec noms ou initiales",
    "demande_de_medecin_traitant": "demandes de médecin traitant avec l'ALD",
    "rendez_vous_avec_motif": "rendez-vous avec leur motif",
    "dossier": "téléexpertise, plan de soins ou dossier d'un patient",
    "texte_libre": "texte libre ou pièces jointes",
}
Data = Literal[
    "annuaire", "reunions", "gestion", "indicateurs", "totaux", "concertation_nominative",
    "demande_de_medecin_traitant", "rendez_vous_avec_motif", "dossier", "texte_libre",
]  # fmt: skip


class DataFacts(PatientFacts):
    """The structure, its software, where its data are, who sees them."""

    structure: Literal["msp", "cds", "cpts", "esp", "cabinet"] | None = field(
        "Structure", "Celle qui utilise le logiciel.", group=SOFTWARE,
        choices={"msp": "maison de santé", "cds": "centre de santé", "cpts": "CPTS", "esp": "ESP",
                 "cabinet": "cabinet d'un professionnel seul"},
    )  # fmt: skip
    dossier_partage: bool | None = field("Dossier de patient", "Le logiciel en contient.", group=SOFTWARE)
    label: Literal["sans_label", "niveau_1", "niveau_2"] | None = field(
        "Label e-santé", "Niveau 1 : standard. Niveau 2 : avancé.", group=SOFTWARE,
        choices={"sans_label": "aucun label", "niveau_1": "niveau 1", "niveau_2": "niveau 2"},
    )  # fmt: skip
    label_centre_seulement: bool | None = field(
        "Label pour les centres seulement", "Il a été obtenu sans les tournées ni la mobilité.", group=SOFTWARE
    )
    reference_segur: bool | None = field("Référencé Ségur", "Le logiciel est référencé au Ségur.", group=SOFTWARE)
    veut_l_aci: bool | None = field("Candidate à l'ACI", "La maison de santé veut signer l'ACI.", group=SOFTWARE)

    donnees: Data | None = field("Données", "Ce que l'outil conserve.", group=HOSTING, choices=DATA)
    chez_un_tiers: bool | None = field(
        "Hébergées par un tiers", "Non : sur un serveur de la structure elle-même.", group=HOSTING
    )
    hebergeur_certifie: bool | None = field("Hébergeur certifié HDS", "Il a le certificat.", group=HOSTING)
    lieu: Literal["union_europeenne", "hors_union_europeenne"] | None = field(
        "Lieu", "Union européenne ou Espace économique européen.", group=HOSTING,
        choices={"union_europeenne": "Union européenne", "hors_union_europeenne": "hors de l'Union européenne"},
    )  # fmt: skip

    mode: Literal["echange", "partage"] | None = field(
        "Échange ou partage", "Échange : un message à quelqu'un. Partage : un dossier ouvert à plusieurs.",
        group=SECRET, choices={"echange": "échange"},
    )  # fmt: skip
    destinataire: Literal["professionnel_de_sante", "autre_professionnel", "coordinateur"] | None = field(
        "Destinataire", "Autre professionnel : psychologue, travailleur social, aide à domicile…", group=SECRET,
        choices={
            "professionnel_de_sante": "professionnel de santé",
            "autre_professionnel": "autre professionnel de la liste",
            "coordinateur": "coordinateur administratif",
        },
    )  # fmt: skip
    soigne_le_patient: bool | None = field(
        "Destinataire qui soigne le patient", "Il participe à sa prise en charge.", group=SECRET
    )
    lien: Literal["meme_msp_ou_cds", "meme_cpts_ou_esp", "aucun"] | None = field(
        "Lien entre les deux", "Ce que l'émetteur et le destinataire ont en commun.", group=SECRET,
        choices={"meme_msp_ou_cds": "même maison ou même centre de santé", "meme_cpts_ou_esp": "même CPTS ou ESP"},
    )  # fmt: skip
    reconnu_par_le_patient: bool | None = field(
        "Reconnu par le patient", "Le patient s'adresse à lui pour des actes prescrits par son médecin.", group=SECRET
    )
    groupe_formalise: bool | None = field(
        "Équipe formalisée", "Un ensemble de professionnels conforme à l'arrêté du 25 novembre 2016.", group=SECRET
    )
    consentement: bool | None = field("Consentement au partage", "Le patient l'a donné.", group=SECRET)
    informe: bool | None = field("Patient informé", "Avant l'échange ou le partage.", group=SECRET)
    opposition: bool | None = field("Opposition", "Le patient s'oppose.", group=SECRET)

    habitants: People | None = field("Habitants du territoire", "Ceux de la CPTS.", unit="habitants", group=RULES)
    recherche_de_medecin: bool | None = field(
        "Recherche de médecin traitant", "Un formulaire recueille les demandes des habitants.", group=RULES
    )
    registre_tenu: bool | None = field(
        "Registre et informations", "Registre des traitements, information des personnes, preuve des consentements, "
        "contrats des sous-traitants.", group=RULES,
    )  # fmt: skip
    delegue_designe: bool | None = field(
        "Délégué et analyse d'impact", "Un délégué à la protection des données est désigné, l'analyse est faite.",
        group=RULES,
    )  # fmt: skip
    derniere_consultation: Day | None = field(
        "Dernière consultation", "Du patient dont le dossier est gardé.", group=RULES
    )
