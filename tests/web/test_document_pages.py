"""The pages of the documents of a structure: the right file, its versions, the day when it is to be renewed."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.web.living import *  # noqa: F403
from tests.web.living import said

from maillage.apps.contracts.models import Document, DocumentVersion


def a_file(name="Attestation_2026.txt", content=b"Attestation"):
    return SimpleUploadedFile(name, content, "text/plain")


def in_days(count):
    return (datetime.date.today() + datetime.timedelta(days=count)).isoformat()  # noqa: DTZ011


def filed(inside, **fields):
    told = {"category": "assurance", "warn_days": "60", "fichier": a_file(), **fields}
    return inside.posted("documents/nouveau/", told)


@pytest.fixture
def document(inside):
    filed(inside, title="Assurance", expires_on=in_days(20))
    return Document.objects.get()


def test_a_document_is_filed_with_its_file_alone(inside):
    assert "Aucun document pour l'instant" in said(inside.get("documents/"))
    page = filed(inside)
    assert page.one("h1").text == "Attestation 2026"
    assert "sans fin connue" in said(page)


def test_a_document_sent_twice_is_filed_once(inside, document):
    told = {"title": "Assurance", "category": "assurance", "warn_days": "60", "fichier": a_file()}
    page = inside.posted("documents/nouveau/", told, status=422)
    assert "déjà noté" in page.one("input", id="champ-title").described(page)
    assert Document.objects.count() == 1


def test_nothing_is_filed_without_a_file(inside):
    page = inside.posted("documents/nouveau/", {"title": "Statuts", "warn_days": "60"}, status=422)
    assert "Choisissez un fichier" in page.one("input", id="champ-fichier").described(page)
    assert page.one("input", id="champ-title").attrs["value"] == "Statuts"
    assert not Document.objects.exists()


def test_what_is_wrong_stays_beside_its_field(inside):
    told = {"dated_on": "2026-02-01", "expires_on": "2026-01-01", "warn_days": "900", "fichier": a_file()}
    page = inside.posted("documents/nouveau/", told, status=422)
    assert "ne précède pas" in page.one("input", id="champ-expires_on").described(page)
    assert "730" in page.one("input", id="champ-warn_days").described(page)
    assert "Choisissez de nouveau le fichier" in page.one("input", id="champ-fichier").described(page)


def test_a_document_to_renew_is_told_until_its_next_version(inside, document):
    assert "1 document à renouveler" in said(inside.get("documents/"))
    assert "expire le" in said(inside.get("entites/"))
    later = {"fichier": a_file("suite.txt"), "expires_on": in_days(400), "note": "Nouvelle année"}
    page = inside.posted(f"documents/{document.pk}/", later)
    assert [row.one("th").text for row in page.one("tbody").all("tr")] == ["2", "1"]
    assert "à renouveler" not in said(inside.get("documents/")).split("Filtrer")[0]


def test_each_version_gives_its_own_file_to_the_team_only(inside, inhabitant, document):
    inside.posted(f"documents/{document.pk}/", {"fichier": a_file("deux.txt", b"Deux")})
    assert b"".join(inside.raw(f"documents/{document.pk}/version-1/fichier/").streaming_content) == b"Attestation"
    assert b"".join(inside.raw(f"documents/{document.pk}/version-2/fichier/").streaming_content) == b"Deux"
    assert inside.raw(f"documents/{document.pk}/version-3/fichier/").status_code == 404
    assert inhabitant("instructrice").raw(f"documents/{document.pk}/version-1/fichier/").status_code == 404


def test_the_list_is_filtered_sorted_and_exported(inside, document):
    filed(inside, title="Bail", category="locaux")
    filed(inside, title="Ancienne", expires_on=in_days(-1))

    def names(**asked):
        return [row.one("th").one("a").text for row in inside.get("documents/", **asked).one("tbody").all("tr")]

    assert names() == ["Ancienne", "Assurance", "Bail"]
    assert names(tri="recent")[0] == "Ancienne"
    assert names(tri="fin") == ["Ancienne", "Assurance", "Bail"]
    assert names(etat="expire") == ["Ancienne"]
    assert names(etat="bientot") == ["Assurance"]
    assert names(etat="sans", categorie="locaux") == ["Bail"]
    lines = inside.raw("documents/", format="csv").content.decode("utf-8-sig").splitlines()
    assert len(lines) == 4
    assert lines[2].endswith(";Attestation 2026.txt") or "Attestation" in lines[2]


def test_a_document_is_changed_taken_out_and_put_back(inside, document, people):
    member = people.structure.members.first()
    told = {"title": "RCP", "category": "assurance", "owner": member.pk, "warn_days": "10"}
    assert str(member) in said(inside.posted(f"documents/{document.pk}/modifier/", told))
    assert "1 document à renouveler" not in said(inside.get("documents/"))
    assert "est retiré" in said(inside.posted(f"documents/{document.pk}/retirer/"))
    assert "Aucun document pour l'instant" in said(inside.get("documents/"))
    inside.posted(f"documents/{document.pk}/retablir/")
    assert "RCP" in said(inside.get("documents/"))


def test_who_may_only_read_reads(inhabitant, document):
    page = inhabitant("membre").get(f"documents/{document.pk}/")
    assert page.one("main").all("form") == []
    assert inhabitant("membre").post(f"documents/{document.pk}/", {"fichier": a_file()}).status_code == 403


def test_a_long_list_costs_the_same_number_of_reads(inside, document, people):
    inside.get("documents/")
    with CaptureQueriesContext(connection) as few:
        inside.get("documents/")
    version = DocumentVersion.objects.get()
    for rank in range(60):
        row = Document.objects.create(structure=people.structure, category="autre", title=f"Document {rank}")
        DocumentVersion.objects.create(document=row, number=1, file=version.file, at=version.at, by=version.by)
    with CaptureQueriesContext(connection) as many:
        page = inside.get("documents/")
    assert len(many) <= len(few)
    assert len(page.one("tbody").all("tr")) == 50
    assert "Page 1 sur 2" in said(page)
