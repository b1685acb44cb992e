"""One protocol: its text, the acts of its life, the opinions of the members, its sealed versions, its uses."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.apps.accounts.models import User
from maillage.apps.activity.inputs import PublicationFields
from maillage.apps.activity.models import Protocol, ProtocolOpinion, ProtocolVersion
from maillage.apps.activity.permissions import may_see_inside, may_write
from maillage.apps.activity.protocol_reading import document_for, protocol_for, published_content
from maillage.apps.activity.protocol_sealing import is_intact
from maillage.apps.activity.services import protocol_life as services
from maillage.apps.activity.services import protocol_sharing as sharing
from maillage.apps.activity.services.protocol_uses import may_use
from maillage.apps.activity.writing import NotNow
from maillage.apps.structures.models import Structure
from maillage.core.activity import protocol_life as life
from maillage.core.kernel.problems import BadInput, read
from maillage.web.activite.common import done, found, now
from maillage.web.activite.form import NOTHING, Field, Refused, filled, refusal, typed_in
from maillage.web.screening import mask_asked, received
from maillage.web.structures.access import for_team, for_team_writers, for_writers, of_structure, person
from maillage.web.structures.protocols.choosing import MOST, WORDS, choosing, is_search
from maillage.web.structures.protocols.common import one_of, shown
from maillage.web.structures.protocols.listing import arrange

PUBLICATION = (
    Field("applies_on", "S'applique le", "day", required=True),
    Field("review_on", "À revoir le", "day", "Choisissez une date en équipe : aucun texte connu n'en impose une."),
    Field("how", "Comment l'équipe l'a validé", help="Obligatoire si tous les membres consultés n'ont pas approuvé."),
)
CONCERNED = "concernes"
BROKEN = "Ce document n'est plus celui qui a été scellé : prévenez qui tient l'installation."


@require_safe
@of_structure
def page(request: HttpRequest, structure: Structure, protocole: uuid.UUID) -> HttpResponse:
    """The protocol, and what may be done with it now."""
    return _page(request, structure, found(protocol_for(person(request), structure, protocole)))


@require_POST
@for_writers
def act(request: HttpRequest, structure: Structure, protocole: uuid.UUID, acte: str) -> HttpResponse:
    """An act of its life; the others are those of the list."""
    protocol = one_of(structure, protocole)
    if acte not in ACTS:
        return arrange(request, structure, protocol, acte)
    if acte == "soumettre" and is_search(request.POST):
        return _page(request, structure, protocol)
    ACTS[acte](request, protocol, person(request))
    return _back(protocol)


@require_http_methods(["GET", "HEAD", "POST"])
@for_writers
def publish(request: HttpRequest, structure: Structure, protocole: uuid.UUID) -> HttpResponse:
    """Publish: the day it applies, the day it is reviewed, how the team validated it."""
    protocol, by = one_of(structure, protocole), person(request)
    if not life.allowed("publier", protocol.state, protocol.version):
        messages.error(request, life.ACTS["publier"].refused)
        return _back(protocol)
    if request.method != "POST":
        return _publication(request, protocol, {"applies_on": timezone.localdate()})
    typed = typed_in(received(request, ["how"]), PUBLICATION)
    if mask_asked(request):
        return _publication(request, protocol, typed)
    try:
        version = services.publish_protocol(protocol, read(PublicationFields, typed), by=by, at=now())
    except (BadInput, NotNow) as wrong:
        return _publication(request, protocol, typed, refusal(wrong, PUBLICATION, typed), status=422)
    messages.success(request, f"La version {version.number} est publiée et scellée.")
    return _back(protocol)


@require_POST
@for_team
def answer(request: HttpRequest, structure: Structure, protocole: uuid.UUID, avis: int) -> HttpResponse:
    """A member approves, or asks for a change."""
    protocol, by = one_of(structure, protocole), person(request)
    rows = ProtocolOpinion.objects.select_related("member", "protocol__structure__organisation")
    opinion = found(rows.filter(protocol=protocol, pk=avis).first())
    comment = received(request, ["comment"]).get("comment", "")
    if mask_asked(request):
        return _page(request, structure, protocol, typed={opinion.pk: comment})
    try:
        services.answer(opinion, request.POST.get("answer", ""), comment, by=by, at=now())
    except (BadInput, NotNow) as wrong:
        refused = refusal(wrong, [Field("comment", "Changement demandé")], {"comment": comment})
        return _page(request, structure, protocol, refused, typed={opinion.pk: comment}, status=422)
    messages.success(request, "L'avis est noté.")
    return _back(protocol)


@require_safe
@of_structure
def version_pdf(request: HttpRequest, structure: Structure, protocole: uuid.UUID, numero: int) -> HttpResponse:
    """A sealed version as it was, or its extract; one that was changed since is not given."""
    protocol = one_of(structure, protocole)
    version = found(protocol.versions.filter(number=numero).first())
    if not is_intact(version):
        messages.error(request, BROKEN)
        return _back(protocol)
    name = f"protocole-{protocol.pk}-version-{version.number}.pdf"
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    version.protocol = protocol
    document = document_for(person(request), version)
    return HttpResponse(document, content_type="application/pdf", headers=disposition)


@require_POST
@for_team_writers
def share(request: HttpRequest, structure: Structure, protocole: uuid.UUID) -> HttpResponse:
    """Share the version in force under a licence, or share it no more."""
    protocol, by = one_of(structure, protocole), person(request)
    version = found(protocol.versions.filter(number=protocol.version).first())
    version.protocol = protocol
    if "arreter" in request.POST:
        done(request, lambda: sharing.unshare(version, by=by, at=now()), "Ce protocole n'est plus partagé.")
    else:
        licence = request.POST.get("licence", "")
        done(
            request, lambda: sharing.share(version, licence, by=by, at=now()), "Ce protocole est dans la bibliothèque."
        )
    return _back(protocol)


def _submit(request: HttpRequest, protocol: Protocol, by: User) -> None:
    keys = request.POST.getlist("membres")
    members = [each for each in protocol.structure.members.filter(left_on=None) if str(each.pk) in keys]
    if request.POST.get("qui") == CONCERNED:
        members = services.concerned(protocol)
    address = reverse("web:structure_protocoles_un", args=[protocol.structure_id, protocol.pk])
    words = "L'avis des membres est demandé."
    done(request, lambda: services.submit(protocol, members, address=address, by=by, at=now()), words)


def _resume(request: HttpRequest, protocol: Protocol, by: User) -> None:
    done(request, lambda: services.resume(protocol, by=by, at=now()), "Vous pouvez reprendre l'écriture.")


def _revise(request: HttpRequest, protocol: Protocol, by: User) -> None:
    words = "La révision commence. La version publiée s'applique encore."
    done(request, lambda: services.revise(protocol, by=by, at=now()), words)


def _give_up(request: HttpRequest, protocol: Protocol, by: User) -> None:
    words = "La révision est abandonnée : le texte est de nouveau celui de la version publiée."
    done(request, lambda: services.give_up(protocol, by=by, at=now()), words)


def _retire(request: HttpRequest, protocol: Protocol, by: User) -> None:
    reason = request.POST.get("raison", "")
    done(request, lambda: services.retire(protocol, reason, by=by, at=now()), "Ce protocole est retiré.")


def _put_in_force(request: HttpRequest, protocol: Protocol, by: User) -> None:
    done(request, lambda: services.put_in_force(protocol, by=by, at=now()), "Ce protocole est de nouveau en vigueur.")


ACTS = {
    "soumettre": _submit,
    "reprendre": _resume,
    "reviser": _revise,
    "abandonner": _give_up,
    "retirer": _retire,
    "remettre": _put_in_force,
}


def _back(protocol: Protocol) -> HttpResponse:
    return redirect("web:structure_protocoles_un", protocol.structure_id, protocol.pk)


def _publication(
    request: HttpRequest, protocol: Protocol, typed: Any, refused: Refused = NOTHING, *, status: int = 200
) -> HttpResponse:
    opinions = services.opinions_of(protocol) if protocol.state == Protocol.State.A_VALIDER else []
    context = {
        "structure": protocol.structure,
        "protocole": protocol,
        "champs": filled(PUBLICATION, typed, refused),
        "refus": refused,
        "avis": opinions,
        "approuve": life.is_approved([each.answer for each in opinions]),
        "numero": protocol.version + 1,
    }
    return render(request, "structures/protocoles/publier.html", context, status=status)


def _page(
    request: HttpRequest,
    structure: Structure,
    protocol: Protocol,
    refused: Refused = NOTHING,
    *,
    typed: dict[int, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    by, inside = person(request), may_see_inside(person(request), structure)
    writes = may_write(by, structure)
    last = protocol.versions.filter(number=protocol.version).first()
    context = {
        "structure": structure,
        **shown(protocol),
        "refus": refused,
        "peut_ecrire": writes,
        "voit_dedans": inside,
        "peut_modifier": writes and life.is_written(protocol.state, protocol.version),
        "gestes": {act for act in life.ACTS if writes and life.allowed(act, protocol.state, protocol.version)},
        "redacteurs": _writers(protocol, inside=inside),
        "versions": protocol.versions.select_related("by").defer("pdf", "content"),
        "partagee": last if last and last.shared_at else None,
        "licences": ProtocolVersion.Licence.choices,
        "aujourdhui": timezone.localdate(),
        **(_inside(by, protocol, typed or {}, request.POST) if inside else {}),
    }
    return render(request, "structures/protocoles/un.html", context, status=status)


def _writers(protocol: Protocol, *, inside: bool) -> list[str]:
    """Who writes it; outside of the team, who had written what was published."""
    if not inside:
        return list((published_content(protocol) or {}).get("redacteurs", []))
    return [str(each.member) for each in protocol.writers.select_related("member")]


def _inside(by: User, protocol: Protocol, typed: dict[int, str], posted: QueryDict) -> dict[str, Any]:
    """What only the team sees: the opinions of the members, how often it served."""
    today, opinions = timezone.localdate(), services.opinions_of(protocol)
    opinions.sort(key=lambda each: each.member.user_id != by.pk)
    asked, writes = protocol.state == Protocol.State.A_VALIDER, may_write(by, protocol.structure)
    return {
        "avis": [_opinion(each, by, typed, may_note=asked and writes, is_asked=asked) for each in opinions],
        "avis_attendus": sum(1 for each in opinions if each.answer == life.AWAITED),
        "approuve": life.is_approved([each.answer for each in opinions]),
        **_asked(protocol, posted),
        "usages": list(protocol.uses.all()[:24]),
        "usages_du_mois": next((each.count for each in protocol.uses.filter(month=today.replace(day=1))), 0),
        "peut_compter": protocol.is_in_force and may_use(by, protocol.structure),
    }


def _opinion(
    opinion: ProtocolOpinion, by: User, typed: dict[int, str], *, may_note: bool, is_asked: bool
) -> dict[str, Any]:
    own, noted = opinion.member.user_id == by.pk, opinion.noted_by
    return {
        "avis": opinion,
        "a_soi": own,
        "repond": may_note or (is_asked and own),
        "note_par": None if noted is None or noted.pk == opinion.member.user_id else noted,
        "tape": typed.get(opinion.pk, opinion.comment),
    }


def _asked(protocol: Protocol, posted: QueryDict) -> dict[str, Any]:
    """Who may be asked: those whom the protocol engages at once, or others one by one."""
    concerned = [str(each.pk) for each in services.concerned(protocol)]
    team = [(str(each.pk), str(each)) for each in protocol.structure.members.filter(left_on=None)]
    rows = sorted(team, key=lambda row: row[0] not in concerned)
    chosen = posted.getlist("membres") if is_search(posted) else concerned if len(rows) <= MOST else []
    return {
        "equipe": rows,
        "concernes": len(concerned),
        "par_metier": CONCERNED if posted.get("qui", CONCERNED) == CONCERNED else "",
        "choix": choosing(rows, chosen, posted.get(WORDS, "")),
    }
