"""What a dossier asks of who files it, now."""

from dataclasses import dataclass

from django.urls import reverse

from maillage.apps.dossiers.completeness import missing
from maillage.apps.dossiers.models import Dossier
from maillage.apps.dossiers.opening import sending_verb
from maillage.core.kernel import french


@dataclass(frozen=True)
class Waiting:
    """Something to do: words, where."""

    words: str
    address: str


def what_awaits(dossier: Dossier) -> Waiting | None:
    """The next thing to do, ``None`` when it is the turn of the authority or when all is over."""
    verb = sending_verb(dossier)
    if verb == "completer":
        request = dossier.piece_requests.filter(answered_at=None).first()
        until = f" avant le {french.day(request.answer_by)}" if request else ""
        return Waiting(f"Envoyer les pièces demandées{until}", reverse("web:dossier_pieces", args=[dossier.pk]))
    if verb != "deposer":
        return None
    left = missing(dossier)
    asked = [each for each in left if each.kind == "champ"]
    if asked:
        count = f"{len(asked)} {french.plural(len(asked), 'question')}"
        return Waiting(f"Répondre à {count}", reverse("web:dossier_formulaire", args=[dossier.pk]))
    pieces = [each for each in left if each.kind == "piece"]
    if pieces:
        count = f"{len(pieces)} {french.plural(len(pieces), 'pièce')}"
        return Waiting(f"Joindre {count}", reverse("web:dossier_pieces", args=[dossier.pk]))
    return Waiting("Relire et déposer", reverse("web:dossier_deposer", args=[dossier.pk]))
