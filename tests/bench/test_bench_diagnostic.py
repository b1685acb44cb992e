"""The diagnosis of 100 communes and its documents, on the real files. Prints figures, gates on none (``-s``)."""

import datetime
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from tests.official import official

from maillage.apps.diagnostics.documents import KINDS, document
from maillage.apps.diagnostics.queries import diagnose
from maillage.apps.diagnostics.selection import read_selection
from maillage.apps.territories import services as communes
from maillage.apps.territories.models import Commune
from maillage.apps.territories.official.services import import_file

TODAY = datetime.date(2026, 11, 22)
COUNT = 100
PDF_TARGET = " (target: 5 s)"
CENTRE = "35236"
FILES = (
    ("apl", "APL_mg_2021.xlsx"),
    ("apl", "APL_inf_2021.xlsx"),
    ("apl", "APL_mk_2021.xlsx"),
    ("bpe", "insee_bpe2018_ensemble.parquet"),
    ("filosofi", "insee_filosofi_communes_2016.parquet"),
    ("filosofi", "insee_filosofi_2015_base-cc.zip"),
)


def timed(label: str, make: Callable[[], Any]) -> Any:
    """What ``make`` gives; prints how long it took, and the time of the processor alone: a shared machine waits."""
    start, busy = time.perf_counter(), time.process_time()
    made = make()
    sys.stdout.write(f"\n{label}: {time.perf_counter() - start:.2f} s, processor {time.process_time() - busy:.2f} s")
    return made


@pytest.mark.bench
@pytest.mark.donnees
@pytest.mark.django_db
@pytest.mark.usefixtures("france")
def test_the_diagnosis_of_a_hundred_communes(settings: Any, tmp_path: Path) -> None:
    settings.TERRITORIES_DIR = tmp_path
    communes.import_contours(by="bench", at=timezone.now())
    for source, name in FILES:
        import_file(source, official(name), by="bench", at=timezone.now())
    centre = Commune.objects.get(code=CENTRE)
    near = Commune.objects.filter(departement=centre.departement, type="COM").order_by("code")[:COUNT]
    selection = read_selection({"communes": [row.code for row in near]})

    found = timed("first diagnosis of 100 communes after a loading", lambda: diagnose(selection, today=TODAY))
    timed("diagnosis of 100 communes (target: 2 s)", lambda: diagnose(selection, today=TODAY))
    told = found.as_dict()
    for kind in KINDS:
        content = timed(
            f"its {kind}{PDF_TARGET if kind == 'pdf' else ''}", lambda kind=kind: document(told, kind, today=TODAY)
        )
        sys.stdout.write(f", {len(content) / 1024:,.0f} KiB")

    assert len(found.communes) == COUNT
