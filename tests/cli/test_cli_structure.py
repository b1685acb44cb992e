"""``maillage structure``: a structure leaves an installation and arrives in another."""

import pytest
from tests import cast
from tests.apps.transfer.elsewhere import forget

from maillage.apps.structures.models import Structure

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(territories):
    return cast.create()


def test_a_structure_leaves_and_arrives(maillage, people, tmp_path):
    out = tmp_path / "structure.zip"
    done = maillage("structure", "exporter", people.structure.pk, "--par", people.porteuse.email, "--sortie", out)
    assert (done.code, str(out) in done.out) == (0, True)
    forget(people.structure)
    taken = maillage("structure", "reprendre", out, "--par", people.administrateur.email)
    assert (taken.code, "MSP de Redon" in taken.out) == (0, True)
    assert Structure.objects.get().pk == people.structure.pk


def test_the_structures_of_an_account_are_listed(maillage, people):
    assert str(people.structure.pk) in maillage("structure", "lister", "--par", people.porteuse.email).out
    assert maillage("structure", "lister", "--par", people.stranger.email).out == ""


def test_a_stranger_finds_no_structure(maillage, people, tmp_path):
    done = maillage(
        "structure", "exporter", "MSP de Redon", "--par", people.stranger.email, "--sortie", tmp_path / "s.zip"
    )
    assert (done.code, "aucune structure" in done.err) == (2, True)


def test_a_member_does_not_take_the_whole_away(maillage, people, tmp_path):
    out = tmp_path / "s.zip"
    done = maillage("structure", "exporter", "MSP de Redon", "--par", people.membre.email, "--sortie", out)
    assert (done.code, "ne dirige pas" in done.err) == (2, True)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_not_one_is_told(maillage, people, tmp_path):
    wrong = tmp_path / "lettre.txt"
    wrong.write_text("Bonjour")
    done = maillage("structure", "reprendre", wrong, "--par", people.administrateur.email)
    assert (done.code, "ZIP" in done.err, "Traceback" in done.err) == (2, True, False)


def test_only_who_administers_takes_over(maillage, people, tmp_path):
    out = tmp_path / "structure.zip"
    maillage("structure", "exporter", "MSP de Redon", "--par", people.porteuse.email, "--sortie", out)
    done = maillage("structure", "reprendre", out, "--par", people.porteuse.email)
    assert (done.code, "administre" in done.err) == (2, True)
