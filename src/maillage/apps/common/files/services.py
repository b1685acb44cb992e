"""Depositing a file, giving it back, erasing it."""

import datetime
import hashlib
from collections.abc import Iterable
from functools import partial
from typing import IO

from django.conf import settings
from django.db import transaction

from maillage.apps.common.files import antivirus, storage
from maillage.apps.common.files.examining import Examined, examined
from maillage.apps.common.files.names import clean_name
from maillage.apps.common.files.reading import words
from maillage.apps.common.files.refusals import UNKNOWN, refused
from maillage.apps.common.models import StoredFile
from maillage.apps.common.patient_data.finding import Finding, Kind
from maillage.apps.common.patient_data.screen import find
from maillage.apps.common.screening import PatientData
from maillage.apps.common.services import Actor, record
from maillage.core.kernel.french import number
from maillage.core.kernel.problems import BadInput

MEGA = 1_000_000
CONTENT, NAME = "fichier", "nom du fichier"
SURE = frozenset({Kind.NIR, Kind.INS})
"""What nobody may declare harmless."""
STRAY_AFTER = datetime.timedelta(days=1)


def deposit(
    *,
    by: Actor | str,
    at: datetime.datetime,
    name: str,
    content: IO[bytes],
    scope: str = "",
    kinds: Iterable[str] = (),
    declared_harmless: bool = False,
) -> StoredFile:
    """Keep a file for the organisation ``scope``; ``kinds`` are the extensions that are accepted here (all by default).

    Who read a document where the screen sees a patient may declare that there is none: it is written in the log. A
    sécurité sociale number is refused all the same. Raises :class:`BadInput` (``PatientData`` for the screen); then
    nothing is kept.
    """
    found = _accepted(within_limit(content), name, tuple(kinds))
    shown = clean_name(name, found.extension)
    _screen(found, shown, declared_harmless=declared_harmless)
    if settings.CLAMAV:
        antivirus.check(found.content, settings.CLAMAV)
    path = storage.put(found.content)
    told = {"type": found.extension, "octets": len(found.content), "sans_patient_declare": declared_harmless}
    try:
        with transaction.atomic():
            stored = _row(found, shown, path, scope, by, at)
            record(by=by, at=at, verb="déposer un fichier", subject=stored, after=told, scope=scope)
    except BaseException:
        storage.remove(path)
        raise
    return stored


def within_limit(content: IO[bytes]) -> bytes:
    """The bytes of a file. Raises :class:`BadInput` when it weighs more than this installation accepts."""
    limit = int(settings.FILE_MEGABYTES * MEGA)
    whole = content.read(limit + 1)
    if len(whole) > limit:
        raise refused(f"Ce fichier pèse plus de {number(settings.FILE_MEGABYTES)} Mo : réduisez-le ou coupez-le.")
    return whole


@transaction.atomic
def erase(*, by: Actor | str, at: datetime.datetime, file: StoredFile) -> None:
    """Remove a file and its bytes; the log keeps that it was there."""
    told = {"type": file.content_type, "octets": file.size}
    record(by=by, at=at, verb="effacer un fichier", subject=file, before=told, scope=file.scope)
    path = file.path
    file.delete()
    transaction.on_commit(partial(storage.remove, path))


def strays(now: datetime.datetime) -> list[str]:
    """Paths on disk that no row names: what an act that was undone left. Those of the last day may be on their way."""
    known = set(StoredFile.objects.values_list("path", flat=True))
    oldest = (now - STRAY_AFTER).timestamp()
    return sorted(path for path, written in storage.every() if path not in known and written < oldest)


def _row(found: Examined, name: str, path: str, scope: str, by: Actor | str, at: datetime.datetime) -> StoredFile:
    return StoredFile.objects.create(
        name=name,
        content_type=found.content_type,
        size=len(found.content),
        sha256=hashlib.sha256(found.content).hexdigest(),
        path=path,
        scope=scope,
        uploaded_by=by if isinstance(by, str) else by.event_actor,
        at=at,
        scanned=bool(settings.CLAMAV),
    )


def _accepted(whole: bytes, name: str, kinds: tuple[str, ...]) -> Examined:
    asked = ", ".join(kind.upper() for kind in kinds)
    try:
        found = examined(whole, name)
    except BadInput as wrong:
        if kinds and str(wrong) == str(refused(UNKNOWN)):
            told = f"Ce fichier n'est pas d'une sorte acceptée, quel que soit son nom ; ici, déposez : {asked}."
            raise refused(told) from wrong
        raise
    if kinds and found.extension not in kinds:
        raise refused(f"Ce fichier est un {found.extension.upper()} ; ici, déposez : {asked}.")
    return found


def _screen(found: Examined, shown: str, *, declared_harmless: bool) -> None:
    seen = {NAME: find(shown.rpartition(".")[0].replace("_", " ")), CONTENT: find(words(found))}
    stopped = {field: _kept(findings, declared_harmless) for field, findings in seen.items()}
    if any(stopped.values()):
        raise PatientData({field: findings for field, findings in stopped.items() if findings})


def _kept(findings: tuple[Finding, ...], declared_harmless: bool) -> tuple[Finding, ...]:
    return tuple(each for each in findings if not declared_harmless or each.kind in SURE)
