"""Two people act on the same dossier at the same moment: one wins, the other is told so, nothing is half written.

On PostgreSQL: SQLite begins a write by taking the whole database, so two of them are never under way together.
"""

import datetime

import pytest
from tests import cast, small_world
from tests.apps.dossiers.filing import LATER, fresh, given, ready
from tests.cast import NOW
from tests.charge.two_at_once import at_once

from maillage.apps.common.models import Event
from maillage.apps.dossiers import deciding, depositing, drafting
from maillage.apps.dossiers.models import Counter, Decision, Deposit, Dossier, PieceRequest
from maillage.core.kernel.problems import BadInput

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(settings, tmp_path):
    settings.FILES_DIR = tmp_path
    small_world.create_territories()
    return cast.create()


def deposits(dossier: Dossier) -> list[tuple[int, str]]:
    """Each deposit with its receipt: none is without."""
    rows = Deposit.objects.filter(dossier=dossier, receipt__isnull=False).order_by("number")
    assert rows.count() == Deposit.objects.count()
    return [(each.number, each.by.email) for each in rows]


def acts(dossier: Dossier, verb: str) -> int:
    return Event.objects.filter(subject_id=str(dossier.pk), verb=verb).count()


def test_a_draft_is_filed_once(people):
    dossier = ready(people)
    refused = at_once(
        lambda: depositing.deposit(dossier, by=people.porteuse, at=NOW),
        lambda: depositing.deposit(fresh(dossier), by=people.coordinatrice, at=NOW),
    )
    assert isinstance(refused, BadInput)
    assert str(refused)
    assert deposits(dossier) == [(1, people.porteuse.email)]
    assert (acts(dossier, "deposer"), fresh(dossier).number) == (1, "PSC-53-2026-0001")
    assert Counter.objects.get(key__startswith="PSC").last == 1


def corrected(people) -> Dossier:
    """Filed, then written further: both sides may act."""
    dossier = depositing.deposit(ready(people), by=people.porteuse, at=NOW).dossier
    drafting.write_answers(dossier, {"effectif": "12"}, fresh(dossier).revision, by=people.porteuse, at=NOW)
    Dossier.objects.filter(pk=dossier.pk).update(state="complet", phase="instruction")
    return fresh(dossier)


def amend(people, dossier):
    return lambda: depositing.amend(fresh(dossier), by=people.porteuse, at=LATER)


def refuse(people, dossier):
    wanted = deciding.Wanted(verb="refuser", motives="Le territoire d'action n'est pas pertinent.")
    return lambda: deciding.decide(fresh(dossier), wanted, by=people.decideuse, at=LATER)


def test_a_decision_that_waits_is_undone_whole_by_who_corrects(people):
    dossier = corrected(people)
    assert at_once(refuse(people, dossier), amend(people, dossier)) is None
    assert [number for number, _who in deposits(dossier)] == [1, 2]
    assert not Decision.objects.filter(withdrawn_at=None).exists()
    assert (fresh(dossier).state, acts(dossier, "retirer la décision")) == ("depose", 1)


def test_a_correction_and_the_silence_are_not_half_of_each(people):
    dossier = corrected(people)
    Dossier.objects.filter(pk=dossier.pk).update(due_on=NOW.date())
    after = NOW + datetime.timedelta(days=100)
    refused = at_once(lambda: deciding.keep_silence(fresh(dossier), at=after), amend(people, dossier))
    decided = Decision.objects.filter(withdrawn_at=None).exists()
    assert decided == isinstance(refused, BadInput)
    assert [number for number, _who in deposits(dossier)] == ([1] if decided else [1, 2])
    assert fresh(dossier).state == ("accepte" if decided else "depose")


def test_a_request_is_answered_once(people):
    dossier = depositing.deposit(ready(people), by=people.porteuse, at=NOW).dossier
    item = {"code": "statuts", "libelle": "Statuts", "precision": ""}
    request = PieceRequest.objects.create(
        dossier=dossier, at=NOW, by=people.instructrice, items=[item], answer_by=LATER.date()
    )
    Dossier.objects.filter(pk=dossier.pk).update(state="incomplet", phase="attente", due_on=None)
    drafting.join(fresh(dossier), "statuts", given("signes.pdf", "Signés."), by=people.porteuse, at=LATER)
    refused = at_once(
        lambda: depositing.complete(fresh(dossier), by=people.porteuse, at=LATER),
        lambda: depositing.complete(fresh(dossier), by=people.coordinatrice, at=LATER),
    )
    assert isinstance(refused, BadInput)
    assert deposits(dossier) == [(1, people.porteuse.email), (2, people.porteuse.email)]
    request.refresh_from_db()
    assert (request.answered_at, acts(dossier, "completer")) == (LATER, 1)
