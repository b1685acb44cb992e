"""``maillage orienter``: which structure fits a team."""

from pathlib import Path
from typing import Annotated

import typer

from maillage.cli.common import Compact, bad_input_told, fail, print_json, read_bytes

NOT_READY = "La base de données n'est pas prête : les communes ne sont pas chargées. Lancez d'abord : make run"
SituationFile = Annotated[
    Path,
    typer.Argument(metavar="SITUATION.json", help="Le fichier de la situation, ou « - » pour l'entrée standard."),
]


def orienter(situation: SituationFile, compact: Compact = False) -> None:
    """Dire quelle structure convient à une équipe, pourquoi, comment et avec quel argent."""
    raw = read_bytes(situation)

    import django

    django.setup()
    from django.utils import timezone

    from maillage.apps.orientation.queries import answer
    from maillage.core.kernel.json_input import read_json
    from maillage.core.rules.orientation.situation import SituationOrientation

    with bad_input_told():
        given = read_json(SituationOrientation, raw)
        require_communes()
        found = answer(given, today=timezone.localdate())
    print_json(found.as_dict(), compact=compact)


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
