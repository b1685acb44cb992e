"""Every refusal of the API has the same form: ``{"erreurs": [{"champ", "valeur", "attendu", "message"}]}``."""

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig, TooManyFieldsSent
from django.core.signals import got_request_exception
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from pydantic import BaseModel, ConfigDict, Field

from maillage.core.kernel.problems import BadInput, Problem

logger = logging.getLogger(__name__)
BODY_LIMIT = 256 * 1024
"""Largest body accepted, in bytes: a situation with 3 000 communes takes 30 000."""


class Erreur(BaseModel):
    """Une chose à corriger."""

    model_config = ConfigDict(title="Erreur")

    champ: str = Field(
        description="Le chemin du champ (professionnels.0.profession) ; vide quand c'est l'ensemble.",
        examples=["professionnels.0.profession"],
    )
    valeur: str | float | int | bool | None = Field(
        description="Ce qui a été donné, abrégé à 60 caractères ; null quand rien n'a été donné.",
        examples=["infirmiere"],
    )
    attendu: str = Field(
        description="Ce qui est accepté et, s'il y en a une, la valeur la plus proche.",
        examples=["l'un de : medecin_generaliste, infirmier (vouliez-vous dire « infirmier » ?)"],
    )
    message: str = Field(
        description="La phrase à montrer à la personne, la même qu'en ligne de commande.",
        examples=["patientele : « -5 » n'est pas accepté. Attendu : un nombre d'au moins 0."],
    )


class Erreurs(BaseModel):
    """Tout ce qui est à corriger, en une fois."""

    erreurs: list[Erreur] = Field(min_length=1, description="Au moins une erreur, dans l'ordre des champs.")


class Refusal(Exception):
    """A request refused for another reason than its fields: ``status`` is the HTTP status."""

    def __init__(self, status: int, problems: Sequence[Problem], headers: Mapping[str, str] | None = None) -> None:
        super().__init__(status, *(problem.message for problem in problems))
        self.status, self.problems, self.headers = status, problems, headers or {}


def errors_of(problems: Sequence[Problem]) -> dict[str, Any]:
    """The body of a refusal, as :class:`Erreurs` describes it."""
    return {"erreurs": [problem.as_dict() for problem in problems]}


def install(api: NinjaAPI) -> None:
    """Give ``api`` an answer in French for everything that can go wrong."""
    _install_refusals(api)

    def refuse(request: HttpRequest, status: int, problems: Sequence[Problem]) -> HttpResponse:
        return _refused(api, request, Refusal(status, problems))

    @api.exception_handler(RequestDataTooBig)
    def too_big(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
        return refuse(request, 413, [too_large(request)])

    @api.exception_handler(TooManyFieldsSent)
    def too_many(request: HttpRequest, error: TooManyFieldsSent) -> HttpResponse:
        return refuse(request, 422, [Problem("adresse", request.path, TOO_MANY)])

    @api.exception_handler(Http404)
    def not_found(request: HttpRequest, error: Http404) -> HttpResponse:
        return refuse(request, 404, [Problem("adresse", request.path, "une adresse décrite par /api/openapi.json")])

    @api.exception_handler(Exception)
    def failure(request: HttpRequest, error: Exception) -> HttpResponse:
        got_request_exception.send(sender=None, request=request)
        logger.error("Failure on %s", request.path, exc_info=error)
        return refuse(request, 500, [Problem("", "la demande", OUR_FAULT)])


def _install_refusals(api: NinjaAPI) -> None:
    """What our own code refuses."""

    @api.exception_handler(BadInput)
    def bad_input(request: HttpRequest, error: BadInput) -> HttpResponse:
        return _refused(api, request, Refusal(422, error.problems))

    @api.exception_handler(Refusal)
    def refusal(request: HttpRequest, error: Refusal) -> HttpResponse:
        return _refused(api, request, error)

    @api.exception_handler(PermissionDenied)
    def not_allowed(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
        return _refused(api, request, Refusal(403, [Problem("droit", None, str(error) or NOT_ALLOWED)]))


def _refused(api: NinjaAPI, request: HttpRequest, refusal: Refusal) -> HttpResponse:
    response = api.create_response(request, errors_of(refusal.problems), status=refusal.status)
    for name, value in {"Cache-Control": "no-store", **refusal.headers}.items():
        response[name] = value
    return response


NOT_ALLOWED = "un rôle qui permet ce geste"
TOO_MANY = f"au plus {settings.DATA_UPLOAD_MAX_NUMBER_FIELDS} paramètres dans une adresse"
OUR_FAULT = "une réponse que nous n'avons pas su donner ; l'incident est enregistré, réessayez plus tard"


def too_large(request: HttpRequest) -> Problem:
    """What to say of a body above :data:`BODY_LIMIT`."""
    size = request.META.get("CONTENT_LENGTH") or "inconnue"
    return Problem("Content-Length", size, f"un corps d'au plus {BODY_LIMIT} octets")


def method_not_allowed(request: HttpRequest, allowed: str) -> dict[str, Any]:
    """The body of a 405."""
    return errors_of([Problem("méthode", request.method, allowed)])
