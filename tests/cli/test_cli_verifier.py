"""``maillage verifier``: what is read by a person, by a machine, and by the script that deploys."""

import json

import pytest

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    settings.VAR = settings.FILES_DIR = tmp_path / "var"
    settings.STATIC_ROOT = tmp_path / "static"
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    return settings


def test_each_line_says_the_state_the_thing_and_what_to_do(maillage):
    ran = maillage("verifier")
    assert ran.code == 2
    assert "à corriger  Fichiers statiques : ne sont pas rassemblés." in ran.out
    assert "→ Lancez : python -m django collectstatic" in ran.out
    assert "1 point à corriger." in ran.out


def test_an_installation_without_anything_to_mend_leaves_with_zero(maillage, folders):
    folders.STATIC_ROOT.mkdir()
    (folders.STATIC_ROOT / "staticfiles.json").write_text("{}")
    ran = maillage("verifier")
    assert (ran.code, "Rien à corriger." in ran.out) == (0, True)


def test_a_machine_reads_the_same_as_json(maillage):
    told = json.loads(maillage("verifier", "--json").out)
    assert told["a_corriger"] == 1
    assert {each["etat"] for each in told["verifications"]} <= {"ok", "à corriger", "à savoir"}
    assert all({"objet", "constat", "a_faire"} <= set(each) for each in told["verifications"])


def test_nothing_secret_is_written(maillage, folders):
    folders.SECRET_KEY = "unecletressecrete" * 5
    assert "unecletressecrete" not in maillage("verifier").out
