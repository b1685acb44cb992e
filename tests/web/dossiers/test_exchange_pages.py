"""Messages, notes, visits, avis and log of a dossier: what each side finds, and what nobody else does."""

import datetime
import json

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from tests import cast, small_world
from tests.cast import NOW
from tests.dossiers import cpts, filed
from tests.web.reading import read
from tests.web.signing import sign_in

from maillage.apps.accounts.models import Organisation, Role
from maillage.apps.dossiers import advice, exchanging, labels, reviewing, visiting
from maillage.apps.dossiers.models import AvisRequest, Consultation, Message, Visit
from maillage.apps.dossiers.moving import write_event
from maillage.apps.dossiers.reviewing import AskedPiece

pytestmark = pytest.mark.django_db
HIDDEN = "Le budget est fragile"
SOON = (datetime.datetime.now(tz=datetime.UTC) + datetime.timedelta(days=20)).date()


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    """What is deposited goes to a folder of the test."""
    settings.FILES_DIR = tmp_path


@pytest.fixture
def people():
    small_world.create_territories()
    cache.clear()
    return cast.create()


@pytest.fixture
def dossier(people):
    return filed(cpts(people))


@pytest.fixture
def elue(people):
    body = Organisation.objects.create(kind="urps", nom="URPS médecins", region="53", created_at=NOW)
    person = cast.person("elue")
    cast.give(person, body, Role.Name.COMMISSION)
    return person


@pytest.fixture
def asked(people, dossier, elue):
    """The same question to the CPAM and to an élue, each on their own."""
    experts = [advice.Expert(Organisation.objects.get(kind="cpam")), advice.Expert(elue.roles.get().organisation, elue)]
    return advice.ask(dossier, experts, question="Le budget tient-il ?", answer_by=SOON, by=people.instructrice, at=NOW)


def page_of(client, person, address, status=200):
    answer = sign_in(client, person).get(address)
    assert answer.status_code == status, address
    return read(answer.content.decode()) if status == 200 else None


def at(dossier, what="echanges/") -> str:
    return f"/dossiers/{dossier.pk}/{what}"


def test_a_message_and_a_note(client, people, dossier):
    sign_in(client, people.instructrice)
    client.post(at(dossier), {"texte": "Bonjour", "destination": "message"})
    client.post(at(dossier), {"texte": HIDDEN, "destination": "note"})
    assert [each.is_internal for each in Message.objects.all()] == [False, True]
    assert HIDDEN in page_of(client, people.decideuse, at(dossier)).one("main").text
    page = page_of(client, people.porteuse, at(dossier))
    assert "Bonjour" in page.one("main").text
    assert HIDDEN not in page.one("body").text


def test_who_files_writes_no_note(client, people, dossier):
    sign_in(client, people.porteuse)
    assert client.post(at(dossier), {"texte": "Note", "destination": "note"}).status_code == 403
    assert not Message.objects.exists()


def test_reading_marks_as_read_but_looking_ahead_does_not(client, people, dossier):
    exchanging.write_message(dossier, "Bonjour", by=people.porteuse, at=NOW)
    sign_in(client, people.instructrice)
    client.get(at(dossier), headers={"Sec-Purpose": "prefetch"})
    assert exchanging.unread_of(people.instructrice, dossier) == 1
    assert "nouveau" in page_of(client, people.instructrice, at(dossier)).one("ol", class_="thread").text
    assert exchanging.unread_of(people.instructrice, dossier) == 0


def test_a_message_with_its_file(client, people, dossier):
    sign_in(client, people.porteuse)
    file = SimpleUploadedFile("budget.csv", b"poste,montant\nsalaires,1000\n")
    client.post(at(dossier), {"texte": "Voici.", "destination": "message", "fichier": file})
    address = at(dossier, f"echanges/{Message.objects.get().pk}/fichier/")
    for person, status in ((people.instructrice, 200), (people.membre, 200), (people.agent_cpam, 404)):
        answer = sign_in(client, person).get(address)
        assert answer.status_code == status
        assert not answer.streaming or b"salaires" in b"".join(answer.streaming_content)


def test_the_file_of_a_note_stays_inside(client, people, dossier):
    file = SimpleUploadedFile("calcul.csv", b"poste,montant\nsalaires,1000\n")
    sign_in(client, people.instructrice)
    client.post(at(dossier), {"texte": "Calcul", "destination": "note", "fichier": file})
    address = at(dossier, f"echanges/{Message.objects.get().pk}/fichier/")
    assert sign_in(client, people.porteuse).get(address).status_code == 404


def test_patient_data_is_stopped_and_the_text_kept(client, people, dossier):
    sign_in(client, people.porteuse)
    text = "Mme Dupont, née le 03/04/1950, nous soutient."
    answer = client.post(at(dossier), {"texte": text, "destination": "message"})
    assert answer.status_code == 422
    page = read(answer.content.decode())
    assert text in page.one("textarea", name="texte").text
    assert page.one("div", id="donnees-patient")


def test_nothing_internal_leaves_for_who_files(client, people, dossier, asked):
    """Their pages, their log, their exports, their mails: none tells the note, the label, the avis, who was asked."""
    label = labels.make_label(dossier.authority, "à surveiller", by=people.instructrice, at=NOW)
    reviewing.put_label(dossier, label, by=people.instructrice, at=NOW)
    exchanging.write_message(dossier, HIDDEN, internal=True, by=people.instructrice, at=NOW)
    wanted = visiting.Planned("reunion", NOW, place="Salle secrète", internal=True)
    visiting.plan(dossier, wanted, by=people.instructrice, at=NOW)
    advice.give(asked.requests.get(expert=None), sense="defavorable", text=HIDDEN, by=people.agent_cpam, at=NOW)
    sign_in(client, people.porteuse)
    told = "".join(
        client.get(address).content.decode()
        for address in (
            at(dossier, ""), at(dossier), at(dossier, "journal/"), at(dossier, "journal/?format=csv"), "/dossiers/",
            "/dossiers/?format=csv", "/tableau-de-bord/", "/journal/",
        )
    )  # fmt: skip
    told += json.dumps([[each.subject, each.body] for each in mail.outbox])
    for word in (HIDDEN, "surveiller", "secrète", "Elue", "Demander des avis", "étiqueter", "Noter"):
        assert word not in told
    assert page_of(client, people.porteuse, at(dossier, "avis/"), 404) is None


@pytest.mark.parametrize("what", ["echanges/", "journal/", "avis/"])
def test_neither_an_expert_nor_an_associated_body_reads_what_is_said(client, elue, people, dossier, asked, what):
    for person in (elue, people.agent_cpam):
        page_of(client, person, at(dossier, what), 404)
    page = page_of(client, elue, at(dossier, ""))
    assert "Échanges" not in page.one("nav", class_="onglets").text


def test_several_experts_are_asked_from_the_page(client, people, dossier, elue):
    address = at(dossier, "avis/demander/")
    page = page_of(client, people.instructrice, address)
    keys = [each.attrs["value"] for each in page.all("input", name="expert")]
    assert len(keys) == 4
    data = {
        "expert": [keys[0], keys[3]],
        "question": "Et vous ?",
        "reponse_avant": SOON.isoformat(),
        "independants": "on",
    }
    assert client.post(address, {**data, "expert": []}).status_code == 422
    assert client.post(address, data).status_code == 302
    assert AvisRequest.objects.count() == 2
    assert "0 rendu sur 2" in page_of(client, people.instructrice, at(dossier, "avis/")).one("main").text


def test_an_expert_gives_and_corrects_their_avis(client, people, elue, asked):
    mine = asked.requests.get(expert=elue)
    assert "Le budget tient-il ?" in page_of(client, elue, "/avis/").one("main").text
    address = f"/avis/{mine.pk}/"
    assert client.post(address, {"sens": "defavorable", "texte": ""}).status_code == 422
    assert client.post(address, {"sens": "defavorable", "texte": "Trop cher."}).status_code == 302
    client.post(address, {"sens": "reserve", "texte": "À revoir."})
    mine.refresh_from_db()
    assert (mine.sense, mine.text) == ("reserve", "À revoir.")
    for person in (people.porteuse, people.agent_cpam, people.instructrice):
        page_of(client, person, address, 404)


def test_the_others_are_read_once_each_gave_theirs(client, people, elue, asked):
    advice.give(asked.requests.get(expert=None), sense="favorable", text="Tout va bien.", by=people.agent_cpam, at=NOW)
    address = f"/avis/{asked.requests.get(expert=elue).pk}/"
    assert "Tout va bien." not in page_of(client, elue, address).one("main").text
    client.post(address, {"sens": "favorable", "texte": "Oui."})
    assert "Tout va bien." in page_of(client, elue, address).one("main").text


def test_who_reviews_reminds_withdraws_and_closes(client, people, dossier, asked, elue):
    sign_in(client, people.instructrice)
    row = asked.requests.get(expert=elue)
    for what, said in (("relancer", "La relance est partie"), ("relancer", "10 minutes"), ("retirer", "est retirée")):
        answer = client.post(at(dossier, f"avis/{row.pk}/{what}/"), follow=True)
        assert said in read(answer.content.decode()).one("div", class_="messages").text
    client.post(at(dossier, f"avis/demandes/{asked.pk}/clore/"))
    assert Consultation.objects.get().closed_at is not None
    assert page_of(client, people.agent_cpam, f"/avis/{asked.requests.get(expert=None).pk}/")


def test_a_visit_is_planned_sent_moved_reported(client, people, dossier):
    sign_in(client, people.instructrice)
    data = {
        "nature": "visite", "jour": SOON.isoformat(), "heure": "14:30", "duree": "90", "lieu": "Redon",
        "invite": [str(people.porteuse.pk)],
    }  # fmt: skip
    assert client.post(at(dossier, "rencontres/nouvelle/"), data).status_code == 302
    assert [each.to for each in mail.outbox] == [["porteuse@example.org"]]
    visit = Visit.objects.get()
    assert f"{visit.at:%H:%M}" in ("13:30", "12:30")
    one = f"rencontres/{visit.pk}/"
    client.post(at(dossier, one), {**data, "heure": "16:00"})
    assert client.post(at(dossier, f"{one}compte-rendu/"), {"compte_rendu": "Vu.", "lu": ""}).status_code == 422
    Visit.objects.update(at=NOW - datetime.timedelta(days=900))
    assert client.post(at(dossier, f"{one}compte-rendu/"), {"compte_rendu": "Vu.", "lu": ""}).status_code == 302
    assert "Vu." in page_of(client, people.porteuse, at(dossier)).one("main").text
    assert b"BEGIN:VCALENDAR" in client.get(at(dossier, f"{one}agenda.ics")).content
    sign_in(client, people.instructrice).post(at(dossier, f"{one}annuler/"))
    assert "METHOD:CANCEL" in mail.outbox[-1].attachments[0][1]


def test_the_log_speaks_in_words_in_the_page_the_filter_and_the_file(client, people, dossier):
    drafting_of(dossier, people)
    reviewing.ask_pieces(dossier, [AskedPiece("statuts")], answer_by=SOON, by=people.instructrice, at=NOW)
    page = page_of(client, people.instructrice, at(dossier, "journal/"))
    said = page.one("table").text
    csv = sign_in(client, people.instructrice).get(at(dossier, "journal/?format=csv")).content.decode()
    every = page_of(client, people.porteuse, "/journal/").one("main").text
    for words in (said, csv, every):
        assert "Demander des pièces" in words
        assert "Pièces demandées" in words
        assert "hamps représentés parmi les membres" in words
        assert "prévention et santé au travail, médico-social" in words
        for raw in ("demander pieces", "incomplet", "champs_des_acteurs", "medico_social"):
            assert raw not in words
    assert "Demander des pièces" in page.one("select", name="acte").text
    assert len(page_of(client, people.instructrice, at(dossier, "journal/?acte=demander+pieces")).all("tr")) == 2


def drafting_of(dossier, people):
    """The answer to a choice, as the log keeps it: codes."""
    after = {"champs_des_acteurs": ["prevention", "medico_social"]}
    write_event(dossier, "répondre", by=people.porteuse, at=NOW, after=after)


def test_the_log_tells_each_side_what_it_may_know(client, people, dossier):
    exchanging.write_message(dossier, "Bonjour", by=people.porteuse, at=NOW)
    exchanging.write_message(dossier, HIDDEN, internal=True, by=people.instructrice, at=NOW)
    inside = page_of(client, people.instructrice, at(dossier, "journal/"))
    assert "2 actes" in inside.one("p", role="status").text
    assert "1 acte" in page_of(client, people.membre, at(dossier, "journal/")).one("p", role="status").text
    page = page_of(client, people.instructrice, at(dossier, "journal/?acte=noter"))
    assert "1 acte" in page.one("p", role="status").text
    csv = sign_in(client, people.instructrice).get(at(dossier, "journal/?format=csv&acte=noter")).content.decode()
    assert csv.count("\n") == 2
    assert client.get(at(dossier, "journal/?du=hier")).status_code == 422
