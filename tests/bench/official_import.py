"""Loads an official file in the database of DATABASE_URL, and prints seconds, lines and peak memory as JSON.

A process of its own: the peak of memory is then that of the loading.
``python -m tests.bench.official_import SOURCE FILE``.
"""

import json
import os
import re
import sys
import time
from pathlib import Path


def main(source: str, path: Path) -> None:
    """Prepare the tables and the communes, then measure the loading alone."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "maillage.config.settings"
    import django

    django.setup()
    from django.utils import timezone

    from maillage.apps.common import schema
    from maillage.apps.territories import services
    from maillage.apps.territories.official.services import import_file

    schema.migrate()
    services.import_communes(by="bench", at=timezone.now())
    before, start = peak(), time.perf_counter()
    loaded = import_file(source, path, by="bench", at=timezone.now()).loaded[0]
    told = {
        "secondes": round(time.perf_counter() - start, 1),
        "lignes": loaded.read,
        "retenues": loaded.written,
        "ecartees": loaded.rejected,
        "memoire_avant_mo": before,
        "memoire_mo": peak(),
    }
    sys.stdout.write(json.dumps(told))


def peak() -> int:
    """The most memory taken so far by this process, in megabytes; ``getrusage`` would count that of its parent too."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) >> 10


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
