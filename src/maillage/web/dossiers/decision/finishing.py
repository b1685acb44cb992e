"""The page where the letter of a decision is made ready to sign."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from maillage.apps.dossiers.finishing import Finished, finish_letter
from maillage.apps.dossiers.letters import letter_text
from maillage.apps.dossiers.models import Dossier
from maillage.apps.dossiers.notifying import waits_of
from maillage.core.dossiers.letters import typed
from maillage.core.kernel.problems import read
from maillage.core.text import from_markdown
from maillage.web.dossiers.access import for_insiders, person
from maillage.web.dossiers.decision.acts import form_page, in_force
from maillage.web.dossiers.decision.forms import LetterForm


@require_http_methods(["GET", "HEAD", "POST"])
@for_insiders
def finishing(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Say who signs, the ways to appeal, and complete the text."""
    decision = in_force(request, dossier)

    def act(given: dict[str, Any]) -> None:
        wanted = {
            "signatory": given["signataire"], "quality": given["qualite"], "appeal": given["recours"],
            "body": from_markdown(given["lettre"]).as_dict() if given["lettre"].strip() else {},
            "is_confirmed": given["lettre_relue"],
        }  # fmt: skip
        finish_letter(decision, read(Finished, wanted), by=person(request), at=timezone.now())

    initial = {
        "signataire": decision.signatory, "qualite": decision.signatory_quality, "recours": decision.appeal,
        "lettre": typed(letter_text(decision)),
    }  # fmt: skip
    told = {"titre": "Préparer la lettre à signer", "bouton": "Enregistrer", "decision": decision}
    told["attendus"] = () if decision.signed_on else waits_of(decision)
    return form_page(request, dossier, LetterForm, act, told, initial=initial, done="La lettre est enregistrée.")
