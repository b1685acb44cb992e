"""What a maison de santé declares for one year of its ACI: the input of the simulator (pages, API, command line).

Read it with :func:`maillage.core.kernel.problems.read`, which turns every error into a French ``BadInput``.
Titles and descriptions are the labels of the form and of the OpenAPI document. No OpenFisca here.
"""

from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
)
from pydantic_core import PydanticCustomError

from maillage.core.kernel import french

# Held against the parameters by a test: first year of the point value, year after the last check of the texts.
FIRST_YEAR = 2017
LAST_YEAR = 2027
# What two rates may go beyond the whole by, once rounded.
ROUNDING = 1e-6
MONTHS = 12
# Before it, the grid of points is not established.
GRID_YEAR = 2022

FermetureConges = Literal["aucune", "jusqu_a_3_semaines", "plus_de_3_semaines"]


def _not_a_boolean(value: Any) -> Any:
    if isinstance(value, bool):
        raise PydanticCustomError("int_type", "a boolean is not a number")
    return value


def _known_year(year: int) -> int:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(
            f"une année de {FIRST_YEAR} (début de l'ACI des MSP) à {LAST_YEAR} "
            "(les textes n'ont pas été vérifiés au-delà)"
        )
    return year


def _share(value: float) -> float:
    if not 0 <= value <= 1:
        raise ValueError("une part entre 0 et 1 : écrivez 0.5 pour 50 %")
    return value


YEAR_SCHEMA: dict[str, Any] = {"minimum": FIRST_YEAR, "maximum": LAST_YEAR}
SHARE_SCHEMA: dict[str, Any] = {"minimum": 0, "maximum": 1}
SCHEMA: dict[str, Any] = {
    "description": "Une maison de santé et une année civile. Ce qui n'est pas donné compte comme non fait."
}
NUMBER = BeforeValidator(_not_a_boolean)

Year = Annotated[int, AfterValidator(_known_year), NUMBER, WithJsonSchema({"type": "integer", **YEAR_SCHEMA})]
Share = Annotated[float, AfterValidator(_share), NUMBER, WithJsonSchema({"type": "number", **SHARE_SCHEMA})]
Hours = Annotated[float, Field(ge=0, le=24), NUMBER]
Months = Annotated[int, Field(ge=1, le=MONTHS), NUMBER]
Count = Annotated[int, Field(ge=0, le=1000), NUMBER]
Patients = Annotated[int, Field(ge=0, le=200_000), NUMBER]
Members = Annotated[int, Field(ge=1, le=500), NUMBER]
TwoLevels = Annotated[int, Field(ge=0, le=2), NUMBER]
ThreeLevels = Annotated[int, Field(ge=0, le=3), NUMBER]


class SituationAciMsp(BaseModel):
    """One maison de santé, one civil year. What is not given counts as not done.

    Rates are fractions (0.12 for 12 %). ``None`` for a rate means that it is not known.
    """

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, title="Situation d'une MSP", json_schema_extra=SCHEMA
    )

    annee: Year = Field(
        title="Année", description="Année civile de l'exercice.", json_schema_extra={"unite": "année civile"}
    )
    patientele: Patients = Field(
        title="Patientèle",
        description="Patients de tout âge qui ont déclaré comme médecin traitant un médecin associé de la SISA.",
        json_schema_extra={"unite": "patients"},
    )
    associes: Members = Field(
        title="Professionnels associés",
        description="Nombre de professionnels de santé associés de la SISA, au 31 décembre (date à confirmer). "
        "Les collaborateurs libéraux d'un médecin associé peuvent compter comme associés (une seule source). "
        "Les infirmiers Asalée ne sont cités que pour la diversité des services.",
        json_schema_extra={"unite": "professionnels"},
    )

    amplitude_horaire: Hours = Field(
        default=0,
        title="Heures d'ouverture par jour",
        description="Amplitude d'ouverture du lundi au vendredi, en heures (12 pour 8 h – 20 h). "
        "Avec plusieurs sites, celle du site le moins ouvert.",
        json_schema_extra={"unite": "heures par jour"},
    )
    samedi_matin: bool = Field(
        default=False, title="Ouverture le samedi matin", description="La structure est ouverte le samedi matin."
    )
    fermeture_conges: FermetureConges = Field(
        default="aucune",
        title="Fermeture pendant les congés",
        description="« plus_de_3_semaines » vaut aussi pour plus d'une semaine hors des vacances scolaires.",
    )
    soins_non_programmes: bool = Field(
        default=False,
        title="Soins non programmés chaque jour ouvré",
        description="Une organisation permet de recevoir des soins non programmés chaque jour ouvré.",
    )
    derogation_horaires: bool = Field(
        default=False,
        title="Dérogation aux horaires",
        description="L'ARS et la CPAM ont accordé une dérogation sur l'amplitude (permanence des soins).",
    )
    plan_crise: bool = Field(
        default=False,
        title="Plan de réponse aux crises sanitaires graves",
        description="Le plan est écrit, à jour et articulé avec la mission de crise de la CPTS.",
    )
    crise_actions: bool = Field(
        default=False,
        title="Actions menées pendant une crise déclarée",
        description="Une crise sanitaire grave a été déclarée par les autorités et des actions du plan ont été menées. "
        "Le covid n'est pas retenu pour 2022.",
    )
    diversite_niveau: TwoLevels = Field(
        default=0,
        title="Diversité des services : niveau",
        description="1 : une autre profession médicale, une spécialité, un pharmacien ou trois professions "
        "paramédicales parmi les associés. 2 : l'une des trois premières et trois professions paramédicales. "
        "Les infirmiers Asalée et les collaborateurs libéraux d'un médecin associé comptent.",
        json_schema_extra={"unite": "niveau"},
    )
    vacataires_niveau: TwoLevels = Field(
        default=0,
        title="Consultations de second recours : niveau",
        description="Vacataires extérieurs, non associés. 1 : au moins une demi-journée par semaine en moyenne. "
        "2 : au moins deux jours et demi par semaine.",
        json_schema_extra={"unite": "niveau"},
    )
    medecin_cstm: bool = Field(
        default=False,
        title="Accueil d'un médecin en CSTM",
        description="Au moins un médecin non associé, en contrat de solidarité territoriale, en zone sous-dense. "
        "Aucun contrat ne se signe après le 31 décembre 2025 : seul un contrat en cours compte.",
    )
    missions_sante_publique: Count = Field(
        default=0,
        title="Missions de santé publique",
        description="Nombre de missions menées, sur les thèmes de l'annexe 2 ou du projet régional de santé (PRS). "
        "Deux au plus sont payées : pas sur le même thème, ni toutes les deux au titre du PRS.",
        json_schema_extra={"unite": "missions"},
    )
    mission_obesite_enfant: bool = Field(
        default=False,
        title="Une mission porte sur l'obésité de l'enfant",
        description="L'une des missions de santé publique a pour thème le surpoids et l'obésité de l'enfant.",
    )
    ipa: bool = Field(
        default=False,
        title="Infirmier en pratique avancée dans l'équipe",
        description="Un infirmier en pratique avancée, libéral ou salarié, fait partie de l'équipe.",
    )
    usagers_niveau: TwoLevels = Field(
        default=0,
        title="Implication des usagers : niveau",
        description="1 : consulter, informer, sensibiliser. 2 : co-construire et décider avec les usagers.",
        json_schema_extra={"unite": "niveau"},
    )
    part_medecins_sas: Share = Field(
        default=0,
        title="Part des médecins qui participent au SAS",
        description="Entre 0 et 1 : 0.5 pour 50 % des médecins associés ou vacataires.",
        json_schema_extra={"unite": "part (1 pour 100 %)"},
    )
    sas_toutes_demandes: bool = Field(
        default=False,
        title="Toutes les demandes du SAS sont prises",
        description="La structure prend toutes les demandes du régulateur du service d'accès aux soins.",
    )

    coordination: bool = Field(
        default=False,
        title="Fonction de coordination",
        description="Une personne identifiée coordonne la structure sur un temps dédié.",
    )
    protocoles: Count = Field(
        default=0,
        title="Protocoles pluriprofessionnels",
        description="Nombre de protocoles. Huit au plus sont payés. "
        "Un protocole déjà utilisé dans une mission de santé publique ne compte pas une seconde fois "
        "(une seule source).",
        json_schema_extra={"unite": "protocoles"},
    )
    reunions_concertation: Count = Field(
        default=0,
        title="Réunions de concertation",
        description="Nombre de réunions de concertation pluriprofessionnelle dans l'année.",
        json_schema_extra={"unite": "réunions par an"},
    )
    patients_ald_ou_75_ans: Patients = Field(
        default=0,
        title="Patients en ALD ou de 75 ans ou plus",
        description="Patients médecin traitant en ALD ou de 75 ans ou plus au 31 décembre, chacun compté une fois.",
        json_schema_extra={"unite": "patients"},
    )
    dossiers_concertes: Patients = Field(
        default=0,
        title="Dossiers étudiés en concertation",
        description="Nombre de dossiers de patients en ALD ou de 75 ans ou plus étudiés en réunion.",
        json_schema_extra={"unite": "dossiers"},
    )
    stages: Count = Field(
        default=0,
        title="Stagiaires accueillis",
        description="Nombre de stagiaires différents dans l'année. Payé à partir de deux, jusqu'à quatre.",
        json_schema_extra={"unite": "stagiaires par an"},
    )
    coordination_externe: bool = Field(
        default=False,
        title="Coordination externe",
        description="Une procédure organise la transmission des données de santé aux acteurs extérieurs.",
    )
    qualite_niveau: ThreeLevels = Field(
        default=0,
        title="Démarche qualité : niveau",
        description="1 : diagnostic et objectif. 2 : plan mis en œuvre. 3 : résultats et conclusions.",
        json_schema_extra={"unite": "niveau"},
    )
    protocoles_nationaux: Count = Field(
        default=0,
        title="Protocoles nationaux de coopération",
        description="Nombre de protocoles nationaux de soins non programmés déclarés à l'ARS. Six au plus sont payés.",
        json_schema_extra={"unite": "protocoles"},
    )
    parcours_insuffisance_cardiaque: bool = Field(
        default=False,
        title="Parcours insuffisance cardiaque",
        description="La structure participe au parcours de l'insuffisance cardiaque.",
    )
    parcours_obesite_enfant: bool = Field(
        default=False,
        title="Parcours surpoids et obésité de l'enfant",
        description="La structure participe au parcours. Avec une seule mission de santé publique, "
        "elle doit porter sur ce thème.",
    )

    si_standard: bool = Field(
        default=False,
        title="Logiciel labellisé « standard »",
        description="Le système d'information partagé a le label « standard » de l'Agence du numérique en santé.",
    )
    si_standard_mois: Months = Field(
        default=12,
        title="Mois d'équipement « standard »",
        description="Nombre de mois de l'année depuis l'acquisition.",
        json_schema_extra={"unite": "mois"},
    )
    si_avance: bool = Field(
        default=False,
        title="Logiciel labellisé « avancé »",
        description="Le système d'information a le label « avancé », qui se cumule avec le niveau « standard ».",
    )
    si_avance_mois: Months = Field(
        default=12,
        title="Mois d'équipement « avancé »",
        description="Nombre de mois de l'année depuis l'acquisition.",
        json_schema_extra={"unite": "mois"},
    )

    taux_c2s: Share | None = Field(
        default=None,
        title="Part des patients à la C2S",
        description="Patients à la C2S qui ont vu un généraliste dans l'année, sur la patientèle (0.12 pour 12 %).",
        json_schema_extra={"unite": "part (1 pour 100 %)"},
    )
    taux_ame: Share | None = Field(
        default=None,
        title="Part des patients à l'AME",
        description="Patients à l'AME qui ont vu un généraliste dans l'année, sur la patientèle (0.01 pour 1 %).",
        json_schema_extra={"unite": "part (1 pour 100 %)"},
    )
    nouvelle_structure: bool = Field(
        default=False,
        title="Nouvelle structure",
        description="Projet de santé déposé à l'ARS moins d'un an avant le contrat : "
        "l'année d'adhésion et la suivante.",
    )
    mois_contrat: Months = Field(
        default=12,
        title="Mois de contrat dans l'année",
        description="12, sauf la première année : nombre de mois depuis la signature.",
        json_schema_extra={"unite": "mois"},
    )

    @field_validator("patients_ald_ou_75_ans")
    @classmethod
    def _within_patientele(cls, patients: int, info: ValidationInfo) -> int:
        patientele = info.data.get("patientele", patients)
        if patients > patientele:
            raise ValueError(f"un nombre d'au plus {french.number(patientele)} : ces patients sont de la patientèle")
        return patients

    @field_validator("mission_obesite_enfant")
    @classmethod
    def _one_of_the_missions(cls, about_it: bool, info: ValidationInfo) -> bool:
        if about_it and not info.data.get("missions_sante_publique", 1):
            raise ValueError("non, ou au moins une mission : sans mission de santé publique, aucune n'a ce thème")
        return about_it

    @field_validator("si_standard_mois", "si_avance_mois")
    @classmethod
    def _months_of_the_software(cls, months: int, info: ValidationInfo) -> int:
        """12 is what a form sends when nothing is said."""
        if months < MONTHS and not info.data.get(str(info.field_name).removesuffix("_mois"), True):
            raise ValueError(f"{MONTHS}, ou rien : ces mois ne comptent que si ce logiciel est déclaré")
        return months

    @field_validator("dossiers_concertes")
    @classmethod
    def _within_base(cls, files: int, info: ValidationInfo) -> int:
        """A base of zero is a base that is not given: the patientèle bounds it."""
        base = info.data.get("patients_ald_ou_75_ans", files) or info.data.get("patientele", files)
        if files > base:
            raise ValueError(
                f"un nombre d'au plus {french.number(base)} : un dossier par patient en ALD ou de 75 ans ou plus"
            )
        return files

    @field_validator("taux_ame")
    @classmethod
    def _within_whole(cls, share: float | None, info: ValidationInfo) -> float | None:
        """Nobody is at the C2S and at the AME at once."""
        left = 1 - (info.data.get("taux_c2s") or 0)
        if share is not None and share > left + ROUNDING:
            raise ValueError(f"une part d'au plus {french.number(left, 6)} : un patient à la C2S n'est pas à l'AME")
        return share
