"""Loads a table of travel times and reads it back, and prints seconds and peak memory as JSON: a process of its own."""

import json
import os
import sys
import time
from pathlib import Path

from tests.bench.official_import import peak


def main(path: Path) -> None:
    """Prepare the tables and the communes, then measure the loading and the reading."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "maillage.config.settings"
    import django

    django.setup()
    from django.utils import timezone

    from maillage.apps.common import schema
    from maillage.apps.territories import services
    from maillage.apps.territories.official.services import import_file
    from maillage.apps.territories.times import loaded_times

    schema.migrate()
    services.import_communes(by="bench", at=timezone.now())
    start = time.perf_counter()
    loaded = import_file("temps", path, by="bench", at=timezone.now()).loaded[0]
    imported, memory = time.perf_counter() - start, peak()
    start = time.perf_counter()
    found = loaded_times()
    told = {
        "lignes": loaded.read,
        "retenues": loaded.written,
        "paires": len(found.minutes) if found else 0,
        "chargement_s": round(imported, 1),
        "chargement_mo": memory,
        "lecture_s": round(time.perf_counter() - start, 1),
        "lecture_mo": peak(),
    }
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
