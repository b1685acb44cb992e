"""The team, its rooms and what they cost: fields of the simulator of premises. No OpenFisca here."""

from maillage.core.rules.immobilier.facts_projet import ProjectFacts
from maillage.core.rules.simulation.situation import Count, Euros, Quantity, Share, field

TEAM, ROOMS, COST = "L'équipe", "Les locaux", "Le coût"
PLAN = "Rien : le nombre du plan-type."
FAMILIES = ("medecins", "infirmiers", "kinesitherapeutes", "autres_professionnels")
"""The fields that count the professionals to be housed."""
COST_FACTS = ("cout_total_ht", "cout_total_ttc", "cout_m2")
"""One of these gives a cost, without which there is no financing plan."""


class ProgrammeFacts(ProjectFacts):
    """Professionals, rooms and cost."""

    medecins: Count | None = field("Médecins", "À loger.", unit="médecins", group=TEAM)
    generalistes: Count | None = field(
        "Dont médecins généralistes", "Ceux que le bâtiment réunit.", unit="médecins généralistes", group=TEAM
    )
    infirmiers: Count | None = field("Infirmiers", "À loger.", unit="infirmiers", group=TEAM)
    kinesitherapeutes: Count | None = field(
        "Masseurs-kinésithérapeutes", "À loger.", unit="kinésithérapeutes", group=TEAM
    )
    autres_professionnels: Count | None = field(
        "Autres professionnels", "Sages-femmes, dentistes, orthophonistes, podologues…", unit="professionnels",
        group=TEAM,
    )  # fmt: skip
    places_de_generalistes: Count | None = field(
        "Généralistes que le bâtiment peut accueillir", "Cabinets prévus pour eux, occupés ou non.",
        unit="médecins généralistes", group=TEAM,
    )  # fmt: skip

    cabinet_type_1: Count | None = field(
        "Cabinets de type 1", "Bureau et table. Rien : un par médecin et par autre professionnel.", unit="pièces",
        group=ROOMS,
    )  # fmt: skip
    cabinet_type_2: Count | None = field(
        "Cabinets de type 2", "Avec salle de soins. Rien : un par infirmier.", unit="pièces", group=ROOMS
    )
    cabinet_type_3: Count | None = field(
        "Cabinets de type 3", "Masseur-kinésithérapeute. Rien : un par masseur-kinésithérapeute.", unit="pièces",
        group=ROOMS,
    )  # fmt: skip
    local_d_urgence: Count | None = field("Locaux pour les urgences", PLAN, unit="pièces", group=ROOMS)
    attente_medicale: Count | None = field("Salles d'attente médicales", PLAN, unit="pièces", group=ROOMS)
    attente_paramedicale: Count | None = field("Salles d'attente paramédicales", PLAN, unit="pièces", group=ROOMS)
    accueil: Count | None = field("Halls d'accueil", PLAN, unit="pièces", group=ROOMS)
    reunion: Count | None = field("Salles de réunion", PLAN, unit="pièces", group=ROOMS)
    technique: Count | None = field("Locaux techniques", PLAN, unit="pièces", group=ROOMS)
    logement: Count | None = field("Logements d'une pièce", PLAN, unit="pièces", group=ROOMS)
    wc_ordinaires: Count | None = field("WC ordinaires", PLAN, unit="pièces", group=ROOMS)
    wc_handicapes: Count | None = field("WC accessibles", PLAN, unit="pièces", group=ROOMS)
    wc_personnel: Count | None = field("WC du personnel", PLAN, unit="pièces", group=ROOMS)
    dechets: Count | None = field("Locaux des déchets", PLAN, unit="pièces", group=ROOMS)
    autres_surfaces: Quantity | None = field(
        "Autres pièces", "Leur surface, si le plan-type ne les prévoit pas.", unit="m²", group=ROOMS
    )
    circulations: Share | None = field(
        "Circulations", "Couloirs et murs, en plus de la surface des pièces. Aucune valeur n'est publiée.",
        unit="part", group=ROOMS,
    )  # fmt: skip

    cout_m2: Quantity | None = field(
        "Coût des travaux", "Hors taxes. Aucun coût officiel n'est publié : demandez-le à votre maître d'œuvre.",
        unit="euros par m²", group=COST,
    )  # fmt: skip
    honoraires: Share | None = field(
        "Honoraires et frais", "En plus des travaux ; 0 s'ils sont dans le coût.", unit="part", group=COST
    )
    terrain: Euros | None = field("Terrain ou achat", "Compté sans TVA.", unit="euros", group=COST)
    equipement: Euros | None = field("Équipement", "Mobilier et matériel, hors taxes.", unit="euros", group=COST)
    cout_total_ht: Euros | None = field(
        "Coût total hors taxes", "S'il est connu, il remplace le calcul.", unit="euros", group=COST
    )
    cout_total_ttc: Euros | None = field(
        "Coût total toutes taxes comprises", "S'il est connu, il remplace le calcul.", unit="euros", group=COST
    )
    cout_subventionnable: Euros | None = field(
        "Coût subventionnable hors taxes", "Ce que les financeurs retiennent (sans pharmacie ni laboratoire, par "
        "exemple). Rien : le coût total hors taxes.", unit="euros", group=COST,
    )  # fmt: skip
