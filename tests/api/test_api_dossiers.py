"""The API of the dossiers: what each side reads, what each act does, once, on the version that was read."""

import datetime
import json

import pytest
from django.utils import timezone
from tests import cast
from tests.api.callers import Caller, token_for
from tests.cast import NOW, TODAY
from tests.dossiers import cpts, draft, filed
from tests.web.signing import sign_in

from maillage.apps.accounts.models import Organisation
from maillage.apps.common.models import Event
from maillage.apps.connections.models import ApiAct, ApiToken
from maillage.apps.dossiers.models import AvisRequest, Consultation, Decision, Deposit, Dossier, Label, Message, Piece
from maillage.apps.dossiers.moving import write_event
from maillage.apps.dossiers.queries import definition_of
from maillage.core.dossiers import path

pytestmark = pytest.mark.django_db
LIST = "/api/dossiers"
SECRET_WORDS = "Une note que personne ne doit lire dehors."  # noqa: S105


@pytest.fixture
def people():
    return cast.create()


@pytest.fixture
def dossier(people):
    return filed(cpts(people))


@pytest.fixture
def ars(people, dossier):
    """The software of the ARS, by the token that its instructrice made."""
    return Caller(token_for(people.instructrice, dossier.authority))


@pytest.fixture
def team(people, dossier):
    """The software of the CPTS, by the token that its porteuse made."""
    return Caller(token_for(people.porteuse, dossier.filer))


def put_before(dossier, verb):
    """Put a dossier in the first state that its reviewer may take by a verb."""
    moves = path.moves(definition_of(dossier))
    dossier.refresh_from_db()
    dossier.state = next(each.source for each in moves if each.verb == verb and "instructeur" in each.actors)
    dossier.phase = definition_of(dossier).state(dossier.state).phase
    dossier.save()


def one(dossier):
    return f"{LIST}/{dossier.pk}"


def exchanges(people, dossier):
    """A message of each side, and a note."""
    for minute, (who, text, internal) in enumerate((
        (people.porteuse, "Bonjour", False), (people.instructrice, "Bien reçu", False),
        (people.instructrice, SECRET_WORDS, True),
    )):  # fmt: skip
        at = NOW + datetime.timedelta(minutes=minute)
        Message.objects.create(dossier=dossier, at=at, author=who, text=text, is_internal=internal)


def test_each_lists_the_dossiers_of_its_organisation(ars, team, dossier):
    started = draft(dossier.projet)
    assert [each["id"] for each in ars.get(LIST)[1]["dossiers"]] == [str(dossier.pk)]
    status, told = team.get(LIST)
    assert (status, told["total"]) == (200, 2)
    assert {each["id"] for each in told["dossiers"]} == {str(dossier.pk), str(started.pk)}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("nature=projet_sante_cpts", 1), ("nature=autre", 0), ("etat=depose", 1), ("etat=complet", 0),
        ("phase=instruction", 1), ("phase=clos", 0), ("departement=35", 1), ("departement=22", 0),
        ("echeance_avant=2027-01-22", 0), ("echeance_avant=2027-01-23", 1),
        ("modifie_depuis=2026-11-22T08:00:00Z", 1), ("modifie_depuis=2026-11-22T10:30:00+01:00", 0),
        ("page=2", 0), ("limite=1", 1),
    ],
)  # fmt: skip
def test_a_list_is_narrowed(ars, dossier, asked, found):
    Dossier.objects.update(due_on=datetime.date(2027, 1, 22))
    write_event(dossier, "deposer", by=None, at=NOW)
    status, told = ars.get(f"{LIST}?{asked}")
    assert (status, len(told["dossiers"])) == (200, found)


@pytest.mark.parametrize(
    "asked",
    [
        "phase=ailleurs", "echeance_avant=demain", "modifie_depuis=2026-11-22T08:00:00", "page=0", "limite=101",
        "etats=depose",
    ],
)  # fmt: skip
def test_a_filter_that_says_nothing_is_refused(ars, asked):
    status, told = ars.get(f"{LIST}?{asked}")
    assert (status, told["erreurs"][0]["champ"]) == (422, asked.split("=")[0])


def test_who_files_reads_neither_notes_nor_avis_nor_labels_nor_what_is_not_notified(people, ars, team, dossier):
    exchanges(people, dossier)
    question = Consultation.objects.create(
        dossier=dossier, question=SECRET_WORDS, answer_by=TODAY, at=NOW, by=people.instructrice
    )
    AvisRequest.objects.create(
        consultation=question, organisation=Organisation.objects.get(kind="cpam"), sense="favorable",
        text=SECRET_WORDS, given_at=NOW, given_by=people.agent_cpam,
    )  # fmt: skip
    dossier.labels.add(Label.objects.create(organisation=dossier.authority, name=SECRET_WORDS[:40]))
    Decision.objects.create(
        dossier=dossier,
        number="D-1",
        sense="accord",
        motives=SECRET_WORDS,
        decided_on=TODAY,
        at=NOW,
        by=people.decideuse,
    )
    status, told = team.get(one(dossier))
    assert (status, SECRET_WORDS[:30] in json.dumps(told, ensure_ascii=False)) == (200, False)
    assert (told["decision"], told["etiquettes"], told["avis"], told["responsable"]) == (None, None, [], None)
    assert [(each["de"], each["interne"]) for each in told["messages"]] == [("deposant", False), ("autorite", False)]
    inside = ars.get(one(dossier))[1]
    assert (inside["decision"]["numero"], len(inside["messages"]), len(inside["avis"])) == ("D-1", 3, 1)
    Decision.objects.update(notified_at=NOW)
    assert team.get(one(dossier))[1]["decision"]["numero"] == "D-1"


def test_a_session_reads_and_never_acts(people, client, dossier):
    sign_in(client, people.instructrice)
    assert client.get(LIST).json()["total"] == 1
    told = client.get(one(dossier)).json()
    assert (told["gestes"], told["etat"]) == ([], "depose")
    refused = client.post(f"{one(dossier)}/gestes/declarer_complet", "{}", content_type="application/json")
    assert refused.status_code == 401
    client.logout()
    assert client.get(LIST).status_code == 401


def test_a_file_is_downloaded_by_who_reads_the_dossier(people, ars, team, dossier, stored_pdf):
    piece = Piece.objects.create(
        dossier=dossier, code="projet_sante", file=stored_pdf, added_at=NOW, added_by=people.porteuse
    )
    assert ars.get(one(dossier))[1]["pieces"] == []
    content = {"pieces": [{"id": str(piece.pk)}]}
    Deposit.objects.create(dossier=dossier, number=1, at=NOW, by=people.porteuse, content=content, fingerprint="0" * 64)
    [told] = ars.get(one(dossier))[1]["pieces"]
    assert told["sha256"] == stored_pdf.sha256
    response = ars.client.get(told["adresse"], headers={"Authorization": f"Bearer {ars.secret}"})
    assert (response.status_code, len(b"".join(response.streaming_content))) == (200, stored_pdf.size)
    assert "attachment" in response["Content-Disposition"]
    assert team.get(one(dossier))[1]["pieces"][0]["sha256"] == stored_pdf.sha256


def test_an_act_is_written_with_the_name_of_the_token(ars, dossier):
    status, told = ars.act(dossier, "declarer_complet")
    assert (status, told["dossier"]["etat"]) == (200, "complet")
    event = Event.objects.filter(verb="declarer complet").get()
    assert event.actor == f"jeton:{ApiToken.objects.get(created_by__prenom='Instructrice').pk}"


def test_every_act_of_the_review(people, ars, dossier):
    for geste, body in (
        ("attribuer", {"responsable": str(people.instructrice.pk)}),
        ("etiqueter", {"ajouter": ["prioritaire", "zone rurale"], "retirer": []}),
        ("etiqueter", {"retirer": ["prioritaire"]}),
        ("ecrire", {"texte": "Bonjour."}),
        ("ecrire", {"texte": "À revoir.", "interne": True}),
        ("declarer_complet", {}),
        ("proposer", {"note": "Rien ne s'y oppose."}),
    ):
        if geste == "proposer":
            put_before(dossier, "proposer")
        status, told = ars.act(dossier, geste, body)
        assert (status, told.get("geste")) == (200, geste), told
    told = ars.get(one(dossier))[1]
    assert (told["etat"], told["etiquettes"], told["responsable"]) == (
        "a_decider", ["zone rurale"], str(people.instructrice.pk),
    )  # fmt: skip
    assert [each["interne"] for each in told["messages"]] == [False, True, True]
    still = ["attribuer", "etiqueter", "demander_pieces", "renvoyer", "ecrire"]
    assert [each["geste"] for each in told["gestes"]] == still


def test_pieces_are_asked_for_and_the_filer_completes_or_withdraws(ars, team, dossier):
    soon = (timezone.localdate() + datetime.timedelta(days=20)).isoformat()
    body = {"pieces": [{"code": "autre", "libelle": "Statuts"}], "texte": "Merci.", "avant_le": soon}
    status, told = ars.act(dossier, "demander_pieces", body)
    assert (status, told["dossier"]["etat"]) == (200, "incomplet"), told
    asked = team.get(one(dossier))[1]
    assert asked["demandes_de_pieces"][0]["pieces"][0]["libelle"] == "Statuts"
    assert {"completer", "retirer", "repondre"} <= {each["geste"] for each in asked["gestes"]}
    assert team.act(dossier, "retirer", {"motif": "Nous changeons de territoire."})[0] == 200


def test_the_filer_answers_the_form_and_is_told_what_is_missing(people, team, dossier):
    started = draft(dossier.projet)
    field = next(each for each in team.get(one(started))[1]["demarche"]["champs"] if each["type"].startswith("texte"))
    body = {"reponses": {field["code"]: "Une réponse"}, "revision": 0}
    assert team.act(started, "repondre", body)[0] == 200
    late = {"reponses": {field["code"]: "Une autre"}, "revision": 0}
    assert team.act(started, "repondre", late)[0] == 409
    status, told = team.act(started, "deposer")
    assert (status, bool(told["erreurs"])) == (422, True)


def test_an_avis_is_given_by_the_organisation_asked(people, dossier):
    cpam = Organisation.objects.get(kind="cpam")
    software = Caller(token_for(people.agent_cpam, cpam))
    question = Consultation.objects.create(
        dossier=dossier, question="Qu'en pensez-vous ?", answer_by=TODAY + datetime.timedelta(days=3650), at=NOW,
        by=people.instructrice,
    )  # fmt: skip
    asked = AvisRequest.objects.create(consultation=question, organisation=cpam)
    told = software.get(one(dossier))[1]
    assert [(each["id"], each["sens"]) for each in told["avis"]] == [(str(asked.pk), None)]
    body = {"avis": str(asked.pk), "sens": "favorable", "texte": "Le territoire est cohérent."}
    assert software.act(dossier, "donner_avis", body)[0] == 200
    asked.refresh_from_db()
    assert (asked.sense, asked.given_by) == ("favorable", people.agent_cpam)


def test_the_same_key_acts_once(ars, dossier):
    body = {"texte": "Bonjour."}
    first = ars.act(dossier, "ecrire", body, Idempotency_Key="a1")
    assert "Idempotency-Replayed" not in ars.headers
    assert ars.act(dossier, "ecrire", body, Idempotency_Key="a1") == first
    assert ars.headers["Idempotency-Replayed"] == "true"
    assert Message.objects.count() == 1
    assert ars.act(dossier, "ecrire", {"texte": "Autre."}, Idempotency_Key="a1")[0] == 422
    assert ars.act(dossier, "ecrire", body, Idempotency_Key="a2")[0] == 200
    assert Message.objects.count() == 2


def test_a_refused_act_keeps_no_key(ars, dossier):
    assert ars.act(dossier, "proposer", Idempotency_Key="p")[0] == 409
    assert not ApiAct.objects.exists()
    put_before(dossier, "proposer")
    assert ars.act(dossier, "proposer", Idempotency_Key="p")[0] == 200


def test_an_act_on_a_version_that_has_changed_is_refused(ars, dossier):
    version = ars.get(one(dossier))[1]["version"]
    assert ars.headers["ETag"] == f'"{version}"'
    assert ars.act(dossier, "ecrire", {"texte": "Bonjour."}, If_Match=f'"{version}"')[0] == 200
    status, told = ars.act(dossier, "declarer_complet", If_Match=f'"{version}"')
    assert (status, told["erreurs"][0]["champ"]) == (409, "If-Match")
    assert ars.act(dossier, "declarer_complet", If_Match=ars.get(one(dossier))[1]["version"])[0] == 200


@pytest.mark.parametrize("verb", ["accepter", "refuser", "accepter_sous_conditions", "inscrire", "clore"])
def test_the_api_never_decides(ars, dossier, verb):
    status, told = ars.act(dossier, verb)
    assert (status, "second facteur" in told["erreurs"][0]["attendu"]) == (403, True)


def test_an_act_that_nobody_knows_is_not_found(ars, dossier):
    assert ars.act(dossier, "effacer")[0] == 404


@pytest.mark.parametrize(
    "body", [{"texte": ""}, {"texte": "Bonjour", "copie": "oui"}, {}, {"texte": 3}, {"texte": "a\0b"}]
)
def test_a_body_that_is_wrong_is_refused_and_nothing_is_written(ars, dossier, body):
    assert ars.act(dossier, "ecrire", body)[0] == 422
    assert not Message.objects.exists()


def test_a_patient_is_not_told_by_the_api_either(ars, dossier):
    status, told = ars.act(dossier, "ecrire", {"texte": "Le patient 1 85 05 78 006 084 91 attend."})
    assert (status, Message.objects.exists()) == (422, False)
    assert "85 05" not in json.dumps(told)
