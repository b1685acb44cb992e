"""What the pages and the editor are told of a text: saved, merged, held by someone, refused."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils import timezone

from maillage.apps.projets.locks import Hold
from maillage.apps.projets.models import Section, SectionConflict
from maillage.apps.projets.sections import Outcome, Saved
from maillage.core.kernel import french
from maillage.core.kernel.problems import BadInput, Problem
from maillage.web.projets.document.found import wants_json

BLOCKED = (
    "Ce texte n’est pas enregistré : il semble contenir de quoi reconnaître un patient. Un projet de santé n’en a pas "
    "besoin. Masquez ces passages ou écrivez-les autrement ; le reste de votre texte n’a pas bougé."
)
NOT_JSON = Problem("", None, "un objet JSON")
MERGED = "Enregistré. Quelqu’un avait écrit dans cette rubrique entre-temps : vos deux textes ont été réunis."
CONFLICT = (
    "Quelqu’un a changé le même passage que vous. Rien n’est perdu : vos deux textes sont gardés, à vous de choisir."
)


def answer(status: int, told: Mapping[str, Any]) -> JsonResponse:
    """JSON for the editor."""
    return JsonResponse(dict(told), status=status)


def told(saved: Saved) -> tuple[int, dict[str, Any]]:
    """The status and the JSON of what became of a text."""
    section = saved.section
    if saved.conflict:
        address = conflict_address(saved.conflict)
        return 409, {"etat": "conflit", "message": CONFLICT, "adresse": address, "base": saved.conflict.base}
    merged = saved.outcome == Outcome.MERGED
    found: dict[str, Any] = {
        "etat": str(saved.outcome),
        "revision": section.revision,
        "la_mienne": saved.own,
        "message": MERGED if merged else saved_words(section),
        "rubrique": section.get_state_display(),
    }
    return 200, {**found, "corps": section.body} if merged else found


def saved_words(section: Section) -> str:
    """« Enregistré à 14 h 02 »."""
    return f"Enregistré à {clock(section.saved_at)}" if section.saved_at else "Rien à enregistrer"


def saved(section: Section) -> str:
    """When and by whom a section was saved last."""
    if section.saved_at is None or section.saved_by is None:
        return "Rien n’est encore écrit."
    moment = timezone.localtime(section.saved_at)
    return f"Enregistré le {french.day(moment.date())} à {clock(moment)} par {section.saved_by.full_name}"


def held(hold: Hold, now: datetime.datetime) -> str:
    """Who writes in a section now; empty when nobody does."""
    if hold.by is None:
        return ""
    return f"{hold.by.full_name} écrit ici depuis {since(hold.since or now)}"


def taken_over(hold: Hold, now: datetime.datetime) -> str:
    """What is told to who wrote and whose place was taken."""
    return f"{held(hold, now)}. Vous pouvez continuer : vos deux textes seront réunis, rien ne sera perdu."


def since(moment: datetime.datetime) -> str:
    """« 14 h 02 », with the day when it is not today."""
    local = timezone.localtime(moment)
    if local.date() == timezone.localdate():
        return clock(local)
    return f"le {french.day(local.date())} à {clock(local)}"


def clock(moment: datetime.datetime) -> str:
    """« 14 h 02 »."""
    local = timezone.localtime(moment)
    return f"{local.hour}\u00a0h\u00a0{local.minute:02d}"


def refused(wrong: BadInput) -> str:
    """Why a text is refused, in one sentence."""
    return " ".join(f"Il faut {problem.expected}." for problem in wrong.problems)


def conflict_address(conflict: SectionConflict) -> str:
    """Where one chooses between two texts."""
    section = conflict.section
    return reverse(
        "web:projet_document_rapprocher",
        kwargs={"projet": section.projet_id, "code": section.code, "identifiant": conflict.pk},
    )


def wants_page(request: HttpRequest) -> bool:
    """Whether a person sent a form, rather than the editor or a page that closes."""
    return not wants_json(request)
