"""Whether a dossier may still be written: in preparation, or while it may be sent again."""

from maillage.apps.dossiers.models import Dossier
from maillage.apps.dossiers.queries import definition_of
from maillage.apps.dossiers.refusals import refused
from maillage.core.dossiers.definition import Verb
from maillage.core.dossiers.path import possible

SENDING: tuple[Verb, ...] = ("deposer", "completer", "amender")


def sending_verb(dossier: Dossier) -> Verb | None:
    """By which verb who files would send the dossier as it is now, ``None`` when nothing may be sent."""
    verbs = {each.verb for each in possible(definition_of(dossier), dossier.state, ("deposant",))}
    return next((verb for verb in SENDING if verb in verbs), None)


def check_open(dossier: Dossier) -> None:
    """Raises :class:`BadInput` when nothing of a dossier may be written any more."""
    if sending_verb(dossier) is None:
        title = definition_of(dossier).state(dossier.state).titre
        raise refused("", f"Ce dossier est « {title} » : il ne se modifie plus.")
