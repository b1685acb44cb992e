"""What is tried on the machine of an installation: database, folders, e-mail, antivirus, clock."""

import datetime
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.core.mail import get_connection
from django.db import DatabaseError, connection

from maillage.apps.common.deployment.check import Check, know, mend, ok
from maillage.apps.common.deployment.settings_checks import is_open
from maillage.apps.common.files import antivirus
from maillage.apps.common.files.services import strays
from maillage.apps.common.models import Event
from maillage.apps.common.schema import is_migrated
from maillage.core.kernel.french import number, plural

GIGA = 1 << 30
LEAST_FREE = GIGA
CLOCK_SLACK = 30
"""Seconds: a code of six digits changes every thirty."""
PREPARE = "Lancez : maillage donnees preparer"
TRIGGERS = {
    "sqlite": "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'common_event'",
    "postgresql": "SELECT count(*) FROM pg_trigger WHERE tgrelid = 'common_event'::regclass AND NOT tgisinternal "
    "AND tgenabled <> 'D'",
}
GUARDS = 2


def machine_checks(now: datetime.datetime) -> Iterator[Check]:
    """Everything that is tried; what needs the database is left out when it does not answer."""
    answers = _database()
    yield answers
    if answers.state == "ok" or is_reached():
        yield from _tables(now)
    yield from _folders()
    yield _static()
    yield _mail()
    yield _antivirus()


def is_reached() -> bool:
    """Whether the database answers."""
    try:
        connection.ensure_connection()
    except DatabaseError:
        return False
    return True


def _database() -> Check:
    if not is_reached():
        return mend("Base de données", "ne répond pas", "Vérifiez DATABASE_URL, le serveur et les droits.")
    if connection.vendor == "sqlite" and is_open():
        todo = "Dès que plusieurs processus servent le site, prenez PostgreSQL : DATABASE_URL=postgres://…"
        return know("Base de données", "SQLite", todo)
    return ok("Base de données", "PostgreSQL" if connection.vendor == "postgresql" else "SQLite")


def _tables(now: datetime.datetime) -> Iterator[Check]:
    if not is_migrated():
        yield mend("Tables", "ne sont pas à jour", PREPARE)
        return
    yield ok("Tables", "à jour")
    yield _log()
    yield _clock(now)
    yield _cache()
    if left := strays(now):
        seen = f"{number(len(left))} {plural(len(left), 'fichier')} qu'aucun acte ne nomme"
        yield know(
            "Fichiers déposés", seen, f"Ils peuvent être effacés de {settings.FILES_DIR} : {', '.join(left[:3])}…"
        )


def _log() -> Check:
    with connection.cursor() as cursor:
        cursor.execute(TRIGGERS[connection.vendor])
        guards = cursor.fetchone()[0]
    if guards < GUARDS:
        todo = "Rejouez la migration : maillage a besoin de « common 0003_event_written_once »."
        return mend("Journal", "la base laisserait modifier le journal", todo)
    return ok("Journal", "la base refuse de le modifier")


def _clock(now: datetime.datetime) -> Check:
    latest = Event.objects.values_list("at", flat=True).first()
    ahead = (latest - now).total_seconds() if latest else 0
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT extract(epoch FROM clock_timestamp())")
            ahead = max(ahead, abs(float(cursor.fetchone()[0]) - now.timestamp()))
    if ahead > CLOCK_SLACK:
        todo = "Mettez la machine à l'heure (NTP) : les codes du second facteur en dépendent."
        return mend("Horloge", f"décalée d'au moins {number(ahead, 0)} secondes", todo)
    return ok("Horloge", f"{now:%d/%m/%Y %H:%M} (temps universel)")


def _cache() -> Check:
    try:
        cache.get("verifier")
    except DatabaseError:
        return mend("Mémoire partagée", "sa table manque : les essais de mot de passe ne sont pas comptés", PREPARE)
    return ok("Mémoire partagée", "répond")


def _folders() -> Iterator[Check]:
    static = Path(settings.STATIC_ROOT)
    for name, folder in (
        ("Dossier des données", Path(settings.VAR)),
        ("Dossier des fichiers", Path(settings.FILES_DIR)),
    ):
        if static in (folder, *folder.parents):
            yield mend(
                name, f"{folder} est servi par le site", "Choisissez un MAILLAGE_VAR hors des fichiers statiques."
            )
        elif not _is_writable(folder):
            yield mend(
                name, f"{folder} ne peut pas être écrit", "Donnez-en le droit au compte qui fait tourner le site."
            )
        else:
            yield ok(name, f"{folder}, inscriptible, hors du site")
    free = shutil.disk_usage(_existing(Path(settings.VAR))).free
    if free < LEAST_FREE:
        yield mend("Place sur le disque", f"{number(free / GIGA, 1)} Go libres", "Libérez de la place.")
    else:
        yield ok("Place sur le disque", f"{number(free / GIGA, 0)} Go libres")


def _existing(folder: Path) -> Path:
    return next(each for each in (folder, *folder.parents) if each.exists())


def _is_writable(folder: Path) -> bool:
    """Tried for true: rights and read-only disks do not always say the same."""
    existing = _existing(folder)
    try:
        descriptor, path = tempfile.mkstemp(dir=existing)
    except OSError:
        return False
    os.close(descriptor)
    Path(path).unlink()
    return True


def _static() -> Check:
    if not (Path(settings.STATIC_ROOT) / "staticfiles.json").is_file():
        todo = "Lancez : python -m django collectstatic --noinput --settings maillage.config.settings"
        return mend("Fichiers statiques", "ne sont pas rassemblés", todo)
    return ok("Fichiers statiques", "rassemblés")


def _mail() -> Check:
    if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        seen = "les courriels sont écrits dans des fichiers : personne ne les reçoit"
        todo = "Donnez votre serveur dans EMAIL_URL et l'expéditeur dans EMAIL_FROM."
        return (mend if is_open() else know)("Courriels", seen, todo)
    if "localhost" in settings.DEFAULT_FROM_EMAIL:
        return mend("Courriels", "l'expéditeur est celui d'un essai", "Donnez l'adresse de votre site dans EMAIL_FROM.")
    try:
        get_connection().open()
    except OSError as error:
        seen = f"le serveur ne répond pas ou refuse l'entrée ({type(error).__name__})"
        return mend("Courriels", seen, "Vérifiez EMAIL_URL, le port et le mot de passe.")
    return ok("Courriels", f"le serveur répond ; expéditeur : {settings.DEFAULT_FROM_EMAIL}")


def _antivirus() -> Check:
    if not settings.CLAMAV:
        todo = "Pour en brancher un : MAILLAGE_CLAMAV=127.0.0.1:3310, ou le chemin de sa prise."
        return know("Antivirus", "aucun : les fichiers déposés sont examinés par Maillage seulement", todo)
    if not antivirus.ping(settings.CLAMAV):
        return mend("Antivirus", f"{settings.CLAMAV} ne répond pas : tout dépôt est refusé", "Relancez ClamAV (clamd).")
    return ok("Antivirus", f"{settings.CLAMAV} répond")
