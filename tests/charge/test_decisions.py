"""Two hundred conflicting acts on the same dossiers, sixteen at a time: each dossier ends whole, nothing doubles.

On PostgreSQL: SQLite begins a write by taking the whole database (see conftest.py).
"""

import datetime
import io
import random
import sys
import uuid
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pypdf
import pytest
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import connection
from tests import cast, small_world
from tests.charge.decided import events_of_dossiers, faults
from tests.charge.two_at_once import at_once
from tests.dossiers import cpts, filed

from maillage.apps.dossiers import depositing, reviewing
from maillage.apps.dossiers.deciding import Wanted, decide, keep_silence, withdraw_decision
from maillage.apps.dossiers.models import Decision, Dossier, Recognition
from maillage.apps.dossiers.notifying import Notice, SignedFile, Signing, notify_decision, sign
from maillage.apps.dossiers.reviewing import AskedPiece
from maillage.core.kernel.problems import BadInput

pytestmark = pytest.mark.django_db(transaction=True)
ACTS, THREADS = 200, 16
SENSE = 0.8
"""How many of the acts are sensible, when they are chosen."""
Act = Callable[[Dossier], object]
LATE = cast.NOW + datetime.timedelta(days=63)
"""The legal clock of every dossier is over: the silence plays too."""
TODAY = LATE.date()
COMMUNES = ("35236", "35294")


@pytest.fixture
def people(settings, tmp_path):
    settings.FILES_DIR = tmp_path
    small_world.create_territories()
    return cast.create()


@pytest.fixture
def dossiers(people):
    """Eight dossiers of eight CPTS: two communes, that four of them want."""
    rows = []
    for rank in range(8):
        projet = cpts(people, nom=f"CPTS {rank}", communes=(COMMUNES[rank % 2],))
        state = "a_decider" if rank < 6 else "depose"
        rows.append(filed(projet, state=state, number=f"PSC-53-2026-{rank + 1:04d}"))
    return rows


def test_two_hundred_acts_at_once_leave_no_half_state(people, dossiers):
    keys, acts = [each.pk for each in dossiers], _acts(people)
    with ThreadPoolExecutor(THREADS) as threads:
        told = list(threads.map(lambda rank: _tried(rank, keys, acts), range(ACTS)))
    said = [words for _name, words in told]
    broken = [words for words in said if words.startswith("panne")]
    assert broken == []
    assert faults() == []
    assert events_of_dossiers() == said.count("fait")
    states = Counter(Dossier.objects.values_list("state", flat=True))
    sys.stdout.write(f"\n{sorted(Counter(told).items())}\n{states}, {Decision.objects.count()} decisions\n")
    assert Decision.objects.count() >= len(COMMUNES)


def test_two_decisions_of_the_same_second_do_not_share_a_commune(people):
    one, two = (
        filed(cpts(people, nom=f"CPTS {rank}"), state="a_decider", number=f"PSC-53-2026-000{rank}") for rank in (1, 2)
    )

    def accept(dossier: Dossier) -> Callable[[], object]:
        return lambda: decide(dossier, Wanted(verb="accepter"), by=people.decideuse, at=cast.NOW)

    refused = at_once(accept(one), accept(two))
    assert isinstance(refused, BadInput)
    assert "Redon (35236) est déjà dans le périmètre de « CPTS 1 »" in str(refused)
    assert "PSC-D-53-2026-0001" in str(refused)
    assert Recognition.objects.count() == Decision.objects.count() == 1
    assert faults() == []


def _tried(rank: int, keys: list[uuid.UUID], acts: dict[str, Act]) -> tuple[str, str]:
    """The name of an act, and « fait », « rien » when there was nothing to do, « refusé », or what broke."""
    chance = random.Random(rank)  # noqa: S311 - the same draws each time
    dossier = Dossier.objects.get(pk=chance.choice(keys))
    name = chance.choice(_sensible(dossier) if chance.random() < SENSE else list(acts))
    try:
        return name, "rien" if acts[name](dossier) is None else "fait"
    except (BadInput, PermissionDenied, ObjectDoesNotExist):
        return name, "refusé"
    except Exception as broken:  # noqa: BLE001 - whatever breaks is told by the test
        return name, f"panne : {broken!r}"
    finally:
        connection.close()


def _sensible(dossier: Dossier) -> list[str]:
    """What somebody would do, who has just read this dossier: others have read it too."""
    decision = dossier.decisions.filter(withdrawn_at=None).first()
    if decision is None:
        return ["accepter", "refuser", "silence"] if dossier.phase == "decision" else ["complet", "proposer", "silence"]
    if decision.notified_at is not None:
        return ["retirer la décision"]
    return ["notifier"] if decision.signed_on is not None else ["signer", "signer", "retirer la décision"]


def _acts(people) -> dict[str, Act]:
    by, at = people.decideuse, LATE
    refusal = Wanted(verb="refuser", motives="Le territoire n'est pas pertinent.")
    ask = [AskedPiece("statuts")]
    return {
        "accepter": lambda dossier: decide(dossier, Wanted(verb="accepter"), by=by, at=at),
        "refuser": lambda dossier: decide(dossier, refusal, by=by, at=at),
        "silence": lambda dossier: keep_silence(dossier, at=at),
        "retirer la décision": lambda dossier: withdraw_decision(_last(dossier), reason="Erreur", by=by, at=at),
        "signer": lambda dossier: _signed(_last(dossier), people),
        "notifier": lambda dossier: notify_decision(
            _last(dossier), Notice(how="courrier", on=TODAY), by=people.instructrice, at=at
        ),
        "retirer": lambda dossier: depositing.withdraw(dossier, reason="Nous attendons", by=people.porteuse, at=at),
        "pièces": lambda dossier: reviewing.ask_pieces(
            dossier, ask, answer_by=TODAY + datetime.timedelta(days=30), by=people.instructrice, at=at
        ) or dossier,
        "complet": lambda dossier: reviewing.declare_complete(dossier, by=people.instructrice, at=at) or dossier,
        "proposer": lambda dossier: reviewing.propose(dossier, by=people.instructrice, at=at),
    }  # fmt: skip


def _last(dossier: Dossier) -> Decision:
    return Decision.objects.filter(dossier=dossier).latest("at")


def _signed(decision: Decision, people) -> Decision:
    wanted = Signing(signatory="Camille Exemple", quality="Directrice", signed_on=TODAY, appeal="Deux mois.")
    file = SignedFile("lettre.pdf", io.BytesIO(_letter()))
    return sign(decision, wanted, file, by=people.instructrice, at=LATE)


def _letter() -> bytes:
    writer, buffer = pypdf.PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.write(buffer)
    return buffer.getvalue()
