"""What who files prepares, before the deposit and after it, stays with them: pages, files, API, log."""

import inspect
import io
import re

import pytest
from django.test import Client
from tests import cast, small_world
from tests.answers import read_to_the_end
from tests.api.callers import Caller, token_for
from tests.cast import NOW
from tests.dossiers import cpts, filed
from tests.web.signing import sign_in

from maillage.apps.common.files.services import deposit as stored
from maillage.apps.dossiers import announcing, drafting, history, joining
from maillage.apps.dossiers.frozen import content_of, fingerprint_of
from maillage.apps.dossiers.models import Deposit, Piece

pytestmark = pytest.mark.django_db
FILED, WRITTEN = "Association déposée", "Association en préparation"
OUTSIDE = ("instructrice", "decideuse", "agent_cpam")
PAGES = ("", "formulaire/", "pieces/", "verifications/", "journal/", "journal/?format=csv", "decision/")


@pytest.fixture
def people(settings, tmp_path):
    settings.FILES_DIR = tmp_path
    small_world.create_territories()
    return cast.create()


def joined(people, dossier, name):
    file = stored(
        by=people.porteuse, at=NOW, name=name, content=io.BytesIO(b"a;b\n1;2\n"), scope=str(dossier.filer_id),
        kinds=("csv",), declared_harmless=True,
    )  # fmt: skip
    return Piece.objects.create(dossier=dossier, code="autre", file=file, added_at=NOW, added_by=people.porteuse)


@pytest.fixture
def dossier(people):
    """A dossier filed with an answer and a document; both were changed since, and not sent."""
    row = filed(cpts(people))
    drafting.write_answers(row, {"entite_porteuse": FILED}, 0, by=people.porteuse, at=NOW)
    row.refresh_from_db()
    joined(people, row, "depose.csv")
    content = content_of(row)
    Deposit.objects.create(
        dossier=row, number=1, at=NOW, by=people.porteuse, content=content, fingerprint=fingerprint_of(content)
    )
    drafting.write_answers(row, {"entite_porteuse": WRITTEN}, row.revision, by=people.porteuse, at=NOW)
    row.pieces.update(withdrawn_at=NOW)
    joined(people, row, "prepare.csv")
    row.refresh_from_db()
    return row


@pytest.mark.parametrize("who", OUTSIDE)
def test_no_page_shows_what_is_prepared(people, dossier, who):
    client = sign_in(Client(), getattr(people, who))
    told = "".join(client.get(f"/dossiers/{dossier.pk}/{page}").content.decode() for page in PAGES)
    assert WRITTEN not in told
    assert "prepare.csv" not in told
    assert "remplir le formulaire" not in told


def test_a_piece_being_prepared_is_not_told_as_joined(people, dossier):
    client = sign_in(Client(), people.instructrice)
    joined(people, dossier, "statuts.csv")
    Piece.objects.filter(file__name="statuts.csv").update(code="statuts")
    address = f"/dossiers/{dossier.pk}/demander-des-pieces/"
    assert "(jointe)" not in client.get(address).content.decode()


@pytest.mark.parametrize("who", OUTSIDE)
def test_the_api_tells_what_was_filed(people, dossier, who):
    client = sign_in(Client(), getattr(people, who))
    told = client.get(f"/api/dossiers/{dossier.pk}").json()
    assert told["reponses"]["entite_porteuse"] == FILED
    assert [each["nom"] for each in told["pieces"]] == ["depose.csv"]


@pytest.mark.parametrize("who", [*OUTSIDE, "porteuse"])
def test_a_file_being_prepared_is_not_given(people, dossier, who):
    client, own = sign_in(Client(), getattr(people, who)), who == "porteuse"
    for piece in dossier.pieces.all():
        expected = 200 if own or piece.file.name == "depose.csv" else 404
        for address in (f"/dossiers/{dossier.pk}/pieces/{piece.pk}/", f"/api/dossiers/{dossier.pk}/pieces/{piece.pk}"):
            answer = client.get(address)
            read_to_the_end(answer)
            assert answer.status_code == expected


def test_who_files_reads_what_they_prepare_by_a_token_too(people, dossier):
    told = Caller(token_for(people.porteuse, dossier.filer)).get(f"/api/dossiers/{dossier.pk}")[1]
    assert told["reponses"]["entite_porteuse"] == WRITTEN
    assert [each["nom"] for each in told["pieces"]] == ["prepare.csv"]
    told = Caller(token_for(people.instructrice, dossier.authority)).get(f"/api/dossiers/{dossier.pk}")[1]
    assert told["reponses"]["entite_porteuse"] == FILED


def test_the_acts_of_preparation_are_for_who_files(people, dossier):
    piece = dossier.pieces.get(withdrawn_at=None)
    drafting.remove(piece, by=people.porteuse, at=NOW)
    drafting.put_back(piece, by=people.porteuse, at=NOW)
    told = {each.verb for each in history.events_of(people.porteuse, dossier)}
    assert told == {drafting.ANSWERED, "retirer une pièce", "remettre une pièce"}
    assert not history.events_of(people.instructrice, dossier).exists()
    assert not history.since(people.decideuse, dossier, NOW.replace(year=2000)).exists()


def test_no_webhook_of_the_authority_hears_of_them(people, dossier, monkeypatch):
    told = []
    monkeypatch.setattr(announcing, "enqueue", lambda bodies, *_rest: told.extend(bodies))
    drafting.write_answers(dossier, {"entite_porteuse": "Autre"}, dossier.revision, by=people.porteuse, at=NOW)
    assert set(told) == {dossier.filer_id}


def test_every_act_of_who_drafts_is_one_of_preparation():
    written = "".join(inspect.getsource(module) for module in (drafting, joining))
    found = set(re.findall(r'write_event\(\s*\w+,\s*"([^"]+)"', written)) | {drafting.STARTED, drafting.ANSWERED}
    assert found == history.PREPARING
