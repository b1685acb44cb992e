"""Identifiers of the data (« tres_sous_dotee ») as French writes them: accents, hyphens, capitals of acronyms."""

ACRONYMS = frozenset(("cds", "cpts", "epci", "esp", "gcs", "msp", "qpv", "sci", "scic", "scm", "sisa", "zac", "zip"))
SPELLED = {
    "a_confirmer": "à confirmer",
    "acces_direct": "accès direct",
    "accessibilite": "accessibilité",
    "accueil_cst": "accueil CST",
    "association_1901": "association loi 1901",
    "audioprothesiste": "audioprothésiste",
    "autre_specialite": "autre spécialité",
    "bien_dotee": "bien dotée",
    "chirurgien_dentiste": "chirurgien-dentiste",
    "collaborateur_sans_patientele": "collaborateur sans patientèle",
    "collectivite": "collectivité",
    "demande_de_medecin_traitant": "demande de médecin traitant",
    "demarche_qualite": "démarche qualité",
    "departement": "département",
    "detenu": "détenu",
    "dieteticien": "diététicien",
    "ehpad": "EHPAD",
    "ergotherapeute": "ergothérapeute",
    "etablissement_de_sante": "établissement de santé",
    "etablissement_public_de_sante": "établissement public de santé",
    "fonction_coordination": "fonction de coordination",
    "gynecologue": "gynécologue",
    "gq_zac": "grand quartier en ZAC",
    "gq_zip": "grand quartier en ZIP",
    "ile": "île",
    "infirmier_pratique_avancee": "infirmier en pratique avancée",
    "intermediaire": "intermédiaire",
    "justificatif_teleservices": "justificatif des téléservices",
    "kinesitherapeutes": "kinésithérapeutes",
    "maieutique": "maïeutique",
    "masseur_kinesitherapeute": "masseur-kinésithérapeute",
    "medecin_generaliste": "médecin généraliste",
    "medecin_specialiste": "médecin spécialiste",
    "medecine": "médecine",
    "medecins": "médecins",
    "medical": "médical",
    "meme_msp_ou_cds": "même MSP ou CDS",
    "missions_de_sante_publique": "missions de santé publique",
    "numerique": "numérique",
    "opticien_lunetier": "opticien-lunetier",
    "partage_information": "partage d'information",
    "pedicure_podologue": "pédicure-podologue",
    "population_standardisee": "population standardisée",
    "professionnel_de_sante": "professionnel de santé",
    "publics_vulnerables": "publics vulnérables",
    "qpv_en_zac": "QPV en ZAC",
    "qpv_zac": "QPV en ZAC",
    "qpv_zip": "QPV en ZIP",
    "region": "région",
    "remuneration": "rémunération",
    "rendez_vous_avec_motif": "rendez-vous avec motif",
    "sage_femme": "sage-femme",
    "sans_medecin_traitant": "sans médecin traitant",
    "secteur_2_optam": "secteur 2 avec OPTAM",
    "soins_non_programmes": "soins non programmés",
    "sous_dense": "sous-dense",
    "sous_dotee": "sous-dotée",
    "sur_dotee": "sur-dotée",
    "systeme_information": "système d'information",
    "teletransmission": "télétransmission",
    "tres_dotee": "très dotée",
    "tres_sous_dotee": "très sous-dotée",
    "union_europeenne": "Union européenne",
    "vigilance": "zone de vigilance",
    "zfrr_plus": "ZFRR+",
}


def spelled(identifier: str) -> str:
    """An identifier in French; a text that is not one is left as it is.

    >>> spelled("tres_sous_dotee"), spelled("zip"), spelled("zone_rurale"), spelled("30 avril")
    ('très sous-dotée', 'ZIP', 'zone rurale', '30 avril')
    """
    if identifier in ACRONYMS:
        return identifier.upper()
    return SPELLED.get(identifier, identifier.replace("_", " "))
