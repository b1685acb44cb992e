"""Twenty people write one project at once, several in the same section, on the real server: nothing is lost.

The ordinary run writes for a few seconds. ``MAILLAGE_CHARGE_SECONDES=300`` makes the whole test, with the pace of
people who save every few seconds; ``-s`` shows what was measured.
"""

import json
import os
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.conf import settings
from tests.charge.author import Author, Measures
from tests.charge.own_database import ROOT, database
from tests.parcours.text_site import filled
from tools import served

AUTHORS = 20
SHORT = 8
"""Seconds of the ordinary run."""
SECONDS = int(os.environ.get("MAILLAGE_CHARGE_SECONDES", SHORT))
PAUSE = 3.0 if SECONDS > 60 else 1.0
"""Seconds between two saves of an author."""


@pytest.mark.charge
def test_twenty_people_write_one_project_without_a_loss(tmp_path: Path) -> None:
    measures = Measures()
    with database(tmp_path) as variables:
        told = filled(variables, AUTHORS)
        with served.served(tmp_path, variables) as site:
            authors = [_author(rank, site, told, measures) for rank in range(AUTHORS)]
            _write_together(authors)
        kept = _kept(variables)
    typed = {word for author in authors for word in author.typed}
    _print(measures, typed, kept)
    assert measures.wrong == []
    assert typed - set(kept["anywhere"]) == set()
    assert (kept["holes"], kept["waiting"]) == ([], 0)
    assert min(len(author.typed) for author in authors) > 1


def _author(rank: int, site: str, told: dict, measures: Measures) -> Author:
    document = f"/projets/{told['projet']}/document/"
    code = told["codes"][rank % len(told["codes"])]
    return Author(rank, site, document, code, told["sessions"][f"auteur{rank:02d}"], measures)


def _write_together(authors: list[Author]) -> None:
    for author in authors:
        author.come_in()
    end = time.monotonic() + SECONDS
    threads = [threading.Thread(target=author.write_until, args=(end, PAUSE)) for author in authors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _kept(variables: dict[str, str]) -> dict:
    command = [sys.executable, "-m", "tests.charge.kept_words"]
    done = subprocess.run(
        command, check=True, env=variables, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE
    )
    return json.loads(done.stdout.splitlines()[-1])


def _print(measures: Measures, typed: set[str], kept: dict) -> None:
    engine = settings.DATABASES["default"]["ENGINE"].rpartition(".")[2]
    lost, aside = typed - set(kept["anywhere"]), typed - set(kept["in_sections"])
    lines = [
        f"\n{engine}: {AUTHORS} authors, {SECONDS} s, {len(typed)} words typed, {len(lost)} lost",
        f"{len(aside)} words left aside by a choice, kept in the history",
        f"{kept['revisions']} revisions, {kept['conflicts']} texts to merge, {dict(measures.outcomes)}",
    ]
    for what, times in sorted(measures.times.items()):
        ranked = statistics.quantiles(times, n=20) if len(times) > 1 else times * 19
        told = f"median {ranked[9]:.3f} s, 95 % {ranked[18]:.3f} s, most {max(times):.3f} s"
        lines.append(f"{what:<14}{len(times):>6} {told}")
    sys.stdout.write("\n".join(lines) + "\n")
