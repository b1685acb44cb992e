"""The pages of the organisations: who is what, who is invited, what each may do there."""

import pytest
from allauth.mfa.models import Authenticator
from tests import cast, small_world
from tests.cast import NOW, give
from tests.web.reading import read

from maillage.apps.accounts.models import Invitation, Organisation, Role

pytestmark = pytest.mark.django_db
LIST = "/organisations/"


@pytest.fixture
def people():
    return cast.create()


@pytest.fixture
def page_of(people):
    return f"{LIST}{people.structure.organisation_id}/"


@pytest.fixture
def as_(client, people):
    """Signs in a person of the cast; the installation's administrateur has a second factor."""

    def sign_in(name):
        user = getattr(people, name)
        if name == "administrateur":
            Authenticator.objects.create(user=user, type="totp", data={"secret": "0" * 16})
        client.force_login(user)
        return user

    return sign_in


def shown(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return read(response.content.decode())


def test_a_person_sees_their_organisations_and_who_administers_searches_all(client, as_):
    as_("porteuse")
    assert [row.text for row in shown(client, LIST).one("tbody").all("th")] == ["MSP de Redon"]
    as_("administrateur")
    assert len(shown(client, LIST).one("tbody").all("tr")) == 3
    found = shown(client, f"{LIST}?q=redon&nature=structure")
    assert [row.text for row in found.one("tbody").all("th")] == ["MSP de Redon"]
    assert "Aucune organisation" in shown(client, f"{LIST}?q=zzz").one("main").text


def test_who_has_no_organisation_is_told_what_to_do(client, as_):
    as_("stranger")
    page = shown(client, LIST).one("main")
    assert "Vous n’êtes encore d’aucune organisation" in page.text
    assert page.one("a", href="/projets/nouveau/")


def test_addresses_and_acts_are_for_who_manages_the_people(client, as_, page_of):
    as_("membre")
    page = shown(client, page_of).one("main")
    assert "Porteuse Exemple" in page.text
    assert "@example.org" not in page.text
    assert page.all("form") == []
    as_("porteuse")
    page = shown(client, page_of).one("main")
    assert "membre@example.org" in page.text
    assert page.one("a", href=f"{page_of}inviter/")
    assert page.all("a", href=f"{page_of}renommer/") == []


def test_an_invitation_is_sent_then_shown_then_taken_back(
    client, as_, page_of, mailoutbox, django_capture_on_commit_callbacks
):
    as_("porteuse")
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(f"{page_of}inviter/", {"email": "claire@example.org", "role": "membre", "ecriture": "on"})
    assert answer["Location"] == page_of
    assert "/invitations/" in mailoutbox[0].body
    page = shown(client, page_of).one("main")
    assert "claire@example.org · membre, peut écrire" in page.text
    made = Invitation.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{page_of}invitations/{made.pk}/renvoyer/")
    assert len(mailoutbox) == 2
    client.post(f"{page_of}invitations/{made.pk}/retirer/")
    assert "claire@example.org" not in shown(client, page_of).one("section", **{"aria-labelledby": "invitations"}).text
    assert client.post(f"{page_of}invitations/{made.pk}/retirer/").status_code == 404


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(client, as_, page_of):
    as_("porteuse")
    answer = client.post(f"{page_of}inviter/", {"email": "membre@example.org", "role": "membre"})
    assert answer.status_code == 422
    page = read(answer.content.decode())
    assert page.one("input", name="email").attrs["value"] == "membre@example.org"
    assert "n'a pas déjà ce rôle" in page.one(id="id_email_error").text.replace("’", "'")
    assert client.post(f"{page_of}inviter/", {"email": "", "role": ""}).status_code == 422


def test_an_email_that_did_not_leave_is_told(client, as_, page_of, settings, django_capture_on_commit_callbacks):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    as_("porteuse")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{page_of}inviter/", {"email": "claire@example.org", "role": "membre"})
    assert "E-mail non parti" in shown(client, page_of).one("main").text


def test_roles_are_changed_added_and_ended(client, as_, people, page_of):
    as_("coordinatrice")
    role = Role.objects.get(user=people.membre, until=None)
    assert shown(client, f"{page_of}roles/{role.pk}/").one("h1").text == "Rôle de Membre Exemple"
    client.post(f"{page_of}roles/{role.pk}/", {"role": "signataire"})
    role = Role.objects.get(user=people.membre, until=None)
    assert role.name == "signataire"
    assert client.post(f"{page_of}roles/{role.pk}/ajouter/", {"autre-role": "signataire"}).status_code == 422
    client.post(f"{page_of}roles/{role.pk}/ajouter/", {"autre-role": "tresorier"})
    assert Role.objects.filter(user=people.membre, until=None).count() == 2
    client.post(f"{page_of}roles/{role.pk}/retirer/")
    assert [each.name for each in Role.objects.filter(user=people.membre, until=None)] == ["tresorier"]


def test_the_last_person_who_runs_it_is_told_what_to_do_before_leaving(client, as_, people, page_of):
    Role.objects.filter(user=people.coordinatrice).update(until=NOW)
    as_("porteuse")
    answer = client.post(f"{page_of}quitter/")
    assert answer.status_code == 422
    assert "MSP de Redon" in read(answer.content.decode()).one(role="alert").text
    role = Role.objects.get(user=people.porteuse, until=None)
    assert client.post(f"{page_of}roles/{role.pk}/retirer/", follow=True).status_code == 200
    assert Role.objects.filter(pk=role.pk, until=None).exists()


def test_a_member_leaves(client, as_, people, page_of):
    as_("membre")
    assert "Vos rôles y finissent" in shown(client, f"{page_of}quitter/").one("main").text
    assert client.post(f"{page_of}quitter/")["Location"] == "/mon-compte/"
    assert client.get(page_of).status_code == 404


def test_closing_then_opening_again(client, as_, page_of):
    as_("porteuse")
    client.post(f"{page_of}fermer/")
    page = shown(client, page_of).one("main")
    assert "est fermée depuis" in page.text
    assert page.all("form") == []
    as_("administrateur")
    client.post(f"{page_of}rouvrir/")
    assert "est fermée depuis" not in shown(client, page_of).one("main").text


def test_the_people_are_exported(client, as_, page_of):
    as_("porteuse")
    lines = client.get(f"{page_of}personnes.csv").content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Nom;Prénom;Adresse électronique;Rôle")
    assert len(lines) == 6
    assert client.get(f"{page_of}personnes.xlsx").status_code == 200
    assert client.get(f"{page_of}personnes.pdf").status_code == 404


def test_anyone_creates_a_cabinet(client, as_):
    as_("stranger")
    assert "Créer un cabinet de conseil" in shown(client, f"{LIST}nouvelle/").one("h1").text
    assert client.post(f"{LIST}nouvelle/", {"nature": "ars", "nom": "ARS"}).status_code == 422
    client.post(f"{LIST}nouvelle/", {"nature": "cabinet", "nom": "Conseil Redon"})
    assert Organisation.objects.get(kind="cabinet").roles.get().name == "administrateur"


def test_who_administers_the_installation_creates_an_authority_and_invites_its_first_administrateur(
    client, as_, people, mailoutbox, django_capture_on_commit_callbacks
):
    small_world.create_territories()
    as_("administrateur")
    given = {"nature": "cpam", "nom": "CPAM 35", "region": "53", "departement": "35", "email": "chef@example.org"}
    assert client.post(f"{LIST}nouvelle/", {**given, "departement": ""}).status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{LIST}nouvelle/", given)
    made = Organisation.objects.get(nom="CPAM 35")
    assert (made.departement, made.invitations.get().name) == ("35", "administrateur")
    assert mailoutbox[0].to == ["chef@example.org"]
    client.post(f"{LIST}{made.pk}/renommer/", {"nom": "CPAM d'Ille-et-Vilaine Est"})
    made.refresh_from_db()
    assert made.nom == "CPAM d'Ille-et-Vilaine Est"


def test_a_person_with_three_roles_switches_for_whom_they_act(client, people):
    someone = cast.person("plusieurs")
    give(someone, people.structure.organisation, Role.Name.MEMBRE)
    cabinet = Organisation.objects.create(kind="cabinet", nom="Cabinet Loire", created_at=NOW)
    urps = Organisation.objects.create(kind="urps", nom="URPS Bretagne", region="53", created_at=NOW)
    give(someone, cabinet, Role.Name.ACCOMPAGNATEUR)
    give(someone, urps, Role.Name.ACCOMPAGNATEUR)
    client.force_login(someone)
    page = shown(client, "/tableau-de-bord/")
    assert "Vous agissez pour : Cabinet Loire" in page.one("header").text
    assert [each.text.split("  ")[0] for each in page.one("header").all("button", name="organisation")]
    client.post("/contexte/", {"organisation": str(people.structure.organisation_id)})
    page = shown(client, "/tableau-de-bord/")
    assert "Vous agissez pour : MSP de Redon" in page.one("header").text
    assert "Projet de santé de la MSP de Redon" in page.one("nav", **{"aria-label": "Espace de travail"}).text
    for wrong in (str(Organisation.objects.get(kind="ars").pk), "", "zzz"):
        assert client.post("/contexte/", {"organisation": wrong})["Location"] == "/tableau-de-bord/"
    assert "MSP de Redon" in shown(client, "/tableau-de-bord/").one("header").text


def test_who_instructs_finds_what_is_shared_with_them(client, people):
    Authenticator.objects.create(user=people.instructrice, type="totp", data={"secret": "0" * 16})
    client.force_login(people.instructrice)
    assert "Aucun projet ne vous est partagé" in shown(client, "/tableau-de-bord/").one("main").text
    people.projet.state = "partage"
    people.projet.save()
    page = shown(client, "/tableau-de-bord/")
    assert page.one("main").one("a", href=f"/projets/{people.projet.pk}/")
    titles = [link.text for link in page.one("nav", **{"aria-label": "Espace de travail"}).all("a")]
    assert titles == [
        "À traiter", "Projets partagés", "Dossiers à traiter", "Échéances", "Personnes et rôles", "Mes organisations",
    ]  # fmt: skip
