"""The answer of an orientation, as the core's ``Orientation.as_dict`` builds it."""

from typing import Literal

from pydantic import Field

from maillage.api.answers import AConfirmer, Amount, Answer, Confidence, Day

StructureCode = Literal["ESP", "MSP", "CDS", "ESS", "CPTS"]


class Citation(Answer):
    """Le texte qui fonde une condition ou un montant, à la date de la situation."""

    titre: str = Field(description="Le titre du texte ou de la source.")
    url: str | None = Field(description="Son adresse, ou null quand aucune n'est connue.")
    confiance: Confidence | None = Field(description="A, B ou C ; null quand le texte n'en donne pas.")
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
    a_demander: bool = Field(description="Vrai quand un autre en décide : l'équipe la demande à l'ARS.")
    bloquante: bool = Field(description="Vrai quand la structure est impossible tant qu'elle manque.")
    texte: Citation | None = Field(
        description="Le texte le plus fort ; null quand aucun texte n'est trouvé à cette date."
    )
    champs: list[str] = Field(description="Les champs de la situation qu'elle lit.")
    parametre: str = Field(description="Le chemin du paramètre qui la fonde.")
    a_confirmer: bool = Field(description="Vrai quand un texte est incertain ou ne règle pas la question.")
    motif: str | None = Field(description="Ce qui est incertain dans les textes, quand « a_confirmer » est vrai.")


class Etape(Answer):
    """Une étape du parcours de création."""

    rang: int = Field(description="Sa place dans le parcours, à partir de 1.")
    titre: str = Field(description="Son nom.")
    description: str = Field(description="Ce qu'il faut faire.")
    etat: Literal["faite", "en_cours", "a_venir"] = Field(description="Où en est l'équipe.")
    aide: list[str] = Field(description="Qui aide, et comment.")
    documents: list[str] = Field(description="Les documents à écrire ou à fournir.")
    source: str = Field(description="D'où vient la description de l'étape.")


class ConditionAppliquee(Answer):
    """Une condition d'une aide, appliquée à la situation."""

    libelle: str = Field(description="La condition en clair.")
    etat: Literal["remplie", "manquante", "inconnue"] = Field(
        description="« inconnue » : la situation ne permet pas de le savoir, à vérifier."
    )
    manque: str | None = Field(description="Ce qu'il faut faire, ou null quand il n'y a rien de plus à en dire.")
    nature: Literal["fond", "demarche", "suite"] = Field(
        description="« fond » : sans elle l'aide est exclue. « demarche » : reste à faire. « suite » : vient avec "
        "l'aide et ne la décide pas."
    )


class Financement(Answer):
    """Une source d'argent."""

    id: str = Field(description="Le nom du financement.")
    libelle: str = Field(description="Le financement en clair.")
    payeur: str = Field(description="Qui paie.")
    nature: str = Field(description="Aide, rémunération, subvention…")
    montant_min: Amount | None = Field(description="Au moins ; null veut dire « à confirmer ».")
    montant_max: Amount | None = Field(description="Au plus ; null veut dire « à confirmer ».")
    unite: str = Field(description="Ce que le montant paie : par an, par patient, une fois…")
    a_confirmer: bool = Field(description="Vrai quand le montant n'est pas établi ou a pu changer.")
    motif: str | None = Field(description="Pourquoi le montant est à confirmer.")
    conditions: list[str] = Field(description="Ce qu'il faut remplir pour le recevoir.")
    texte: Citation | None = Field(
        description="Le texte le plus fort ; null quand aucun texte n'est trouvé à cette date."
    )
    explication: str = Field(description="D'où vient le montant.")
    lien: str = Field(description="Le chemin du paramètre qui donne le montant.")
    champ: str | None = Field(description="Le champ de la situation qui préciserait le montant.")
    etat: Literal["certain", "possible", "exclu"] = Field(
        description="« certain » : toutes ses conditions sont remplies. « possible » : une condition reste à faire ou "
        "à vérifier. « exclu » : une condition de fond manque, ou une aide certaine prend sa place."
    )
    lecture: str = Field(description="Ce qui décide de l'état, en une phrase.")
    conditions_appliquees: list[ConditionAppliquee] = Field(
        description="Ses conditions appliquées à la situation : structure, texte, accord du payeur."
    )
    exclut: list[str] = Field(description="Les aides qu'elle exclut, par leurs « id ».")
    exclu_par: list[str] = Field(description="Les aides qui l'excluent, par leurs « id ».")


class Contact(Answer):
    """Un organisme qui aide."""

    organisme: str = Field(description="Qui appeler.")
    role: str = Field(description="Pour quoi.")
    telephone: str | None = Field(description="Téléphone, ou null.")
    email: str | None = Field(description="Adresse électronique, ou null.")
    web: str | None = Field(description="Site, ou null.")
    verifie: bool = Field(description="Faux tant que personne n'a vérifié ce qu'imprime un guide ancien.")
    source: str = Field(description="D'où vient ce contact.")


class StructureReponse(Answer):
    """Ce qui est dit de l'une des cinq structures."""

    nom: str = Field(description="Le nom de la structure.", examples=["Maison de santé pluriprofessionnelle (MSP)"])
    etat: Literal["possible", "pas_encore", "impossible"] = Field(description="La réponse.")
    resume: str = Field(description="La réponse en une phrase.")
    conditions: list[ConditionReponse] = Field(description="Ses conditions de création.")
    etapes: list[Etape] = Field(description="Son parcours de création, dans l'ordre.")
    financements: list[Financement] = Field(description="L'argent qu'elle peut recevoir.")
    contacts: list[Contact] = Field(description="Les organismes qui aident à la créer.")


class Question(Answer):
    """Un champ qui n'a pas été donné, et ce que sa réponse déciderait."""

    champ: str = Field(description="Le champ de la situation à remplir.")
    question: str = Field(description="La question à poser.")
    decide: list[str] = Field(description="Les conditions que la réponse déciderait.")
    pourquoi: str = Field(description="Ce que la réponse changerait.")


class ReponseOrientation(Answer):
    """Les cinq structures : possible, pas encore, impossible ; pourquoi, comment, avec quel argent, avec qui."""

    date: Day = Field(description="La date des règles appliquées.")
    commune: CommuneSituation
    region_pack: str | None = Field(description="Le code de la politique régionale, null pour les règles nationales.")
    pack: Pack
    equipe_decrite: bool = Field(
        description="Faux quand rien ne dit qui compose l'équipe : « pas_encore » veut alors dire « à préciser »."
    )
    ordre: list[StructureCode] = Field(description="Les structures, de la plus proche à la plus lointaine.")
    structures: dict[StructureCode, StructureReponse] = Field(description="Les cinq structures, par leur sigle.")
    prochaine_question: Question | None = Field(description="La question dont la réponse déciderait le plus.")
    questions: list[Question] = Field(description="Ce qui n'a pas été donné, le plus décisif d'abord.")
    a_confirmer: list[AConfirmer] = Field(description="Ce que les textes disponibles ne règlent pas.")
    avertissements: list[str] = Field(description="Ce qu'il faut savoir avant de lire la réponse.")
