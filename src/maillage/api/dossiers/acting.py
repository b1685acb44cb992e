"""The acts on a dossier: one address by act, each with its body; done once under a key, on the version read."""

import uuid
from collections.abc import Callable
from typing import Annotated, Any, get_args

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Header, Router

from maillage.api.answers import REFUSED_BODY
from maillage.api.application import JsonBody
from maillage.api.authentication import REFUSED_TO_CALLERS, Bearer, CallerProblem, caller_of
from maillage.api.dossiers.answers import GesteFait
from maillage.api.dossiers.bodies import Corps
from maillage.api.dossiers.examples import EXAMPLES
from maillage.api.dossiers.gestes import GESTES, Geste, is_entitled
from maillage.api.dossiers.reading import dossier_for
from maillage.api.dossiers.telling import summaries, versions_of
from maillage.api.errors import Erreurs, Refusal
from maillage.apps.connections.once import once
from maillage.apps.connections.tokens import SCOPES
from maillage.apps.dossiers.calling import Caller
from maillage.apps.dossiers.drafting import Overtaken
from maillage.apps.dossiers.models import Dossier
from maillage.apps.dossiers.moving import locked
from maillage.core.dossiers.definition import VERBS, Verb
from maillage.core.dossiers.path import PathProblem
from maillage.core.kernel.problems import BadInput, Problem

router = Router(tags=["Dossiers"])
REFUSED_ACT: dict[int, Any] = {**REFUSED_BODY, **REFUSED_TO_CALLERS, 404: Erreurs, 409: Erreurs}
Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        description="Une clé choisie par l'appelant : la même demande, deux fois, n'agit qu'une fois.",
        max_length=80,
    ),
]
Match = Annotated[
    str, Header(alias="If-Match", description="La version qui a été lue ; le geste est refusé si elle a changé.")
]
WRITTEN_NULL = "\\u0000"
BY_A_PERSON = "une personne, avec son second facteur, sur le site : l'API ne décide pas et ne tient pas de séance"


def _route(geste: Geste) -> Callable[..., Any]:
    model: Any = Annotated[geste.body, JsonBody(..., example=EXAMPLES[geste.code])]

    def act(
        request: HttpRequest, response: HttpResponse, dossier: uuid.UUID, corps: Any, cle: Key = "", version: Match = ""
    ) -> dict[str, Any]:
        told, again = _done(caller_of(request), geste, dossier, corps, cle, version)
        response["Cache-Control"] = "no-store"
        response["ETag"] = f'"{told["dossier"]["version"]}"'
        if again:
            response["Idempotency-Replayed"] = "true"
        return told

    act.__annotations__["corps"] = model
    act.__name__ = f"act_{geste.code}"
    words = " ou ".join(f"{scope} ({SCOPES[scope].title.lower()})" for scope in geste.scopes)
    act.__doc__ = f"{geste.title}. Portée : {words}. L'événement du journal porte le nom du jeton."
    return act


for _geste in GESTES.values():
    router.post(
        f"/{{uuid:dossier}}/gestes/{_geste.code}",
        response={200: GesteFait, **REFUSED_ACT},
        operation_id=f"faire_{_geste.code}",
        summary=_geste.title,
        auth=Bearer(*_geste.scopes),
    )(_route(_geste))


@router.post("/{uuid:dossier}/gestes/{verbe}", auth=Bearer(), include_in_schema=False)
def refuse_act(request: HttpRequest, dossier: uuid.UUID, verbe: str) -> None:
    """What the API does not do is refused in words."""
    dossier_for(caller_of(request), dossier)
    if verbe not in get_args(Verb):
        raise Refusal(404, [Problem("geste", verbe, f"l'un de : {', '.join(GESTES)}")])
    said = VERBS[verbe]  # type: ignore[index]  # it is one of them
    raise Refusal(403, [CallerProblem("geste", said, BY_A_PERSON)])


def _done(
    caller: Caller, geste: Geste, identifier: uuid.UUID, body: Corps, key: str, version: str
) -> tuple[dict[str, Any], bool]:
    seen = dossier_for(caller, identifier)
    if caller.token is None or not is_entitled(geste, caller, seen):
        raise Refusal(
            403, [CallerProblem("geste", geste.title, "un geste que les droits de ce jeton permettent sur ce dossier")]
        )
    at, asked = timezone.now(), f"{geste.code} {identifier} {body.model_dump_json()}"
    if WRITTEN_NULL in asked:
        raise BadInput([Problem("", "\\u0000", "un texte sans caractère nul")])

    def do() -> dict[str, Any]:
        dossier = locked(identifier)
        _check_version(dossier, version)
        geste.do(caller, dossier, body, at)
        after = Dossier.objects.select_related("structure", "filer", "authority").get(pk=identifier)
        return {"geste": geste.code, "dossier": summaries([after])[0]}

    try:
        return once(caller.token, key.strip(), asked.encode(), do, at=at)
    except BadInput as refused:
        raise _said(refused) from refused
    except Dossier.DoesNotExist:
        raise Http404 from None


def _check_version(dossier: Dossier, given: str) -> None:
    """Raises :class:`Refusal` (409) when the dossier is not the one that was read."""
    wanted = given.strip().removeprefix("W/").strip('"')
    now = versions_of([dossier])[str(dossier.pk)]
    if wanted not in ("", "*", now):
        raise Refusal(409, [Problem("If-Match", wanted, f"la version d'aujourd'hui : {now} ; relisez le dossier")])


def _said(refused: BadInput) -> Exception:
    """A refusal of the state, or of who wrote meanwhile, is a conflict; the rest is bad input."""
    state = isinstance(refused, Overtaken) or any(isinstance(each, PathProblem) for each in refused.problems)
    return Refusal(409, refused.problems) if state else refused
