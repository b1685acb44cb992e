"""The rules of the votes of a body, typed once from its statutes; what is not typed is « à confirmer »."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from maillage.apps.governance.inputs import RulesFields, rules_typed
from maillage.apps.governance.models import VotingRules
from maillage.apps.governance.queries import body_of, rules_of
from maillage.apps.governance.services import bodies as services
from maillage.apps.structures.models import Structure
from maillage.web.activite.common import found, now
from maillage.web.activite.form import Field
from maillage.web.structures.access import for_team_writers, person
from maillage.web.structures.governance.writing import Sheet, removed, written

YES_OR_NO = [("", "À confirmer"), ("oui", "Oui"), ("non", "Non")]
SHARE = "Une fraction (1/2, 2/3, 25 %), ou « aucun ». Vide : à confirmer."
INTRO = (
    "Recopiez ce que disent vos statuts. Maillage ne propose aucun chiffre : les statuts de chaque structure sont "
    "différents. Ce que vous laissez vide reste « à confirmer », et la page ne dira pas si le quorum est atteint."
)
FIELDS = [
    Field(
        "nom",
        "Pour quelles décisions",
        help="Par exemple : « ordinaires », « modification des statuts ».",
        required=True,
    ),
    Field("article", "Article des statuts", help="Où c'est écrit. Par exemple : « article 12 »."),
    Field("notice_days", "Délai de convocation", help="Jours entre la convocation et l'assemblée.", unit="jours"),
    Field("quorum", "Quorum", help=f"Au moins cette part de ceux qui ont droit de vote. {SHARE}"),
    Field(
        "quorum_counts",
        "Qui compte pour le quorum",
        "select",
        choices=[("", "À confirmer"), *((code, word.capitalize()) for code, word in VotingRules.Counted.choices)],
    ),
    Field("quorum_by_college", "Le quorum se compte dans chaque collège", "select", choices=YES_OR_NO),
    Field("remote_counts", "La présence à distance compte", "select", choices=YES_OR_NO),
    Field("second_days", "Délai avant la seconde convocation", unit="jours"),
    Field("second", "Quorum à la seconde convocation", help=SHARE),
    Field("powers_most", "Pouvoirs par personne, au plus", help="0 quand les statuts interdisent le vote par pouvoir."),
    Field("majority", "Majorité", help="1/2 se lit « plus de la moitié » ; 2/3, « au moins deux tiers »."),
    Field(
        "majority_of",
        "Majorité de qui",
        "select",
        choices=[("", "À confirmer"), *((code, word.capitalize()) for code, word in VotingRules.Majority.choices)],
    ),
    Field(
        "votes_by",
        "Comment comptent les collèges",
        "select",
        "Seulement si vos statuts prévoient des collèges. Leur poids s'écrit dans chaque collège.",
        choices=[("", "À confirmer"), *((code, word.capitalize()) for code, word in VotingRules.ByCollege.choices)],
    ),
]


@require_http_methods(["GET", "HEAD", "POST"])
@for_team_writers
def new(request: HttpRequest, structure: Structure, organe: uuid.UUID) -> HttpResponse:
    """Type the rules of a vote."""
    body = found(body_of(person(request), structure, organe))
    back = reverse("web:structure_gouvernance_organe", args=[structure.pk, body.pk])
    nom = "" if body.rules.exists() else "Décisions ordinaires"
    sheet = Sheet(
        "Écrire les règles de vote", FIELDS, {"nom": nom}, back, "Les règles sont enregistrées.",
        crumbs=[(body.nom, back)], intro=INTRO,
    )  # fmt: skip

    def save(fields: RulesFields, _shown: str) -> None:
        services.add_rules(body, fields, by=person(request), at=now())

    return written(request, structure, sheet, RulesFields, save)


@require_http_methods(["GET", "HEAD", "POST"])
@for_team_writers
def edit(request: HttpRequest, structure: Structure, regles: uuid.UUID) -> HttpResponse:
    """Change the rules of a vote."""
    rules = found(rules_of(person(request), structure, regles))
    back = reverse("web:structure_gouvernance_organe", args=[structure.pk, rules.body_id])
    sheet = Sheet(
        f"Modifier les règles : {rules.nom}", FIELDS, rules_typed(rules), back, "Les règles sont enregistrées.",
        row=rules, crumbs=[(rules.body.nom, back)], intro=INTRO,
    )  # fmt: skip

    def save(fields: RulesFields, shown: str) -> None:
        services.change_rules(rules, fields, seen=shown, by=person(request), at=now())

    return written(request, structure, sheet, RulesFields, save)


@require_POST
@for_team_writers
def remove(request: HttpRequest, structure: Structure, regles: uuid.UUID) -> HttpResponse:
    """Remove rules that no assembly followed."""
    rules = found(rules_of(person(request), structure, regles))
    return removed(request, rules, "regles", rules.nom)
