"""The dossiers that a caller may read, one of them, its files."""

import datetime
import uuid
from typing import Annotated, Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from ninja import Query, Router

from maillage.api.answers import REFUSED
from maillage.api.authentication import REFUSED_TO_CALLERS, Bearer, caller_of
from maillage.api.dossiers.answers import DossierDetaille, ListeDesDossiers, Phase
from maillage.api.dossiers.telling import summaries, whole
from maillage.api.errors import Erreurs
from maillage.apps.common.files import storage
from maillage.apps.common.models import Event
from maillage.apps.connections.tokens import READ
from maillage.apps.dossiers.calling import Caller, dossiers_of, is_filing
from maillage.apps.dossiers.frozen import piece_for
from maillage.apps.dossiers.models import Dossier
from maillage.core.kernel.problems import BadInput, Problem

router = Router(tags=["Dossiers"], auth=Bearer(READ))
OF_THE_LIST: dict[int, Any] = {**REFUSED, **REFUSED_TO_CALLERS}
OF_A_DOSSIER: dict[int, Any] = {**OF_THE_LIST, 404: Erreurs}
FIRST_YEAR, LAST_YEAR = 1990, 2100
MOMENT = "un moment ISO 8601 avec son fuseau, par exemple 2026-11-22T09:00:00+01:00"
Text = Annotated[str, Query(max_length=40)]
FILE_ANSWER = {
    "responses": {
        200: {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}},
    }
}


@router.get(
    "",
    response={200: ListeDesDossiers, **OF_THE_LIST},
    operation_id="lister_dossiers",
    summary="Lister les dossiers que l'on peut lire",
)
def list_dossiers(
    request: HttpRequest,
    response: HttpResponse,
    nature: Text = "",
    etat: Text = "",
    phase: Phase | None = None,
    departement: Text = "",
    echeance_avant: Annotated[str, Query(description="AAAA-MM-JJ.")] = "",
    modifie_depuis: Annotated[str, Query(description="Date et heure ISO 8601, avec le fuseau.")] = "",
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
    limite: Annotated[int, Query(ge=1, le=100)] = 50,
) -> dict[str, Any]:
    """Les dossiers de l'organisation du jeton (portée dossiers:lire), ou ceux que la personne connectée peut lire.

    Le plus ancien d'abord : un dossier ne change pas de page quand d'autres arrivent.
    """
    response["Cache-Control"] = "no-store"
    exact = {"kind": nature, "state": etat, "phase": phase or "", "departement": departement}
    rows = dossiers_of(caller_of(request)).filter(**{name: value for name, value in exact.items() if value})
    if echeance_avant:
        rows = rows.filter(due_on__lt=_day(echeance_avant))
    if modifie_depuis:
        rows = _changed_since(rows, _moment(modifie_depuis))
    found = Paginator(rows.order_by("created_at", "pk"), limite)
    shown = found.page(page).object_list if page <= found.num_pages else []
    return {"total": found.count, "page": page, "pages": found.num_pages, "dossiers": summaries(shown)}


@router.get(
    "/{uuid:dossier}",
    response={200: DossierDetaille, **OF_A_DOSSIER},
    operation_id="lire_dossier",
    summary="Lire un dossier",
)
def read_dossier(request: HttpRequest, response: HttpResponse, dossier: uuid.UUID) -> dict[str, Any]:
    """Un dossier : sa démarche, ses réponses, ses pièces, ses dépôts, son délai, ses échanges, sa décision.

    Les réponses et les pièces sont celles du dernier dépôt ; pour qui dépose, celles qui se préparent. Qui dépose n'y
    lit ni les notes internes, ni les avis, ni une décision qui n'est pas notifiée. L'en-tête ETag porte la version, à
    renvoyer dans If-Match.
    """
    caller = caller_of(request)
    told = whole(caller, dossier_for(caller, dossier))
    response["Cache-Control"] = "no-store"
    response["ETag"] = f'"{told["version"]}"'
    return told


@router.get(
    "/{uuid:dossier}/pieces/{uuid:piece}",
    response=OF_A_DOSSIER,
    operation_id="lire_piece",
    summary="Télécharger une pièce",
    openapi_extra=FILE_ANSWER,
)
def read_piece(request: HttpRequest, dossier: uuid.UUID, piece: uuid.UUID) -> FileResponse:
    """Le fichier, tel qu'il a été joint ; son empreinte est dans le dossier.

    Qui dépose lit aussi ce qui se prépare ; les autres, ce qui a été déposé.
    """
    caller = caller_of(request)
    row = dossier_for(caller, dossier)
    found = piece_for(row, piece, own=is_filing(caller, row))
    if found is None:
        raise Http404
    try:
        content = storage.opened(found.file.path)
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(
        content,
        as_attachment=True,
        filename=found.file.name,
        content_type="application/octet-stream",
        headers={"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"},
    )


def dossier_for(caller: Caller, identifier: uuid.UUID) -> Dossier:
    """A dossier that the caller may see. Raises ``Http404``."""
    found = dossiers_of(caller).filter(pk=identifier).first()
    if found is None:
        raise Http404
    return found


def _changed_since(rows: QuerySet[Dossier], moment: datetime.datetime) -> QuerySet[Dossier]:
    """Those about which something that who files may know was written since a moment."""
    known = {str(key): str(body) for key, body in rows.values_list("pk", "authority_id")}
    events = Event.objects.filter(subject_type=Dossier._meta.label_lower, at__gte=moment)
    written = events.values_list("subject_id", "scope").distinct()
    return rows.filter(pk__in=[key for key, scope in written if key in known and scope != known[key]])


def _day(text: str) -> datetime.date:
    try:
        return datetime.datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no time zone
    except ValueError:
        raise BadInput([Problem("echeance_avant", text, "une date de la forme AAAA-MM-JJ")]) from None


def _moment(text: str) -> datetime.datetime:
    # In an address, « + » is read as a space.
    try:
        found = datetime.datetime.fromisoformat(text.replace(" ", "+") if "T" in text else text)
    except ValueError:
        raise BadInput([Problem("modifie_depuis", text, MOMENT)]) from None
    if found.tzinfo is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise BadInput([Problem("modifie_depuis", text, MOMENT)])
    return found
