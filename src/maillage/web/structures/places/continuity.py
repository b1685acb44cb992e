"""What a place does without an appointment and when it is closed: one form, in words that patients may read."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from maillage.apps.activity.writing import Changed, stamp, values
from maillage.apps.opening.inputs import ContinuityFields
from maillage.apps.opening.models import Continuity
from maillage.apps.opening.queries import continuity_of
from maillage.apps.opening.services import SCREENED, write_continuity
from maillage.apps.structures.models import Site, Structure
from maillage.core.kernel.problems import BadInput, read
from maillage.web.activite.common import now
from maillage.web.activite.form import NOTHING, Field, Refused, filled, refusal, seen, typed_in
from maillage.web.screening import mask_asked, received
from maillage.web.structures.access import for_writers, person
from maillage.web.structures.places.sites import place_of

ANSWERS = (("", "À établir"), ("oui", "Oui"), ("non", "Non"))
WORDS = {True: "oui", False: "non", None: ""}
UNSCHEDULED = "Des soins non programmés sont organisés chaque jour ouvré"
BY_WHOM = "Par exemple : deux créneaux par médecin, tour de rôle affiché à l’accueil."
DEROGATION = "L’ARS et la CPAM ont accordé une dérogation aux horaires (permanence des soins)"
CLOSED = "Que faire quand ce lieu est fermé"
WHOM_TO_CALL = "Par exemple : qui appeler le soir, la nuit, le dimanche et les jours fériés."
ACCESS = "Accès de plain-pied, ascenseur, places réservées, boucle magnétique."
HOLIDAYS = (("", "À établir"), *Continuity.OnHolidays.choices)
FIELDS = [
    Field("unscheduled", UNSCHEDULED, "select", choices=ANSWERS),
    Field("unscheduled_by", "Qui les reçoit, et comment", "words", BY_WHOM),
    Field("derogation", DEROGATION, "select", choices=ANSWERS),
    Field("derogation_until", "Dérogation accordée jusqu’au", "day"),
    Field("on_holidays", "Jours fériés", "select", choices=HOLIDAYS),
    Field("when_closed", CLOSED, "words", WHOM_TO_CALL),
    Field("phone", "Téléphone du lieu", help="Celui de l’accueil, pas celui d’une personne."),
    Field("link", "Prise de rendez-vous", help="Une adresse qui commence par https://"),
    Field("how_to_come", "Comment venir", "words", "Bus, parking, entrée."),
    Field("accessibility", "Accessibilité", "words", ACCESS),
]


@require_http_methods(["GET", "HEAD", "POST"])
@for_writers
def page(request: HttpRequest, structure: Structure, site: int) -> HttpResponse:
    """What is told of a place."""
    row = place_of(structure, site)
    if request.method != "POST":
        return _form(request, structure, row, _held(row))
    typed = typed_in(received(request, SCREENED), FIELDS)
    if mask_asked(request):
        return _form(request, structure, row, typed)
    try:
        fields = read(ContinuityFields, typed)
        write_continuity(row, fields, seen=seen(request), by=person(request), at=now())
    except (BadInput, Changed) as wrong:
        return _form(request, structure, row, typed, refusal(wrong, FIELDS, typed))
    messages.success(request, f"C’est enregistré pour « {row} ».")
    return redirect("web:structure_horaires", structure.pk)


def _held(site: Site) -> dict[str, Any]:
    row = continuity_of(site)
    if row is None:
        return {}
    told = values(row)
    return told | {name: WORDS[told[name]] for name in ("unscheduled", "derogation")}


def _form(
    request: HttpRequest, structure: Structure, site: Site, typed: dict[str, Any], refused: Refused = NOTHING
) -> HttpResponse:
    row = continuity_of(site)
    context = {
        "structure": structure,
        "site": site,
        "champs": filled(FIELDS, typed, refused),
        "refus": refused,
        "vu": refused.seen or (stamp(row) if row else ""),
    }
    return render(request, "structures/lieux/continuite.html", context, status=422 if refused != NOTHING else 200)
