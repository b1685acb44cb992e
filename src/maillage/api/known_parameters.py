"""An address with a parameter that the route does not know is refused: it would be ignored, and believed heard."""

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from ninja.params.models import QueryModel

from maillage.core.kernel.problems import BadInput, Problem, nearest

View = Callable[..., Any]


def only_known_parameters(view: View) -> View:
    """The view, which raises :class:`BadInput` with one problem per unknown parameter, naming the accepted ones."""

    @functools.wraps(view)
    def checked(request: HttpRequest, *args: Any, **values: Any) -> Any:
        accepted = accepted_parameters(view)
        unknown = [name for name in request.GET if name not in accepted]
        if unknown:
            raise BadInput(Problem(name, request.GET[name], _expected(name, accepted)) for name in unknown)
        return view(request, *args, **values)

    return checked


def accepted_parameters(view: View) -> tuple[str, ...]:
    """Names of the parameters that the route of a view reads in the address, after « ? »."""
    # django-ninja writes on each view the operation that it makes of it.
    queries = (model for model in vars(view)["_ninja_operation"].models if issubclass(model, QueryModel))
    return tuple(name for model in queries for name in model.__ninja_flatten_map__)


def _expected(name: str, accepted: tuple[str, ...]) -> str:
    if not accepted:
        return "aucun paramètre à cette adresse"
    near = nearest(name, accepted)
    proposal = f" (vouliez-vous dire « {near} » ?)" if near else ""
    return f"un paramètre connu de cette adresse : {', '.join(accepted)}{proposal}"
