"""``maillage dossiers exporter`` and ``reprendre``, on real files."""

import zipfile

import pytest
from tests import cast
from tests.core.dossiers.procedure_sample import answer, dossier
from tests.dossiers import cpts, filed

from maillage.apps.dossiers.models import Dossier

pytestmark = pytest.mark.django_db
REVIEWER = "instructrice@example.org"


@pytest.fixture
def people(territories):
    return cast.create()


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "demarche.json"
    path.write_bytes(answer(dossier(1), dossier(2)))
    return path


def taken(maillage, source, *more):
    """The command, for the ARS of the cast."""
    return maillage(
        "dossiers", "reprendre", str(source), "--par", REVIEWER, "--autorite", "ARS Bretagne",
        "--nature", "projet_sante_cpts", *more,
    )  # fmt: skip


def test_it_checks_first_then_takes_over(maillage, people, source):
    checked = taken(maillage, source, "--verifier")
    assert "rien n’est écrit : 2 dossiers repris" in checked.out
    assert not Dossier.objects.exists()
    assert "2 dossiers repris" in taken(maillage, source).out
    assert Dossier.objects.count() == 2


def test_a_field_that_nobody_names_is_told(maillage, people, source):
    answered = taken(maillage, source, "--champ", "sans egal")
    assert answered.code == 2
    assert "QUESTION=CODE" in answered.err


def test_a_file_that_is_not_one_is_told(maillage, people, tmp_path):
    wrong = tmp_path / "autre.json"
    wrong.write_text("[]", encoding="utf-8")
    answered = taken(maillage, wrong)
    assert answered.code == 2
    assert "Démarche numérique" in answered.err


def test_it_writes_the_zip_of_what_the_account_sees(maillage, people, tmp_path):
    row, target = filed(cpts(people)), tmp_path / "dossiers.zip"
    assert "1\xa0dossier dans" in maillage("dossiers", "exporter", "--par", REVIEWER, "--sortie", str(target)).out
    with zipfile.ZipFile(target) as archive:
        assert f"{row.number}/dossier.json" in archive.namelist()
