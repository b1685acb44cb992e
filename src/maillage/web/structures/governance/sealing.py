"""The end of an assembly: who presided, what was said, the minutes that are sealed."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.apps.governance.inputs import SittingFields
from maillage.apps.governance.queries import assembly_of
from maillage.apps.governance.services.assemblies import name_officers
from maillage.apps.governance.services.minutes import is_intact, seal_minutes
from maillage.apps.structures.models import Structure
from maillage.web.activite.common import done, found, now
from maillage.web.activite.form import Field
from maillage.web.structures.access import for_team, for_team_writers, person
from maillage.web.structures.governance.assemblies import address_of
from maillage.web.structures.governance.convening import SEALED, pdf
from maillage.web.structures.governance.writing import Sheet, written


@require_http_methods(["GET", "HEAD", "POST"])
@for_team_writers
def sitting(request: HttpRequest, structure: Structure, assemblee: uuid.UUID) -> HttpResponse:
    """Say who presides, who writes, and what was said."""
    assembly = found(assembly_of(person(request), structure, assemblee))
    voters = assembly.voters.select_related("member")
    people = [("", "À confirmer"), *((str(each.member_id), str(each)) for each in voters)]
    sheet = Sheet(
        "Écrire le procès-verbal",
        _fields(people),
        {"chair": assembly.chair_id, "secretary": assembly.secretary_id, "report": assembly.meeting.report},
        address_of(assembly),
        "Le procès-verbal est enregistré. Il sera scellé quand vous clorez l'assemblée.",
        row=assembly.meeting,
        crumbs=[(assembly.meeting.title, address_of(assembly))],
    )

    def save(fields: SittingFields, shown: str) -> None:
        by, at = person(request), now()
        name_officers(assembly, fields.chair, fields.secretary, report=fields.report, seen=shown, by=by, at=at)

    return written(request, structure, sheet, SittingFields, save)


def _fields(people: list[tuple[str, str]]) -> list[Field]:
    return [
        Field("chair", "Préside la séance", "select", choices=people),
        Field("secretary", "Secrétaire de séance", "select", choices=people),
        Field(
            "report", "Ce qui a été dit", "words", "Les votes s'y ajoutent seuls. Aucune donnée de patient.", rows=10
        ),
    ]


@require_POST
@for_team_writers
def seal(request: HttpRequest, structure: Structure, assemblee: uuid.UUID) -> HttpResponse:
    """Close the assembly and seal its minutes."""
    assembly, by = found(assembly_of(person(request), structure, assemblee)), person(request)
    reason = request.POST.get("reason", "")
    done(
        request,
        lambda: seal_minutes(assembly, reason, by=by, at=now()),
        "L'assemblée est close : son procès-verbal est scellé, et les élus ont leur mandat.",
    )
    return redirect(f"{address_of(assembly)}#proces-verbal")


@require_safe
@for_team
def document(request: HttpRequest, structure: Structure, assemblee: uuid.UUID, numero: int) -> HttpResponse:
    """Minutes as they were sealed; some that were changed since are not given."""
    assembly = found(assembly_of(person(request), structure, assemblee))
    row = found(assembly.minutes.filter(number=numero).first())
    if not is_intact(row):
        messages.error(request, SEALED)
        return redirect(address_of(assembly))
    day = timezone.localdate(assembly.meeting.starts_at).isoformat()
    return pdf(bytes(row.pdf), f"proces-verbal-{day}-{row.number}.pdf")
