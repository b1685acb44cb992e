"""The page for a new coordinator: what was recorded, what who leaves writes, the same as a PDF."""

import datetime
import io

import pypdf
import pytest
from django.utils import timezone
from tests.web.activity import people, said  # noqa: F401
from tests.web.reading import read

from maillage.apps.activity.models import FollowUp, Meeting
from maillage.apps.calendar import gathering
from maillage.apps.calendar.models import HandoverNote
from maillage.apps.structures.deadlines import Due
from maillage.core.activity.habits import Held, habits

TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def dues(monkeypatch):
    row = Due(TODAY + datetime.timedelta(days=30), "contrat", "c", "Fin de la convention", "entites/")
    monkeypatch.setattr(gathering, "sources", lambda: (lambda _structure, **_span: [row],))


@pytest.fixture
def root(people):  # noqa: F811
    return f"/structures/{people.structure.pk}/passation/"


def seen(response, status=200):
    assert response.status_code == status
    return read(response.content.decode())


@pytest.fixture
def past(people):  # noqa: F811
    """Three meetings of the bureau, every other Tuesday at 18 h 30 in Redon, and what the last one left."""
    first = timezone.localtime().replace(hour=18, minute=30, second=0, microsecond=0)
    start = first - datetime.timedelta(days=first.weekday() + 6)
    for rank in range(3):
        when = start - datetime.timedelta(days=14 * rank)
        told = {"kind": "bureau", "minutes": 90, "place": "Redon", "state": "close", "starts_at": when}
        Meeting.objects.create(structure=people.structure, title="Bureau", **told)
    FollowUp.objects.create(structure=people.structure, kind="tache", what="Écrire à la CPAM", created_at=start)


@pytest.mark.usefixtures("past")
def test_the_page_gathers_what_was_recorded(client, people, root):  # noqa: F811
    client.force_login(people.membre)
    page = said(seen(client.get(root)))
    for words in ("Coordinatrice Exemple", "Fin de la convention", "Écrire à la CPAM", "mardi", "18:30", "90 minutes"):
        assert words in page


@pytest.mark.usefixtures("past")
def test_the_document_says_the_same(client, people, root):  # noqa: F811
    HandoverNote.objects.create(
        structure=people.structure,
        heading="habitudes",
        text="Le café d’abord.",
        written_at=timezone.now(),
        written_by=people.porteuse,
    )
    client.force_login(people.membre)
    response = client.get(f"{root}passation.pdf")
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(response.content)).pages)
    for words in ("Passation", "Le café d’abord", "Fin de la convention", "Écrire à la CPAM"):
        assert words in text.replace("\xa0", " ").replace("'", "’")


def test_a_note_is_written_by_who_writes_and_nobody_else(client, people, root):  # noqa: F811
    client.force_login(people.coordinatrice)
    page = seen(client.post(f"{root}habitudes/", {"habitudes": "Le café d’abord.", "avant": ""}, follow=True))
    assert "Le café d’abord." in said(page)
    client.force_login(people.membre)
    assert client.post(f"{root}habitudes/", {"habitudes": "Non"}).status_code == 403
    assert client.get(f"{root}rien/").status_code == 403
    client.force_login(people.coordinatrice)
    assert client.get(f"{root}rien/").status_code == 404


def test_a_note_that_someone_changed_meanwhile_loses_nobodys_words(client, people, root):  # noqa: F811
    client.force_login(people.coordinatrice)
    client.post(f"{root}habitudes/", {"habitudes": "Un", "avant": ""})
    page = seen(client.post(f"{root}habitudes/", {"habitudes": "Deux", "avant": ""}), 422)
    assert page.one("textarea", id="champ-habitudes").text.strip() == "Deux"
    assert HandoverNote.objects.get().text == "Un"


def test_a_note_that_tells_a_patient_is_stopped(client, people, root):  # noqa: F811
    client.force_login(people.coordinatrice)
    seen(client.post(f"{root}habitudes/", {"habitudes": "Mme Durand, née le 12/03/1948", "avant": ""}), 422)
    assert not HandoverNote.objects.exclude(text="").exists()


def test_two_meetings_are_no_habit():
    when = datetime.datetime(2026, 11, 3, 18, 30, tzinfo=datetime.UTC)
    rows = [Held("bureau", when, 60, "Redon")] * 2
    assert habits(rows) == []
    found = habits([*rows, Held("bureau", when + datetime.timedelta(days=1, hours=1), 90, "")])[0]
    assert (found.count, found.weekday, found.minutes, found.place) == (3, 1, 60, "Redon")
