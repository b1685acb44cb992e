"""Files of a project: deposited by who writes, given back within the right, never run by the browser."""

import datetime
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests import cast
from tests.apps.common.files.conftest import image, pdf

from maillage.apps.common.files import storage
from maillage.apps.common.files.services import deposit
from maillage.apps.common.models import StoredFile
from maillage.apps.projets.models import Signature, Version
from maillage.apps.structures.models import Member

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(settings, tmp_path):
    settings.FILES_DIR = tmp_path
    return cast.create()


@pytest.fixture
def send(client, people):
    """``send("porteuse", content)``: deposits an image in the project."""

    def post(name, content, file_name="plan.png", status=201):
        client.force_login(getattr(people, name))
        data = {"fichier": SimpleUploadedFile(file_name, content)} if content is not None else {}
        response = client.post(f"/projets/{people.projet.pk}/fichiers/", data)
        assert response.status_code == status
        return response

    return post


@pytest.fixture
def get(client, people):
    def ask(name, file, status=200):
        client.force_login(getattr(people, name))
        response = client.get(f"/projets/{people.projet.pk}/fichiers/{file}/")
        assert response.status_code == status
        return response

    return ask


@pytest.fixture
def signed(people):
    """A signed PDF of the project."""
    kept = deposit(
        by=people.porteuse,
        at=cast.NOW,
        name="signé.pdf",
        content=SimpleUploadedFile("a", pdf()).file,
        scope=str(people.structure.organisation_id),
    )
    version = Version.objects.create(
        projet=people.projet, number=1, name="V1", content={}, fingerprint="a" * 64, at=cast.NOW,
        author=people.porteuse,
    )  # fmt: skip
    member = Member.objects.get(structure=people.structure, user=people.membre)
    Signature.objects.create(
        version=version, member=member, method="pdf", file=kept.pk, fingerprint="a" * 64, at=cast.NOW,
        recorded_by=people.porteuse,
    )  # fmt: skip
    return kept


def test_who_writes_deposits_an_image_and_everyone_of_the_project_sees_it(send, get):
    file = send("redactrice", image()).json()["fichier"]
    response = get("membre", file)
    assert response["Content-Type"] == "image/png"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["Content-Disposition"].startswith("inline")
    assert b"".join(response.streaming_content).startswith(b"\x89PNG")


@pytest.mark.parametrize(("name", "status"), [("membre", 403), ("stranger", 404)])
def test_who_does_not_write_deposits_nothing(send, name, status):
    send(name, image(), status=status)
    assert StoredFile.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"<svg onload='alert(1)'/>", "plan.svg", "n'est pas d'une sorte acceptée"),
        (pdf(), "plan.png", "Ce fichier est un PDF"),
        (None, "", "Choisissez une image"),
        (image(), "Mme Durand 82 ans.png", "renommez-le"),
    ],
)
def test_what_is_refused_is_explained_to_the_editor(send, content, name, told):
    assert told in send("porteuse", content, name, status=422).json()["message"]
    assert StoredFile.objects.count() == 0


def test_a_signed_pdf_is_downloaded_under_a_neutral_type_by_the_team_only(get, signed):
    response = get("membre", signed.pk)
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Cache-Control"] == "private, no-store"
    assert b"".join(response.streaming_content).startswith(b"%PDF-")
    get("accompagnatrice", signed.pk, status=404)
    get("stranger", signed.pk, status=404)


def test_a_file_of_another_organisation_or_of_nothing_is_not_found(get, people):
    other = deposit(
        by="Claire", at=datetime.datetime.now(datetime.UTC), name="a.png",
        content=SimpleUploadedFile("a", image()).file, scope=str(uuid.uuid4()),
    )  # fmt: skip
    get("porteuse", other.pk, status=404)
    get("porteuse", uuid.uuid4(), status=404)


def test_a_file_that_left_the_disk_is_said_gone(send, get):
    file = send("porteuse", image()).json()["fichier"]
    storage.remove(StoredFile.objects.get(pk=file).path)
    assert "plus sur le disque" in get("porteuse", file, status=404).content.decode()


def test_depositing_asks_for_the_token_of_the_form(people):
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.porteuse)
    response = client.post(f"/projets/{people.projet.pk}/fichiers/", {"fichier": SimpleUploadedFile("a.png", image())})
    assert response.status_code == 403
    assert StoredFile.objects.count() == 0
