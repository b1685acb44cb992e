"""The first page of a dossier: where it stands, what may be done."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from maillage.apps.accounts.models import User
from maillage.apps.dossiers.clocks import clock_of
from maillage.apps.dossiers.days import day_of
from maillage.apps.dossiers.depositing import changed_since_deposit
from maillage.apps.dossiers.models import Dossier
from maillage.apps.dossiers.moving import moves_of
from maillage.apps.dossiers.opening import sending_verb
from maillage.apps.dossiers.permissions import is_of_the_filer, may_draft
from maillage.apps.dossiers.queries import definition_of
from maillage.apps.dossiers.receipts import moment_of
from maillage.core.dossiers.delay_words import sentences
from maillage.web.dossiers.access import of_dossier, person
from maillage.web.dossiers.depot.timeline import timeline
from maillage.web.dossiers.depot.waiting import what_awaits


@require_safe
@of_dossier
def summary(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Where a dossier stands."""
    who = person(request)
    told = {
        "dossier": dossier,
        "definition": definition_of(dossier),
        "gestes": moves_of(who, dossier),
        "parcours": timeline(dossier),
        "de_la_structure": is_of_the_filer(who, dossier),
    }
    if told["de_la_structure"]:
        told |= _for_the_filer(who, dossier)
    return render(request, "dossiers/resume.html", told)


def _for_the_filer(who: User, dossier: Dossier) -> dict[str, Any]:
    """What who files needs: what awaits them, the delay, the receipts, the decision, the acts."""
    definition, writes, verb = definition_of(dossier), may_draft(who, dossier), sending_verb(dossier)
    clock = clock_of(dossier, today=day_of(dossier, timezone.now()))
    draft, over = dossier.phase == Dossier.Phase.BROUILLON, dossier.phase in (Dossier.Phase.SUIVI, Dossier.Phase.CLOS)
    decision = dossier.decisions.filter(withdrawn_at=None, notified_at__isnull=False).first()
    deposits = dossier.deposits.select_related("receipt", "by").order_by("-number")
    verbs = {each.verb for each in moves_of(who, dossier)}
    return {
        "ecrit": writes,
        "attente": what_awaits(dossier) if writes else None,
        "horloge": clock if not draft else None,
        "delai": () if over else sentences(definition, clock.due if clock else None, is_filed=not draft),
        "depots": [(each, moment_of(dossier, each.at)) for each in deposits],
        "decision": decision,
        "conditions_ouvertes": list(decision.conditions.filter(met_on=None)) if decision else (),
        "peut_amender": writes and verb == "amender",
        "a_renvoyer": verb == "amender" and changed_since_deposit(dossier),
        "peut_retirer": "retirer" in verbs,
        "peut_supprimer": writes and draft,
        "peut_recommencer": writes and dossier.phase == Dossier.Phase.CLOS and dossier.projet_id is not None,
    }
