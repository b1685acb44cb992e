"""The server behind ``maillage serve``: waitress, over static files gathered once."""

import errno
import hashlib
import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
import typer
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from waitress.server import create_server

from maillage.cli.clock import Clock

WELCOME = """
  Maillage répond sur {address}

  Pour commencer :
    1. Trouver la structure d'une équipe : {address}/orientation/
    2. Simuler l'ACI d'une MSP :           {address}/simuler/aci-msp/
    3. Lire une règle et ses textes :      {address}/regles/
    4. Créer un compte :                   {address}/comptes/signup/

  Le même en ligne de commande : .venv/bin/maillage --help
  Pour arrêter : Ctrl-C.
"""


def run(host: str, port: int) -> None:
    """Answer at ``host:port`` until the process is interrupted."""
    django.setup()
    collect_static()
    server = listen(host, port)
    typer.echo(WELCOME.format(address=f"http://{host}:{server.effective_port}"))
    threading.Thread(target=warm, daemon=True).start()
    # A system that stops its services says so with SIGTERM; waitress knows Ctrl-C only.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    clock = Clock()
    clock.start()
    server.run()
    clock.stop()
    server.close()
    typer.echo("\nMaillage est arrêté.")


def listen(host: str, port: int) -> Any:
    """The server, already bound. Exits with code 2 when the address cannot be taken."""
    try:
        return create_server(get_wsgi_application(), host=host, port=port, threads=4, ident="")
    except OSError as error:
        typer.echo(refusal(error, host, port), err=True)
        raise typer.Exit(2) from None


def refusal(error: OSError, host: str, port: int) -> str:
    """Why the address cannot be taken, and what to do."""
    if error.errno == errno.EADDRINUSE:
        return f"Le port {port} est déjà pris sur {host}. Choisissez-en un autre, par exemple : --port {port + 1}."
    if error.errno == errno.EACCES:
        return f"Le port {port} est réservé au système. Choisissez un port au-dessus de 1023, par exemple 8000."
    return f"L'adresse {host}:{port} ne peut pas être ouverte : {error.strerror or error}."


def collect_static() -> None:
    """Gather the static files where they are served from, only when one has changed since the last time."""
    root = Path(settings.STATIC_ROOT)
    stamp, digest = root / ".empreinte", static_digest()
    if stamp.exists() and stamp.read_text(encoding="ascii") == digest:
        return
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.write_text(digest, encoding="ascii")


def static_digest() -> str:
    """What changes when a static file is added, removed or rewritten."""
    digest = hashlib.sha256()
    for path in sorted(_static_files()):
        state = path.stat()
        digest.update(f"{path}|{state.st_size}|{state.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _static_files() -> Iterator[Path]:
    for finder in get_finders():
        for name, storage in finder.list([]):
            yield Path(storage.path(name))


def warm() -> None:
    """Load the rules while the first page is read, so that the first answer does not wait for them."""
    from maillage.core.rules.system import system

    system()
