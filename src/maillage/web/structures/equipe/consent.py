"""What a member shows of themself, to the team and to everyone: they say it, or who writes says it for them."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from maillage.apps.structures.consents import ChoiceFields, choose, may_choose
from maillage.apps.structures.models import DirectoryChoice, Member, Structure
from maillage.core.kernel.problems import BadInput, Problem, read
from maillage.web.activite.form import Field
from maillage.web.structures.access import for_team, person
from maillage.web.structures.equipe.common import trail
from maillage.web.structures.equipe.team import found
from maillage.web.structures.forms import FormPage, Typed, shown, submitted

Level = DirectoryChoice.Level
NAMED = [(Level.EQUIPE.value, "L’équipe seulement"), (Level.PUBLIC.value, "Tout le monde, sur la page publique")]
LEVELS = [(Level.PERSONNE.value, "Personne"), *NAMED]
FIELDS = (
    Field("show_name", "Qui lit le nom et le métier", "select", choices=NAMED),
    Field("telephone", "Téléphone professionnel", help="Le numéro du cabinet, par exemple : 02 99 00 00 00."),
    Field("show_telephone", "Qui lit le téléphone", "select", choices=LEVELS),
    Field("show_email", "Qui lit l’adresse électronique", "select", choices=LEVELS),
    Field("presence", "Jours de présence", help="Par exemple : lundi et jeudi matin."),
    Field("show_presence", "Qui lit les jours de présence", "select", choices=LEVELS),
)
FOR_SELF = "Rien n’est public sans votre accord. Vous changez d’avis quand vous voulez."
FOR_ANOTHER = (
    "Écrivez seulement ce que cette personne a accepté : son nom et le vôtre restent au journal. "
    "Elle le change elle-même quand elle veut, depuis sa fiche."
)


@require_http_methods(["GET", "HEAD", "POST"])
@for_team
def choice(request: HttpRequest, structure: Structure, membre: uuid.UUID) -> HttpResponse:
    """The choices of a member."""
    member, who = found(structure, membre), person(request)
    if not may_choose(who, member) or structure.organisation.closed_at is not None:
        raise PermissionDenied
    page = _page(structure, member, for_self=member.user_id == who.pk)
    if request.method != "POST":
        return shown(request, page, _said(member))

    def save(typed: Typed) -> HttpResponse:
        choose(member, _fields(typed), by=who, at=timezone.now())
        messages.success(request, "C’est enregistré.")
        return redirect(page.back)

    return submitted(request, page, save)


def _page(structure: Structure, member: Member, *, for_self: bool) -> FormPage:
    back = reverse("web:structure_equipe_fiche", args=[structure.pk, member.pk])
    return FormPage(
        structure=structure,
        title="Ce que je montre" if for_self else f"Ce que montre {member}",
        trail=trail(structure, (back, str(member))),
        back=back,
        fields=FIELDS,
        context={"chapeau": FOR_SELF if for_self else FOR_ANOTHER},
    )


def _said(member: Member) -> dict[str, str]:
    row = DirectoryChoice.objects.filter(member=member).first()
    kept = row or DirectoryChoice(member=member)
    return {each.name: getattr(kept, each.name) for each in FIELDS}


def _fields(typed: Typed) -> ChoiceFields:
    """What the form says. What contradicts itself is told beside the name."""
    try:
        return read(ChoiceFields, dict(typed))
    except BadInput as wrong:
        raise BadInput(
            each if each.field in typed else Problem("show_name", None, each.expected) for each in wrong.problems
        ) from None
