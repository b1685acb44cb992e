"""``maillage openapi``: the description of the API, as the site serves it."""

from maillage.cli.common import print_json

ADDRESS = "/api/openapi.json"


def openapi() -> None:
    """Écrire la description de l'API (OpenAPI)."""
    import django
    import orjson

    django.setup()
    from django.http import HttpRequest
    from django.urls import resolve

    request = HttpRequest()
    request.method = "GET"
    match = resolve(ADDRESS)
    print_json(orjson.loads(match.func(request, *match.args, **match.kwargs).content))
