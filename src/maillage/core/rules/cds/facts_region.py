"""What a centre de santé says to ask its region, its ARS and the State for help."""

from typing import Literal

from maillage.core.rules.simulation.situation import Count, Euros, People, Situation, field

REGION, BUILDING, HELP = "Aides de la Région", "Immobilier et logiciel", "Accompagnement de l'ARS"


class RegionFacts(Situation):
    """Conditions of the aids of a region, of the property aids, of the help of the ARS."""

    but_non_lucratif: bool | None = field("But non lucratif", "Le porteur n'a pas de but lucratif.", group=REGION)
    nombre_de_medecins: Count | None = field(
        "Nombre de médecins", "Médecins du projet, en personnes.", unit="médecins", group=REGION
    )
    budget_pluriannuel: bool | None = field(
        "Budget pluriannuel", "Un budget de fonctionnement soutenable sur plusieurs années.", group=REGION
    )
    budget_equilibre: bool | None = field(
        "Plan de financement équilibré", "Chaque année du plan est équilibrée par des ressources nommées.", group=REGION
    )
    mesures_tentees: bool | None = field(
        "Mesures d'installation tentées",
        "D'autres mesures pour installer des généralistes ont été déployées.",
        group=REGION,
    )
    mesures_sans_succes: bool | None = field(
        "Mesures sans succès", "Ces mesures n'ont pas suffi à installer des généralistes.", group=REGION
    )
    concertation_liberaux: bool | None = field(
        "Concertation avec les libéraux", "Le projet est construit avec les professionnels libéraux.", group=REGION
    )
    bassin_suffisant: bool | None = field(
        "Bassin de population suffisant", "La population peut donner assez de patients au centre.", group=REGION
    )
    portage_epci: bool | None = field(
        "Demande portée par l'EPCI ou le Pays", "L'intercommunalité ou le Pays dépose la demande.", group=REGION
    )
    annee_d_activite: Count | None = field(
        "Année d'activité", "1 pour la première année ; 0 avant l'ouverture.", group=REGION
    )
    deficit_previsionnel: Euros | None = field(
        "Déficit prévisionnel", "Celui de l'année aidée.", unit="euros", group=REGION
    )
    montant_demande: Euros | None = field(
        "Montant demandé", "Aide au fonctionnement demandée.", unit="euros", group=REGION
    )
    population_du_groupement: People | None = field(
        "Habitants du groupement", "Population du groupement de collectivités.", unit="habitants", group=REGION
    )
    projet_immobilier: bool | None = field("Projet immobilier", "Construire ou rénover des locaux.", group=BUILDING)
    porteur_public: bool | None = field("Porteur public", "Commune, EPCI, département ou région.", group=BUILDING)
    commune_rurale: bool | None = field("Milieu rural", "Le projet est en milieu rural.", group=BUILDING)
    logiciel_labellise: bool | None = field(
        "Logiciel labellisé", "Le système d'information a le label de l'ANS.", group=BUILDING
    )
    logiciel_compatible: bool | None = field(
        "Logiciel compatible", "Il est compatible avec celui des libéraux du secteur.", group=BUILDING
    )
    centre_existant: bool | None = field("Centre déjà ouvert", "Le centre existe.", group=HELP)
    en_difficulte: bool | None = field("Centre en difficulté", "Difficulté passagère ou durable.", group=HELP)
    devient_polyvalent: bool | None = field(
        "Veut devenir polyvalent", "Un centre d'une seule profession qui veut devenir polyvalent.", group=HELP
    )
    demande_pour_antenne: bool | None = field("Antenne", "La demande est pour une antenne.", group=HELP)
    volet_1_demande: bool | None = field("Volet 1 demandé", "Aide à l'écriture du projet de santé.", group=HELP)
    volet_2_accepte: bool | None = field("Volet 2 accepté", "Aide à la coordination.", group=HELP)
    adhesion_prevue: bool | None = field(
        "Adhésion promise", "Le centre s'engage à adhérer à l'accord national ou à l'ACI.", group=HELP
    )
    avis_carpec: Literal["favorable", "reserve", "defavorable"] | None = field(
        "Avis de la commission (CARPEC)",
        "Il est consultatif.",
        group=HELP,
        choices={"reserve": "réservé", "defavorable": "défavorable"},
    )
    decision_ars: Literal["accepte", "refuse"] | None = field(
        "Décision de l'ARS",
        "Celle du directeur général.",
        group=HELP,
        choices={"accepte": "acceptée", "refuse": "refusée"},
    )
