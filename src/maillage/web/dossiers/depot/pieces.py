"""The documents of a dossier: what is asked and why, what is joined, what each deposit holds."""

from collections.abc import Iterator
from typing import Any, BinaryIO, cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from maillage.apps.common.screening import PatientData
from maillage.apps.dossiers import drafting
from maillage.apps.dossiers.completeness import missing
from maillage.apps.dossiers.joining import Given, code_asked, documents_of, is_free
from maillage.apps.dossiers.models import Deposit, Dossier, Piece
from maillage.apps.dossiers.opening import sending_verb
from maillage.apps.dossiers.permissions import is_of_the_filer, may_draft
from maillage.apps.dossiers.queries import definition_of
from maillage.apps.projets.models import Version
from maillage.apps.projets.versions import signatories_of
from maillage.core.documents.receipts import weight
from maillage.core.dossiers.definition import DocumentData
from maillage.core.dossiers.differences import differences
from maillage.core.kernel.problems import BadInput
from maillage.web.dossiers.access import for_drafters, of_dossier, person

PAGE = "dossiers/depot/pieces.html"
LONGEST_NUMBER = 6
PATIENT = "Ce fichier, ou son nom, contient ce qui peut désigner un patient : il n'est pas gardé."


@require_safe
@of_dossier
def page(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """The documents: to fill for who may write, those of the deposits for everyone who sees the dossier."""
    return _shown(request, dossier)


@require_POST
@for_drafters
def join(request: HttpRequest, dossier: Dossier, code: str) -> HttpResponse:
    """Join a file; one that may hold a patient asks who sends it to say that they read it."""
    given = request.FILES.get("fichier")
    if given is None or given.file is None:
        return _shown(request, dossier, {code: "Choisissez un fichier."})
    harmless = request.POST.get("sans_patient") == "oui"
    file = Given(given.name or "", cast("BinaryIO", given.file), declared_harmless=harmless)
    try:
        drafting.join(dossier, code, file, by=person(request), at=timezone.now())
    except PatientData:
        return _shown(request, dossier, {code: PATIENT}, doubtful=code)
    except BadInput as wrong:
        return _shown(request, dossier, {code: " ".join(each.message for each in wrong.problems)})
    messages.success(request, "Le fichier est joint.")
    return _back(dossier, code)


@require_POST
@for_drafters
def act(request: HttpRequest, dossier: Dossier, piece: UUID, acte: str) -> HttpResponse:
    """Take a document out, or put it back."""
    acts = {"retirer": drafting.remove, "remettre": drafting.put_back}
    found = dossier.pieces.select_related("dossier").filter(pk=piece).first()
    if found is None or acte not in acts:
        raise Http404
    try:
        acts[acte](found, by=person(request), at=timezone.now())
    except BadInput as wrong:
        messages.error(request, str(wrong))
    else:
        words = {"retirer": "La pièce est retirée. Vous pouvez la remettre.", "remettre": "La pièce est remise."}
        messages.success(request, words[acte])
    return _back(dossier, found.code)


@require_POST
@for_drafters
def version(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Choose the version of the project that is joined."""
    number = request.POST.get("version", "")
    rows = Version.objects.filter(projet=dossier.projet_id)
    known = number.isascii() and number.isdigit() and len(number) < LONGEST_NUMBER
    chosen = rows.filter(number=int(number)).first() if known else None
    if number and chosen is None:
        return _shown(request, dossier, {"version": "Choisissez une version de la liste."})
    try:
        drafting.choose_version(dossier, chosen, by=person(request), at=timezone.now())
    except BadInput as wrong:
        messages.error(request, str(wrong))
    else:
        messages.success(request, "La version est choisie." if chosen else "Aucune version n'est plus choisie.")
    return redirect("web:dossier_pieces", dossier.pk)


def _back(dossier: Dossier, code: str) -> HttpResponse:
    return redirect(f"{reverse('web:dossier_pieces', args=[dossier.pk])}#piece-{code}")


def _shown(
    request: HttpRequest, dossier: Dossier, errors: dict[str, str] | None = None, *, doubtful: str = ""
) -> HttpResponse:
    who, errors = person(request), errors or {}
    verb = sending_verb(dossier)
    writes = may_draft(who, dossier) and verb is not None
    own = is_of_the_filer(who, dossier)
    deposits = list(dossier.deposits.select_related("receipt", "by").order_by("-number"))
    context = {
        "dossier": dossier,
        "definition": definition_of(dossier),
        "peut_ecrire": writes,
        "de_la_structure": own,
        "pieces": list(_asked(dossier, errors, doubtful)) if own else [],
        "versions": list(_versions(dossier)) if writes else [],
        "erreur_version": errors.get("version", ""),
        "demande": dossier.piece_requests.filter(answered_at=None).first(),
        "depots": [_deposit(each, deposits) for each in deposits],
        "manquent": [each for each in missing(dossier) if each.kind == "piece"] if writes else [],
        "verbe": verb,
    }
    return render(request, PAGE, context, status=422 if errors else 200)


def _asked(dossier: Dossier, errors: dict[str, str], doubtful: str) -> Iterator[dict[str, Any]]:
    """Each document with what is joined, what was taken out last, and why it is asked."""
    request = dossier.piece_requests.filter(answered_at=None).first()
    wanted = {code_asked(request, item): item for item in request.items} if request else {}
    rows = list(dossier.pieces.select_related("file").order_by("added_at"))
    for each in documents_of(dossier):
        mine = [row for row in rows if row.code == each.code]
        yield {
            "data": each,
            "jointes": [(row, weight(row.file.size)) for row in mine if row.withdrawn_at is None],
            "retiree": _last_out(each, mine),
            "version": dossier.version if each.origine == "projet" else None,
            "demandee": wanted.get(each.code),
            "erreur": errors.get(each.code, ""),
            "douteux": doubtful == each.code,
            "accepte": ",".join(f".{kind}" for kind in each.formats),
            "formats": ", ".join(kind.upper() for kind in each.formats),
            "libre": is_free(each.code),
        }


def _last_out(data: DocumentData, rows: list[Piece]) -> Piece | None:
    """The document taken out last, to be put back; none for what Maillage makes."""
    out = [row for row in rows if row.withdrawn_at is not None]
    return max(out, key=lambda row: row.withdrawn_at or row.added_at) if out and data.origine != "projet" else None


def _versions(dossier: Dossier) -> Iterator[dict[str, Any]]:
    if dossier.projet is None:
        return
    for each in dossier.projet.versions.select_related("projet").order_by("-number"):
        yield {
            "version": each,
            "signatures": each.signatures.filter(withdrawn_at=None).count(),
            "signataires": len(signatories_of(each)),
            "demandees": each.asks_signatures_at is not None,
        }


def _deposit(deposit: Deposit, every: list[Deposit]) -> dict[str, Any]:
    """A deposit, its documents, and what changed since the one before."""
    before = next((each for each in every if each.number == deposit.number - 1), None)
    return {
        "depot": deposit,
        "pieces": [{**each, "taille": weight(each["octets"])} for each in deposit.content.get("pieces", ())],
        "changements": differences(before.content, deposit.content) if before else None,
    }
