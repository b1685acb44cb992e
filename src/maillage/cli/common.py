"""What every command shares: reading a file, printing JSON, refusing in French without a traceback.

Exit codes (docs/guides/ligne-de-commande.md): 0 done, 2 what was given cannot be used, 130 stopped by Ctrl-C.
"""

import contextlib
import errno
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

if TYPE_CHECKING:
    from pydantic import BaseModel

BAD_INPUT = 2
STANDARD_INPUT = Path("-")
Schema = Annotated[
    bool,
    typer.Option("--schema", help="Écrire le schéma JSON de l'entrée : chaque champ, son unité, ses bornes."),
]
Example = Annotated[bool, typer.Option("--exemple", help="Écrire une entrée complète, prête à être changée.")]
Compact = Annotated[bool, typer.Option("--compact", help="Écrire le JSON sur une seule ligne.")]


def read_bytes(path: Path) -> bytes:
    """The content of a file, or of the standard input for « - ». Exits with code 2 when it cannot be read."""
    if path == STANDARD_INPUT:
        return typer.get_binary_stream("stdin").read()
    with explained(path):
        return path.read_bytes()


@contextlib.contextmanager
def explained(path: Path) -> Iterator[None]:
    """Say in French why ``path`` cannot be opened, and exit with code 2. A broken pipe is left to the system."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        fail([f"{path} : {_why(error)}."])


@contextlib.contextmanager
def bad_input_told() -> Iterator[None]:
    """Print each problem of a ``BadInput`` on the standard error and exit with code 2."""
    from maillage.core.kernel.problems import BadInput

    try:
        yield
    except BadInput as error:
        fail([problem.message for problem in error.problems])


def fail(messages: Sequence[str], code: int = BAD_INPUT) -> NoReturn:
    """Print ``messages`` on the standard error, one a line, and exit."""
    for message in messages:
        typer.echo(message, err=True)
    raise typer.Exit(code)


def print_json(data: Any, *, compact: bool = False) -> None:
    """Print ``data`` as JSON in UTF-8, whatever the encoding of the terminal."""
    typer.echo(json_bytes(data, compact=compact))


def print_input(model: "type[BaseModel]", example: Mapping[str, Any], *, schema: bool, compact: bool = False) -> None:
    """Print what a command takes: the JSON schema of ``model`` when ``schema``, else ``example``, every field given."""
    from maillage.core.kernel.input_schema import complete, input_schema

    print_json(input_schema(model) if schema else complete(model, example), compact=compact)


def json_bytes(data: Any, *, compact: bool = False) -> bytes:
    """``data`` as JSON in UTF-8, indented by two spaces or on one line, without a final line break."""
    import orjson

    return orjson.dumps(data, option=None if compact else orjson.OPT_INDENT_2)


def run(app: typer.Typer) -> NoReturn:
    """Run the command; what typer says in English of a wrong option is said in French. Never returns."""
    try:
        sys.exit(app(standalone_mode=False))
    except typer.TyperException as error:
        if error.message or hasattr(error, "param"):  # Otherwise the help has just been printed.
            typer.echo(in_french(error), err=True)
        sys.exit(error.exit_code)
    except typer.Abort:
        typer.echo("Interrompu.", err=True)
        sys.exit(130)
    except settings_errors() as error:
        typer.echo(f"Réglage refusé : {error} Voir docs/reference/reglages.md.", err=True)
        sys.exit(BAD_INPUT)


def settings_errors() -> tuple[type[Exception], ...]:
    """What a wrong variable of the environment raises; imported only once something was raised."""
    from django.core.exceptions import ImproperlyConfigured
    from environs import EnvError

    return ImproperlyConfigured, EnvError


def in_french(error: typer.TyperException) -> str:
    """The message of a usage error, in French, with the command that gives help."""
    parameter = getattr(error, "param", None)
    name = getattr(parameter, "metavar", None) or "/".join(getattr(parameter, "opts", ()))
    context = getattr(error, "ctx", None)
    sentence = _sentence(error.message.strip(), name)
    return f"{sentence}\nAide : {context.command_path if context else 'maillage'} --help"


def _sentence(message: str, name: str) -> str:
    if not message:
        return f"Il manque {name}."
    for pattern, french in MESSAGES:
        if found := re.search(pattern, message):
            told = french.format(*found.groups())
            return f"{name} : {told}" if name else told
    return message


MESSAGES = (
    (r"No such option: (\S+)", "L'option « {0} » n'existe pas."),
    (r"No such command '(.+?)'\..*'(.+)'", "La commande « {0} » n'existe pas ; vouliez-vous dire « {1} » ?"),
    (r"No such command '(.+?)'", "La commande « {0} » n'existe pas."),
    (r"unexpected extra argument\S* \((.+)\)", "Argument en trop : {0}."),
    (r"Option '(.+?)' requires (?:an argument|\d+ arguments)", "L'option « {0} » attend une valeur."),
    (r"Option '(.+?)' does not take a value", "L'option « {0} » n'attend pas de valeur."),
    (r"valid integer", "il faut un nombre entier."),
    (r"valid number", "il faut un nombre, en chiffres."),
    (r"greater than or equal to (\S+)", "il faut un nombre d'au moins {0}."),
    (r"less than or equal to (\S+)", "il faut un nombre d'au plus {0}."),
)
"""What typer says in English, and the same in French."""


def _why(error: OSError) -> str:
    return REASONS.get(error.errno or 0, error.strerror or "lecture impossible")


REASONS = {
    errno.ENOENT: "fichier introuvable ; donnez le chemin d'un fichier, ou « - » pour l'entrée standard",
    errno.EISDIR: "c'est un dossier ; donnez le chemin d'un fichier",
    errno.ENOTDIR: "chemin impossible : un des dossiers est un fichier",
    errno.EACCES: "accès refusé ; vérifiez les droits du fichier",
    errno.ENAMETOOLONG: "nom de fichier trop long",
    errno.ENOSPC: "plus de place sur le disque",
    errno.EROFS: "écriture impossible : disque en lecture seule",
}
"""Why the system refuses a file, and what to do."""
