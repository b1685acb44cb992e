"""Versions of a project: the list, one of them, what changed between two, and bringing one back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.apps.common import mail_quota
from maillage.apps.common.mail import deliver
from maillage.apps.dossiers.models import Dossier
from maillage.apps.dossiers.queries import definition_of, visible
from maillage.apps.projets import documents, restoring, signature_mails, versions
from maillage.apps.projets.models import Projet, Version
from maillage.apps.projets.permissions import may_freeze, signing_member
from maillage.apps.projets.signatures import signatures_of
from maillage.core.kernel.problems import BadInput
from maillage.core.projet.comparison import compare
from maillage.web.projets.access import of_projet, person
from maillage.web.projets.changes import shown
from maillage.web.projets.exports import download

LONGEST_NUMBER = 10
FOLDER = "projets/versions"
FORMATS = (("pdf", "PDF"), ("docx", "Word (DOCX)"), ("odt", "LibreOffice (ODT)"))


@require_http_methods(["GET", "HEAD", "POST"])
@of_projet
def index(request: HttpRequest, projet: Projet) -> HttpResponse:
    """The versions and where the signatures stand; POST names a new version."""
    name, problem = request.POST.get("nom", ""), ""
    if request.method == "POST":
        try:
            made = versions.name_version(projet, name=name, by=person(request), at=timezone.now())
        except BadInput as wrong:
            problem = str(wrong)
        else:
            messages.success(request, f"La version {made.number} « {made.name} » est figée.")
            return redirect("web:projet_versions_une", projet.pk, made.number)
    context = {**_frame(request, projet), "nom": name, "erreur": problem}
    context |= {"versions": versions.versions_of(projet), "signatures": signatures_of(projet)}
    return render(request, f"{FOLDER}/liste.html", context, status=422 if problem else 200)


@require_safe
@of_projet
def one(request: HttpRequest, projet: Projet, numero: int) -> HttpResponse:
    """A version: what it holds, its exports, its signatures."""
    version = found(projet, numero)
    state = signatures_of(projet)
    context = {
        **_frame(request, projet),
        "version": version,
        "dossiers": _prepared(request, projet),
        "formats": FORMATS,
        "derniere": versions.last_version(projet) == version,
        "signataires": versions.signatories_of(version),
        "signatures": state if state.version == version else None,
        "anciennes": version.signatures.select_related("member", "recorded_by"),
        "autres": versions.versions_of(projet).exclude(pk=version.pk),
    }
    return render(request, f"{FOLDER}/une.html", context)


@require_safe
@of_projet
def comparison(request: HttpRequest, projet: Projet, numero: int) -> HttpResponse:
    """What changed from a version to another (``avec``), or to the project as it is."""
    version = found(projet, numero)
    other = request.GET.get("avec", "")
    if other and not (other.isdecimal() and len(other) < LONGEST_NUMBER):
        raise Http404
    second = found(projet, int(other)) if other else None
    if second and second.number < version.number:
        version, second = second, version
    told = compare(version.content, second.content) if second else versions.changed_since(version)
    context = {**_frame(request, projet), "version": version, "seconde": second, "changements": shown(told, projet)}
    context["autres"] = versions.versions_of(projet).exclude(pk=version.pk)
    return render(request, f"{FOLDER}/comparer.html", context)


@require_safe
@of_projet
def file(request: HttpRequest, projet: Projet, numero: int, kind: str) -> HttpResponse:
    """A version as a file to read or to edit."""
    if kind not in documents.KINDS:
        raise Http404
    return download(projet, kind, found(projet, numero))


@require_POST
@of_projet
def ask(request: HttpRequest, projet: Projet, numero: int) -> HttpResponse:
    """Ask for the signatures and tell each signatory by mail."""
    version = found(projet, numero)
    try:
        asked = versions.ask_for_signatures(version, by=person(request), at=timezone.now())
    except BadInput as wrong:
        messages.error(request, str(wrong))
        return redirect("web:projet_versions_une", projet.pk, numero)
    _tell(request, asked)
    return redirect("web:projet_versions_une", projet.pk, numero)


@require_POST
@of_projet
def remind(request: HttpRequest, projet: Projet, numero: int) -> HttpResponse:
    """Write again to those who did not sign yet."""
    version = found(projet, numero)
    versions.check_reminder(version, by=person(request))
    subject = f"version:{version.pk}"
    if not mail_quota.may_remind(subject):
        messages.error(request, mail_quota.TOO_SOON)
    elif not _tell(request, version):
        mail_quota.forget_reminder(subject)
    return redirect("web:projet_versions_une", projet.pk, numero)


@require_http_methods(["GET", "HEAD", "POST"])
@of_projet
def restore(request: HttpRequest, projet: Projet, numero: int) -> HttpResponse:
    """Bring back the texts of a version, after showing what would change."""
    version = found(projet, numero)
    if not may_freeze(person(request), projet):
        raise Http404
    if request.method == "POST":
        try:
            count = restoring.restore(version, by=person(request), at=timezone.now())
        except BadInput as wrong:
            messages.error(request, str(wrong))
        else:
            messages.success(request, f"{count} rubriques reviennent à la version {numero}. L’état d’avant est gardé.")
        return redirect("web:projet_versions", projet.pk)
    told = shown(restoring.would_change(version), projet)
    context = {**_frame(request, projet), "version": version, "changements": told}
    return render(request, f"{FOLDER}/restaurer.html", context)


def found(projet: Projet, numero: int) -> Version:
    """A version by its number; « introuvable » when there is none."""
    version = versions.version_of(projet, numero)
    if version is None:
        raise Http404
    return version


def _frame(request: HttpRequest, projet: Projet) -> dict[str, Any]:
    who = person(request)
    return {"projet": projet, "peut_gerer": may_freeze(who, projet), "signe": signing_member(who, projet)}


def _prepared(request: HttpRequest, projet: Projet) -> list[tuple[Dossier, str]]:
    """The dossiers of the project that are being prepared, to which a version may be joined, with their titles."""
    rows = visible(person(request)).filter(projet=projet, phase=Dossier.Phase.BROUILLON)
    return [(each, definition_of(each).titre) for each in rows]


def _tell(request: HttpRequest, version: Version) -> int:
    """Send the requests; say how many left (the answer), how many did not, and who has no address."""
    address = request.build_absolute_uri
    mails, silent = signature_mails.requests_for(version, address=address)
    try:
        scope = str(version.projet.structure.organisation_id)
        mail_quota.reserve(len(mails), by=str(person(request).pk), scope=scope, at=timezone.now())
    except mail_quota.TooMuchMail as refused:
        messages.error(request, str(refused))
        return 0
    lost = deliver(mails)
    if len(mails) > len(lost):
        messages.success(request, f"Demande envoyée à {len(mails) - len(lost)} signataires.")
    if lost:
        messages.error(request, f"{len(lost)} courriels n’ont pas pu partir. Vous pouvez relancer plus tard.")
    if silent:
        messages.warning(request, f"Sans adresse électronique, à prévenir autrement : {', '.join(silent)}.")
    return len(mails) - len(lost)
