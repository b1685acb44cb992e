"""The pages of the adhérents: who belongs to what, shares, fees in one tap, registers, what each one shows."""

import pytest
from tests import cast, small_world
from tests.answers import read_to_the_end
from tests.apps.structures.entities import Entities
from tests.web.reading import read
from tests.web.signing import sign_in

from maillage.apps.projets.models import Projet
from maillage.apps.structures.consents import consents_of
from maillage.apps.structures.dues_accounts import lines_of
from maillage.apps.structures.models import Belonging, DuesYear, LegalEntity, Member, Partner, ShareMovement

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    small_world.create_territories()
    return cast.create()


@pytest.fixture
def world(people) -> Entities:
    return Entities(people)


@pytest.fixture
def ask(client, people):
    """Asks a page of the team as one of the cast; gives the answer and its tree."""

    def opened(who, address="", sent=None, **query):
        sign_in(client, getattr(people, who))
        where = f"/structures/{people.structure.pk}/equipe/{address}"
        response = client.get(where, query) if sent is None else client.post(where, sent)
        return response, read(response.content.decode())

    return opened


def test_without_a_legal_person_each_page_says_what_to_do_first(ask):
    for address in ("adherents/", "parts/", "cotisations/"):
        assert "Aucune personne morale" in ask("porteuse", address)[1].one("main").text


def test_a_belonging_is_added_listed_ended_and_resumed(ask, world):
    member = world.membre
    typed = {"entity": str(world.association.pk), "quality": "adherent", "since": "2026-01-01"}
    assert ask("redactrice", f"{member.pk}/appartenances/ajouter/", typed)[0].status_code == 302
    row = Belonging.objects.get()
    assert "Membre Exemple" in ask("membre", "adherents/")[1].one("main").text
    assert "Membre Exemple" not in ask("membre", "adherents/", date="2025-12-31")[1].one("main").text
    ask("redactrice", f"appartenances/{row.pk}/finir/", {})
    row.refresh_from_db()
    assert row.until is not None
    for act in ("reprendre", "retirer", "retablir"):
        assert ask("redactrice", f"appartenances/{row.pk}/{act}/", {})[0].status_code == 302
    row.refresh_from_db()
    assert (row.until, row.removed_at) == (None, None)
    assert ask("redactrice", f"appartenances/{row.pk}/autre/", {})[0].status_code == 404


def test_what_is_refused_stands_beside_its_field_and_is_kept(ask, world):
    typed = {"entity": str(world.association.pk), "quality": "adherent", "since": "hier", "half_days": "2"}
    response, page = ask("porteuse", f"{world.membre.pk}/appartenances/ajouter/", typed)
    assert response.status_code == 422
    assert "une date" in page.one(id="champ-since-erreur").text
    assert page.one(id="champ-since").attrs["value"] == "hier"
    assert not Belonging.objects.exists()


def test_shares_are_noted_counted_and_undone(ask, world):
    address = f"parts/noter/?entite={world.sisa.pk}"
    typed = {"taker": f"m:{world.porteuse.pk}", "giver": "", "shares": "10", "day": "2026-01-01", "ends": "oui"}
    assert ask("porteuse", address, typed)[0].status_code == 302
    assert "10" in ask("membre", "parts/")[1].one("main").one("table").text
    giver = Belonging.objects.get(quality="associe")
    typed = {"taker": "", "giver": f"a:{giver.pk}", "shares": "11", "day": "2026-01-02"}
    response, page = ask("porteuse", address, typed)
    assert response.status_code == 422
    assert "détient" in page.one(id="champ-shares-erreur").text
    movement = ShareMovement.objects.get()
    ask("porteuse", f"parts/{movement.pk}/annuler/", {})
    assert "Aucune part" in ask("membre", "parts/")[1].one("main").text


def test_a_fee_is_noted_in_one_tap_several_at_once_and_undone(ask, world):
    rows = [world.begin(), world.begin(world.membre)]
    address = f"cotisations/montants/?entite={world.association.pk}&annee=2026"
    assert ask("porteuse", address, {"montant_adherent": "50,00", "due_on": "2026-06-30"})[0].status_code == 302
    board = {"entite": str(world.association.pk), "annee": "2026"}
    ask("porteuse", "cotisations/", {**board, "geste": f"payer:{rows[0].pk}"})
    _response, page = ask("porteuse", "cotisations/", annee="2026")
    assert "1 sur 2" in page.one("main").text
    ask("porteuse", "cotisations/", {**board, "geste": "payer", "qui": [str(row.pk) for row in rows]})
    assert {line.account.state for line in lines_of(world.association, 2026)} == {"a_jour"}
    payment = DuesYear.objects.get().payments.first()
    ask("porteuse", f"cotisations/{payment.pk}/annuler/", {})
    assert "à payer" in ask("porteuse", "cotisations/", annee="2026", etat="du")[1].one("main").text
    response, _page = ask("porteuse", "cotisations/", annee="2026", export="csv")
    assert b"Porteuse Exemple" in response.content


def test_the_board_stays_as_it_was_read_after_an_act(ask, world):
    rows, address = [world.begin(), world.begin(world.membre)], "cotisations/?etat=du&q=exemple&page=1"
    world.amounts(adherent="50")
    board = {"entite": str(world.association.pk), "annee": "2026"}
    response, _page = ask("porteuse", address, {**board, "geste": f"payer:{rows[0].pk}"})
    assert "etat=du" in response.url
    assert "q=exemple" in response.url
    payment = DuesYear.objects.get().payments.get()
    for act in ("annuler", "retablir"):
        assert "etat=du" in ask("porteuse", f"cotisations/{payment.pk}/{act}/?etat=du", {})[0].url


def test_everyone_who_owes_is_reminded_at_once(ask, world, mailoutbox):
    world.begin()
    world.begin(world.membre)
    world.amounts(adherent="50")
    assert "Envoyer 2 rappels" in ask("porteuse", "cotisations/", annee="2026")[1].one("main").text
    board = {"entite": str(world.association.pk), "annee": "2026"}
    ask("porteuse", "cotisations/", {**board, "geste": "rappeler_tous"})
    assert len(mailoutbox) == 2


def test_a_wrong_amount_stands_beside_its_quality(ask, world):
    address = f"cotisations/montants/?entite={world.association.pk}&annee=2026"
    response, page = ask("porteuse", address, {"montant_adherent": "beaucoup"})
    assert response.status_code == 422
    assert "euros" in page.one(id="champ-montant_adherent-erreur").text


def test_a_reminder_goes_to_the_address_of_the_account_when_the_list_has_none(ask, world, mailoutbox):
    row = world.begin()
    world.amounts(adherent="50")
    Member.objects.update(email="")
    sent = {"entite": str(world.association.pk), "annee": "2026", "geste": "rappeler", "qui": [str(row.pk)]}
    response, _page = ask("coordinatrice", "cotisations/", sent)
    assert response.status_code == 302
    assert len(mailoutbox) == 1


def test_the_days_of_a_register_sort_in_a_spreadsheet(ask, world):
    world.begin()
    asked = {"registre": "adherents", "date": "2026-12-31"}
    assert "1er janvier 2026" in ask("membre", "registres/", **asked)[1].one("main").text
    assert b"2026-01-01" in ask("membre", "registres/", **asked, format="csv")[0].content


@pytest.mark.parametrize("kind", ["presents", "adherents", "associes", "parts"])
def test_a_register_is_read_and_downloaded(ask, client, world, kind):
    world.begin()
    world.move(10, taker=f"m:{world.porteuse.pk}")
    page = ask("membre", "registres/", registre=kind, date="2026-12-31")[1]
    assert "Exemple" in page.one("main").one("table").text
    where = f"/structures/{world.structure.pk}/equipe/registres/?registre={kind}&date=2026-12-31"
    pdf = client.get(f"{where}&format=pdf")
    assert read_to_the_end(pdf).startswith(b"%PDF") if pdf.streaming else pdf.content.startswith(b"%PDF")
    assert b"Exemple" in client.get(f"{where}&format=csv").content
    assert client.get(f"{where}&format=doc").status_code == 404


def test_an_organisation_is_added_and_belongs(ask, world):
    typed = {"nom": "EHPAD des Tilleuls", "since": "2026-01-01"}
    assert ask("porteuse", "organismes/ajouter/", typed)[0].status_code == 302
    partner = Partner.objects.get()
    typed = {"entity": str(world.association.pk), "quality": "adherent", "since": "2026-01-01"}
    assert ask("porteuse", f"organismes/{partner.pk}/appartenances/ajouter/", typed)[0].status_code == 302
    assert "EHPAD des Tilleuls" in ask("membre", "adherents/")[1].one("main").text
    assert "Adhérent" in ask("membre", f"organismes/{partner.pk}/")[1].one("main").text


def test_each_says_what_they_show_and_who_writes_may_note_it(ask, people, world):
    mine, other = f"{world.membre.pk}/visibilite/", f"{world.porteuse.pk}/visibilite/"
    shown = {"show_name": "public", "telephone": "02 99 00 00 00", "show_telephone": "public", "show_email": "equipe",
             "show_presence": "personne"}  # fmt: skip
    assert ask("membre", mine, shown)[0].status_code == 302
    assert [each.telephone for each in consents_of(people.structure)] == ["02 99 00 00 00"]
    assert ask("membre", other)[0].status_code == 403
    assert ask("redactrice", mine)[0].status_code == 200
    wrong, page = ask("membre", mine, {**shown, "show_name": "equipe"})
    assert wrong.status_code == 422
    assert "nom visible de tous" in page.one(id="champ-show_name-erreur").text
    wrong, page = ask("membre", mine, {**shown, "telephone": "02 99"})
    assert "02 99 00 00 00" in page.one(id="champ-telephone-erreur").text
    assert "elle-même" in ask("membre", f"{world.membre.pk}/fiche/")[1].one("main").text


def test_who_is_of_the_team_finds_their_own_sheet(ask, world):
    mine = f"/{world.membre.pk}/fiche/"
    assert [a for a in ask("membre")[1].all("a") if "Ma fiche" in a.text and a.attrs["href"].endswith(mine)]
    assert not [a for a in ask("coordinatrice")[1].all("a") if "Ma fiche" in a.text]


def test_an_address_kept_for_oneself_is_read_by_who_writes_only(ask, world):
    Member.objects.filter(pk=world.membre.pk).update(email="odile@example.org")
    mine = {"show_name": "equipe", "show_email": "personne", "show_telephone": "personne", "show_presence": "personne"}
    ask("membre", f"{world.membre.pk}/visibilite/", mine)
    assert "odile@example.org" not in ask("accompagnatrice")[1].one("main").text
    assert b"odile@example.org" not in ask("accompagnatrice", export="csv")[0].content
    assert "odile@example.org" in ask("redactrice")[1].one("main").text


def test_the_authority_reads_the_team_and_nothing_of_the_adherents(ask, world):
    Projet.objects.update(state="partage")
    assert ask("instructrice")[0].status_code == 200
    for address in ("adherents/", "parts/", "cotisations/", "registres/", "organismes/", f"{world.membre.pk}/fiche/"):
        assert ask("instructrice", address)[0].status_code == 404


def test_what_is_of_another_structure_is_not_found(ask, world):
    body = cast.Organisation.objects.create(kind="structure", nom="X", region="53", created_at=cast.NOW)
    other = cast.Structure.objects.create(organisation=body, kind="esp", nom="X", region="53", created_at=cast.NOW)
    theirs = LegalEntity.objects.create(structure=other, form="sisa")
    member = Member.objects.create(structure=other, nom="Y", metier="infirmier", joined_on=cast.TODAY)
    row = Belonging.objects.create(entity=theirs, member=member, quality="adherent", since=cast.TODAY)
    assert ask("porteuse", f"appartenances/{row.pk}/")[0].status_code == 404
    assert ask("porteuse", f"{member.pk}/fiche/")[0].status_code == 404
    for address in ("parts/", "cotisations/", "registres/?registre=associes"):
        joined = "&" if "?" in address else "?"
        assert ask("porteuse", f"{address}{joined}entite={theirs.pk}")[0].status_code == 404


def test_a_list_that_says_what_each_belongs_to_is_written_once_agreed(ask, world):
    text = "Nom;Métier;Personne morale;Qualité;Depuis le\nLebrun;infirmier;Les amis;adhérent;01/02/2026\n"
    page = ask("porteuse", "importer/", {"texte": text, "geste": "verifier"})[1]
    assert "1 appartenance" in page.one("main").text
    assert not Belonging.objects.exists()
    assert ask("porteuse", "importer/", {"texte": text, "geste": "ecrire"})[0].status_code == 302
    assert Belonging.objects.get().member.nom == "Lebrun"
    assert b"Personne morale" in ask("porteuse", "importer/modele.csv")[0].content


def test_who_leaves_the_team_is_no_longer_an_adherent_but_keeps_shares(ask, world):
    adherent = world.begin()
    world.move(10, taker=f"m:{world.porteuse.pk}")
    ask("coordinatrice", f"{world.porteuse.pk}/sortir/", {})
    ask("redactrice", f"{world.porteuse.pk}/sortir/", {})
    adherent.refresh_from_db()
    assert adherent.until is not None
    assert Belonging.objects.get(quality="associe").until is None


def test_an_exit_undone_gives_back_what_ended_with_it(ask, world):
    ended, adherent = world.begin(quality="salarie"), world.begin()
    ask("coordinatrice", f"appartenances/{ended.pk}/finir/", {})
    ask("coordinatrice", f"{world.porteuse.pk}/sortir/", {})
    adherent.refresh_from_db()
    assert adherent.until is not None
    ask("coordinatrice", f"{world.porteuse.pk}/revenir/", {})
    adherent.refresh_from_db()
    ended.refresh_from_db()
    assert adherent.until is None
    assert ended.until is not None


@pytest.mark.parametrize("address", ["", "adherents/", "cotisations/", "registres/", "parts/"])
def test_a_long_list_costs_a_constant_number_of_queries(ask, world, django_assert_max_num_queries, address):
    world.amounts(adherent="50")
    for number in range(30):
        member = Member.objects.create(
            structure=world.structure, nom=f"M {number}", metier="infirmier", commune="35236", joined_on=cast.TODAY
        )
        world.begin(member)
    ask("porteuse", address)
    with django_assert_max_num_queries(75):
        assert ask("porteuse", address)[0].status_code == 200


def test_numbers_of_the_assurance_maladie_are_for_who_writes(ask, world):
    Member.objects.filter(pk=world.membre.pk).update(numero_am="351234567")
    for who, reads in (("redactrice", True), ("membre", False)):
        assert ("351234567" in ask(who, "registres/")[1].one("main").text) is reads
        assert (b"351234567" in ask(who, "registres/", format="csv")[0].content) is reads
