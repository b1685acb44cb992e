"""The pages of who reviews: inbox, bulk acts, gestures, labels."""

import datetime
import uuid

import pytest
from tests import cast, small_world
from tests.cast import NOW
from tests.dossiers import cpts, filed
from tests.web.reading import read
from tests.web.signing import sign_in

from maillage.apps.accounts.models import Organisation, Role
from maillage.apps.dossiers import exchanging, labels, reviewing
from maillage.apps.dossiers.models import Dossier, PieceRequest

pytestmark = pytest.mark.django_db
INBOX, LIST = "/dossiers/a-traiter/", "/dossiers/"
SOON = (datetime.datetime.now(tz=datetime.UTC) + datetime.timedelta(days=20)).date()


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    """What is deposited goes to a folder of the test."""
    settings.FILES_DIR = tmp_path


@pytest.fixture
def people():
    small_world.create_territories()
    return cast.create()


@pytest.fixture
def dossier(people):
    return filed(cpts(people))


@pytest.fixture
def reviewer(client, people):
    return sign_in(client, people.instructrice)


def rows(page) -> list[str]:
    """The numbers of the dossiers listed."""
    return [each.one("a").text for each in page.all("th", scope="row")]


def opened(client, address, status=200, **data):
    answer = client.get(address, data)
    assert answer.status_code == status, answer.content.decode()[:300]
    return read(answer.content.decode())


def act(client, dossier, geste, **data):
    return client.post(f"/dossiers/{dossier.pk}/instruire/{geste}/", data, follow=True)


def test_the_inbox_says_why_each_dossier_waits(reviewer, dossier):
    page = opened(reviewer, INBOX)
    assert rows(page) == [dossier.number]
    assert "Nouveaux dépôts" in page.one("tbody").text
    assert "Nouveaux dépôts 1" in page.one("nav", class_="groups").text


def test_nothing_waits(reviewer):
    assert "Rien ne vous attend aujourd'hui" in opened(reviewer, INBOX).one("main").text


@pytest.mark.parametrize("who", ["porteuse", "stranger"])
def test_the_inbox_is_for_who_reviews(client, people, who):
    assert sign_in(client, getattr(people, who)).get(INBOX).status_code == 404


@pytest.mark.parametrize(("asked", "found"), [
    ({}, {"1", "2"}), ({"responsable": "moi"}, {"2"}), ({"responsable": "personne"}, {"1"}), ({"q": "0002"}, {"2"}),
    ({"q": "redon"}, {"1", "2"}), ({"motif": "echeances"}, {"2"}), ({"etape": "decision"}, {"2"}),
    ({"etat": "depose"}, {"1"}), ({"echeance": "passee"}, {"1"}), ({"echeance": "proche"}, {"2"}),
    ({"echeance": "mois"}, {"2"}), ({"echeance": "aucune"}, set()), ({"echeance": "suspendue"}, set()),
    ({"departement": "35"}, {"1", "2"}), ({"structure": "cpts"}, {"1", "2"}),
    ({"nature": "projet_sante_cpts"}, {"1", "2"}),
    ({"etiquette": "urgent"}, {"1"}), ({"q": "aucun"}, set()),
])  # fmt: skip
def test_each_filter_of_the_address(reviewer, people, dossier, asked, found):
    today = datetime.datetime.now(tz=datetime.UTC).date()
    Dossier.objects.filter(pk=dossier.pk).update(due_on=today - datetime.timedelta(days=1))
    filed(
        dossier.projet, number="PSC-53-2026-0002", state="a_decider", holder=people.instructrice,
        due_on=today + datetime.timedelta(days=3),
    )  # fmt: skip
    label = labels.make_label(dossier.authority, "urgent", by=people.instructrice, at=NOW)
    labels.put_label(dossier, label, by=people.instructrice, at=NOW)
    if "etiquette" in asked:
        asked = {"etiquette": label.pk}
    page = opened(reviewer, LIST, **asked)
    assert {number[-1] for number in rows(page)} == found


def test_a_filter_that_does_not_exist_is_told(reviewer, dossier):
    page = opened(reviewer, LIST, 422, etape="lune")
    assert "n'est pas appliqué" in page.one("main").text
    assert rows(page) == [dossier.number]


def test_the_order_and_the_filters_stay_in_the_address(reviewer, dossier):
    filed(dossier.projet, number="PSC-53-2026-0002")
    page = opened(reviewer, LIST, tri="numero", sens="desc", q="redon")
    assert [number[-1] for number in rows(page)] == ["2", "1"]
    link = page.one("a", word="CSV")
    assert "q=redon" in link.attrs["href"]
    assert "tri=numero" in link.attrs["href"]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_list_is_exported_as_shown(reviewer, dossier, kind):
    answer = reviewer.get(LIST, {"format": kind, "q": "redon"})
    assert answer.headers["Content-Disposition"].endswith(f'.{kind}"')
    if kind == "csv":
        assert dossier.number in answer.content.decode()


def test_who_files_finds_theirs_without_what_is_internal(client, people, dossier):
    label = labels.make_label(dossier.authority, "à surveiller", by=people.instructrice, at=NOW)
    labels.put_label(dossier, label, by=people.instructrice, at=NOW)
    reviewing.assign(dossier, people.instructrice, seen=None, by=people.instructrice, at=NOW)
    exchanging.write_message(dossier, "Fragile", internal=True, by=people.instructrice, at=NOW)
    mine = sign_in(client, people.porteuse)
    page = opened(mine, LIST)
    assert rows(page) == [dossier.number]
    told = page.one("main").text + mine.get(LIST, {"format": "csv"}).content.decode()
    for word in ("surveiller", "Instructrice", "Ce qui attend", "Fragile"):
        assert word not in told


def test_an_associated_body_reads_nothing_internal_of_the_list(client, people, dossier):
    """The CPAM reads the dossiers of CPTS of its département: neither their labels, nor who holds them, nor why."""
    label = labels.make_label(dossier.authority, "à surveiller", by=people.instructrice, at=NOW)
    labels.put_label(dossier, label, by=people.instructrice, at=NOW)
    reviewing.assign(dossier, people.instructrice, seen=None, by=people.instructrice, at=NOW)
    exchanging.write_message(dossier, "Fragile", internal=True, by=people.instructrice, at=NOW)
    fund = sign_in(client, people.agent_cpam)
    page = opened(fund, LIST)
    assert rows(page) == [dossier.number]
    assert not page.all("input", type="checkbox")
    told = page.one("main").text + fund.get(LIST, {"format": "csv"}).content.decode()
    assert "surveiller" not in told
    assert "Instructrice" not in told
    for asked in ({"motif": "messages"}, {"responsable": "personne"}):
        assert rows(opened(fund, LIST, **asked)) == []
    assert rows(opened(fund, LIST, 422, etiquette=label.pk)) == [dossier.number]


def test_two_are_taken_at_once(reviewer, people, dossier):
    second = filed(dossier.projet, number="PSC-53-2026-0002")
    data = {
        "acte": "prendre",
        "dossier": [f"{dossier.pk}:", f"{second.pk}:"],
        "liste": "dossiers",
        "retour": "?q=redon&",
    }
    answer = reviewer.post("/dossiers/lot/", data)
    assert answer["Location"] == "/dossiers/?q=redon"
    assert set(Dossier.objects.values_list("holder", flat=True)) == {people.instructrice.pk}


def test_what_a_colleague_took_meanwhile_is_told_and_the_rest_is_done(reviewer, people, dossier):
    colleague = cast.person("collegue")
    cast.give(colleague, Organisation.objects.get(kind="ars"), Role.Name.INSTRUCTEUR)
    second = filed(dossier.projet, number="PSC-53-2026-0002")
    reviewing.assign(dossier, colleague, seen=None, by=colleague, at=NOW)
    ticked = [f"{dossier.pk}:", f"{second.pk}:"]
    answer = reviewer.post("/dossiers/lot/", {"acte": "prendre", "dossier": ticked}, follow=True)
    told = read(answer.content.decode()).one("div", class_="messages").text
    assert "1 dossier est à votre nom" in told
    assert "Collegue Exemple vient de prendre ce dossier" in told


@pytest.mark.parametrize(("data", "words"), [
    ({"acte": "prendre"}, "Cochez au moins un dossier"),
    ({"acte": "attribuer", "dossier": "1"}, "Choisissez à qui"),
    ({"acte": "etiqueter", "dossier": "1", "etiquette": "999999999999"}, "Choisissez une étiquette"),
])  # fmt: skip
def test_a_bulk_act_without_what_it_needs(reviewer, dossier, data, words):
    if "dossier" in data:
        data = {**data, "dossier": f"{dossier.pk}:"}
    answer = reviewer.post("/dossiers/lot/", data, follow=True)
    assert words in read(answer.content.decode()).one("div", class_="messages").text


def test_labels_are_put_and_taken_off_at_once(reviewer, people, dossier):
    label = labels.make_label(dossier.authority, "urgent", by=people.instructrice, at=NOW)
    data = {"dossier": f"{dossier.pk}:", "etiquette": label.pk}
    reviewer.post("/dossiers/lot/", {**data, "acte": "etiqueter"})
    assert list(dossier.labels.all()) == [label]
    reviewer.post("/dossiers/lot/", {**data, "acte": "desetiqueter"})
    assert not dossier.labels.exists()


def test_the_selection_is_exported(reviewer, dossier):
    filed(dossier.projet, number="PSC-53-2026-0002")
    answer = reviewer.post("/dossiers/lot/", {"acte": "csv", "dossier": f"{dossier.pk}:"})
    assert "PSC-53-2026-0001" in answer.content.decode()
    assert "PSC-53-2026-0002" not in answer.content.decode()


def test_labels_are_made_renamed_removed(reviewer, dossier):
    page = "/dossiers/etiquettes/"
    reviewer.post(page, {"acte": "creer", "nom": "urgent"})
    label = labels.Label.objects.get()
    reviewer.post(page, {"acte": "renommer", "etiquette": label.pk, "nom": "à voir"})
    assert "à voir" in opened(reviewer, page).one("main").text
    assert reviewer.post(page, {"acte": "creer", "nom": " "}).status_code == 422
    reviewer.post(page, {"acte": "supprimer", "etiquette": label.pk})
    assert not labels.Label.objects.exists()


def test_the_summary_tells_the_clock_and_the_gestures(reviewer, dossier):
    page = opened(reviewer, f"/dossiers/{dossier.pk}/")
    card = page.one("section", aria_labelledby="instruction")
    assert "le délai légal finit le" in card.text
    assert "confiance A" in card.text
    assert card.one("button", word="Déclarer complet")
    assert card.one("a", word="Demander des pièces")


def test_the_summary_of_who_files_has_none_of_it(client, people, dossier):
    page = opened(sign_in(client, people.porteuse), f"/dossiers/{dossier.pk}/")
    assert not page.all("section", aria_labelledby="instruction")


def test_what_changed_since_the_last_visit(reviewer, people, dossier):
    address = f"/dossiers/{dossier.pk}/"
    assert not opened(reviewer, address).all("section", aria_labelledby="nouveau")
    later = datetime.datetime.now(tz=datetime.UTC) + datetime.timedelta(minutes=1)
    exchanging.write_message(dossier, "Bonjour", by=people.porteuse, at=later)
    assert "Écrire un message, par Porteuse" in opened(reviewer, address).one("section", aria_labelledby="nouveau").text


def test_the_gestures_of_the_page(reviewer, people, dossier):
    act(reviewer, dossier, "attribuer", responsable="moi", tenu="")
    act(reviewer, dossier, "etiquettes", etiquette="urgent")
    act(reviewer, dossier, "complet")
    dossier.refresh_from_db()
    assert (dossier.holder, dossier.state) == (people.instructrice, "complet")
    assert [each.name for each in dossier.labels.all()] == ["urgent"]
    act(reviewer, dossier, "etiquettes", etiquette="urgent", acte="retirer")
    act(reviewer, dossier, "attribuer", responsable="personne", tenu=str(people.instructrice.pk))
    dossier.refresh_from_db()
    assert (dossier.holder, dossier.labels.count()) == (None, 0)


def test_the_second_reviewer_is_told_on_the_page(reviewer, people, dossier):
    reviewing.declare_complete(dossier, by=people.instructrice, at=NOW)
    answer = act(reviewer, dossier, "complet")
    assert "ce dossier est « Complet »" in read(answer.content.decode()).one("div", class_="messages").text


@pytest.mark.parametrize(("geste", "status"), [("voler", 404), ("attribuer", 302)])
def test_only_known_gestures(reviewer, dossier, geste, status):
    assert reviewer.post(f"/dossiers/{dossier.pk}/instruire/{geste}/", {"responsable": "x"}).status_code == status


def test_pieces_are_asked_and_what_was_typed_is_kept(reviewer, dossier):
    address = f"/dossiers/{dossier.pk}/demander-des-pieces/"
    opened(reviewer, address)
    data = {
        "piece": ["statuts"],
        "precision_statuts": "Signés",
        "autre_1": "Procès-verbal",
        "reponse_avant": "2020-01-01",
    }
    answer = reviewer.post(address, data)
    assert answer.status_code == 422
    page = read(answer.content.decode())
    assert "un jour à venir" in page.one("main").text
    assert page.one("input", name="precision_statuts").attrs["value"] == "Signés"
    assert "checked" in page.one("input", name="piece", value="statuts").attrs
    assert reviewer.post(address, {**data, "reponse_avant": SOON.isoformat()}).status_code == 302
    asked = PieceRequest.objects.get()
    assert [each["libelle"] for each in asked.items][1:] == ["Procès-verbal"]
    letter = reviewer.get(f"/dossiers/{dossier.pk}/demandes-de-pieces/{asked.pk}/lettre.pdf")
    assert b"".join(letter.streaming_content).startswith(b"%PDF")
    assert "déjà demandées" in opened(reviewer, address).one("main").text


def test_an_open_request_is_corrected_then_withdrawn(reviewer, dossier):
    address = f"/dossiers/{dossier.pk}/demander-des-pieces/"
    data = {"piece": ["statuts"], "precision_statuts": "Signés", "autre_1": "Bail", "reponse_avant": SOON.isoformat()}
    reviewer.post(address, data)
    page = opened(reviewer, address)
    assert page.one("input", name="precision_statuts").attrs["value"] == "Signés"
    assert page.one("input", name="autre_1").attrs["value"] == "Bail"
    assert "checked" in page.one("input", name="piece", value="statuts").attrs
    later = SOON + datetime.timedelta(days=10)
    corrected = {**data, "autre_1": "", "reponse_avant": later.isoformat(), "acte": "corriger"}
    assert reviewer.post(address, corrected).status_code == 302
    asked = PieceRequest.objects.get()
    assert (asked.answer_by, [each["code"] for each in asked.items]) == (later, ["statuts"])
    assert reviewer.post(f"{address}retirer/", {"motif": " "}).status_code == 422
    assert reviewer.post(f"{address}retirer/", {"motif": "Elles étaient jointes."}).status_code == 302
    dossier.refresh_from_db()
    assert dossier.state == "depose"
    said = opened(reviewer, f"/dossiers/{dossier.pk}/echanges/").one("main").text
    assert "retirée le" in said
    assert "Elles étaient jointes." in said


def test_a_dossier_that_does_not_exist(reviewer):
    assert reviewer.get(f"/dossiers/{uuid.uuid4()}/").status_code == 404


def test_the_dashboard_leads_to_what_awaits(reviewer, dossier):
    page = opened(reviewer, "/tableau-de-bord/").one("section", aria_labelledby="a-traiter")
    assert page.one("a", word="Nouveaux dépôts").attrs["href"] == f"{INBOX}?motif=depots"


def test_all_agrees_with_what_it_filters(reviewer, dossier):
    page = opened(reviewer, "/dossiers/")
    every = {name: page.one("select", name=name).all("option")[0].text for name in ("etape", "etat", "nature")}
    assert every == {"etape": "Toutes", "etat": "Tous", "nature": "Toutes"}


def test_the_summary_says_what_is_asked_and_by_whom(reviewer, people, dossier):
    Dossier.objects.filter(pk=dossier.pk).update(answers={"champs_des_acteurs": ["prevention"], "nom": "CPTS de Redon"})
    said = opened(reviewer, f"/dossiers/{dossier.pk}/").one("section", aria_labelledby="demande").text
    for words in ("CPTS du pays de Redon", "Redon", "Champs représentés", "prévention et santé au travail"):
        assert words in said
