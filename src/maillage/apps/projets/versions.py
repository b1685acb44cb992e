"""Versions of a project: name one, find one, compare two, ask for signatures on the last one."""

import datetime
import uuid
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from maillage.apps.accounts.models import User
from maillage.apps.common.refused import NotAllowed
from maillage.apps.common.screening import screened
from maillage.apps.common.services import record
from maillage.apps.projets.contents import content_of, fingerprint_of
from maillage.apps.projets.models import Projet, Version
from maillage.apps.projets.permissions import may_freeze
from maillage.core.kernel.problems import BadInput, Problem
from maillage.core.projet.comparison import Comparison, compare

LONGEST_NAME = 120


@transaction.atomic
def name_version(projet: Projet, *, name: str, by: User, at: datetime.datetime) -> Version:
    """Freeze the project as it is under a name.

    Raises :class:`NotAllowed` for who does not run the structure, :class:`BadInput` when the name is missing, too
    long or tells a patient, or when nothing changed since the last version.
    """
    if not may_freeze(by, projet):
        raise NotAllowed("nommer une version")
    locked = Projet.objects.select_for_update(of=("self",)).select_related("structure", "diagnosis").get(pk=projet.pk)
    content = content_of(locked)
    fingerprint, last = fingerprint_of(content), last_version(locked)
    _check(name.strip(), fingerprint, last)
    version = Version.objects.create(
        projet=locked,
        number=last.number + 1 if last else 1,
        name=name.strip(),
        content=content,
        fingerprint=fingerprint,
        at=at,
        author=by,
    )
    record(by=by, at=at, verb="figer une version", subject=version, after=_summary(version), scope=scope_of(locked))
    return version


def _check(name: str, fingerprint: str, last: Version | None) -> None:
    if not name or len(name) > LONGEST_NAME:
        raise BadInput([Problem("nom", name[:40], f"le nom de la version, de 1 à {LONGEST_NAME} caractères")])
    screened({"nom": name})
    if last and last.fingerprint == fingerprint:
        raise BadInput(
            [Problem("nom", name, f"un changement : rien n'a changé depuis la version {last.number} « {last.name} »")]
        )


@transaction.atomic
def ask_for_signatures(version: Version, *, by: User, at: datetime.datetime) -> Version:
    """Ask the signatories to sign a version: the last one, as it was frozen.

    Raises :class:`NotAllowed`, or :class:`BadInput` when a later version exists, when nobody signs, or when it was
    asked already.
    """
    if not may_freeze(by, version.projet):
        raise NotAllowed("demander les signatures")
    found = Version.objects.select_for_update().select_related("projet__structure").get(pk=version.pk)
    last = last_version(found.projet)
    if last and last.pk != found.pk:
        raise BadInput([Problem("version", found.number, f"la dernière version, qui porte le numéro {last.number}")])
    if found.asks_signatures_at:
        raise BadInput([Problem("version", found.number, "une version dont les signatures ne sont pas déjà demandées")])
    if not signatories_of(found):
        raise BadInput([Problem("signataires", 0, "au moins un membre de l'équipe qui signe le projet")])
    found.asks_signatures_at = at
    found.save(update_fields=["asks_signatures_at"])
    record(
        by=by,
        at=at,
        verb="demander les signatures",
        subject=found,
        after={"version": found.number, "signataires": len(signatories_of(found))},
        scope=scope_of(found.projet),
    )
    return found


def signatories_of(version: Version) -> list[dict[str, Any]]:
    """The members who sign, as they were when the version was frozen."""
    return [each for each in version.content["membres"] if each["signataire"]]


def versions_of(projet: Projet) -> QuerySet[Version]:
    """The versions, the last first, with ``signed``: how many signatures stand. Their contents are not loaded."""
    standing = Count("signatures", filter=Q(signatures__withdrawn_at=None))
    return projet.versions.defer("content").select_related("author").annotate(signed=standing).order_by("-number")


def version_of(projet: Projet, number: int) -> Version | None:
    """A version of a project by its number."""
    return projet.versions.select_related("author", "projet__structure").filter(number=number).first()


def last_version(projet: Projet) -> Version | None:
    """The last version, ``None`` while nothing was frozen."""
    return projet.versions.first()


def changed_since(version: Version) -> Comparison:
    """What changed in the project since a version."""
    return compare(version.content, content_of(version.projet))


def has_changed_since(version: Version) -> bool:
    """Whether the project no longer says what the version says."""
    return fingerprint_of(content_of(version.projet)) != version.fingerprint


def scope_of(projet: Projet) -> str:
    """Whom the events of a project concern: its structure's organisation."""
    return str(projet.structure.organisation_id)


def _summary(version: Version) -> dict[str, Any]:
    return {"version": version.number, "nom": version.name, "empreinte": version.fingerprint}


def version_by_id(identifier: uuid.UUID) -> Version | None:
    """A version by its identifier, for who was already found to see its project."""
    return Version.objects.select_related("projet__structure").filter(pk=identifier).first()


def check_reminder(version: Version, *, by: User) -> None:
    """Raise :class:`NotAllowed` for who may not write again to the signatories."""
    if not may_freeze(by, version.projet):
        raise NotAllowed("relancer les signataires")
