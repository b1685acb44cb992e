"""The page of a member: what they belong to, their shares, their fees, what they show."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from maillage.apps.structures.consents import may_choose, seen_by_the_team
from maillage.apps.structures.metiers import name_of
from maillage.apps.structures.models import Belonging, DirectoryChoice, DuesPayment, Member, Structure
from maillage.apps.structures.permissions import may_edit, still_comes_in
from maillage.apps.structures.share_counts import shares_on
from maillage.web.structures.access import for_team, person
from maillage.web.structures.equipe import member_form
from maillage.web.structures.equipe.common import frame
from maillage.web.structures.equipe.team import found


@require_safe
@for_team
def page(request: HttpRequest, structure: Structure, membre: uuid.UUID) -> HttpResponse:
    """What is known of a member."""
    member, who = found(structure, membre), person(request)
    choice = DirectoryChoice.objects.filter(member=member).select_related("said_by").first()
    context = {
        **frame(request, structure, "membres"),
        "membre": member,
        "metier": name_of(member.metier),
        "commune": member_form.commune_words(member.commune),
        "appartenances": belongings_shown(member.belongings.filter(removed_at=None)),
        "retirees": member.belongings.exclude(removed_at=None).select_related("entity"),
        "paiements": _payments(member) if may_edit(who, structure) else [],
        "choix": choice,
        "vu": seen_by_the_team(choice, member),
        "peut_choisir": may_choose(who, member) and structure.organisation.closed_at is None,
        "est_soi": member.user_id == who.pk,
        "entre_encore": may_edit(who, structure) and still_comes_in(member),
    }
    return render(request, "structures/equipe/fiche.html", context)


def belongings_shown(rows: Any) -> list[dict[str, Any]]:
    """Belongings with the shares that each holds today."""
    today = timezone.localdate()
    found_rows = list(rows.select_related("entity"))
    holding = {each.entity for each in found_rows if each.quality == Belonging.Quality.ASSOCIE}
    shares = {key: count for entity in holding for key, count in shares_on(entity, on=today).items()}
    return [{"ligne": each, "parts": shares.get(str(each.pk), 0)} for each in found_rows]


def _payments(member: Member) -> list[DuesPayment]:
    rows = DuesPayment.objects.filter(belonging__member=member, undone_at=None)
    return list(rows.select_related("dues__entity", "belonging").order_by("-dues__year", "-day"))
