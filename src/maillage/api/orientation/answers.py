"""The answer of an orientation, as the core's ``Orientation.as_dict`` builds it."""

from typing import Literal

from pydantic import Field

from maillage.api.answers import AConfirmer, Amount, Answer, Confidence, Day

StructureCode = Literal["ESP", "MSP", "CDS", "ESS", "CPTS"]


class Citation(Answer):
    """Le texte qui fonde une condition ou un montant, à la date de la situation."""

    titre: str = Field(description="Le titre du texte ou de la source.")
    url: str | None = Field(description="Son adresse, ou null quand aucune n'est connue.")
    confiance: Confidence | None
    depuis: Day | None = Field(description="Le premier jour de la valeur qu'il donne.")


class CommuneSituation(Answer):
    """La commune de la situation."""

    code: str = Field(description="Code INSEE.", examples=["35236"])
    nom: str = Field(description="Nom.", examples=["Redon"])
    departement: str = Field(description="Code INSEE du département.", examples=["35"])
    region: str = Field(description="Code INSEE de la région.", examples=["53"])
    nom_region: str | None = Field(description="Nom de la région.", examples=["Bretagne"])
    population: int | None = Field(
        description="Habitants du territoire (les communes de la situation, sinon la commune) ; null si inconnu."
    )
    millesime: str | None = Field(description="Année de cette population.")


class Pack(Answer):
    """La politique régionale appliquée."""

    libelle: str = Field(description="Son nom.")
    a_confirmer: bool = Field(description="Vrai quand la politique de la région n'est pas écrite.")


class ConditionReponse(Answer):
    """Une condition de création."""

    id: str = Field(description="Le nom de la règle, à lire sur la page des règles.")
    libelle: str = Field(description="La condition en clair.")
    etat: Literal["remplie", "manquante", "inconnue"] = Field(
        description="« inconnue » : la situation n'en dit pas assez, ou les textes ne règlent pas la question."
    )
    manque: str | None = Field(description="Ce qu'il faut faire ou dire, ou null quand elle est remplie.")
    nature: Literal["fond", "demarche"] = Field(
        description="« fond » : décide si la structure est possible. « demarche » : dans les mains de l'équipe."
    )
    bloquante: bool = Field(description="Vrai quand la structure est impossible tant qu'elle manque.")
    texte: Citation
    champs: list[str] = Field(description="Les champs de la situation qu'elle lit.")
    parametre: str = Field(description="Le chemin du paramètre qui la fonde.")
    a_confirmer: bool = Field(
        description="Vrai si le texte est de confiance C ou si un texte plus récent a pu le changer."
    )


class Etape(Answer):
    """Une étape du parcours de création."""

    rang: int
    titre: str
    description: str
    etat: Literal["faite", "en_cours", "a_venir"]
    aide: list[str] = Field(description="Qui aide, et comment.")
    documents: list[str]
    source: str = Field(description="D'où vient la description de l'étape.")


class Financement(Answer):
    """Une source d'argent."""

    id: str
    libelle: str
    payeur: str
    nature: str
    montant_min: Amount | None
    montant_max: Amount | None
    unite: str = Field(description="Ce que le montant paie : par an, par patient, une fois…")
    a_confirmer: bool
    motif: str | None = Field(description="Pourquoi le montant est à confirmer.")
    conditions: list[str]
    texte: Citation
    explication: str = Field(description="D'où vient le montant.")
    lien: str = Field(description="Le chemin du paramètre qui donne le montant.")
    champ: str | None = Field(description="Le champ de la situation qui préciserait le montant.")


class Contact(Answer):
    """Un organisme qui aide."""

    organisme: str
    role: str
    telephone: str | None
    email: str | None
    web: str | None
    verifie: bool = Field(description="Faux tant que personne n'a vérifié ce qu'imprime un guide ancien.")
    source: str


class StructureReponse(Answer):
    """Ce qui est dit de l'une des cinq structures."""

    nom: str = Field(description="Le nom de la structure.", examples=["Maison de santé pluriprofessionnelle (MSP)"])
    etat: Literal["possible", "pas_encore", "impossible"] = Field(description="La réponse.")
    resume: str = Field(description="La réponse en une phrase.")
    conditions: list[ConditionReponse]
    etapes: list[Etape]
    financements: list[Financement]
    contacts: list[Contact]


class Question(Answer):
    """Un champ qui n'a pas été donné, et ce que sa réponse déciderait."""

    champ: str
    question: str
    decide: list[str] = Field(description="Les conditions que la réponse déciderait.")
    pourquoi: str


class ReponseOrientation(Answer):
    """Les cinq structures : possible, pas encore, impossible ; pourquoi, comment, avec quel argent, avec qui."""

    date: Day = Field(description="La date des règles appliquées.")
    commune: CommuneSituation
    region_pack: str | None = Field(description="Le code de la politique régionale, null pour les règles nationales.")
    pack: Pack
    ordre: list[StructureCode] = Field(description="Les structures, de la plus proche à la plus lointaine.")
    structures: dict[StructureCode, StructureReponse]
    prochaine_question: Question | None = Field(description="La question dont la réponse déciderait le plus.")
    questions: list[Question]
    a_confirmer: list[AConfirmer]
    avertissements: list[str]
