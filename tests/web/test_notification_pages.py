"""« Notifications »: the bell, the list by subject, what opening does, the rhythms chosen."""

import pytest
from tests import cast
from tests.cast import NOW
from tests.web.reading import read

from maillage.apps.notifications.models import Notification, Preference
from maillage.apps.notifications.services import notify

pytestmark = pytest.mark.django_db
LIST, CHOICES = "/notifications/", "/mon-compte/notifications/"


@pytest.fixture
def people():
    return cast.create()


@pytest.fixture
def porteuse(client, people):
    client.force_login(people.porteuse)
    return people.porteuse


def tell(user, group="dossier:1", kind="message", title="Un message vous attend", address="/mon-compte/"):
    about = f"PSC-{group[-1]} · CPTS du lac"
    return notify([user], kind=kind, group=group, about=about, title=title, address=address, at=NOW)[0]


def page(client, address=LIST, status=200):
    response = client.get(address)
    assert response.status_code == status
    return read(response.content.decode())


def bell(client):
    return " ".join(page(client, "/aides/").one("a", class_="bell").text.split())


def test_the_bell_counts_what_is_unread(client, porteuse):
    assert bell(client) == "Notifications"
    tell(porteuse)
    assert bell(client) == "Notifications : 1 non lue"
    notify([porteuse], kind="depot", group="x", title="a", address="", at=NOW)
    assert bell(client) == "Notifications : 2 non lues"


def test_a_visitor_has_no_bell(client):
    assert not read(client.get("/").content.decode()).all("a", class_="bell")


def test_things_of_one_subject_are_together_and_those_of_others_are_not_shown(client, porteuse, people):
    tell(porteuse)
    tell(porteuse, title="Des pièces vous sont demandées", kind="pieces_demandees")
    tell(people.coordinatrice, group="dossier:9")
    main = page(client).one("main")
    assert [" ".join(each.text.split()) for each in main.all("h2")] == ["Non lu PSC-1 · CPTS du lac"]
    assert "PSC-9" not in main.text
    assert len(main.all("a", class_="touch")) == 3


def test_opening_one_reads_it_but_looking_ahead_does_not(client, porteuse):
    row = tell(porteuse)
    assert client.get(f"{LIST}{row.pk}/", headers={"Sec-Purpose": "prefetch"}).status_code == 302
    row.refresh_from_db()
    assert row.read_at is None
    answer = client.get(f"{LIST}{row.pk}/")
    assert answer["Location"] == "/mon-compte/"
    row.refresh_from_db()
    assert row.read_at is not None


def test_nobody_opens_the_notification_of_another_nor_leaves_the_site(client, porteuse, people):
    assert client.get(f"{LIST}{tell(people.coordinatrice).pk}/").status_code == 404
    assert client.get(f"{LIST}{tell(porteuse, address='https://ailleurs.example/').pk}/")["Location"] == LIST
    assert client.get(f"{LIST}99999999999999999999999/").status_code == 404


def test_a_subject_then_everything_is_marked_read(client, porteuse, people):
    for group in ("dossier:1", "dossier:2", "dossier:3"):
        tell(porteuse, group)
    other = tell(people.coordinatrice)
    answer = client.post(f"{LIST}lire/?lues=non", {"sujet": "dossier:1"}, follow=True)
    assert "1 nouvelle marquée lue." in answer.content.decode().replace("\xa0", " ")
    assert answer.redirect_chain == [(f"{LIST}?lues=non", 302)]
    assert Notification.objects.filter(user=porteuse, read_at=None).count() == 2
    client.post(f"{LIST}lire/")
    assert "Vous avez tout lu." in page(client).one("main").text
    other.refresh_from_db()
    assert other.read_at is None


def test_filters_are_kept_in_the_address_and_pages_turn(client, porteuse):
    for rank in range(25):
        tell(porteuse, f"dossier:{rank}")
    tell(porteuse, "dossier:a", kind="depot", title="Un dossier est déposé")
    main = page(client, f"{LIST}?nature=message&lues=non&page=2").one("main")
    assert len(main.all("h2")) == 5
    assert main.one("a", rel="prev").attrs["href"] == "?nature=message&lues=non&page=1"
    assert len(page(client, f"{LIST}?nature=depot").one("main").all("h2")) == 1
    assert "Aucune notification pour ce choix." in page(client, f"{LIST}?nature=seance").one("main").text
    assert page(client, f"{LIST}?nature=rien&page=zut").one("main").all("h2")


def test_the_empty_page_says_what_will_come(client, porteuse):
    assert "Rien pour l’instant" in page(client).one("main").text


def test_the_rhythm_of_a_kind_is_chosen(client, porteuse):
    assert client.post(CHOICES, {"message": "semaine", "depot": "jamais"}).status_code == 302
    assert dict(Preference.objects.values_list("kind", "rhythm")) == {"message": "semaine", "depot": "jamais"}
    chosen = page(client, CHOICES).one("select", name="message").all("option", selected=True)
    assert [each.attrs["value"] for each in chosen] == ["semaine"]


def test_one_button_stops_every_mail(client, porteuse):
    row = tell(porteuse)
    answer = client.post(CHOICES, {"tout": "jamais"}, follow=True)
    assert "Vous ne recevrez plus de courriels." in answer.content.decode()
    row.refresh_from_db()
    assert row.mail_due_at is None
    assert not Preference.objects.exclude(rhythm="jamais").exists()


@pytest.mark.parametrize("asked", [{"message": "chaque heure", "depot": "jour"}, {"tout": "zut"}])
def test_a_rhythm_that_does_not_exist_is_told_and_nothing_is_written(client, porteuse, asked):
    answer = client.post(CHOICES, asked)
    assert answer.status_code == 422
    assert "Choisissez un rythme de la liste." in answer.content.decode()
    assert not Preference.objects.exists()
