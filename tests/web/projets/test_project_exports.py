"""A project as a file to keep: within the right of who asks, with its images, its texts and its signatures."""

import io

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfReader
from tests import cast
from tests.apps.common.files.conftest import image
from tests.web.signing import sign_in

from maillage.apps.projets import files, versions
from maillage.apps.projets.models import Projet, Section, Signature
from maillage.core.text import from_markdown

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(settings, tmp_path):
    settings.FILES_DIR = tmp_path
    people = cast.create()
    drawn = SimpleUploadedFile("a", image()).file
    kept = files.deposit_image(people.projet, name="plan.png", content=drawn, by=people.porteuse, at=cast.NOW)
    text = f'Nous recevons **sans rendez-vous**.\n\n![Le plan](fichier:{kept.pk} "Notre maison")'
    Section.objects.create(
        projet=people.projet,
        code="msp.acces_aux_soins",
        title="L'accès aux soins",
        position=0,
        body=from_markdown(text).as_dict(),
    )
    return people


@pytest.fixture
def export(client, people):
    """``export("porteuse", "pdf")``: the content of the file."""

    def ask(name, kind, status=200, address="export"):
        sign_in(client, getattr(people, name))
        response = client.get(f"/projets/{people.projet.pk}/{address}.{kind}")
        assert response.status_code == status
        return response

    return ask


def words(pdf):
    return " ".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


@pytest.mark.parametrize("kind", ["pdf", "docx", "odt"])
def test_the_team_keeps_the_draft_as_a_file(export, kind):
    response = export("membre", kind)
    name = f"projet-de-sante-msp-de-redon-brouillon-{cast.TODAY}.{kind}"
    assert response["Content-Disposition"].endswith(f'.{kind}"')
    assert response["Content-Disposition"][:50] == f'attachment; filename="{name}"'[:50]


def test_the_draft_holds_the_texts_and_their_images(export):
    said = words(export("porteuse", "pdf").content)
    assert "Brouillon" in said
    assert "Nous recevons sans rendez-vous" in said
    assert "Figure 1. Notre maison" in said
    word = docx.Document(io.BytesIO(export("porteuse", "docx").content))
    assert len(word.inline_shapes) == 1


def test_a_stranger_finds_nothing(export):
    export("stranger", "pdf", status=404)


def test_the_authority_reads_it_once_it_is_shared(export, people):
    export("instructrice", "pdf", status=404)
    Projet.objects.filter(pk=people.projet.pk).update(state=Projet.State.PARTAGE)
    export("instructrice", "pdf")


def test_who_is_not_signed_in_is_asked_to(client, people):
    assert client.get(f"/projets/{people.projet.pk}/export.pdf").status_code == 302


def test_another_kind_of_file_is_not_found(export):
    export("porteuse", "exe", status=404)


def test_a_version_says_who_signed_it(export, people):
    version = versions.name_version(people.projet, name="Dépôt", by=people.porteuse, at=cast.NOW)
    versions.ask_for_signatures(version, by=people.porteuse, at=cast.NOW)
    Signature.objects.create(
        version=version,
        member=people.structure.members.get(user=people.porteuse),
        method="compte",
        fingerprint=version.fingerprint,
        recorded_by=people.porteuse,
        at=cast.NOW,
    )
    said = words(export("porteuse", "pdf", address="versions/1/export").content)
    assert "signé le 22 novembre 2026 (compte et second facteur)" in said
    assert "pas encore signé" in said
    assert version.fingerprint[:12] in said


def test_an_image_that_is_gone_is_said(export, people):
    Section.objects.update(body=from_markdown("![Le toit](fichier:00000000-0000-4000-8000-000000000009)").as_dict())
    assert "[Image introuvable : Le toit]" in words(export("porteuse", "pdf").content)
