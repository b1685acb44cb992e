"""Pages of the versions and of their signatures, as each person of the cast sees them."""

import time

import pytest
from django.core import mail
from django.urls import reverse
from tests import cast
from tests.dossiers import draft

from maillage.apps.projets import sections, versions
from maillage.apps.projets.models import Section, Signature
from maillage.core.text import empty, from_markdown
from maillage.web.projets import second_factor

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> cast.Cast:
    people = cast.create()
    Section.objects.create(
        projet=people.projet, code="msp.acces", title="Accès aux soins", position=0, body=empty().as_dict()
    )
    return people


def page(name, people, **more):
    return reverse(f"web:{name}", kwargs={"projet": people.projet.pk, **more})


def write(people, text):
    section = people.projet.sections.get()
    sections.save(section, body=from_markdown(text), base=section.revision, by=people.porteuse, at=cast.NOW)


def frozen(people, *, asked=True):
    write(people, "Ouvert de 8 h à 20 h.")
    version = versions.name_version(people.projet, name="Relecture", by=people.porteuse, at=cast.NOW)
    return versions.ask_for_signatures(version, by=people.porteuse, at=cast.NOW) if asked else version


def with_second_factor(client, *, ago=0):
    session = client.session
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session["account_authentication_methods"] = [{"method": "mfa", "at": time.time() - ago}]
    session.save()


def test_before_any_version_the_page_says_what_to_do(client, people):
    client.force_login(people.porteuse)
    answer = client.get(page("projet_versions", people))
    assert "Aucune version pour l’instant" in answer.content.decode()


def test_a_name_that_tells_a_patient_is_stopped_and_kept_in_its_field(client, people):
    client.force_login(people.porteuse)
    answer = client.post(page("projet_versions", people), {"nom": "Vu Mme Dupont, 82 ans"})
    assert answer.status_code == 422
    assert "masquez ce passage" in answer.content.decode()
    assert 'value="Vu Mme Dupont, 82 ans"' in answer.content.decode()


def test_a_version_is_named_from_the_page(client, people):
    client.force_login(people.porteuse)
    answer = client.post(page("projet_versions", people), {"nom": "Relecture"}, follow=True)
    assert "Version 1 : Relecture" in answer.content.decode().replace("\xa0", " ").replace("\u202f", " ")


def test_a_version_leads_back_to_the_dossier_that_waits_for_it(client, people):
    dossier = draft(people.projet, "projet_sante_msp")
    client.force_login(people.porteuse)
    answer = client.post(page("projet_versions", people), {"nom": "Dépôt"}, follow=True)
    assert f"/dossiers/{dossier.pk}/pieces/" in answer.content.decode()


def test_a_name_left_empty_is_said_beside_the_field(client, people):
    client.force_login(people.porteuse)
    answer = client.post(page("projet_versions", people), {"nom": " "})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.content.decode()


def test_a_member_who_posts_a_version_is_refused(client, people):
    client.force_login(people.membre)
    assert client.post(page("projet_versions", people), {"nom": "Non"}).status_code == 403
    assert not people.projet.versions.exists()


def test_what_changed_is_read_with_what_came_and_went(client, people):
    version = frozen(people)
    write(people, "Ouvert de 8 h à 19 h.")
    client.force_login(people.membre)
    told = client.get(page("projet_versions_comparer", people, numero=version.number)).content.decode()
    assert "<ins>19" in told
    assert "<del>20" in told
    assert client.get(page("projet_versions_comparer", people, numero=1) + "?avec=9").status_code == 404
    assert client.get(page("projet_versions_comparer", people, numero=1) + "?avec=x").status_code == 404


def test_asking_for_signatures_writes_to_each_signatory(client, people):
    frozen(people, asked=False)
    client.force_login(people.porteuse)
    answer = client.post(page("projet_versions_demander", people, numero=1), follow=True)
    assert "Demande envoyée à 2 signataires" in answer.content.decode().replace("\xa0", " ")
    assert {each.to[0] for each in mail.outbox} == {"porteuse@example.org", "membre@example.org"}
    assert all("Exemple" not in each.subject + each.body for each in mail.outbox)


def test_signing_asks_the_second_factor_then_signs(client, people):
    frozen(people)
    client.force_login(people.membre)
    address = page("projet_versions_signer", people, numero=1)
    assert client.get(address).status_code == 200
    gone = client.post(address)
    assert gone.status_code == 302
    assert "2fa" in gone["Location"]
    assert not Signature.objects.exists()
    with_second_factor(client)
    assert client.post(address, follow=True).status_code == 200
    assert Signature.objects.get().member.user == people.membre


def test_an_old_second_factor_does_not_sign(client, people):
    frozen(people)
    client.force_login(people.membre)
    with_second_factor(client, ago=second_factor.FRESH + 1)
    assert client.post(page("projet_versions_signer", people, numero=1)).status_code == 302
    assert not Signature.objects.exists()


@pytest.mark.parametrize("part", ["coordinatrice", "accompagnatrice", "stranger"])
def test_who_does_not_sign_finds_no_page_to_sign(client, people, part):
    frozen(people)
    client.force_login(getattr(people, part))
    assert client.get(page("projet_versions_signer", people, numero=1)).status_code == 404


def test_a_signature_is_withdrawn_with_a_reason(client, people):
    version = frozen(people)
    client.force_login(people.membre)
    with_second_factor(client)
    client.post(page("projet_versions_signer", people, numero=version.number))
    given = Signature.objects.get()
    address = page("projet_versions_retirer", people, signature=given.pk)
    assert client.post(address, {"motif": ""}).status_code == 422
    stopped = client.post(address, {"motif": "Vu Mme Dupont, 82 ans"})
    assert stopped.status_code == 422
    assert "masquez ce passage" in stopped.content.decode()
    assert 'value="Vu Mme Dupont, 82 ans"' in stopped.content.decode()
    assert client.post(address, {"motif": "Erreur"}).status_code == 302
    given.refresh_from_db()
    assert given.withdrawn_at is not None
    assert client.get(address).status_code == 404


def test_a_comparison_names_the_members_and_nobody_else(client, people):
    frozen(people)
    member = people.projet.structure.members.get(user=people.porteuse)
    unknown = "00000000-0000-0000-0000-000000000001"
    write(people, f"Référente : @[Autrefois](membre:{member.pk}), avec @[Inconnue](membre:{unknown}).")
    client.force_login(people.porteuse)
    shown = client.get(page("projet_versions_comparer", people, numero=1)).content.decode()
    assert f"@{member}" in shown
    assert "@personne hors de l" in shown
    assert "Autrefois" not in shown
    assert "Inconnue" not in shown


def test_going_back_shows_first_what_would_change(client, people):
    frozen(people)
    write(people, "Un autre texte.")
    client.force_login(people.porteuse)
    address = page("projet_versions_restaurer", people, numero=1)
    assert "Ce qui changerait" in client.get(address).content.decode()
    told = client.post(address, follow=True).content.decode()
    assert "1 rubrique" in told.replace("\xa0", " ")
    assert people.projet.sections.get().body == from_markdown("Ouvert de 8 h à 20 h.").as_dict()
    client.force_login(people.redactrice)
    assert client.get(address).status_code == 404


def test_a_version_is_read_as_a_file(client, people):
    frozen(people)
    client.force_login(people.membre)
    answer = client.get(page("projet_version_export", people, numero=1, kind="pdf"))
    assert answer.content.startswith(b"%PDF")
    assert "version-1.pdf" in answer["Content-Disposition"]
    assert client.get(page("projet_version_export", people, numero=1, kind="exe")).status_code == 404


def test_a_superseded_version_sends_to_the_one_to_sign(client, people):
    frozen(people)
    write(people, "Un autre texte.")
    versions.name_version(people.projet, name="Relue", by=people.porteuse, at=cast.NOW)
    client.force_login(people.membre)
    told = client.get(page("projet_versions_signer", people, numero=1)).content.decode()
    assert "remplacée par la version 2" in told.replace("\xa0", " ")
    assert "Je signe cette version" not in told


def test_who_signs_is_told_that_the_project_changed_since(client, people):
    frozen(people)
    write(people, "Un autre texte.")
    client.force_login(people.membre)
    told = client.get(page("projet_versions_signer", people, numero=1)).content.decode()
    assert "Le projet a changé depuis" in told


def test_who_signed_is_told_so(client, people):
    frozen(people)
    client.force_login(people.membre)
    with_second_factor(client)
    address = page("projet_versions_signer", people, numero=1)
    client.post(address)
    assert "Vous avez signé cette version" in client.get(address).content.decode().replace("\xa0", " ")
