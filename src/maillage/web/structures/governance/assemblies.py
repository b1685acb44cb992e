"""The assemblies of a structure: the list, calling one, its page, what closes it."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.apps.activity.permissions import may_write
from maillage.apps.activity.services import meetings
from maillage.apps.governance.counting import quorum_of
from maillage.apps.governance.inputs import AssemblyFields
from maillage.apps.governance.models import Assembly, Resolution
from maillage.apps.governance.queries import assemblies_of, assembly_of, bodies_of
from maillage.apps.governance.services import assemblies as services
from maillage.apps.governance.wording import facts, quorum_words, voices_words
from maillage.apps.structures.models import Structure
from maillage.core.kernel import french
from maillage.web.activite.common import asked, done, exported, found, now, query
from maillage.web.activite.form import Field
from maillage.web.exports import export
from maillage.web.structures.access import for_team, for_team_writers, person
from maillage.web.structures.governance.convening import proof
from maillage.web.structures.governance.writing import Sheet, written, zone

NAMES = ("etat", "organe", "q")
PAGE = 50
STATES = (("", "toutes"), ("prevue", "prévues"), ("close", "closes"), ("annulee", "annulées"))
MARKS = {"prevue": ("todo", "a_venir"), "close": ("ok", "faite"), "annulee": ("no", "impossible")}
HEADER = ("Date", "Heure", "Organe", "Sujet", "Lieu", "État", "Appelés à voter", "Résolutions")
QUORUM = {True: ("ok", "faite"), False: ("no", "manquante"), None: ("todo", "inconnue")}
TO_COUNT = "Le quorum se comptera à l'ouverture."
OUTCOMES = {
    "adoptee": ("ok", "faite"),
    "elus": ("ok", "faite"),
    "rejetee": ("no", "manquante"),
    "personne": ("no", "manquante"),
    "a_departager": ("warn", "en_cours"),
    "a_confirmer": ("todo", "inconnue"),
}


@require_safe
@for_team
def index(request: HttpRequest, structure: Structure) -> HttpResponse:
    """The list, filtered as its address asks; ``format`` exports what is shown."""
    who, told = person(request), asked(request, NAMES)
    every = list(assemblies_of(who, structure).prefetch_related("voters", "resolutions"))
    rows = [each for each in every if _answers(each, told)]
    if kind := request.GET.get("format"):
        return export(exported(kind), "assemblees", HEADER, [_exported(each) for each in rows])
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "structure": structure,
        "lignes": [_line(each) for each in page],
        "trouves": len(rows),
        "page": page,
        "suite": query(told).removeprefix("?"),
        "total": len(every),
        "demande": told,
        "adresse": query(told),
        "exports": {kind: query({**told, "format": kind}) for kind in ("csv", "xlsx")},
        "etats": STATES,
        "organes": [("", "tous"), *((str(each.pk), each.nom) for each in bodies_of(who, structure))],
        "peut_ecrire": may_write(who, structure),
    }
    return render(request, "structures/gouvernance/assemblees.html", context)


@require_safe
@for_team
def page(request: HttpRequest, structure: Structure, assemblee: uuid.UUID) -> HttpResponse:
    """An assembly: its quorum now, who was called, what is voted, its minutes."""
    who = person(request)
    assembly = found(assembly_of(who, structure, assemblee))
    meeting, quorum = assembly.meeting, counted(assembly)
    resolutions = assembly.resolutions.select_related("elects").prefetch_related("candidates__member")
    is_open = meeting.state == "prevue"
    context = {
        "structure": structure,
        "assemblee": assembly,
        "reunion": meeting,
        "debut": timezone.localtime(meeting.starts_at),
        "marque": MARKS[meeting.state],
        **quorum,
        "ordre": meeting.agenda.splitlines(),
        "faits": facts(assembly.rules),
        "preuve": proof(assembly),
        "resolutions": [_resolution(each) for each in resolutions],
        "membres": structure.members.filter(left_on=None),
        "proces_verbaux": assembly.minutes.select_related("by"),
        "suite": Assembly.objects.filter(first=assembly).first(),
        "est_ouverte": is_open,
        "est_commencee": meeting.starts_at <= timezone.now(),
        "peut_ecrire": may_write(who, structure) and is_open,
        "peut_sceller": may_write(who, structure) and meeting.state != "annulee",
        "peut_relancer": may_write(who, structure)
        and quorum["quorum"].is_reached is False
        and meeting.state != "annulee",
        "peut_retablir": may_write(who, structure) and meeting.state == "annulee",
    }
    return render(request, "structures/gouvernance/assemblee.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_team_writers
def new(request: HttpRequest, structure: Structure) -> HttpResponse:
    """Call an assembly."""
    who = person(request)
    bodies = list(bodies_of(who, structure).filter(closed_on=None).prefetch_related("rules"))
    chosen = next((each for each in bodies if str(each.pk) == request.GET.get("organe")), None)
    body = chosen or next((each for each in bodies if each.kind == "assemblee"), None)
    sheet = Sheet(
        "Convoquer une assemblée",
        _fields(structure),
        {
            "body": body.pk if body else "",
            "title": body.nom if body else "",
            "minutes": "2 h",
            "hour": "20:00",
            "place": _last_place(structure),
        },
        reverse("web:structure_gouvernance_assemblees", args=[structure.pk]),
        "L'assemblée est prévue. Vérifiez qui vote, puis envoyez la convocation.",
    )

    def save(fields: AssemblyFields, _shown: str) -> str:
        return address_of(services.call_assembly(structure, fields, zone=zone(), by=who, at=now()))

    return written(request, structure, sheet, AssemblyFields, save)


@require_http_methods(["GET", "HEAD", "POST"])
@for_team_writers
def edit(request: HttpRequest, structure: Structure, assemblee: uuid.UUID) -> HttpResponse:
    """Change the day, the place, the agenda of an assembly."""
    assembly = found(assembly_of(person(request), structure, assemblee))
    sheet = Sheet(
        f"Modifier : {assembly.meeting.title}",
        _fields(structure, assembly),
        typed(assembly),
        address_of(assembly),
        "L'assemblée est enregistrée. Si le jour ou le lieu change, envoyez à nouveau la convocation.",
        row=assembly.meeting,
        crumbs=[(assembly.meeting.title, address_of(assembly))],
    )

    def save(fields: AssemblyFields, shown: str) -> None:
        services.change_assembly(assembly, fields, zone=zone(), seen=shown, by=person(request), at=now())

    return written(request, structure, sheet, AssemblyFields, save)


@require_http_methods(["GET", "HEAD", "POST"])
@for_team_writers
def again(request: HttpRequest, structure: Structure, assemblee: uuid.UUID) -> HttpResponse:
    """Call a second time an assembly that had no quorum."""
    first = found(assembly_of(person(request), structure, assemblee))
    sheet = Sheet(
        "Seconde convocation",
        _fields(structure, first),
        {**typed(first), "day": ""},
        address_of(first),
        "La seconde assemblée est prévue. Ce qui n'était pas voté y est repris.",
        crumbs=[(first.meeting.title, address_of(first))],
        intro="Les mêmes membres sont appelés. Le quorum est celui de vos statuts pour une seconde convocation.",
    )

    def save(fields: AssemblyFields, _shown: str) -> str:
        return address_of(services.call_again(first, fields, zone=zone(), by=person(request), at=now()))

    return written(request, structure, sheet, AssemblyFields, save)


@require_POST
@for_team_writers
def act(request: HttpRequest, structure: Structure, assemblee: uuid.UUID, acte: str) -> HttpResponse:
    """Cancel an assembly, plan it again."""
    assembly, by = found(assembly_of(person(request), structure, assemblee)), person(request)
    acts: dict[str, Any] = {
        "annuler": (
            lambda: meetings.cancel_meeting(assembly.meeting, by=by, at=now()),
            "L'assemblée est annulée. Prévenez les membres depuis la page de la réunion.",
        ),
        "retablir": (
            lambda: meetings.restore_meeting(assembly.meeting, by=by, at=now()),
            "L'assemblée est de nouveau prévue.",
        ),
    }
    if acte not in acts:
        raise Http404
    done(request, *acts[acte])
    return redirect(address_of(assembly))


def counted(assembly: Assembly) -> dict[str, Any]:
    """The quorum as a page shows it; before anyone is noted, it is not said to lack."""
    quorum = quorum_of(assembly)
    told = {"quorum": quorum, "quorum_mot": quorum_words(quorum), "quorum_marque": QUORUM[quorum.is_reached]}
    if assembly.meeting.starts_at > timezone.now() and not quorum.whole.present + quorum.whole.remote:
        told |= {"quorum_mot": TO_COUNT, "quorum_marque": ("todo", "a_venir")}
    return told


def address_of(assembly: Assembly) -> str:
    """The page of an assembly."""
    return reverse("web:structure_gouvernance_assemblee", args=[assembly.body.structure_id, assembly.pk])


def typed(assembly: Assembly) -> dict[str, Any]:
    """An assembly as its form shows it."""
    meeting, start = assembly.meeting, timezone.localtime(assembly.meeting.starts_at)
    told = {name: getattr(meeting, name) for name in ("title", "place", "agenda")}
    return {
        **told,
        "body": assembly.body_id,
        "rules": assembly.rules_id,
        "day": start.date(),
        "hour": f"{start:%H:%M}",
        "minutes": str(meeting.minutes),
    }


def _fields(structure: Structure, kept: Assembly | None = None) -> list[Field]:
    bodies = [kept.body] if kept else list(structure.bodies.filter(closed_on=None).prefetch_related("rules"))
    rules = [(str(rule.pk), f"{body.nom} : {rule.nom}") for body in bodies for rule in body.rules.all()]
    return [
        Field("body", "Organe", "select", choices=[(str(each.pk), each.nom) for each in bodies]),
        Field("title", "Sujet", required=True),
        Field("day", "Date", "day", required=True),
        Field("hour", "Heure", "hour", required=True),
        Field("minutes", "Durée", "duration", "Comme « 90 » ou « 1 h 30 ».", required=True),
        Field("place", "Lieu"),
        Field("rules", "Règles de vote", "select", choices=[("", "Celles de l'organe, ou à confirmer"), *rules]),
        Field("agenda", "Ordre du jour", "words", "Une ligne par point. Aucune donnée de patient.", rows=4),
    ]


def _last_place(structure: Structure) -> str:
    last = structure.meetings.exclude(place="").first()
    return last.place if last else ""


def _line(assembly: Assembly) -> dict[str, Any]:
    return {
        "assemblee": assembly,
        "debut": timezone.localtime(assembly.meeting.starts_at),
        "marque": MARKS[assembly.meeting.state],
    }


def _resolution(row: Resolution) -> dict[str, Any]:
    mark = OUTCOMES.get(row.outcome, ("todo", "a_venir"))
    word = row.get_outcome_display() or row.get_state_display()
    elected = [each for each in row.candidates.all() if each.is_elected]
    return {"resolution": row, "marque": mark, "mot": word, "voix": voices_words(row), "elus": elected}


def _answers(assembly: Assembly, told: Mapping[str, str]) -> bool:
    words = french.fold(f"{assembly.meeting.title} {assembly.body.nom} {assembly.meeting.place}")
    return (
        told["etat"] in ("", assembly.meeting.state)
        and told["organe"] in ("", str(assembly.body_id))
        and all(word in words for word in french.fold(told["q"]).split())
    )


def _exported(assembly: Assembly) -> list[Any]:
    start = timezone.localtime(assembly.meeting.starts_at)
    return [
        start.date().isoformat(),
        f"{start:%H:%M}",
        assembly.body.nom,
        assembly.meeting.title,
        assembly.meeting.place,
        assembly.meeting.get_state_display(),
        len(assembly.voters.all()),
        len(assembly.resolutions.all()),
    ]
