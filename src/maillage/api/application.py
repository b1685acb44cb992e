"""The API itself: django-ninja, with our way to read a body, to refuse, and to describe ourselves."""

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

import orjson
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver, path
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.errors import ValidationError, ValidationErrorContext
from ninja.openapi.schema import OpenAPISchema
from ninja.params.models import Body, BodyModel
from ninja.renderers import BaseRenderer

from maillage.api import errors
from maillage.api.errors import BODY_LIMIT, Refusal
from maillage.core.kernel.json_input import read_json
from maillage.core.kernel.problems import BadInput, Problem, problems_of

if TYPE_CHECKING:
    from pydantic import BaseModel

JSON = "application/json"
STATUS_IN_FRENCH = {
    "200": "La réponse.",
    "401": "Il faut être connecté au site, ou un jeton en vigueur.",
    "403": "Le jeton n'a pas la portée, ou son compte pas le rôle, que ce geste demande.",
    "404": "Introuvable.",
    "405": "Cette adresse n'accepte pas cette méthode.",
    "409": "Le dossier a changé, ou son état ne permet pas ce geste.",
    "413": "Le corps de la demande est trop grand.",
    "415": "Le corps de la demande n'est pas du JSON (Content-Type: application/json).",
    "422": "La demande n'est pas acceptée : chaque champ à corriger, sa valeur, ce qui est attendu.",
    "429": "Trop d'appels avec ce jeton : l'en-tête Retry-After dit combien de secondes attendre.",
}
CACHED = "public, max-age=3600"
"""What we know of the country changes with an import or a release: an hour late is harmless."""


class JsonBodyModel(BodyModel):
    """A body read by :func:`read_json`: as strict as the command line, refused in the same words."""

    @classmethod
    def resolve(cls, request: HttpRequest, api: NinjaAPI, path_params: dict[str, Any]) -> Any:
        """The values of the view's parameters. Raises :class:`Refusal` or :class:`BadInput`."""
        (name, field), *_ = cls.model_fields.items()
        model = cast("type[BaseModel]", field.annotation)
        return {name: read_json(model, read_body(request))}


class JsonBody(Body):  # type: ignore[misc]  # pydantic calls FieldInfo final; ninja inherits from it all the same
    """Marks the parameter of a view that is the JSON body: ``Annotated[Model, JsonBody(...)]``."""

    _model = JsonBodyModel

    @classmethod
    def _param_source(cls) -> str:
        return "body"


class JsonRenderer(BaseRenderer):
    """JSON in UTF-8, accents as they are."""

    media_type = JSON

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        """The bytes of an answer."""
        return orjson.dumps(data)


class MaillageAPI(NinjaAPI):
    """django-ninja that says in French, and as JSON, everything that it says."""

    def validation_error_from_error_contexts(
        self, error_contexts: list[ValidationErrorContext[Any]]
    ) -> ValidationError:
        """Raise the problems of the address and of its parameters as :class:`BadInput`."""
        found = [problem for context in error_contexts for problem in problems_of(context.pydantic_validation_error)]
        raise BadInput(found)

    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        """The OpenAPI document, the same whatever the version of Python."""
        schema = super().get_openapi_schema(**kwargs)
        for operations in schema["paths"].values():
            for operation in operations.values():
                operation["responses"] = {
                    str(code): {**answer, "description": STATUS_IN_FRENCH[str(code)]}
                    for code, answer in operation["responses"].items()
                }
        return schema

    def _get_urls(self) -> list[URLResolver | URLPattern]:
        patterns = super()._get_urls()
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                pattern.callback = self._finish(pattern.callback)
        return [*patterns, path("<path:rest>", csrf_exempt(self._unknown_address))]

    def _finish(self, view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        """Answer HEAD as GET, a wrong method in JSON, and say how long an answer may be kept."""

        @functools.wraps(view)
        def finished(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method == "HEAD":
                request.method = "GET"
            try:
                response = view(request, *args, **kwargs)
            except Http404:
                return self._unknown_address(request)
            if response.status_code == 405:
                response = self._refuse_method(request, response["Allow"])
            keep = CACHED if request.method == "GET" and response.status_code == 200 else "no-store"
            response.headers.setdefault("Cache-Control", keep)
            return response

        return finished

    def _refuse_method(self, request: HttpRequest, allowed: str) -> HttpResponse:
        response = self.create_response(request, errors.method_not_allowed(request, allowed), status=405)
        response["Allow"] = allowed
        return response

    def _unknown_address(self, request: HttpRequest, rest: str = "") -> HttpResponse:
        refused = Problem("adresse", request.path, "une adresse décrite par /api/openapi.json")
        return self.on_exception(request, Refusal(404, [refused]))


def read_body(request: HttpRequest) -> bytes:
    """The bytes of a JSON body. Raises :class:`Refusal` when it is not announced as JSON, or too large."""
    if request.content_type != JSON:
        raise Refusal(415, [Problem("Content-Type", request.content_type or None, JSON)])
    if len(request.body) > BODY_LIMIT:
        raise Refusal(413, [errors.too_large(request)])
    return request.body
