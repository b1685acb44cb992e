"""What webhooks are told of a dossier: identifiers and codes, never a text, never a person."""

import datetime
import uuid

from maillage.apps.connections.queueing import enqueue
from maillage.apps.dossiers.history import PREPARING
from maillage.apps.dossiers.models import Dossier
from maillage.apps.dossiers.permissions import delegations
from maillage.core.kernel.french import fold

OTHER = "dossier.autre"
OF_THE_VERBS = {
    "dossier.depot": ("deposer", "amender", "completer", "retirer"),
    "dossier.instruction": (
        "declarer_complet", "inscrire", "rendre_avis", "informer_commission", "proposer", "renvoyer", "classer",
        "inscrire_a_une_seance", "retirer_d_une_seance", "enregistrer_l_avis_de_la_commission",
    ),
    "dossier.pieces_demandees": ("demander_pieces", "corriger_la_demande_de_pieces", "retirer_la_demande_de_pieces"),
    "dossier.message": ("ecrire_un_message",),
    "dossier.decision": ("accepter", "accepter_sous_conditions", "refuser", "constater_silence", "retirer_la_decision"),
    "dossier.suivi": ("demarrer", "realiser", "clore", "suivre_une_condition", "finir_la_reconnaissance"),
}  # fmt: skip
EVENT_OF = {verb: event for event, verbs in OF_THE_VERBS.items() for verb in verbs}


def announce(dossier: Dossier, verb: str, *, at: datetime.datetime) -> None:
    """Queue what happened for the webhooks of who files and, once it is filed, of the authority and its délégation."""
    geste = fold(verb).replace(" ", "_")
    told = {
        "dossier": str(dossier.pk),
        "numero": dossier.number,
        "nature": dossier.kind,
        "etat": dossier.state,
        "phase": dossier.phase,
        "geste": geste,
        "le": at.isoformat(),
    }
    enqueue(_listeners(dossier, verb), EVENT_OF.get(geste, OTHER), told, at)


def _listeners(dossier: Dossier, verb: str) -> list[uuid.UUID]:
    found = [dossier.filer_id, dossier.structure.organisation_id]
    is_filed = dossier.phase != Dossier.Phase.BROUILLON and verb not in PREPARING
    if is_filed and dossier.authority_id is not None:
        found += [dossier.authority_id, *delegations(dossier)]
    return found
