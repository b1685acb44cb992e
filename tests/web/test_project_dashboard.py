"""The dashboard: where the project stands, what awaits who looks at it."""

import datetime

import pytest
from tests import cast, small_world
from tests.web.reading import read
from tests.web.signing import sign_in

from maillage.apps.projets.models import Projet, Task
from maillage.apps.projets.services import rename
from maillage.apps.structures.models import Member

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    small_world.create_territories()
    return cast.create()


@pytest.fixture
def shown(client, people):
    """The text of the dashboard for one of the cast."""

    def text(who):
        sign_in(client, getattr(people, who))
        return read(client.get(f"/projets/{people.projet.pk}/").content.decode()).one("main").text

    return text


def test_the_next_step_the_checks_and_the_team_are_told(shown):
    text = shown("porteuse")
    assert "Prochaine étape Fédérer l’équipe" in text
    assert "Complétude" in text
    assert "2 membres" in text
    assert "Dire où l’équipe reçoit" in text


def test_each_person_finds_their_own_tasks(shown, people):
    nurse = Member.objects.get(user=people.membre)
    Task.objects.create(
        projet=people.projet, title="Relire le protocole", in_charge=nurse, created_at=cast.NOW,
        created_by=people.porteuse, due_on=cast.TODAY - datetime.timedelta(days=400),
    )  # fmt: skip
    assert "Ce qui vous attend Relire le protocole" in shown("membre")
    assert "Ce qui vous attend Relire" not in shown("porteuse")
    assert "en retard" in shown("porteuse")


def test_who_the_orientation_counted_is_to_name(shown):
    Projet.objects.update(situation={"professionnels": [{"profession": "infirmier", "nombre": 2}]})
    assert "Nommer 1 infirmier" in shown("redactrice")
    assert "Nommer 1 infirmier" not in shown("membre")


def test_the_last_acts_are_told_to_who_may_read_the_journal(shown, people):
    rename(people.projet, title="Notre projet", by=people.coordinatrice, at=cast.NOW)
    assert "Coordinatrice Exemple" in shown("porteuse")
    assert "Coordinatrice Exemple" not in shown("membre")
    Projet.objects.update(state="partage")
    assert "Coordinatrice Exemple" not in shown("instructrice")
