"""One loading at a time, by a lock that the system lets go when its process ends, however it ends.

PostgreSQL: an advisory lock of the session. SQLite: a lock on a file beside the database; in memory, there is only one
process. So a source that says « en cours » while nobody has the lock was interrupted, and can be loaded again at once.
"""

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from maillage.apps.territories.models import DataSource
from maillage.apps.territories.reading.rows import LoadError

NUMBER = 0x4D61696C
"""Of the advisory lock: « Mail », in ASCII."""
SUFFIX = "-chargement"
TRIES, PAUSE = 5, 0.1
"""Who only looks whether a loading runs holds the file for an instant: it is asked again, seconds apart."""
BUSY = (
    "un autre chargement est en cours ({what}). Rien n'a été écrit. Attendez qu'il finisse (maillage donnees lister le "
    "dit), puis relancez la même commande."
)
STOPPED = "Chargement interrompu avant sa fin ({what}).{kept} Relancez la même commande."
HELD = (
    "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid = 0 AND objid = %s "
    "AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))"
)


@contextlib.contextmanager
def turn() -> Iterator[None]:
    """Be the only one to load or forget data. Raises :class:`LoadError`, saying what runs, when another one does.

    What a former loading that was killed left half way is settled first.
    """
    with contextlib.ExitStack() as stack:
        if not _taken(stack):
            raise LoadError(BUSY.format(what=_what_runs()))
        for row in DataSource.objects.filter(state=DataSource.State.RUNNING):
            _sweep(row)
            mark_stopped(row)
            row.save(update_fields=["state", "message"])
        yield


def is_loading() -> bool:
    """Whether a loading is under way, in any process."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(HELD, [NUMBER])
            return bool(cursor.fetchone()[0])
    path = _file()
    if path is None or not path.exists():
        return False
    with contextlib.ExitStack() as stack:
        return not _locked(path, stack, "rb")


def told(rows: list[DataSource]) -> list[DataSource]:
    """The rows, those of loadings that were killed being said interrupted. Nothing is written."""
    running = [row for row in rows if row.state == DataSource.State.RUNNING]
    if running and not is_loading():
        for row in running:
            mark_stopped(row)
    return rows


def mark_stopped(row: DataSource) -> None:
    """Say that the loading of a row stopped before its end, and what stays."""
    row.message = STOPPED.format(what=_what(row), kept=kept(row))
    row.state = DataSource.State.STOPPED


def kept(row: DataSource) -> str:
    """What stays in place, as a sentence; empty when nothing was loaded before."""
    return f" Les données du {row.loaded_at:%d/%m/%Y} restent en place." if row.loaded_at else ""


def _what(row: DataSource) -> str:
    start = f"commencé le {timezone.localtime(row.started_at):%d/%m/%Y à %H:%M}" if row.started_at else ""
    return ", ".join(part for part in (row.message or row.key, start) if part)


def _what_runs() -> str:
    rows = DataSource.objects.filter(state=DataSource.State.RUNNING)
    return " ; ".join(_what(row) for row in rows[:3]) or "il vient de commencer"


def _sweep(row: DataSource) -> None:
    """Remove what the loading was preparing."""
    for path in settings.TERRITORIES_DIR.glob(f"{row.key}-{'[0-9a-f]' * 8}.*"):
        if path.name != row.file:
            path.unlink(missing_ok=True)


def _taken(stack: contextlib.ExitStack) -> bool:
    if connection.vendor == "postgresql":
        return _taken_in_postgresql(stack)
    path = _file()
    if path is None:
        return True
    for _ in range(TRIES):
        if _locked(path, stack, "ab"):
            return True
        time.sleep(PAUSE)
    return False


def _taken_in_postgresql(stack: contextlib.ExitStack) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [NUMBER])
        taken = bool(cursor.fetchone()[0])
    if taken:
        stack.callback(_let_go)
    return taken


def _let_go() -> None:
    # A connection that closed let it go; in a transaction that failed nothing can be asked, it goes with the session.
    if connection.connection is not None and not connection.needs_rollback:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [NUMBER])


def _locked(path: Path, stack: contextlib.ExitStack, mode: str) -> bool:
    import fcntl  # Absent from Windows, where only a PostgreSQL can be loaded.

    file = stack.enter_context(path.open(mode))
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return False
    return True


def _file() -> Path | None:
    """The file of the lock of a SQLite database; ``None`` when it is in memory."""
    name = str(connection.settings_dict["NAME"])
    in_memory = ":memory:" in name or "mode=memory" in name
    return None if in_memory else Path(f"{name}{SUFFIX}")
