"""Who is told of what happens to a dossier, and in which words."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from django.db.models import Q, QuerySet

from maillage.apps.accounts.models import Organisation, Role, User
from maillage.apps.accounts.permissions import MANAGERS
from maillage.apps.dossiers.models import Dossier
from maillage.apps.dossiers.permissions import (
    DECIDERS,
    REVIEWERS,
    delegations,
    has_interest,
    holder_of,
    is_of_the_filer,
)
from maillage.apps.notifications.kinds import Kind
from maillage.apps.notifications.services import notify

To = Literal["deposant", "instruction", "decision", "tous"]


@dataclass(frozen=True)
class News:
    """What a kind says (in the words of who files, and of who reviews when they differ), to whom, on which page.

    ``internal``: who files never learns it.
    """

    title: str
    to: To
    page: str = ""
    inside: str = ""
    internal: bool = False


NEWS: dict[Kind, News] = {
    "depot": News("Votre dossier est déposé", "instruction", inside="Un dossier est déposé"),
    "complements": News(
        "Vos compléments sont envoyés", "instruction", "pieces/", inside="Les compléments sont arrivés"
    ),
    "pieces_demandees": News("Des pièces vous sont demandées", "deposant", "pieces/", inside="Pièces demandées"),
    "retrait": News("Votre dossier est retiré", "instruction", inside="Le dossier est retiré par qui l’a déposé"),
    "message": News("Un message vous attend", "tous", "echanges/"),
    "note": News("Une note interne est écrite", "instruction", "echanges/", internal=True),
    "attribution": News("Ce dossier vous est confié", "instruction", internal=True),
    "avis_demande": News("Votre avis est demandé", "instruction", internal=True),
    "avis_rendu": News("Un avis est rendu", "instruction", "avis/", internal=True),
    "seance": News("Une séance examine ce dossier", "instruction"),
    "avis_commission": News("La commission s’est prononcée", "instruction"),
    "a_decider": News("Une décision vous est proposée", "decision", "decision/", internal=True),
    "decision": News("Une décision est prise", "instruction", "decision/"),
    "notification_decision": News("La décision vous est notifiée", "deposant", "decision/", inside="Décision notifiée"),
    "condition": News("Une condition de la décision est à suivre", "tous", "decision/"),
    "echeance_proche": News("Un délai finit bientôt", "instruction"),
    "echeance_passee": News("Un délai est dépassé", "instruction"),
    "silence": News("Le délai est passé : le silence vaut décision", "tous", "decision/"),
}


def tell(
    dossier: Dossier,
    kind: Kind,
    *,
    by: User | None,
    at: datetime.datetime,
    to: To | None = None,
    people: Iterable[User] = (),
    title: str = "",
    address: str = "",
) -> None:
    """Tell what happened to a dossier, in the transaction of the act: never to who acts.

    ``to`` is who is told, ``people`` named persons; without both, who the kind says. ``title`` and ``address`` (a path)
    take the place of those of the kind.
    """
    news = NEWS[kind]
    named = list(people)
    audience = to if to is not None or named else news.to
    outside, inside = _filers(dossier, audience), _authority(dossier, audience)
    for person in named:
        (outside if is_of_the_filer(person, dossier) else inside).append(person)
    for persons, words in ((inside, news.inside or news.title), (() if news.internal else outside, news.title)):
        notify(
            persons, kind=kind, group=f"dossier:{dossier.pk}", about=named_as(dossier), title=title or words,
            address=address or f"/dossiers/{dossier.pk}/{news.page}", at=at, by=by,
        )  # fmt: skip


def named_as(dossier: Dossier) -> str:
    """How a dossier is named to who is told of it: its number and its structure."""
    return f"{dossier} · {dossier.structure.nom}"


def filers_of(dossier: Dossier) -> QuerySet[User]:
    """Who runs what files: who may deposit, and who runs the structure."""
    own = Role.objects.filter(until=None, organisation__closed_at=None)
    runs = Q(organisation=dossier.structure.organisation_id, name__in=MANAGERS)
    files = Q(organisation=dossier.filer_id, name=Role.Name.PORTEUR)
    if dossier.filer.kind == Organisation.Kind.STRUCTURE:
        files = Q(organisation=dossier.filer_id, name__in=MANAGERS)
    return User.objects.filter(roles__in=own.filter(runs | files), is_active=True).distinct()


def reviewers_of(dossier: Dossier) -> list[User]:
    """Who holds a dossier; while nobody who may review it does, every instructeur of the authority and of its
    délégation."""
    if (holder := holder_of(dossier)) is not None:
        return [holder]
    return list(_serving(dossier, REVIEWERS))


def deciders_of(dossier: Dossier) -> list[User]:
    """The décideurs of the authority, and of its délégation."""
    return list(_serving(dossier, DECIDERS))


def _serving(dossier: Dossier, names: frozenset[Role.Name]) -> list[User]:
    bodies = [dossier.authority_id, *delegations(dossier)]
    roles = Role.objects.filter(organisation__in=bodies, organisation__closed_at=None, until=None, name__in=names)
    found = User.objects.filter(roles__in=roles, is_active=True).distinct()
    return [each for each in found if not is_of_the_filer(each, dossier) and not has_interest(each, dossier)]


def _filers(dossier: Dossier, audience: To | None) -> list[User]:
    return list(filers_of(dossier)) if audience in ("deposant", "tous") else []


def _authority(dossier: Dossier, audience: To | None) -> list[User]:
    if dossier.authority_id is None:
        return []
    if audience == "decision":
        return deciders_of(dossier)
    return reviewers_of(dossier) if audience in ("instruction", "tous") else []
