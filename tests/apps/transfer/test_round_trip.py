"""A structure leaves an installation and arrives in another: the same, to the byte."""

import io
import json
import zipfile

import pytest
from tests import cast, small_world
from tests.apps.transfer.elsewhere import forget
from tests.droits.activite import Activity

from maillage.apps.accounts.models import Organisation, Role
from maillage.apps.common.files.services import deposit
from maillage.apps.common.refused import NotAllowed
from maillage.apps.contracts.models import Document, DocumentVersion
from maillage.apps.opening.models import PublicPage
from maillage.apps.projets.models import Projet
from maillage.apps.quality.models import Survey, SurveyAnswer
from maillage.apps.structures.models import Member, Site, Structure
from maillage.apps.transfer import exporting, importing
from maillage.apps.transfer.tables import tables
from maillage.core.kernel.problems import BadInput

pytestmark = pytest.mark.django_db
FAR = cast.TODAY.replace(year=cast.TODAY.year + 5)


@pytest.fixture
def people():
    small_world.create_territories()
    found = cast.create()
    Activity(found)
    Site.objects.create(structure=found.structure, nom="Cabinet", commune="35236")
    return found


def archive_of(structure):
    content = io.BytesIO()
    exporting.write_structure(structure, content, at=cast.NOW)
    return content


def files_of(content):
    with zipfile.ZipFile(content) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(content, name, change):
    """The same archive, one of its files changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(content) as before, zipfile.ZipFile(out, "w") as after:
        for each in before.namelist():
            after.writestr(each, change(before.read(each)) if each == name else before.read(each))
    return out


def test_every_table_of_a_structure_is_in_the_archive(people):
    names = set(zipfile.ZipFile(archive_of(people.structure)).namelist())
    assert {f"tables/{table.label}.jsonl" for table in tables()} <= names


def test_a_structure_taken_over_elsewhere_is_the_same(people, settings, tmp_path):
    settings.FILES_DIR = tmp_path
    Projet.objects.update(state=Projet.State.PREPARATION)
    before = archive_of(people.structure)
    forget(people.structure)
    importing.take_over(before, by=people.administrateur, at=cast.NOW)
    after = archive_of(Structure.objects.get())
    assert files_of(after) == files_of(before)
    assert after.getvalue() == before.getvalue()


def test_what_is_to_be_read_bears_names_not_keys(people):
    site = Site.objects.get()
    Member.objects.filter(prenom="Membre").update(site=site)
    text = files_of(archive_of(people.structure))["a-lire/structures.member.csv"].decode("utf-8-sig")
    titles, *lines = text.splitlines()
    assert titles.split(";")[1] == "structure"
    assert "site" in titles.split(";")
    [line] = [each for each in lines if "Membre" in each]
    assert ";MSP de Redon;" in line
    assert ";Cabinet;" in line


def test_nobody_enters_by_an_archive(people):
    content = archive_of(people.structure)
    members = people.structure.members.count()
    forget(people.structure)
    found = importing.take_over(content, by=people.administrateur, at=cast.NOW)
    assert Role.objects.filter(organisation=found.organisation).count() == 0
    assert Member.objects.filter(structure=found).count() == members
    assert not Member.objects.exclude(user=None).exists()


def test_a_shared_project_is_not_shared_elsewhere(people):
    Projet.objects.update(state=Projet.State.PARTAGE)
    content = archive_of(people.structure)
    forget(people.structure)
    importing.take_over(content, by=people.administrateur, at=cast.NOW)
    assert Projet.objects.get().state == Projet.State.PREPARATION


def test_a_structure_that_is_here_is_not_taken_over_twice(people):
    content = archive_of(people.structure)
    with pytest.raises(BadInput, match="déjà"):
        importing.take_over(content, by=people.administrateur, at=cast.NOW)
    assert Structure.objects.count() == 1


def test_only_who_answers_for_the_installation_takes_over(people):
    with pytest.raises(NotAllowed):
        importing.take_over(archive_of(people.structure), by=people.porteuse, at=cast.NOW)


def test_a_member_does_not_export_the_whole(people):
    with pytest.raises(NotAllowed):
        exporting.export_structure(people.structure, io.BytesIO(), by=people.membre, at=cast.NOW)


@pytest.mark.parametrize(
    ("name", "change", "told"),
    [
        ("maillage.json", lambda _old: b"{", "lisible"),
        ("maillage.json", lambda old: old.replace(b'"format": 1', b'"format": 9'), "format"),
        ("maillage.json", lambda old: old.replace(b'"activity": "', b'"activity": "9'), "version.*activity"),
        ("structure.json", lambda _old: b"[]", "objet"),
        (
            "tables/structures.member.jsonl",
            lambda old: old.replace(b'"joined_on": "2', b'"joined_on": "x2'),
            "entré le",
        ),
        ("tables/structures.member.jsonl", lambda old: old.replace(b'"metier"', b'"autre"'), "metier"),
        ("tables/structures.member.jsonl", lambda old: old + old, "base accepte"),
        ("personnes.json", lambda _old: b'{"p1": [1]}', "personne lisible"),
        ("maillage.json", lambda _old: b"[" * 100_000, "lisible"),
        (
            "tables/activity.attendance.jsonl",
            lambda old: old.replace(b'"meeting": "', b'"meeting": "0'),
            "réunion|meeting",
        ),
    ],
)
def test_an_archive_that_was_changed_writes_nothing(people, name, change, told):
    content = archive_of(people.structure)
    forget(people.structure)
    bodies = Organisation.objects.count()
    with pytest.raises(BadInput, match=told):
        importing.take_over(changed(content, name, change), by=people.administrateur, at=cast.NOW)
    assert (Structure.objects.count(), Organisation.objects.count()) == (0, bodies)


def test_what_is_not_an_archive_is_told(people):
    with pytest.raises(BadInput, match="ZIP"):
        importing.take_over(io.BytesIO(b"bonjour"), by=people.administrateur, at=cast.NOW)


def test_the_archive_holds_no_account_nor_address_of_an_account(people):
    with zipfile.ZipFile(archive_of(people.structure)) as archive:
        assert people.porteuse.email not in archive.read("personnes.json").decode()
        told = [json.loads(line) for line in archive.read("tables/structures.member.jsonl").splitlines()]
    assert all("user" not in row for row in told)


def test_what_each_gives_alone_stays_where_it_is(people):
    with zipfile.ZipFile(archive_of(people.structure)) as archive:
        assert "tables/quality.maturityscore.jsonl" not in archive.namelist()


def survey_with(people, answers, **days):
    told = {"closes_on": cast.TODAY, "created_at": cast.NOW, "created_by": people.porteuse, **days}
    survey = Survey.objects.create(structure=people.structure, title="Accueil", secret=f"s{answers}", **told)
    for _each in range(answers):
        SurveyAnswer.objects.create(survey=survey, day=cast.TODAY, choices={})


@pytest.mark.parametrize(
    ("answers", "days", "told"),
    [(5, {"closed_on": cast.TODAY}, 5), (4, {"closed_on": cast.TODAY}, 0), (5, {"closes_on": FAR}, 0)],
)
def test_answers_leave_once_their_page_may_show_them(people, answers, days, told):
    survey_with(people, answers, opened_on=cast.TODAY, **days)
    with zipfile.ZipFile(archive_of(people.structure)) as archive:
        assert len(archive.read("tables/quality.surveyanswer.jsonl").splitlines()) == told


def test_a_page_that_was_public_waits_to_be_published_again(people):
    PublicPage.objects.create(structure=people.structure, slug="redon", published_at=cast.NOW)
    content = archive_of(people.structure)
    forget(people.structure)
    importing.take_over(content, by=people.administrateur, at=cast.NOW)
    assert PublicPage.objects.get().published_at is None


def test_a_file_kept_twice_leaves_once(people, settings, tmp_path):
    settings.FILES_DIR = tmp_path
    told = {"by": people.porteuse, "at": cast.NOW, "scope": str(people.structure.organisation_id)}
    for title in ("Statuts", "Bail"):
        stored = deposit(name=f"{title}.txt", content=io.BytesIO(b"Texte"), **told)
        document = Document.objects.create(structure=people.structure, title=title, category="statuts")
        DocumentVersion.objects.create(document=document, number=1, file=stored, at=cast.NOW, by=people.porteuse)
    with zipfile.ZipFile(archive_of(people.structure)) as archive:
        assert [name.split("/")[0] for name in archive.namelist()].count("fichiers") == 1
