"""Where the premises are, who owns them, what the project is: the first fields of the simulator. No OpenFisca here."""

from typing import Annotated, Literal

from pydantic import Field

from maillage.core.rules.simulation.situation import NUMBER, Count, Day, Euros, Share, Situation, field

WHERE, OWNER, PROJECT = "Où et quand", "Le propriétaire", "Le projet"
PUBLIC_OWNERS = {
    "commune": "commune",
    "epci": "EPCI (communauté de communes ou d'agglomération)",
    "departement": "département",
    "region": "Région",
    "etablissement_public_de_sante": "établissement public de santé",
}
PRIVATE_OWNERS = {
    "bailleur_social": "bailleur social",
    "association": "association",
    "sisa": "SISA",
    "sci": "SCI",
    "scm": "SCM",
    "autre_prive": "autre propriétaire privé",
}
Owner = Literal[
    "commune", "epci", "departement", "region", "etablissement_public_de_sante",
    "bailleur_social", "association", "sisa", "sci", "scm", "autre_prive",
]  # fmt: skip
Region = Literal[
    "bretagne", "paca", "centre_val_de_loire", "pays_de_la_loire", "ile_de_france", "occitanie",
    "nouvelle_aquitaine", "grand_est", "auvergne_rhone_alpes", "autre",
]  # fmt: skip
REGIONS = {
    "bretagne": "Bretagne",
    "paca": "Provence-Alpes-Côte d'Azur",
    "centre_val_de_loire": "Centre-Val de Loire",
    "pays_de_la_loire": "Pays de la Loire",
    "ile_de_france": "Île-de-France",
    "occitanie": "Occitanie",
    "nouvelle_aquitaine": "Nouvelle-Aquitaine",
    "grand_est": "Grand Est",
    "auvergne_rhone_alpes": "Auvergne-Rhône-Alpes",
    "autre": "autre région",
}
PUBLISHED = ("pays_de_la_loire", "ile_de_france")
OTHER_REGIONS = tuple(name for name in REGIONS if name not in PUBLISHED)
"""The regions whose rate is not published."""
DEPARTMENTS = {"loir_et_cher": "Loir-et-Cher", "jura": "Jura", "aisne": "Aisne", "autre": "autre département"}
REGION_OF = {"loir_et_cher": "centre_val_de_loire", "jura": "autre", "aisne": "autre"}
"""The region of each département whose aid is published."""
DaysOfWeek = Annotated[float, Field(ge=0, le=7), NUMBER]


class ProjectFacts(Situation):
    """The day, the place, the owner and the project."""

    date: Day = field("Date", "Le jour auquel appliquer les règles : celui du plan de financement.", ..., group=WHERE)
    structure: Literal["msp", "cds"] | None = field(
        "Structure", "Les aides ne sont pas les mêmes.", group=WHERE,
        choices={"msp": "maison de santé", "cds": "centre de santé"},
    )  # fmt: skip
    region: Region | None = field(
        "Région", "Celle du bâtiment ; rien : celle de la politique régionale choisie.", group=WHERE, choices=REGIONS
    )
    departement: Literal["loir_et_cher", "jura", "aisne", "autre"] | None = field(
        "Département", "Trois départements publient leur aide.", group=WHERE, choices=DEPARTMENTS
    )
    zone: Literal["zip", "zac", "hors_zone"] | None = field(
        "Zone de la commune", "Dans le zonage « médecins » de l'ARS : zone d'intervention prioritaire (ZIP), zone "
        "d'action complémentaire (ZAC), ou hors de ces zones.", group=WHERE,
        choices={"zip": "ZIP", "zac": "ZAC", "hors_zone": "hors zonage"},
    )  # fmt: skip
    zone_rurale: bool | None = field(
        "Commune classée en zone rurale", "France ruralités revitalisation (FRR, avant : ZRR) ou territoire rural de "
        "développement prioritaire.", group=WHERE,
    )  # fmt: skip
    quartier_prioritaire: bool | None = field(
        "Quartier prioritaire (QPV)", "Le bâtiment est dans un quartier prioritaire de la politique de la ville.",
        group=WHERE,
    )  # fmt: skip
    ile: bool | None = field("Île", "Le bâtiment est sur une île.", group=WHERE)

    proprietaire: Owner | None = field(
        "Propriétaire", "Qui achète ou fait construire.", group=OWNER, choices=PUBLIC_OWNERS | PRIVATE_OWNERS
    )
    rural: bool | None = field("Collectivité rurale", "La commune ou le groupement est en zone rurale.", group=OWNER)
    part_de_membres: Share | None = field(
        "Part des membres de la maison de santé", "Leur part des associés de la société propriétaire.",
        unit="part", group=OWNER,
    )  # fmt: skip
    chef_de_file: bool | None = field(
        "Compétence à chef de file", "L'opération relève d'une compétence pour laquelle la loi désigne un chef de "
        "file, sans convention territoriale qui en dispose autrement.", group=OWNER,
    )  # fmt: skip
    derogation_du_prefet: bool | None = field(
        "Dérogation du préfet", "Le préfet a accordé une part du maître d'ouvrage plus faible.", group=OWNER
    )

    nature: Literal["creation", "extension", "renovation"] | None = field(
        "Nature du projet", "Nouveau site, extension ou rénovation.", group=PROJECT,
        choices={"creation": "nouveau site", "renovation": "rénovation"},
    )  # fmt: skip
    projet_de_sante_approuve: bool | None = field(
        "Projet de santé approuvé", "L'ARS a approuvé le projet de santé des professionnels.", group=PROJECT
    )
    accord_des_professionnels: bool | None = field(
        "Accord des professionnels", "Ils ont donné par écrit leur accord au projet immobilier, cohérent avec le "
        "projet de santé.", group=PROJECT,
    )  # fmt: skip
    accueil_de_stagiaires: bool | None = field(
        "Accueil de stagiaires", "Les professionnels s'engagent à en accueillir.", group=PROJECT
    )
    occupants_conventionnes: bool | None = field(
        "Occupants conventionnés", "Tous sont conventionnés avec l'Assurance maladie.", group=PROJECT
    )
    medecins_secteur_1: bool | None = field("Médecins en secteur 1", "Tous les médecins y sont.", group=PROJECT)
    aci_signe: bool | None = field("ACI signé", "La maison de santé a signé l'ACI.", group=PROJECT)
    un_seul_site: bool | None = field("Un seul site", "La maison de santé n'a qu'un bâtiment.", group=PROJECT)
    cahier_des_charges_regional: bool | None = field(
        "Cahier des charges de la Région", "Le projet le respecte.", group=PROJECT
    )
    incitations_deployees: bool | None = field(
        "Incitations déployées", "Centre de santé : les aides à l'installation des médecins ont d'abord été déployées.",
        group=PROJECT,
    )  # fmt: skip
    incitations_sans_succes: bool | None = field(
        "Incitations sans succès", "Centre de santé : elles n'ont pas suffi.", group=PROJECT
    )
    concertation: bool | None = field(
        "Concertation", "Centre de santé : le projet est mené avec les libéraux du territoire.", group=PROJECT
    )
    patientele_suffisante: bool | None = field(
        "Patientèle suffisante", "Centre de santé : la zone desservie donne assez de patients.", group=PROJECT
    )
    budget_perenne: bool | None = field(
        "Budget pérenne", "Centre de santé : le budget de fonctionnement tient sur plusieurs années.", group=PROJECT
    )
    etude_recue: Euros | None = field(
        "Aide à l'étude déjà reçue", "Île-de-France : elle est déduite de l'aide au démarrage.", unit="euros",
        group=PROJECT,
    )  # fmt: skip
    jours_d_ouverture: DaysOfWeek | None = field(
        "Jours d'ouverture", "Par semaine, pour le réseau France santé.", unit="jours par semaine", group=PROJECT
    )
    medecin_et_infirmier: bool | None = field(
        "Médecin et infirmier", "Un médecin et un infirmier sont assurés.", group=PROJECT
    )
    sans_depassement: bool | None = field("Sans dépassement", "Aucun dépassement d'honoraires.", group=PROJECT)
    delai_de_rendez_vous: Count | None = field(
        "Délai d'un rendez-vous", "Quand l'état du patient le demande.", unit="heures", group=PROJECT
    )
    participe_sas: bool | None = field("Service d'accès aux soins", "La structure y participe.", group=PROJECT)
