"""Signatures: for oneself with a second factor, on the last version, and asked again when it changes."""

import pytest
from tests import cast

from maillage.apps.common.models import Event
from maillage.apps.common.refused import NotAllowed
from maillage.apps.projets import signature_mails, signatures, versions
from maillage.apps.projets.models import Signature
from maillage.apps.structures.models import Member
from maillage.core.kernel.problems import BadInput

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> cast.Cast:
    return cast.create()


@pytest.fixture
def asked(people):
    version = versions.name_version(people.projet, name="À signer", by=people.porteuse, at=cast.NOW)
    return versions.ask_for_signatures(version, by=people.porteuse, at=cast.NOW)


def sign(version, by, *, second_factor=True):
    return signatures.sign(version, by=by, at=cast.NOW, second_factor=second_factor)


def test_each_member_signs_for_themself(people, asked):
    sign(asked, people.membre)
    state = signatures.signatures_of(people.projet)
    assert (state.given, len(state.lines), state.changed) == (1, 2, False)
    assert {line.name: line.signature is not None for line in state.lines} == {
        "Porteuse Exemple": False,
        "Membre Exemple": True,
    }


def test_no_signature_without_a_second_factor(people, asked):
    with pytest.raises(BadInput, match="second facteur"):
        sign(asked, people.membre, second_factor=False)
    assert not Signature.objects.exists()


def test_who_is_not_of_the_team_does_not_sign(people, asked):
    for part in ("coordinatrice", "accompagnatrice", "instructrice", "stranger"):
        with pytest.raises(NotAllowed):
            sign(asked, getattr(people, part))


def test_nobody_signs_twice(people, asked):
    sign(asked, people.membre)
    with pytest.raises(BadInput, match="déjà signé"):
        sign(asked, people.membre)


def test_signatures_wait_to_be_asked(people):
    version = versions.name_version(people.projet, name="Relecture", by=people.porteuse, at=cast.NOW)
    with pytest.raises(BadInput, match="sont demandées"):
        sign(version, people.membre)


def test_a_changed_version_asks_again(people, asked):
    sign(asked, people.membre)
    people.projet.title = "Projet de santé, relu"
    people.projet.save()
    assert signatures.signatures_of(people.projet).changed
    second = versions.name_version(people.projet, name="Relue", by=people.porteuse, at=cast.NOW)
    with pytest.raises(BadInput, match="la dernière version, la 2"):
        sign(asked, people.porteuse)
    versions.ask_for_signatures(second, by=people.porteuse, at=cast.NOW)
    state = signatures.signatures_of(people.projet)
    assert (state.version, state.given, state.changed) == (second, 0, False)
    assert {line.name: line.earlier for line in state.lines} == {"Porteuse Exemple": None, "Membre Exemple": 1}


def test_signatures_are_asked_once_on_the_last_version_by_who_runs_the_structure(people, asked):
    with pytest.raises(BadInput, match="ne sont pas déjà demandées"):
        versions.ask_for_signatures(asked, by=people.porteuse, at=cast.NOW)
    with pytest.raises(NotAllowed):
        versions.ask_for_signatures(asked, by=people.membre, at=cast.NOW)


def test_a_project_that_nobody_signs_asks_no_signature(people):
    Member.objects.update(is_signatory=False)
    version = versions.name_version(people.projet, name="Sans signataire", by=people.porteuse, at=cast.NOW)
    with pytest.raises(BadInput, match="au moins un membre"):
        versions.ask_for_signatures(version, by=people.porteuse, at=cast.NOW)


@pytest.mark.parametrize(
    ("reason", "told"), [("x" * 301, "300 caractères au plus"), ("Vu Mme Dupont, 82 ans", "masquez ce passage")]
)
def test_a_reason_too_long_or_that_tells_a_patient_is_refused(people, asked, reason, told):
    given = sign(asked, people.membre)
    with pytest.raises(BadInput) as refused:
        signatures.withdraw(given, by=people.membre, at=cast.NOW, reason=reason)
    assert told in str(refused.value)
    assert reason not in str(refused.value)
    assert signatures.signatures_of(people.projet).given == 1
    signatures.withdraw(given, by=people.membre, at=cast.NOW, reason="x" * 300)


def test_a_withdrawn_signature_stays_in_the_log_and_can_be_given_again(people, asked):
    given = sign(asked, people.membre)
    with pytest.raises(NotAllowed):
        signatures.withdraw(given, by=people.porteuse, at=cast.NOW, reason="essai")
    with pytest.raises(BadInput, match="pourquoi"):
        signatures.withdraw(given, by=people.membre, at=cast.NOW, reason="  ")
    signatures.withdraw(given, by=people.membre, at=cast.NOW, reason="Je ne suis plus d'accord")
    assert signatures.signatures_of(people.projet).given == 0
    sign(asked, people.membre)
    assert Signature.objects.count() == 2
    assert Event.objects.get(verb="retirer une signature").after["motif"] == "Je ne suis plus d'accord"


def test_each_waiting_signatory_gets_one_mail_without_a_name_in_it(people, asked):
    sign(asked, people.membre)
    Member.objects.create(structure=people.structure, nom="Sansadresse", metier="pharmacien", joined_on=cast.TODAY)
    mails, silent = signature_mails.requests_for(asked, address=lambda path: f"https://exemple.fr{path}")
    assert [mail.to for mail in mails] == ["porteuse@example.org"]
    assert silent == []
    assert f"/versions/{asked.number}/signer/" in mails[0].text
    assert "Porteuse" not in mails[0].subject + mails[0].text
