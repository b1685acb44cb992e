"""What an assembly votes: writing a resolution, counting the voices, electing."""

import uuid
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from maillage.apps.activity.writing import NotNow
from maillage.apps.governance.counting import places_of, quorum_of
from maillage.apps.governance.inputs import CandidateFields, ResolutionFields, VoicesFields, read_count
from maillage.apps.governance.models import Ballot, Candidate, Resolution
from maillage.apps.governance.queries import assembly_of, candidate_of, resolution_of
from maillage.apps.governance.services import votes as services
from maillage.apps.governance.wording import facts, quorum_words
from maillage.apps.structures.models import Structure
from maillage.core.kernel.problems import BadInput, Problem, read
from maillage.web.activite.common import done, found, now
from maillage.web.activite.form import Field, filled, refusal, typed_in
from maillage.web.structures.access import for_team_writers, person
from maillage.web.structures.governance.assemblies import address_of
from maillage.web.structures.governance.mandates import FUNCTIONS
from maillage.web.structures.governance.writing import Sheet, written

VOICES = [
    Field("pour", "Voix pour", required=True),
    Field("contre", "Voix contre", required=True),
    Field("abstention", "Abstentions", required=True),
]
ACTS = {
    "retirer": ("retirer", "Le point est retiré. Vous pouvez le rétablir."),
    "retablir": ("rétablir", "Le point est rétabli."),
    "reprendre": ("reprendre", "Le vote est repris : comptez à nouveau."),
}


@require_http_methods(["GET", "HEAD", "POST"])
@for_team_writers
def new(request: HttpRequest, structure: Structure, assemblee: uuid.UUID) -> HttpResponse:
    """Add a text or an election."""
    assembly = found(assembly_of(person(request), structure, assemblee))
    sheet = Sheet(
        "Ajouter un point à voter",
        _fields(structure),
        {"way": Resolution.Way.MAIN_LEVEE},
        f"{address_of(assembly)}#resolutions",
        "Le point est enregistré.",
        crumbs=[(assembly.meeting.title, address_of(assembly))],
    )

    def save(fields: ResolutionFields, _shown: str) -> str | None:
        row = services.add_resolution(assembly, fields, by=person(request), at=now())
        return _vote(row) if row.kind == Resolution.Kind.ELECTION else None

    return written(request, structure, sheet, ResolutionFields, save)


@require_http_methods(["GET", "HEAD", "POST"])
@for_team_writers
def edit(request: HttpRequest, structure: Structure, resolution: uuid.UUID) -> HttpResponse:
    """Change a text that is not voted."""
    row = found(resolution_of(person(request), structure, resolution))
    sheet = Sheet(
        f"Modifier : {row.title}",
        _fields(structure),
        {"title": row.title, "text": row.text, "way": row.way, "elects": row.elects_id},
        f"{address_of(row.assembly)}#resolutions",
        "Le point est enregistré.",
        row=row,
        crumbs=[(row.assembly.meeting.title, address_of(row.assembly))],
    )

    def save(fields: ResolutionFields, shown: str) -> None:
        services.change_resolution(row, fields, seen=shown, by=person(request), at=now())

    return written(request, structure, sheet, ResolutionFields, save)


@require_http_methods(["GET", "HEAD", "POST"])
@for_team_writers
def vote(request: HttpRequest, structure: Structure, resolution: uuid.UUID) -> HttpResponse:
    """Count the voices: by show of hands, by name, in secret, or of each candidate."""
    row = found(resolution_of(person(request), structure, resolution))
    if request.method != "POST":
        return _page(request, row)
    try:
        _counted(request, row)
    except (BadInput, NotNow) as wrong:
        return _page(request, row, wrong)
    return redirect(f"{address_of(row.assembly)}#resolutions")


@require_POST
@for_team_writers
def act(request: HttpRequest, structure: Structure, resolution: uuid.UUID, acte: str) -> HttpResponse:
    """Withdraw, put back, take a vote back."""
    row, by = found(resolution_of(person(request), structure, resolution)), person(request)
    if acte not in ACTS:
        raise Http404
    verb, words = ACTS[acte]
    done(request, lambda: services.turn(row, verb, by=by, at=now()), words)
    return redirect(f"{address_of(row.assembly)}#resolutions")


@require_POST
@for_team_writers
def candidate(request: HttpRequest, structure: Structure, resolution: uuid.UUID) -> HttpResponse:
    """Note who stands."""
    row, by = found(resolution_of(person(request), structure, resolution)), person(request)
    typed = {name: request.POST.get(name, "") for name in ("member", "function")}
    done(
        request,
        lambda: services.add_candidate(row, read(CandidateFields, typed), by=by, at=now()),
        "La candidature est notée.",
    )
    return redirect(_vote(row))


@require_POST
@for_team_writers
def drop(request: HttpRequest, structure: Structure, candidat: int) -> HttpResponse:
    """Take a candidacy back."""
    row, by = found(candidate_of(person(request), structure, candidat)), person(request)
    done(request, lambda: services.drop_candidate(row, by=by, at=now()), "La candidature est retirée.")
    return redirect(_vote(row.resolution))


def _counted(request: HttpRequest, row: Resolution) -> None:
    by, at = person(request), now()
    if row.kind == Resolution.Kind.ELECTION:
        rows = list(row.candidates.all())
        elected = {each.pk for each in rows if request.POST.get(f"elu-{each.pk}")}
        voices = {each.pk: _voices(request.POST.get(f"voix-{each.pk}", "")) for each in rows}
        services.count_election(row, voices, elected, by=by, at=at)
    elif row.way == Resolution.Way.NOMINAL:
        keys, rest = row.assembly.voters.values_list("pk", flat=True), request.POST.get("autres", "")
        given = {key: said for key in keys if (said := request.POST.get(f"voix-{key}", "") or rest)}
        services.count_by_name(row, given, by=by, at=at)
    elif services.needs_colleges(row.assembly):
        services.count_by_college(row, _by_college(request, row), by=by, at=at)
    else:
        services.count_voices(row, read(VoicesFields, typed_in(request.POST, VOICES)), by=by, at=at)


def _page(request: HttpRequest, row: Resolution, wrong: BadInput | NotNow | None = None) -> HttpResponse:
    assembly = row.assembly
    voters = list(assembly.voters.select_related("member", "power__holder__member"))
    where = places_of(assembly, voters)
    entitled = [each for each in voters if where[each.pk] != "absent"]
    fields = _voice_fields(row)
    quorum = quorum_of(assembly)
    typed: dict[str, Any] = typed_in(request.POST, fields) if wrong else {}
    refused = refusal(wrong, fields, typed) if wrong else None
    said = {each.voter_id: each.choice for each in row.ballots.all()}
    said |= {each.pk: kept for each in entitled if (kept := request.POST.get(f"voix-{each.pk}"))}
    context = {
        "structure": assembly.body.structure,
        "assemblee": assembly,
        "resolution": row,
        "champs": filled(fields, typed, refused) if refused else filled(fields, {}),
        "refus": refused,
        "lignes": [{"votant": each, "voix": said.get(each.pk, ""), "place": where[each.pk]} for each in entitled],
        "votants": len(entitled),
        "quorum": quorum,
        "quorum_mot": quorum_words(quorum),
        "majorite": dict(facts(assembly.rules)).get("Majorité", ""),
        "choix": Ballot.Choice.choices,
        "candidats": [_stands(each, request) for each in row.candidates.select_related("member")],
        "autres": request.POST.get("autres", ""),
        "membres": assembly.body.structure.members.filter(left_on=None),
        "fonctions": FUNCTIONS,
        "sans_quorum": quorum.is_reached is False,
        "colleges_inconnus": bool(quorum.colleges) and not (assembly.rules and assembly.rules.votes_by),
        "peut_voter": assembly.meeting.state == "prevue" and row.state == Resolution.State.A_VOTER,
    }
    return render(request, "structures/gouvernance/vote.html", context, status=422 if wrong else 200)


def _colleges(row: Resolution) -> list[tuple[str, str]]:
    """The collèges of those who vote, by (key, name); those in none have an empty key."""
    rows = row.assembly.voters.values_list("college", "college__nom").distinct().order_by("college__nom")
    return [(str(key or ""), name or "Sans collège") for key, name in rows]


def _voice_fields(row: Resolution) -> list[Field]:
    """What is typed of a count: three numbers, or three for each collège when the statutes ask it."""
    if not services.needs_colleges(row.assembly):
        return VOICES
    return [
        replace(each, name=f"{each.name}-{key}", label=f"{name} : {each.label.lower()}")
        for key, name in _colleges(row)
        for each in VOICES
    ]


def _by_college(request: HttpRequest, row: Resolution) -> dict[uuid.UUID | None, VoicesFields]:
    found_voices: dict[uuid.UUID | None, VoicesFields] = {}
    problems: list[Problem] = []
    for key, _name in _colleges(row):
        typed = {each.name: request.POST.get(f"{each.name}-{key}", "") for each in VOICES}
        try:
            found_voices[uuid.UUID(key) if key else None] = read(VoicesFields, typed)
        except BadInput as wrong:
            problems += [replace(each, field=f"{each.field}-{key}") for each in wrong.problems]
    if problems:
        raise BadInput(problems)
    return found_voices


def _stands(candidate: Candidate, request: HttpRequest) -> dict[str, Any]:
    """Who stands, with what was typed when it is refused."""
    voices, elected = request.POST.get(f"voix-{candidate.pk}", ""), f"elu-{candidate.pk}" in request.POST
    return {"candidat": candidate, "voix": voices, "elu": elected}


def _fields(structure: Structure) -> list[Field]:
    bodies = [(str(each.pk), f"Élire : {each.nom}") for each in structure.bodies.filter(closed_on=None)]
    return [
        Field("title", "Intitulé", help="Par exemple : « Approuver les comptes 2026 ».", required=True),
        Field("way", "Manière de voter", "select", choices=Resolution.Way.choices),
        Field("elects", "Une élection ?", "select", choices=[("", "Non, un texte à voter"), *bodies]),
        Field("text", "Texte soumis au vote", "words", "Aucune donnée de patient.", rows=5),
    ]


def _vote(row: Resolution) -> str:
    return reverse("web:structure_gouvernance_resolution", args=[row.assembly.body.structure_id, row.pk])


def _voices(text: str) -> int | None:
    try:
        return read_count(text)
    except ValueError:
        raise BadInput([Problem("voix", text, "un nombre de voix, ou rien s'il n'est pas compté")]) from None
