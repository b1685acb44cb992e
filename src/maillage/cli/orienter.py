"""``maillage orienter``: which structure fits a team."""

from pathlib import Path
from typing import Annotated, Any

import typer

from maillage.cli.common import Compact, Example, Schema, bad_input_told, fail, print_input, print_json, read_bytes

NOT_READY = "La base de données n'est pas prête : les communes ne sont pas chargées. Lancez d'abord : make run"
NOTHING_GIVEN = "Il manque SITUATION.json. --exemple en écrit une, --schema dit chaque champ."
SituationFile = Annotated[
    Path | None,
    typer.Argument(metavar="SITUATION.json", help="Le fichier de la situation, ou « - » pour l'entrée standard."),
]


def orienter(
    situation: SituationFile = None, schema: Schema = False, exemple: Example = False, compact: Compact = False
) -> None:
    """Dire quelle structure convient à une équipe, pourquoi, comment et avec quel argent."""
    if schema or exemple:
        show_input(schema=schema, compact=compact)
    elif situation is None:
        fail([NOTHING_GIVEN])
    else:
        print_json(orient(read_bytes(situation)), compact=compact)


def show_input(*, schema: bool, compact: bool) -> None:
    """What the command takes: its schema, or an example that it accepts."""
    from maillage.core.rules.orientation.example import EXAMPLE
    from maillage.core.rules.orientation.situation import SituationOrientation

    print_input(SituationOrientation, EXAMPLE, schema=schema, compact=compact)


def orient(raw: bytes) -> dict[str, Any]:
    """The answer to one situation. Exits with code 2 when it is refused, or when the communes are not loaded."""
    import django

    django.setup()
    from django.utils import timezone

    from maillage.apps.orientation.queries import answer
    from maillage.core.kernel.json_input import read_json
    from maillage.core.rules.orientation.situation import SituationOrientation

    with bad_input_told():
        given = read_json(SituationOrientation, raw)
        require_communes()
        return answer(given, today=timezone.localdate()).as_dict()


def require_communes() -> None:
    """Exit with code 2, saying what to do, when the communes have not been loaded."""
    from django.db import OperationalError, ProgrammingError

    from maillage.apps.territories.models import Commune

    try:
        loaded = Commune.objects.exists()
    except (OperationalError, ProgrammingError):
        loaded = False
    if not loaded:
        fail([NOT_READY])
