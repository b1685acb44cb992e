"""A page that is one form, with or without a file: what it shows, what was typed, what is refused and why."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import IO, Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from maillage.apps.activity.records import GivenFile
from maillage.apps.activity.writing import Changed, NotNow
from maillage.apps.common.files.refusals import refused as refused_file
from maillage.apps.common.files.services import CONTENT, NAME
from maillage.apps.common.screening import PatientData
from maillage.apps.structures.models import Structure
from maillage.core.kernel.problems import BadInput
from maillage.web.activite.form import NOTHING, Field, Refused, filled, refusal, seen, typed_in
from maillage.web.screening import mask_asked, received

OF_A_FILE = (CONTENT, NAME)
PATIENT = "Ce fichier, ou son nom, contient ce qui peut désigner un patient : il n'est pas gardé."
AGAIN = "Choisissez de nouveau le fichier : votre navigateur ne le garde pas."
MISSING = "Choisissez un fichier."
HARMLESS = "sans_patient"
Typed = Mapping[str, Any]


@dataclass(frozen=True)
class Upload:
    """The field of a file; ``doubtful``: who sends it is asked to say that they read it."""

    label: str = "Fichier"
    help: str = "PDF, document, tableau ou image. Sans rien qui désigne un patient."
    error: str = ""
    doubtful: bool = False


@dataclass(frozen=True)
class FormPage:
    """A page with one form. ``fields`` are shown, ``more`` are behind a fold; ``trail`` is the breadcrumb.

    ``aside``: those that the template shows by itself, behind the fold.
    ``back``: where « Annuler » leads. ``stamp``: of the row that is changed. ``of``: what the act is on.
    """

    structure: Structure
    title: str
    trail: Sequence[tuple[str, str]]
    back: str
    fields: Sequence[Field]
    more: Sequence[Field] = ()
    more_title: str = "Plus de précisions"
    aside: Sequence[Field] = ()
    upload: Upload | None = None
    stamp: str = ""
    button: str = "Enregistrer"
    of: str = ""
    template: str = "structures/formulaire.html"
    context: Mapping[str, Any] = field(default_factory=dict)

    @property
    def every(self) -> list[Field]:
        """All its fields."""
        return [*self.fields, *self.more]


def shown(
    request: HttpRequest, page: FormPage, typed: Typed, refused: Refused = NOTHING, *, upload: Upload | None = None
) -> HttpResponse:
    """The page with what was typed and what is wrong."""
    more = filled(page.more, typed, refused)
    context = {
        "structure": page.structure,
        "titre": page.title,
        "entete": f"{page.title} : {page.of}" if page.of else page.title,
        "fil": page.trail,
        "retour": page.back,
        "champs": filled(page.fields, typed, refused),
        "plus": more,
        "plus_titre": page.more_title,
        "plus_ouvert": any(each.error for each in more) or any(each.name in refused.errors for each in page.aside),
        "fichier": upload or page.upload,
        "refus": refused,
        "vu": refused.seen or page.stamp,
        "bouton": page.button,
        **page.context,
    }
    wrong = refused.errors or refused.notice or refused.patients or (upload and upload.error)
    return render(request, page.template, context, status=422 if wrong else 200)


def submitted(request: HttpRequest, page: FormPage, save: Callable[[Typed], HttpResponse]) -> HttpResponse:
    """Do what the form asks, or show it again with what was typed; ``save`` gives where to go next."""
    lines = [each.name for each in page.every if each.kind in ("line", "words")]
    typed = typed_in(received(request, lines), page.every)
    if mask_asked(request):
        return shown(request, page, typed, Refused(seen=seen(request)))
    try:
        return save(typed)
    except (BadInput, Changed, NotNow) as wrong:
        refused, upload = told_of(wrong, page, typed, with_file="fichier" in request.FILES)
        return shown(request, page, typed, refused, upload=upload)


def given_file(request: HttpRequest) -> GivenFile | None:
    """The file that was sent."""
    sent = request.FILES.get("fichier")
    if sent is None or sent.file is None:
        return None
    content = cast("IO[bytes]", sent.file)
    return GivenFile(sent.name or "", content, declared_harmless=request.POST.get(HARMLESS) == "oui")


def required_file(request: HttpRequest) -> GivenFile:
    """The file that was sent. Raises :class:`BadInput` when there is none."""
    file = given_file(request)
    if file is None:
        raise refused_file(MISSING)
    return file


def told_of(
    wrong: BadInput | Changed | NotNow, page: FormPage, typed: Typed, *, with_file: bool
) -> tuple[Refused, Upload | None]:
    """What is said beside the fields, and beside the file."""
    fields = [*page.every, *page.aside]
    if page.upload is None:
        return refusal(wrong, fields, typed), None
    if isinstance(wrong, PatientData) and set(wrong.findings) <= set(OF_A_FILE):
        return Refused({"fichier": PATIENT}), replace(page.upload, error=PATIENT, doubtful=True)
    again = replace(page.upload, error=AGAIN) if with_file else None
    if isinstance(wrong, BadInput) and not isinstance(wrong, PatientData):
        mine = [each for each in wrong.problems if each.field in OF_A_FILE]
        if mine:
            words = " ".join(each.expected for each in mine)
            return Refused({"fichier": words}), replace(page.upload, error=words)
    return refusal(wrong, fields, typed), again
