"""What a visitor says of a team and its territory: the same fields for the pages, the API and the command line.

Only ``date`` and ``commune`` are required. ``None`` means « not said », which is never the same as « none »:
a team that is not described is unknown, an empty list is a team of nobody.
"""

import datetime
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from maillage.core.kernel.problems import COMMUNE_CODE
from maillage.core.rules.base import StructureCode
from maillage.core.rules.regions import known_pack

Profession = Literal[
    "medecin_generaliste", "medecin_specialiste", "chirurgien_dentiste", "sage_femme", "pharmacien", "infirmier",
    "infirmier_pratique_avancee", "masseur_kinesitherapeute", "orthophoniste", "orthoptiste", "pedicure_podologue",
    "ergotherapeute", "psychomotricien", "dieteticien", "audioprothesiste", "opticien_lunetier", "biologiste",
    "psychologue", "assistant_social",
]  # fmt: skip
Exercice = Literal["liberal", "salarie", "mixte"]
ProjetDeSante = Literal["aucun", "en_cours", "redige", "valide"]
FormeJuridique = Literal[
    "aucune", "association_1901", "sisa", "scm", "scp", "sci", "gcs", "gie", "scic", "fondation", "mutuelle",
    "collectivite", "epci", "etablissement_de_sante", "sas", "autre",
]  # fmt: skip
Champ = Literal["ambulatoire", "hospitalier", "medico_social", "social"]

PROFESSIONS: dict[str, tuple[str, str]] = {
    "medecin_generaliste": ("médecin généraliste", "médecins généralistes"),
    "medecin_specialiste": ("médecin spécialiste", "médecins spécialistes"),
    "chirurgien_dentiste": ("chirurgien-dentiste", "chirurgiens-dentistes"),
    "sage_femme": ("sage-femme", "sages-femmes"),
    "pharmacien": ("pharmacien", "pharmaciens"),
    "infirmier": ("infirmier", "infirmiers"),
    "infirmier_pratique_avancee": ("infirmier en pratique avancée", "infirmiers en pratique avancée"),
    "masseur_kinesitherapeute": ("masseur-kinésithérapeute", "masseurs-kinésithérapeutes"),
    "orthophoniste": ("orthophoniste", "orthophonistes"),
    "orthoptiste": ("orthoptiste", "orthoptistes"),
    "pedicure_podologue": ("pédicure-podologue", "pédicures-podologues"),
    "ergotherapeute": ("ergothérapeute", "ergothérapeutes"),
    "psychomotricien": ("psychomotricien", "psychomotriciens"),
    "dieteticien": ("diététicien", "diététiciens"),
    "audioprothesiste": ("audioprothésiste", "audioprothésistes"),
    "opticien_lunetier": ("opticien-lunetier", "opticiens-lunetiers"),
    "biologiste": ("biologiste", "biologistes"),
    "psychologue": ("psychologue", "psychologues"),
    "assistant_social": ("assistant social", "assistants sociaux"),
}
"""French names, singular and plural, in the order in which a form lists them."""

LABELS: dict[str, dict[str, str]] = {
    "exercice": {"liberal": "en libéral", "salarie": "en salariat", "mixte": "en exercice mixte"},
    "projet_de_sante": {
        "aucun": "pas commencé",
        "en_cours": "en cours d'écriture",
        "redige": "rédigé",
        "valide": "validé par l'ARS",
    },
    "forme_juridique": {
        "aucune": "aucune",
        "association_1901": "association loi 1901",
        "sisa": "SISA (société interprofessionnelle de soins ambulatoires)",
        "scm": "SCM (société civile de moyens)",
        "scp": "SCP (société civile professionnelle)",
        "sci": "SCI (société civile immobilière)",
        "gcs": "GCS (groupement de coopération sanitaire)",
        "gie": "GIE (groupement d'intérêt économique)",
        "scic": "SCIC (société coopérative d'intérêt collectif)",
        "fondation": "fondation",
        "mutuelle": "mutuelle",
        "collectivite": "commune, département ou autre collectivité",
        "epci": "communauté de communes ou autre EPCI",
        "etablissement_de_sante": "établissement de santé",
        "sas": "société par actions simplifiée (SAS)",
        "autre": "autre",
    },
    "champs": {
        "ambulatoire": "les soins de ville",
        "hospitalier": "l'hôpital et les cliniques",
        "medico_social": "le médico-social (EHPAD, SSIAD…)",
        "social": "le social (CCAS, services d'aide…)",
    },
    "projet_valide_pour": {
        "ESP": "une équipe de soins primaires (ESP)",
        "MSP": "une maison de santé (MSP)",
        "CDS": "un centre de santé (CDS)",
        "ESS": "une équipe de soins spécialisés (ESS)",
        "CPTS": "une CPTS",
    },
}
"""French names of the other choices."""
LABELS["gestionnaire"] = LABELS["forme_juridique"]

WITHIN = {
    "specialistes_liberaux": {"specialistes_presents": "le nombre de spécialistes présents"},
    "specialistes_adherents": {
        "specialistes_liberaux": "le nombre de spécialistes libéraux",
        "specialistes_presents": "le nombre de spécialistes présents",
    },
}
"""Counts that are part of another, with what the other counts."""

TEAM_FIELDS = (
    "professionnels", "gestionnaire", "specialite", "specialistes_presents", "specialistes_liberaux",
    "specialistes_adherents", "patientele",
)  # fmt: skip
"""Fields that say who is in the team; the others say where it is and what it has done."""

CodeCommune = Annotated[str, Field(pattern=COMMUNE_CODE), AfterValidator(str.upper)]
Count = Annotated[int, Field(ge=0, le=100_000)]


def _field(title: str, question: str, description: str, default: Any = None) -> Any:
    """An optional field with what the wizard says of it."""
    return Field(default=default, title=title, description=description, json_schema_extra={"question": question})


GROUP = "Plusieurs personnes de la même profession, qui exercent de la même façon."
SITUATION = "Une équipe, son territoire et où en est son projet, un jour donné. Ce qui n'est pas donné est « inconnu »."


class GroupeDeProfessionnels(BaseModel):
    """Several people of the same profession and the same way of practising."""

    model_config = ConfigDict(extra="forbid", frozen=True, json_schema_extra={"description": GROUP})

    profession: Profession = Field(title="Profession", description="La profession exercée.")
    nombre: Annotated[int, Field(ge=0, le=1_000)] = Field(
        default=1, title="Nombre", description="Combien de personnes de cette profession."
    )
    exercice: Exercice | None = _field(
        "Exercice", "Exercent-ils en libéral ou en salariat ?", "En libéral, en salariat, ou les deux (mixte)."
    )


class SituationOrientation(BaseModel):
    """A team, its territory and where its project stands, on a day."""

    model_config = ConfigDict(extra="forbid", frozen=True, json_schema_extra={"description": SITUATION})

    date: datetime.date = Field(
        title="Date",
        description="Le jour pour lequel on cherche une réponse : les règles dépendent de la date.",
        json_schema_extra={"question": "À quelle date ?"},
    )
    commune: CodeCommune = Field(
        title="Commune",
        description="Le code INSEE de la commune où l'équipe exerce (cinq caractères, par exemple 35236).",
        json_schema_extra={"question": "Dans quelle commune l'équipe exerce-t-elle ?"},
    )
    communes: Annotated[list[CodeCommune], Field(max_length=3_000)] | None = _field(
        "Communes du territoire",
        "Quelles communes le projet couvre-t-il ?",
        "Les codes INSEE des communes du territoire, quand le projet dépasse la commune : "
        "leur population donne la taille d'une CPTS.",
    )
    region_pack: str | None = _field(
        "Politique régionale",
        "Quelle politique régionale appliquer ?",
        "La politique régionale à appliquer ; par défaut celle de la région de la commune. "
        "« national » : les seules règles nationales.",
    )
    professionnels: Annotated[list[GroupeDeProfessionnels], Field(max_length=100)] | None = _field(
        "Équipe",
        "Qui compose l'équipe : quelles professions, combien, en libéral ou en salariat ?",
        "Les professionnels prêts à travailler ensemble.",
    )
    projet_de_sante: ProjetDeSante | None = _field(
        "Projet de santé",
        "Où en est le projet de santé ?",
        "Le document qui décrit les besoins du territoire et la façon de travailler ensemble.",
    )
    projet_valide_pour: Annotated[list[StructureCode], Field(min_length=1, max_length=5)] | None = _field(
        "Structures du projet validé",
        "Si le projet est validé, pour quelle structure l'est-il ?",
        "Les structures pour lesquelles l'ARS a validé le projet de santé. Sans réponse, la validation de chacune "
        "reste à préciser.",
    )
    forme_juridique: FormeJuridique | None = _field(
        "Forme juridique",
        "Avez-vous déjà créé une association ou une société ?",
        "La structure juridique qui porte, ou portera, le projet.",
    )
    champs: Annotated[list[Champ], Field(max_length=4)] | None = _field(
        "Champs des partenaires",
        "Avec qui travaillez-vous : la ville, l'hôpital, le médico-social, le social ?",
        "Les champs auxquels appartiennent les partenaires du projet.",
    )
    cpts_existante: bool | None = _field(
        "CPTS sur le territoire",
        "Une CPTS couvre-t-elle déjà ce territoire ?",
        "Deux communautés professionnelles territoriales de santé (CPTS) ne peuvent pas couvrir le même territoire.",
    )
    gestionnaire: FormeJuridique | None = _field(
        "Gestionnaire du centre",
        "Qui gérerait le centre de santé et emploierait les professionnels ?",
        "La nature du gestionnaire d'un centre de santé : association, commune, mutuelle, établissement de santé…",
    )
    recepisse: bool | None = _field(
        "Récépissé du centre",
        "L'ARS a-t-elle délivré le récépissé de l'engagement de conformité du centre de santé ?",
        "Le récépissé autorise le centre de santé à dispenser des soins.",
    )
    agrement: bool | None = _field(
        "Agrément du centre",
        "Le centre de santé a-t-il reçu l'agrément (activités dentaires, orthoptiques ou ophtalmologiques) ?",
        "Pour ces seules activités, l'agrément de l'ARS s'ajoute au récépissé.",
    )
    reglement_de_fonctionnement: bool | None = _field(
        "Règlement de fonctionnement",
        "Le règlement de fonctionnement du centre de santé est-il annexé au projet ?",
        "Le règlement de fonctionnement traite de l'hygiène, de la sécurité et des droits des patients.",
    )
    specialite: Annotated[str, Field(min_length=2, max_length=80)] | None = _field(
        "Spécialité",
        "De quelle spécialité médicale s'agit-il ?",
        "La spécialité, hors médecine générale, d'une équipe de soins spécialisés (cardiologie, dermatologie…).",
    )
    specialistes_presents: Count | None = _field(
        "Spécialistes présents",
        "Combien de médecins de cette spécialité exercent sur le périmètre ?",
        "Tous les médecins de la spécialité présents sur le périmètre, libéraux ou salariés.",
    )
    specialistes_liberaux: Count | None = _field(
        "Spécialistes libéraux",
        "Combien d'entre eux sont libéraux ?",
        "Les médecins libéraux de la spécialité sur le périmètre.",
    )
    specialistes_adherents: Count | None = _field(
        "Spécialistes adhérents",
        "Combien de ces libéraux rejoindraient l'équipe ?",
        "Les spécialistes libéraux du périmètre qui adhèrent au projet.",
    )
    ess_existante: bool | None = _field(
        "ESS de la même spécialité",
        "Une équipe de soins spécialisés de cette spécialité couvre-t-elle déjà le périmètre ?",
        "Deux équipes de soins spécialisés (ESS) de la même spécialité ne peuvent pas couvrir le même périmètre.",
    )
    perimetre_departemental: bool | None = _field(
        "Périmètre départemental",
        "Le périmètre couvre-t-il au moins un département entier, d'un seul tenant ?",
        "Une équipe de soins spécialisés demande un périmètre d'un seul tenant, au moins départemental.",
    )
    patientele: Count | None = _field(
        "Patientèle médecin traitant",
        "Combien de patients ont déclaré l'un de ces médecins comme médecin traitant ?",
        "Les patients de tout âge qui ont déclaré comme médecin traitant un médecin de l'équipe.",
    )

    @property
    def team_described(self) -> bool:
        """Whether anything says who is in the team, or would be; a team of nobody is described."""
        return any(getattr(self, name) is not None for name in TEAM_FIELDS)

    @property
    def accepted_for_unsaid(self) -> bool:
        """Whether the project is accepted and nobody said for which structure."""
        return self.projet_de_sante == "valide" and self.projet_valide_pour is None

    @field_validator("projet_valide_pour")
    @classmethod
    def of_a_validated_project(cls, codes: list[str] | None, info: ValidationInfo) -> list[str] | None:
        """Only a project that is accepted is accepted for something."""
        if codes is not None and info.data.get("projet_de_sante", "valide") != "valide":
            raise ValueError("rien, sauf si le projet de santé est « valide »")
        return codes

    @field_validator("recepisse", "agrement")
    @classmethod
    def given_on_a_project(cls, given: bool | None, info: ValidationInfo) -> bool | None:
        """The ARS answers to a project: it has given nothing to a team that has not begun one."""
        if given and info.data.get("projet_de_sante") == "aucun":
            raise ValueError("non, tant que le projet de santé n'est pas commencé : l'ARS répond sur ce projet")
        return given

    @field_validator("specialistes_liberaux", "specialistes_adherents")
    @classmethod
    def part_of_the_others(cls, count: int | None, info: ValidationInfo) -> int | None:
        """The liberals are some of those present, the members some of the liberals."""
        for wider, counted in WITHIN[str(info.field_name)].items():
            most = info.data.get(wider)
            if count is not None and most is not None and count > most:
                raise ValueError(f"au plus {most}, {counted}")
        return count

    @field_validator("region_pack")
    @classmethod
    def written_pack(cls, code: str | None) -> str | None:
        """A pack of ``packs/`` or « national »; a typing error is answered with the nearest code."""
        return known_pack(code)


def question_of(field: str) -> str:
    """The question that the wizard asks to fill this field. Raises ``KeyError`` for a field that does not exist."""
    extra = SituationOrientation.model_fields[field].json_schema_extra
    return str(extra["question"]) if isinstance(extra, dict) else ""


def choices_of(field: str) -> dict[str, str]:
    """Codes and French names of a field whose answer is a choice; empty for the others."""
    if field == "professionnels":
        return {code: PROFESSIONS[code][0] for code in get_args(Profession)}
    return LABELS.get(field, {})
