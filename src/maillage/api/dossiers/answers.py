"""What the API says of a dossier."""

from typing import Any, Literal

from pydantic import Field

from maillage.api.answers import Answer, Day
from maillage.api.dossiers.kind_answers import Demarche
from maillage.apps.dossiers.models import Dossier

Phase = Literal["brouillon", "instruction", "attente", "commission", "decision", "suivi", "clos"]
PHASES: tuple[str, ...] = tuple(Dossier.Phase.values)


class OrganisationDuDossier(Answer):
    """Une organisation nommée par un dossier."""

    id: str = Field(description="Son identifiant.")
    nom: str = Field(description="Son nom.")


class StructureDuDossier(OrganisationDuDossier):
    """La structure pour laquelle le dossier est déposé."""

    nature: str = Field(description="esp, msp, cds, ess ou cpts.")


class DossierResume(Answer):
    """Un dossier, en bref."""

    id: str = Field(description="Son identifiant.")
    numero: str | None = Field(description="Son numéro, ou null tant qu'il n'est pas déposé.")
    nature: str = Field(description="Le code de sa démarche.", examples=["projet_sante_cpts"])
    titre: str = Field(description="Le titre de sa démarche.")
    etat: str = Field(description="Le code de son état : les états d'une démarche sont dans /api/demarches/{code}.")
    etat_titre: str = Field(description="Le titre de son état.")
    phase: Phase = Field(description="Où en est le dossier, avec les mêmes mots pour toutes les démarches.")
    structure: StructureDuDossier = Field(description="La structure.")
    deposant: OrganisationDuDossier = Field(description="Qui le dépose : l'organisation de la structure, ou une autre.")
    autorite: OrganisationDuDossier | None = Field(description="À qui il est déposé, ou null avant le dépôt.")
    region: str = Field(description="Le code INSEE de la région.", examples=["53"])
    departement: str | None = Field(description="Le code INSEE du département, ou null.")
    commence_le: str = Field(description="Quand il a été commencé (date et heure ISO 8601).")
    depose_le: str | None = Field(description="Quand il a été déposé, ou null.")
    recu_le: Day | None = Field(description="Le jour du dépôt dans le territoire, ou null.")
    complet_le: Day | None = Field(description="Le jour où il a été déclaré complet, ou null.")
    echeance: Day | None = Field(description="Le dernier jour du délai légal ; null : suspendu, fini ou sans délai.")
    suspendu_depuis: Day | None = Field(description="Depuis quand le délai est suspendu, ou null.")
    clos_le: str | None = Field(description="Quand il a été clos, ou null.")
    version: str = Field(
        description="À renvoyer dans l'en-tête If-Match d'un geste : il est refusé (409) si le dossier a changé."
    )


class ListeDesDossiers(Answer):
    """Une page de dossiers."""

    total: int = Field(description="Combien de dossiers répondent à la demande.")
    page: int = Field(description="Le rang de cette page.")
    pages: int = Field(description="Combien de pages il y a.")
    dossiers: list[DossierResume] = Field(description="Les dossiers de cette page, le plus ancien d'abord.")


class PieceDuDossier(Answer):
    """Un fichier joint."""

    id: str = Field(description="Son identifiant.")
    code: str = Field(description="Ce qu'il est : le code d'une pièce de la démarche.")
    nom: str = Field(description="Le nom du fichier.")
    type: str = Field(description="Sa nature, telle qu'elle a été reconnue.")
    octets: int = Field(description="Sa taille.")
    sha256: str = Field(description="L'empreinte de son contenu.")
    jointe_le: str = Field(description="Quand il a été joint.")
    adresse: str = Field(description="Où le télécharger.")


class DepotDuDossier(Answer):
    """Un dépôt, figé."""

    rang: int = Field(description="Son rang : 1 pour le premier.")
    le: str = Field(description="Quand.")
    empreinte: str = Field(description="Le SHA-256 de tout ce qui a été déposé ; l'accusé de dépôt le porte.")


class HorlogeDuDossier(Answer):
    """Où en est le délai légal."""

    commencee_le: Day | None = Field(description="Depuis quel jour il compte, ou null s'il n'a pas commencé.")
    echeance: Day | None = Field(description="Son dernier jour, ou null s'il est suspendu ou pas commencé.")
    suspendue_depuis: Day | None = Field(description="Depuis quand il est suspendu, ou null.")
    jours_restants: int | None = Field(description="Jours qui restent ; négatif : le délai est dépassé.")
    silence: str = Field(description="Ce que vaut le silence : acceptation, refus, aucun ou a_confirmer.")


class MessageDuDossier(Answer):
    """Un message entre qui dépose et qui instruit. L'API ne nomme pas son auteur."""

    id: str = Field(description="Son identifiant.")
    le: str = Field(description="Quand il a été écrit.")
    de: Literal["deposant", "autorite"] = Field(description="De quel côté il vient.")
    texte: str = Field(description="Ce qu'il dit.")
    interne: bool = Field(description="Une note que qui dépose ne voit jamais ; toujours faux pour qui dépose.")


class PieceDemandee(Answer):
    """Une pièce demandée."""

    code: str = Field(description="Le code d'une pièce de la démarche, ou « autre ».")
    libelle: str = Field(description="Son nom.")
    precision: str = Field(description="Ce qui doit y être ; vide quand rien n'est précisé.")


class DemandeDePieces(Answer):
    """Des pièces demandées à qui dépose."""

    le: str = Field(description="Quand.")
    texte: str = Field(description="Le message qui les accompagne ; peut être vide.")
    pieces: list[PieceDemandee] = Field(description="Les pièces.")
    avant_le: Day = Field(description="Le dernier jour pour répondre.")
    repondue_le: str | None = Field(description="Quand elles ont été envoyées, ou null.")
    retiree_le: str | None = Field(description="Quand l’autorité a retiré la demande, ou null.")


class AvisDuDossier(Answer):
    """Un avis demandé à une organisation."""

    id: str = Field(description="Son identifiant, que « donner_avis » demande.")
    organisation: OrganisationDuDossier = Field(description="De qui.")
    question: str = Field(description="Ce qui est demandé.")
    avant_le: Day = Field(description="Le dernier jour pour répondre.")
    sens: str | None = Field(description="favorable, reserve, defavorable ou sans ; null tant qu'il n'est pas rendu.")
    texte: str = Field(description="L'avis ; vide tant qu'il n'est pas rendu.")
    rendu_le: str | None = Field(description="Quand, ou null.")


class ConditionDeDecision(Answer):
    """Une condition de la décision."""

    texte: str = Field(description="Ce qui est demandé.")
    avant_le: Day | None = Field(description="Avant quel jour, ou null.")
    remplie_le: Day | None = Field(description="Depuis quel jour elle est remplie, ou null.")


class DecisionDuDossier(Answer):
    """La décision en vigueur. Qui dépose ne la voit qu'une fois notifiée."""

    numero: str = Field(description="Son numéro.")
    sens: str = Field(description="accord, conditions, refus, silence_accord ou silence_refus.")
    motifs: str = Field(description="Ses motifs ; vide quand il n'y en a pas.")
    recours: str = Field(description="Les voies de recours ; vide quand elles sont à confirmer.")
    decidee_le: Day = Field(description="Quel jour.")
    notifiee_le: str | None = Field(description="Quand elle a été notifiée, ou null.")
    conditions: list[ConditionDeDecision] = Field(description="Ses conditions.")


class GestePossible(Answer):
    """Un geste que ce jeton peut faire maintenant."""

    geste: str = Field(description="Son nom : POST /api/dossiers/{id}/gestes/{geste}.")
    libelle: str = Field(description="Ce qu'il fait, en clair.")


class DossierDetaille(DossierResume):
    """Un dossier, pour qui peut le lire : qui dépose n'y voit ni les notes, ni les avis, ni les étiquettes."""

    demarche: Demarche = Field(description="La démarche : le sens des questions, des pièces et des états.")
    reponses: dict[str, Any] = Field(description="Les réponses, par le code de chaque question.")
    revision: int = Field(description="Combien de fois les réponses ont été écrites : « repondre » la demande.")
    pieces: list[PieceDuDossier] = Field(description="Les pièces jointes.")
    depots: list[DepotDuDossier] = Field(description="Chaque dépôt, le dernier d'abord.")
    horloge: HorlogeDuDossier | None = Field(description="Le délai légal, ou null quand la démarche n'en a pas.")
    demandes_de_pieces: list[DemandeDePieces] = Field(description="La dernière d'abord ; vide hors des deux parties.")
    messages: list[MessageDuDossier] = Field(description="Le plus ancien d'abord ; vide hors des deux parties.")
    avis: list[AvisDuDossier] = Field(description="Ceux que ce jeton peut lire ; vide pour qui dépose.")
    decision: DecisionDuDossier | None = Field(description="La décision en vigueur, ou null.")
    etiquettes: list[str] | None = Field(description="Les étiquettes de l'autorité ; null pour les autres.")
    responsable: str | None = Field(description="L'identifiant de qui l'instruit, ou null ; null hors de l'autorité.")
    gestes: list[GestePossible] = Field(description="Ce que ce jeton peut faire maintenant ; vide pour une session.")


class GesteFait(Answer):
    """Ce qu'un geste a fait."""

    geste: str = Field(description="Le geste.")
    dossier: DossierResume = Field(description="Le dossier après lui.")
