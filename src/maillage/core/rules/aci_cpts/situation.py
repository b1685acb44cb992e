"""What a CPTS declares to simulate its contract: the input of the simulator. No OpenFisca here."""

import datetime
from typing import ClassVar, Literal

from pydantic import model_validator

from maillage.core.rules.simulation.situation import Day, Euros, People, Share, SimulatorSpec, Situation, field

TIME, PLACE = "Où et quand", "Le territoire"
COMMUNITY, CONTRACT, MISSIONS = "La communauté", "Le contrat", "Les missions"
AMOUNTS, MONEY = "Montants de votre contrat", "Indemnités d'un professionnel"
START = "Le jour où la mission a commencé, ou commencera ; rien : elle n'a pas commencé, ou vous ne savez pas."
FIXED = "La part fixe d'une année entière, telle que votre contrat l'écrit ; 0 s'il n'y en a pas."
VARIABLE = "La part variable d'une année, atteinte en entier, telle que votre contrat l'écrit ; 0 s'il n'y en a pas."
REACHED = "Ce que la mission a obtenu de sa part variable dans l'année ; rien : pas encore connu."
EUROS = "euros par an"

Size = Literal["taille_1", "taille_2", "taille_3", "taille_4"]
Departement = Literal["bas_rhin", "haut_rhin", "moselle", "seine_saint_denis", "autre"]
LegalForm = Literal["association", "gcs", "gie", "autre", "aucune"]
Opposition = Literal["aucune", "objectifs_du_projet_regional_de_sante", "pertinence_du_territoire", "autre_motif"]


class SituationAciCpts(Situation):
    """Une CPTS, son contrat et une date."""

    prefix: ClassVar[str] = "aci_cpts_"

    date: Day = field(
        "Date",
        "Le jour auquel appliquer les règles : il désigne l'année du contrat et l'année civile.",
        ...,
        group=TIME,
    )
    population: People | None = field(
        "Habitants du territoire",
        "La population des communes de la CPTS. Gardez l'année de cette population avec elle.",
        unit="habitants",
        group=PLACE,
    )
    taille_du_contrat: Size | None = field(
        "Taille écrite dans le contrat",
        "Si votre contrat la donne ; elle l'emporte alors sur la population.",
        group=PLACE,
        choices={f"taille_{size}": f"taille {size}" for size in range(1, 5)},
    )
    departement: Departement | None = field(
        "Département",
        "Un département où une règle propre existe ; sinon « autre ».",
        group=PLACE,
        choices={
            "bas_rhin": "Bas-Rhin",
            "haut_rhin": "Haut-Rhin",
            "moselle": "Moselle",
            "seine_saint_denis": "Seine-Saint-Denis",
            "autre": "autre département",
        },
    )

    forme_juridique: LegalForm | None = field(
        "Forme juridique",
        "Celle de la CPTS elle-même, pas de ses membres.",
        group=COMMUNITY,
        choices={"gcs": "GCS", "gie": "GIE", "autre": "autre forme"},
    )
    creation: Day | None = field(
        "Création de la CPTS", "Le jour où la structure juridique de la CPTS est née.", group=COMMUNITY
    )
    lettre_intention_validee: bool | None = field(
        "Lettre d'intention validée", "L'ARS et l'assurance maladie ont validé la lettre d'intention.", group=COMMUNITY
    )
    reception_du_projet: Day | None = field(
        "Projet reçu par l'ARS", "Le jour où l'ARS a reçu le projet de santé complet.", group=COMMUNITY
    )
    opposition_de_l_ars: Opposition | None = field(
        "Opposition de l'ARS",
        "Le motif que l'ARS a donné, ou « aucune » si elle ne s'est pas opposée.",
        group=COMMUNITY,
        choices={
            "objectifs_du_projet_regional_de_sante": "objectifs du projet régional de santé",
            "pertinence_du_territoire": "pertinence du territoire",
            "autre_motif": "autre motif",
        },
    )
    projet_valide: bool | None = field(
        "Projet de santé validé", "L'ARS a écrit qu'elle valide le projet de santé.", group=COMMUNITY
    )

    signature: Day | None = field(
        "Signature du contrat", "Le jour de la signature du contrat par la CPTS, la CPAM et l'ARS.", group=CONTRACT
    )
    dossier_complet: bool | None = field(
        "Dossier complet", "La caisse a vérifié que le dossier d'adhésion est complet.", group=CONTRACT
    )
    rupture: Day | None = field(
        "Rupture du contrat",
        "Le jour où le contrat est rompu avant son terme pour un manquement ; rien s'il ne l'est pas.",
        group=CONTRACT,
    )

    acces_soins_debut: Day | None = field("Accès aux soins : début", START, group=MISSIONS)
    parcours_debut: Day | None = field("Parcours pluriprofessionnels : début", START, group=MISSIONS)
    prevention_debut: Day | None = field("Prévention : début", START, group=MISSIONS)
    crise_debut: Day | None = field("Crises sanitaires graves : début", START, group=MISSIONS)
    qualite_debut: Day | None = field("Qualité et pertinence : début", START, group=MISSIONS)
    accompagnement_debut: Day | None = field("Accompagnement des professionnels : début", START, group=MISSIONS)

    contrat_acces_soins_fixe: Euros | None = field("Accès aux soins : part fixe", FIXED, unit=EUROS, group=AMOUNTS)
    contrat_acces_soins_variable: Euros | None = field(
        "Accès aux soins : part variable", VARIABLE, unit=EUROS, group=AMOUNTS
    )
    acces_soins_atteinte: Share | None = field("Accès aux soins : résultats", REACHED, unit="part", group=AMOUNTS)
    contrat_soins_non_programmes_fixe: Euros | None = field(
        "Soins non programmés : part fixe, si elle est à part", FIXED, unit=EUROS, group=AMOUNTS
    )
    contrat_soins_non_programmes_variable: Euros | None = field(
        "Soins non programmés : part variable, si elle est à part", VARIABLE, unit=EUROS, group=AMOUNTS
    )
    soins_non_programmes_atteinte: Share | None = field(
        "Soins non programmés : résultats", REACHED, unit="part", group=AMOUNTS
    )
    contrat_parcours_fixe: Euros | None = field("Parcours : part fixe", FIXED, unit=EUROS, group=AMOUNTS)
    contrat_parcours_variable: Euros | None = field("Parcours : part variable", VARIABLE, unit=EUROS, group=AMOUNTS)
    parcours_atteinte: Share | None = field("Parcours : résultats", REACHED, unit="part", group=AMOUNTS)
    contrat_prevention_fixe: Euros | None = field("Prévention : part fixe", FIXED, unit=EUROS, group=AMOUNTS)
    contrat_prevention_variable: Euros | None = field("Prévention : part variable", VARIABLE, unit=EUROS, group=AMOUNTS)
    prevention_atteinte: Share | None = field("Prévention : résultats", REACHED, unit="part", group=AMOUNTS)
    contrat_crise_fixe: Euros | None = field("Crises sanitaires graves : part fixe", FIXED, unit=EUROS, group=AMOUNTS)
    contrat_crise_variable: Euros | None = field(
        "Crises sanitaires graves : part variable", VARIABLE, unit=EUROS, group=AMOUNTS
    )
    crise_atteinte: Share | None = field("Crises sanitaires graves : résultats", REACHED, unit="part", group=AMOUNTS)
    contrat_qualite_fixe: Euros | None = field("Qualité et pertinence : part fixe", FIXED, unit=EUROS, group=AMOUNTS)
    contrat_qualite_variable: Euros | None = field(
        "Qualité et pertinence : part variable", VARIABLE, unit=EUROS, group=AMOUNTS
    )
    qualite_atteinte: Share | None = field("Qualité et pertinence : résultats", REACHED, unit="part", group=AMOUNTS)
    contrat_accompagnement_fixe: Euros | None = field("Accompagnement : part fixe", FIXED, unit=EUROS, group=AMOUNTS)
    contrat_accompagnement_variable: Euros | None = field(
        "Accompagnement : part variable", VARIABLE, unit=EUROS, group=AMOUNTS
    )
    accompagnement_atteinte: Share | None = field("Accompagnement : résultats", REACHED, unit="part", group=AMOUNTS)

    indemnites: Euros | None = field(
        "Indemnités",
        "Ce que la CPTS verse à un professionnel dans l'année civile pour ses fonctions (perte de revenus).",
        unit="euros",
        group=MONEY,
    )
    remunerations: Euros | None = field(
        "Rémunérations",
        "Ce que la CPTS verse au même professionnel dans l'année civile pour sa part aux missions.",
        unit="euros",
        group=MONEY,
    )
    autres_cpts: bool | None = field(
        "Autre CPTS", "Le professionnel reçoit aussi de l'argent d'une autre CPTS dans l'année.", group=MONEY
    )

    @model_validator(mode="after")
    def _dates_in_order(self) -> "SituationAciCpts":
        """Refuse a contract that is broken before it is signed, or without having been."""
        if self.rupture and (self.signature is None or self.rupture < self.signature):
            raise ValueError("une rupture qui suit la signature du contrat, elle-même donnée")
        return self

    @property
    def day(self) -> datetime.date:
        return self.date


SIMULATOR = SimulatorSpec(
    code="aci-cpts",
    structure="CPTS",
    title="Contrat des CPTS (ACI)",
    summary="La taille de la CPTS, l'argent de son contrat, le calendrier de ses missions et de ses versements, le "
    "plafond des indemnités.",
    controls=("aci_cpts_sous_le_plafond",),
    apart=("aci_cpts_credit_lettre_intention", "aci_cpts_elaboration", "aci_cpts_aide_seine_saint_denis"),
    total="Rémunération de l'année du contrat",
    model=SituationAciCpts,
    example={
        "date": "2024-09-15",
        "population": 60000,
        "departement": "autre",
        "forme_juridique": "association",
        "creation": "2023-01-10",
        "lettre_intention_validee": True,
        "reception_du_projet": "2023-10-02",
        "opposition_de_l_ars": "aucune",
        "projet_valide": True,
        "signature": "2024-03-01",
        "dossier_complet": True,
        "acces_soins_debut": "2024-09-01",
        "crise_debut": "2024-09-01",
        "parcours_debut": "2025-03-01",
        "prevention_debut": "2025-03-01",
        "indemnites": 20000,
        "remunerations": 21136,
        "autres_cpts": False,
    },
    example_source="cas aci_cpts:D06, contrat signé le 1er mars 2024",
)
