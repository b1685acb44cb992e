"""A dossier: what is filed, what is exchanged, the avis, the commission, the decision, what it makes recognised."""

from maillage.apps.dossiers.models.advice import AvisRequest, Consultation
from maillage.apps.dossiers.models.appraisals import Appraisal
from maillage.apps.dossiers.models.commissions import (
    AgendaItem,
    Commission,
    ConflictOfInterest,
    Convocation,
    Presence,
    Remark,
    SealedMinutes,
    Seat,
    Session,
    SessionDocument,
    Vote,
)
from maillage.apps.dossiers.models.deadlines import DeadlineAlert
from maillage.apps.dossiers.models.decisions import Agreement, Condition, Decision, Perimeter, Proposal, Recognition
from maillage.apps.dossiers.models.dossiers import Counter, Deposit, Dossier, Label, Piece
from maillage.apps.dossiers.models.exchanges import Message, PieceRequest, Seen, Suspension, Visit

__all__ = [
    "AgendaItem",
    "Agreement",
    "Appraisal",
    "AvisRequest",
    "Commission",
    "Condition",
    "ConflictOfInterest",
    "Consultation",
    "Convocation",
    "Counter",
    "DeadlineAlert",
    "Decision",
    "Deposit",
    "Dossier",
    "Label",
    "Message",
    "Perimeter",
    "Piece",
    "PieceRequest",
    "Presence",
    "Proposal",
    "Recognition",
    "Remark",
    "SealedMinutes",
    "Seat",
    "Seen",
    "Session",
    "SessionDocument",
    "Suspension",
    "Visit",
    "Vote",
]
