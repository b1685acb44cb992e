"""What Django leaves bare, said in a page; what no view can use, stopped before them."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import UnreadablePostError

from maillage.core.kernel.problems import Problem
from maillage.web.public.errors import method_not_allowed, null_character

Answer = Callable[[HttpRequest], HttpResponse]
NULL, WRITTEN_NULL = "\0", "%00"
API = "/api/"
FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
REFUSED_NULL = Problem("adresse", "%00", "une adresse sans caractère nul")


def method_not_allowed_page(get_response: Answer) -> Answer:
    """Give its page to a 405, which Django sends empty. The API writes a body of its own and keeps it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != 405 or response.streaming or response.content:
            return response
        page = method_not_allowed(request, response["Allow"])
        page["Allow"] = response["Allow"]
        return page

    return middleware


def without_null(get_response: Answer) -> Answer:
    """Refuse the null character in an address, a cookie or a form: PostgreSQL keeps none, nobody types one.

    The API answers 422, its word for what cannot be read; a page 400.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if not _has_null(request):
            return get_response(request)
        if request.path.startswith(API):
            told = {"erreurs": [REFUSED_NULL.as_dict()]}
            return JsonResponse(told, status=422, headers={"Cache-Control": "no-store"})
        return null_character(request)

    return middleware


def _has_null(request: HttpRequest) -> bool:
    query = request.META.get("QUERY_STRING", "")
    if NULL in request.path or NULL in query or WRITTEN_NULL in query:
        return True
    if any(NULL in value for value in request.COOKIES.values()):
        return True
    # The API reads its own bodies, and another body than a form is left to its view.
    is_form = request.method == "POST" and request.content_type in FORMS and not request.path.startswith(API)
    return is_form and _form_has_null(request)


def _form_has_null(request: HttpRequest) -> bool:
    """Whether a field holds one; what the files hold is not looked at."""
    try:
        return any(NULL in text for name, values in request.POST.lists() for text in (name, *values))
    except UnreadablePostError:
        return False  # Who sent it is gone.
