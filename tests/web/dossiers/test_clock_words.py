"""The legal clock of a dossier in words."""

import datetime

import pytest
from tests import cast, small_world
from tests.dossiers import cpts, filed

from maillage.apps.dossiers.models import Dossier, Suspension
from maillage.web.dossiers.clock_words import clock_words

pytestmark = pytest.mark.django_db
FILED = datetime.date(2026, 9, 1)


@pytest.fixture
def dossier():
    small_world.create_territories()
    return filed(cpts(cast.create()), day=FILED)


@pytest.mark.parametrize(("today", "words"), [
    ("2026-10-12", "Il reste 20 jours : le délai légal finit le 1er novembre 2026."),
    ("2026-10-31", "Il reste 1 jour : le délai légal finit le 1er novembre 2026."),
    ("2026-11-01", "Le délai légal finit aujourd’hui, le 1er novembre 2026."),
    ("2026-11-03", "Le délai légal est dépassé depuis 2 jours : il finissait le 1er novembre 2026."),
])  # fmt: skip
def test_the_days_left(dossier, today, words):
    found = clock_words(dossier, today=datetime.date.fromisoformat(today))
    assert found is not None
    assert found.state.replace("\xa0", " ") == words
    assert found.is_over == (today > "2026-11-01")
    assert "le silence vaut acceptation" in found.silence


def test_an_end_on_a_day_off_tells_the_working_day_that_follows(dossier):
    found = clock_words(dossier, today=FILED)
    assert found is not None
    assert "2 novembre 2026" in found.working.replace("\xa0", " ")
    Dossier.objects.update(received_on=datetime.date(2026, 9, 2))
    dossier.refresh_from_db()
    found = clock_words(dossier, today=FILED)
    assert found is not None
    assert found.working == ""


def test_a_clock_that_stands_still(dossier, monkeypatch):
    definition = clock_words.__globals__["definition_of"](dossier)
    delay = definition.delai.model_copy(update={"incomplet_suspend": True})
    changed = definition.model_copy(update={"delai": delay})
    for module in ("maillage.apps.dossiers.clocks", "maillage.web.dossiers.clock_words"):
        monkeypatch.setattr(f"{module}.definition_of", lambda _dossier: changed)
    Suspension.objects.create(dossier=dossier, since=datetime.date(2026, 10, 2))
    found = clock_words(dossier, today=datetime.date(2026, 10, 20))
    assert found is not None
    assert "suspendu depuis le 2 octobre 2026 : 30 jours resteront" in found.state.replace("\xa0", " ")


def test_no_clock_once_it_is_decided(dossier):
    dossier.phase = Dossier.Phase.SUIVI
    assert clock_words(dossier, today=FILED) is None
