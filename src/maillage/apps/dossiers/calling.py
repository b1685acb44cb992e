"""Who calls the API, and what they may there: a person of the site, who reads; or a token, that acts for its
organisation with the rights that its account holds in that organisation alone, within its scopes."""

from dataclasses import dataclass

from django.db.models import QuerySet

from maillage.apps.accounts.models import User
from maillage.apps.accounts.permissions import has_role
from maillage.apps.connections.models import ApiToken
from maillage.apps.connections.tokens import ADVISE, FILE, REVIEW, allows
from maillage.apps.dossiers.advice import is_shown
from maillage.apps.dossiers.models import AvisRequest, Dossier
from maillage.apps.dossiers.permissions import (
    INSIDERS,
    delegations,
    is_of_the_filer,
    may_draft,
    may_file,
    may_give,
    may_read_inside,
    may_review,
)
from maillage.apps.dossiers.queries import visible
from maillage.core.dossiers.definition import Actor


@dataclass(frozen=True)
class Caller:
    """A person, and the token by which they call, if any."""

    person: User
    token: ApiToken | None = None


def dossiers_of(caller: Caller) -> QuerySet[Dossier]:
    """The dossiers that a caller may see, whatever the scope: each route asks for its own."""
    return visible(caller.person, within=caller.token.organisation if caller.token else None)


def reads_inside(caller: Caller, dossier: Dossier) -> bool:
    """Whether a caller reads what the authority keeps to itself."""
    if not may_read_inside(caller.person, dossier):
        return False
    return caller.token is None or (_serves(caller.token, dossier) and _holds_inside(caller.token))


def is_filing(caller: Caller, dossier: Dossier) -> bool:
    """Whether a caller stands on the side of who files."""
    if not is_of_the_filer(caller.person, dossier):
        return False
    return caller.token is None or _files(caller.token, dossier)


def actors_for(caller: Caller, dossier: Dossier) -> frozenset[Actor]:
    """What a token is on a dossier, in the words of its definition; a session acts on the pages, never by the API."""
    token, found = caller.token, set[Actor]()
    if token is None:
        return frozenset()
    if allows(token, FILE) and token.organisation_id == dossier.filer_id and may_file(caller.person, dossier):
        found.add("deposant")
    if allows(token, REVIEW) and _serves(token, dossier) and may_review(caller.person, dossier):
        found.add("instructeur")
    return frozenset(found)


def may_write_draft(caller: Caller, dossier: Dossier) -> bool:
    """Whether a token may write the answers of a dossier."""
    token = caller.token
    return token is not None and allows(token, FILE) and _files(token, dossier) and may_draft(caller.person, dossier)


def may_answer(caller: Caller, asked: AvisRequest) -> bool:
    """Whether a token may give an avis asked of its organisation, or of its account there."""
    token = caller.token
    if token is None or not allows(token, ADVISE) or asked.organisation_id != token.organisation_id:
        return False
    return may_give(caller.person, asked)


def avis_of(caller: Caller, dossier: Dossier) -> list[AvisRequest]:
    """The avis given that a caller reads, and those asked of them."""
    rows = AvisRequest.objects.filter(consultation__dossier=dossier, withdrawn_at=None)
    rows = rows.select_related("consultation__dossier", "organisation").order_by("consultation__at", "pk")
    inside, body = reads_inside(caller, dossier), caller.token.organisation_id if caller.token else None
    within = [each for each in rows if inside or body is None or each.organisation_id == body]
    return [each for each in within if is_shown(caller.person, each) or may_give(caller.person, each)]


def _files(token: ApiToken, dossier: Dossier) -> bool:
    return token.organisation_id in (dossier.filer_id, dossier.structure.organisation_id)


def _serves(token: ApiToken, dossier: Dossier) -> bool:
    """Whether the organisation of a token is the authority of a dossier, or its délégation of the département."""
    return token.organisation_id in (dossier.authority_id, *delegations(dossier))


def _holds_inside(token: ApiToken) -> bool:
    return has_role(token.created_by, token.organisation, INSIDERS)
