"""The team of a structure: who sees what, the directory, the list brought at once, what is refused."""

import pytest
from tests import cast, small_world
from tests.apps.structures.people import MARTIN, load_directory
from tests.web.reading import read
from tests.web.signing import sign_in

from maillage.apps.accounts.models import Invitation, Role
from maillage.apps.projets.models import Projet
from maillage.apps.structures.models import Member

pytestmark = pytest.mark.django_db
LIST = "Nom;Métier\nLebrun;infirmier\n"


@pytest.fixture
def people():
    small_world.create_territories()
    return cast.create()


@pytest.fixture
def ask(client, people):
    """Asks a page of the team as one of the cast; gives the answer and its tree."""

    def opened(who, address="", sent=None, **query):
        sign_in(client, getattr(people, who))
        where = f"/structures/{people.structure.pk}/equipe/{address}"
        response = client.get(where, query) if sent is None else client.post(where, sent)
        return response, read(response.content.decode())

    return opened


def members(page):
    return [cell.text for cell in page.all("th", scope="row")]


def test_the_team_is_listed_filtered_and_sorted(ask):
    assert members(ask("membre")[1]) == ["Membre Exemple", "Porteuse Exemple"]
    assert members(ask("membre", q="porteuse")[1]) == ["Porteuse Exemple"]
    assert members(ask("membre", metier="infirmier")[1]) == ["Membre Exemple"]
    assert members(ask("membre", tri="metier")[1]) == ["Porteuse Exemple", "Membre Exemple"]
    assert members(ask("membre", etat="sortis")[1]) == []


def test_who_may_only_read_finds_no_form(ask):
    _response, page = ask("membre")
    assert [link for link in page.one("main").all("a") if "/equipe/ajouter/" in link.attrs["href"]] == []
    for address in ("ajouter/", "annuaire/", "importer/"):
        assert ask("membre", address)[0].status_code == 403
        assert ask("membre", address, {})[0].status_code == 403


def test_addresses_are_for_the_team_only(ask):
    Member.objects.update(email="claire@example.org")
    Projet.objects.update(state="partage")
    for who, sees in (("membre", True), ("accompagnatrice", True), ("instructrice", False), ("agent_cpam", False)):
        assert ("claire@example.org" in ask(who)[1].one("main").text) is sees
        assert (b"claire@example.org" in ask(who, export="csv")[0].content) is sees


def test_the_rules_count_the_members_present(ask):
    text = ask("porteuse")[1].one("main").text
    assert "Ce que les règles demandent à cette équipe" in text
    assert "Au moins deux médecins généralistes" in text


def test_a_condition_that_who_is_announced_would_meet_is_to_name(ask):
    Projet.objects.update(situation={"professionnels": [{"profession": "medecin_generaliste", "nombre": 2}]})
    text = ask("porteuse")[1].one("main").text
    assert "À nommer. Médecin généraliste : 1 nommé, 1 annoncé à nommer." in text
    assert "Manquante" not in text


def test_who_the_orientation_counted_is_still_to_name(ask):
    Projet.objects.update(situation={"professionnels": [{"profession": "medecin_generaliste", "nombre": 3}]})
    _response, page = ask("porteuse")
    assert "2 médecins généralistes" in page.one(id="a-nommer").text
    _response, form = ask("porteuse", "ajouter/", metier="medecin_generaliste")
    chosen = [option for option in form.one(id="metier").all("option") if "selected" in option.attrs]
    assert chosen[0].attrs["value"] == "medecin_generaliste"


def test_a_member_is_added_changed_gone_and_back(ask):
    typed = {"nom": "Lebrun", "metier": "infirmier", "commune": "Redon", "etp": "0,8", "is_signatory": "oui"}
    assert ask("redactrice", "ajouter/", typed)[0].status_code == 302
    member = Member.objects.get(nom="Lebrun")
    assert (member.commune, member.is_signatory) == ("35236", True)
    changed = {**typed, "nom": "Leblanc", "is_signatory": "", "joined_on": "2026-01-02"}
    ask("redactrice", f"{member.pk}/", changed)
    member.refresh_from_db()
    assert (member.nom, member.is_signatory, member.joined_on.isoformat()) == ("Leblanc", False, "2026-01-02")
    ask("redactrice", f"{member.pk}/sortir/", {})
    assert members(ask("redactrice", etat="sortis")[1])[0].startswith("Leblanc")
    ask("redactrice", f"{member.pk}/revenir/", {})
    member.refresh_from_db()
    assert member.left_on is None


def test_an_exit_is_dated_when_it_is_learnt_later(ask):
    ask("redactrice", "ajouter/", {"nom": "Lebrun", "metier": "infirmier", "joined_on": "2026-01-02"})
    member = Member.objects.get(nom="Lebrun")
    for wrong in ("2999-01-01", "2025-12-31", "hier"):
        response, page = ask("redactrice", f"{member.pk}/sortir/", {"left_on": wrong})
        assert response.status_code == 422
        assert page.one(id="left_on-erreur").text
    ask("redactrice", f"{member.pk}/sortir/", {"left_on": "31/01/2026"})
    member.refresh_from_db()
    assert member.left_on.isoformat() == "2026-01-31"


def test_who_left_and_still_opens_the_pages_is_told(ask, people):
    member = Member.objects.get(structure=people.structure, user=people.membre)
    way = f'href="/organisations/{people.structure.organisation_id}/"'
    assert way not in ask("coordinatrice", f"{member.pk}/fiche/")[0].content.decode().split("<main")[1]
    ask("coordinatrice", f"{member.pk}/sortir/", {})
    assert "ouvre encore les pages" in ask("coordinatrice")[0].content.decode()
    assert way in ask("coordinatrice", f"{member.pk}/fiche/")[0].content.decode().split("<main")[1]
    Role.objects.filter(user=people.membre).update(until=cast.NOW)
    assert way not in ask("coordinatrice", f"{member.pk}/fiche/")[0].content.decode().split("<main")[1]


def test_what_is_refused_stands_beside_its_field_and_nothing_is_lost(ask):
    typed = {"nom": "Lebrun", "metier": "", "rpps": "123", "commune": "Nulle-Part", "email": "lebrun"}
    response, page = ask("porteuse", "ajouter/", typed)
    assert response.status_code == 422
    for name in ("metier", "rpps", "commune", "email"):
        assert page.one(id=f"{name}-erreur").text
        assert page.one(id=name).attrs["aria-invalid"] == "true"
    assert page.one(id="nom").attrs["value"] == "Lebrun"
    assert not Member.objects.filter(nom="Lebrun").exists()


def test_a_member_of_another_structure_is_not_found(ask, people):
    other = cast.Structure.objects.create(
        organisation=cast.Organisation.objects.create(kind="structure", nom="X", region="53", created_at=cast.NOW),
        kind="esp", nom="X", region="53", created_at=cast.NOW,
    )  # fmt: skip
    stranger = Member.objects.create(structure=other, nom="Y", metier="infirmier", joined_on=cast.TODAY)
    assert ask("porteuse", f"{stranger.pk}/")[0].status_code == 404
    assert ask("porteuse", f"{stranger.pk}/sortir/", {})[0].status_code == 404


def test_the_directory_fills_the_form_of_who_is_chosen(ask):
    load_directory()
    _response, found = ask("porteuse", "annuaire/", {"q": "martin"})
    form = next(form for form in found.all("form") if form.attrs.get("action", "").endswith("/ajouter/"))
    sent = {field.attrs["name"]: field.attrs["value"] for field in form.all("input")}
    _response, filled = ask("porteuse", "ajouter/", {**sent, "geste": "remplir"})
    assert filled.one(id="rpps").attrs["value"] == MARTIN
    kept = {**sent, "is_signatory": "oui"}
    assert ask("porteuse", "ajouter/", kept)[0].status_code == 302
    assert Member.objects.get(rpps=MARTIN).rpps_checked_at
    assert "dans l’équipe" in ask("porteuse", "annuaire/", {"q": MARTIN})[1].one("main").text


def test_a_search_that_cannot_find_says_why(ask):
    assert "n’est pas chargé" in ask("porteuse", "annuaire/")[1].one("main").text
    load_directory()
    assert ask("porteuse", "annuaire/", {"q": "10000000016"})[0].status_code == 422
    assert ask("porteuse", "annuaire/", {"q": "martin", "commune": "Nulle-Part"})[0].status_code == 422
    assert "Personne ne répond" in ask("porteuse", "annuaire/", {"q": "zola"})[1].one("main").text


def test_a_list_is_written_only_once_agreed(ask):
    response, page = ask("porteuse", "importer/", {"texte": LIST + "Rien;plombier\n", "geste": "verifier"})
    assert response.status_code == 422
    assert "1 ligne à corriger sur 2" in page.one("main").text
    _response, kept = ask("porteuse", "importer/", {"texte": LIST + "Rien;plombier\n", "geste": "ecarter"})
    text = kept.one(id="texte").text
    assert "plombier" not in text
    assert not Member.objects.filter(nom="Lebrun").exists()
    assert ask("porteuse", "importer/", {"texte": LIST, "geste": "ecrire"})[0].status_code == 302
    assert Member.objects.filter(nom="Lebrun").count() == 1


def test_who_is_already_in_the_team_is_told_beside_the_form(ask):
    typed = {"nom": "Lebrun", "prenom": "Zoé", "metier": "infirmier", "is_signatory": "oui"}
    ask("porteuse", "ajouter/", typed)
    known = Member.objects.get(nom="Lebrun")
    response, page = ask("porteuse", "ajouter/", {**typed, "nom": "LEBRUN"})
    assert response.status_code == 422
    assert "Zoé Lebrun est déjà dans l’équipe" in page.one("main").text
    assert any(link.attrs["href"].endswith(f"/equipe/{known.pk}/") for link in page.one("main").all("a"))
    assert page.one(id="nom").attrs["value"] == "LEBRUN"
    assert ask("porteuse", "ajouter/", {**typed, "nom": "LEBRUN", "autre": "oui"})[0].status_code == 302
    assert Member.objects.filter(nom__iexact="lebrun").count() == 2


def test_a_list_of_people_who_are_in_the_team_adds_nobody(ask):
    ask("porteuse", "importer/", {"texte": LIST, "geste": "ecrire"})
    response, page = ask("porteuse", "importer/", {"texte": LIST, "geste": "ecrire"})
    assert response.status_code == 200
    assert "Rien de nouveau" in page.one("main").text
    assert "déjà dans l’équipe" in page.one("main").text
    assert Member.objects.filter(nom="Lebrun").count() == 1


def test_what_is_no_list_says_so(ask):
    assert ask("porteuse", "importer/", {"texte": "", "geste": "verifier"})[0].status_code == 422


def test_a_member_is_invited_at_their_address(ask):
    member = Member.objects.get(metier="infirmier")
    assert "Il manque son adresse" in ask("porteuse", f"{member.pk}/inviter/")[1].one("main").text
    Member.objects.update(email="odile@example.org")
    assert ask("porteuse", f"{member.pk}/inviter/", {"role": "redacteur"})[0].status_code == 302
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.name, invitation.writes) == ("odile@example.org", "membre", True)


def test_who_writes_without_managing_does_not_invite(ask):
    member = Member.objects.get(metier="infirmier")
    assert ask("redactrice", f"{member.pk}/inviter/", {"role": "membre"})[0].status_code == 403
    assert not Invitation.objects.exists()
