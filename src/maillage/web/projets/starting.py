"""Starting a project: from an orientation, with nothing to type again, or blank."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from maillage.apps.accounts.models import User
from maillage.apps.projets import services
from maillage.apps.structures.fields import MemberFields
from maillage.apps.structures.metiers import metiers, name_of
from maillage.apps.structures.models import Member, Structure
from maillage.apps.territories.models import Region
from maillage.apps.territories.queries import communes_by_code
from maillage.core.documents.orientation_declared import declared
from maillage.core.kernel.problems import BadInput, read
from maillage.core.rules.orientation.situation import SituationOrientation
from maillage.web.orientation import answers
from maillage.web.orientation.territory import with_territory
from maillage.web.projets import communes_field
from maillage.web.projets.refusals import Refused, by_field

WAITING = "projet_a_demarrer"
"""In the session: the query of the project that a visitor was starting when asked to sign in."""
OWN = ("structure", "nom", "region", "specialite", "metier", "mode", "prenom_porteur", "nom_porteur")
SHORT = {"esp": "ESP", "msp": "MSP", "cds": "Centre de santé", "ess": "ESS", "cpts": "CPTS"}


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """The form that starts a project; a visitor is first asked to sign in and comes back to the same form."""
    if not isinstance(request.user, User):
        request.session[WAITING] = request.GET.urlencode()
        return redirect_to_login(request.get_full_path())
    request.session.pop(WAITING, None)
    if request.method == "POST":
        return _sent(request, request.user)
    situation = _situation(request.GET)
    typed = _first(request.GET, situation)
    return _page(request, typed, communes_field.Chosen(tuple(_codes(situation))), {})


def _sent(request: HttpRequest, user: User) -> HttpResponse:
    data, communes = request.POST, communes_field.chosen(request.POST)
    typed = {name: data.get(name, "").strip() for name in OWN}
    if communes.is_asked:
        return _page(request, typed, communes, {}, status=422 if communes.refusal else 200)
    try:
        projet = services.create_projet(
            _new(data, typed, communes.codes, user), by=user, at=timezone.now(), today=timezone.localdate()
        )
    except BadInput as wrong:
        return _page(request, typed, communes, by_field(wrong), status=422)
    messages.success(request, "Le projet est créé. Vous en êtes le porteur : commencez par l’équipe.")
    return redirect("web:projet", projet.pk)


def _new(data: QueryDict, typed: dict[str, str], codes: tuple[str, ...], user: User) -> services.NewProjet:
    """What the form says. Raises :class:`BadInput` when the person says a métier that is none."""
    return services.NewProjet(
        kind=typed["structure"],
        nom=typed["nom"],
        communes=codes,
        region=typed["region"],
        specialite=typed["specialite"],
        situation=_situation(data),
        carrier=_carrier(typed, user) if typed["metier"] else None,
    )


def _carrier(typed: dict[str, str], user: User) -> MemberFields:
    return read(
        MemberFields,
        {
            "nom": user.nom or typed["nom_porteur"],
            "prenom": user.prenom or typed["prenom_porteur"],
            "email": user.email,
            "metier": typed["metier"],
            "mode": typed["mode"],
        },
    )


def _situation(data: QueryDict) -> dict[str, Any]:
    """The situation of the orientation that the form carries; empty when it comes from none, or is not right."""
    if not data.get("commune"):
        return {}
    told = with_territory(answers.situation_of(data, timezone.localdate()), data.get("territoire", ""))
    try:
        read(SituationOrientation, told)
    except BadInput:
        return {}
    if told.get("communes") == [told["commune"]]:
        del told["communes"]
    return told


def _codes(situation: dict[str, Any]) -> list[str]:
    """The communes of the territory, that of the team first."""
    if not situation:
        return []
    return list(dict.fromkeys([situation["commune"], *situation.get("communes", [])]))


def _first(data: QueryDict, situation: dict[str, Any]) -> dict[str, str]:
    """What the form holds at first: a name is proposed from the structure and the commune."""
    typed = {name: data.get(name, "").strip() for name in OWN}
    typed["structure"] = typed["structure"].lower()
    typed["specialite"] = typed["specialite"] or str(situation.get("specialite", ""))
    if situation and not typed["nom"] and typed["structure"] in SHORT:
        commune = communes_by_code([situation["commune"]])[0]
        typed["nom"] = f"{SHORT[typed['structure']]} de {commune.nom}"
    return typed


def _page(
    request: HttpRequest, typed: dict[str, str], communes: communes_field.Chosen, refused: Refused, status: int = 200
) -> HttpResponse:
    data = request.POST if request.method == "POST" else request.GET
    situation, user = _situation(data), request.user
    context = {
        **communes.context,
        "saisi": typed,
        "refus": refused,
        "natures": Structure.Kind.choices,
        "metiers": [(slug, name_of(slug)) for slug in metiers()],
        "modes": Member.Mode.choices,
        "regions": _regions(communes.codes),
        "situation": situation,
        "declare": declared(situation) if situation else [],
        "gardees": [pair for pair in answers.kept(data, "communes", "territoire", "specialite") if situation],
        "sans_nom": isinstance(user, User) and not user.nom,
    }
    return render(request, "projets/nouveau.html", context, status=status)


def _regions(codes: tuple[str, ...]) -> list[Region]:
    """The regions to choose from, when the communes are in several."""
    found = list(Region.objects.filter(departements__communes__code__in=codes).distinct())
    return found if len(found) > 1 else []
