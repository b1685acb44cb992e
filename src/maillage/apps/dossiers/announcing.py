"""What webhooks are told of a dossier: identifiers and codes, never a text, never a person."""

import datetime
import uuid

from maillage.apps.connections.queueing import enqueue
from maillage.apps.dossiers.models import Dossier
from maillage.apps.dossiers.permissions import delegations

OTHER = "dossier.autre"
OF_THE_VERBS = {
    "dossier.depot": ("deposer", "amender", "completer", "retirer"),
    "dossier.instruction": (
        "declarer_complet", "inscrire", "rendre_avis", "informer_commission", "proposer", "classer",
    ),
    "dossier.pieces_demandees": ("demander_pieces",),
    "dossier.message": ("écrire_un_message",),
    "dossier.decision": ("accepter", "accepter_sous_conditions", "refuser", "constater_silence"),
    "dossier.suivi": ("demarrer", "realiser", "clore"),
}  # fmt: skip
EVENT_OF = {verb: event for event, verbs in OF_THE_VERBS.items() for verb in verbs}


def announce(dossier: Dossier, verb: str, *, at: datetime.datetime) -> None:
    """Queue what happened for the webhooks of who files and, once it is filed, of the authority and its délégation."""
    geste = verb.replace(" ", "_")
    told = {
        "dossier": str(dossier.pk),
        "numero": dossier.number,
        "nature": dossier.kind,
        "etat": dossier.state,
        "phase": dossier.phase,
        "geste": geste,
        "le": at.isoformat(),
    }
    enqueue(_listeners(dossier), EVENT_OF.get(geste, OTHER), told, at)


def _listeners(dossier: Dossier) -> list[uuid.UUID]:
    found = [dossier.filer_id, dossier.structure.organisation_id]
    if dossier.phase != Dossier.Phase.BROUILLON and dossier.authority_id is not None:
        found += [dossier.authority_id, *delegations(dossier)]
    return found
