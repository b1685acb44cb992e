"""What Django leaves bare, said in a page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from maillage.web.public.errors import method_not_allowed

Answer = Callable[[HttpRequest], HttpResponse]


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
