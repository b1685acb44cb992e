"""The tab « Vérifications »: what each reader sees of it, its filter, its files, the appraisal of who reviews."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from tests import cast, small_world
from tests.cast import NOW, TODAY
from tests.dossiers import cpts, filed

from maillage.apps.dossiers.appraising import appraise
from maillage.apps.dossiers.checking import checked, snapshot
from maillage.apps.dossiers.facts import FACTS, own_of
from maillage.apps.dossiers.models import Appraisal, Decision, Deposit
from maillage.apps.dossiers.moving import write_event
from maillage.apps.structures.models import LegalEntity

pytestmark = pytest.mark.django_db
WHY = "Les statuts sont signés."


@pytest.fixture
def people():
    small_world.create_territories()
    return cast.create()


@pytest.fixture
def dossier(people):
    found = filed(cpts(people), answers={"communes": ["35236"]})
    LegalEntity.objects.create(structure=found.structure, form="gcs", state="constituee")
    return found


def tab(dossier, rest=""):
    return f"/dossiers/{dossier.pk}/verifications/{rest}"


def signed_in(user):
    """A browser of this person, with the second factor that an authority needs."""
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "0" * 16})
    client = Client()
    client.force_login(user)
    return client


def read(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode().replace("’", "'").replace("\u202f", " ").replace("\xa0", " ")


def test_each_check_says_what_was_found_what_is_missing_and_its_text(dossier, people):
    page = read(signed_in(people.porteuse), tab(dossier))
    assert "La CPTS est une association loi 1901" in page
    assert "GCS" in page
    assert "Attendu : association loi 1901." in page
    assert "article L. 1434-12-1" in page
    assert "confiance A" in page
    assert "à confirmer" in page


def test_the_filter_keeps_what_is_missing_or_not_known(dossier, people):
    client = signed_in(people.porteuse)
    page = read(client, tab(dossier, "?voir=manque"))
    assert "verification-association" in page
    assert "verification-territoire_libre" not in page
    assert "verification-territoire_libre" in read(client, tab(dossier, "?voir=remplie"))
    assert "verification-association" in read(client, tab(dossier, "?voir=autre"))


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_is_shown_goes_out_as_a_file(dossier, people, kind):
    answer = signed_in(people.porteuse).get(tab(dossier, f"?voir=manque&format={kind}"))
    assert f"verifications-{dossier.number}.{kind}" in answer["Content-Disposition"]
    if kind == "csv":
        text = answer.content.decode("utf-8-sig")
        assert "L. 1434-12-1" in text
        assert "Aucune autre CPTS" not in text


def test_the_dossier_of_another_is_told_to_who_reviews_only(dossier, people):
    filed(cpts(people, nom="CPTS rivale"), number="PSC-53-2026-0042", answers={"communes": ["35236"]})
    own = signed_in(people.porteuse)
    for address in (tab(dossier), tab(dossier, "?format=csv")):
        assert "0042" not in read(own, address)
    assert "CPTS rivale, dossier PSC-53-2026-0042" in read(signed_in(people.instructrice), tab(dossier))
    assert "0042" not in read(signed_in(people.agent_cpam), tab(dossier))


def test_what_changed_since_the_deposit_is_told_whole_to_who_files(dossier, people):
    own = own_of(dossier, today=TODAY).model_dump(mode="json")
    content = {"reponses": {"communes": ["35236"]}, "pieces": [], FACTS: own}
    Deposit.objects.create(dossier=dossier, number=1, at=NOW, by=people.porteuse, content=content, fingerprint="0" * 64)
    LegalEntity.objects.filter(structure=dossier.structure).update(form="association_1901")
    page = read(signed_in(people.porteuse), tab(dossier))
    assert "Depuis le dépôt, votre projet a changé" in page
    assert "Personne morale constituée : association loi 1901." in page
    page = read(signed_in(people.instructrice), tab(dossier))
    assert "aujourd'hui, cette vérification dirait « remplie »" in page
    assert "Personne morale constituée : association loi 1901." not in page


def test_who_reviews_appraises_a_check(dossier, people):
    client = signed_in(people.instructrice)
    page = read(client, tab(dossier, "association/"))
    assert "Je la tiens pour remplie" in page
    answer = client.post(tab(dossier, "association/"), {"appreciation": "accepte", "motif": WHY})
    assert answer.status_code == 302
    assert Appraisal.objects.get().reason == WHY
    assert WHY in read(client, tab(dossier))
    assert WHY in read(client, tab(dossier, "association/"))
    assert WHY not in read(signed_in(people.porteuse), tab(dossier))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"motif": "Un mot."}, "Dites si vous tenez cette vérification pour remplie ou non."),
        ({"appreciation": "conteste", "motif": " "}, "Dites pourquoi"),
        ({"appreciation": "conteste", "motif": "Patient NIR 1 85 05 78 006 084 91"}, "peut désigner un patient"),
    ],
)
def test_a_wrong_appraisal_is_told_beside_its_field_and_kept(dossier, people, typed, said):
    answer = signed_in(people.instructrice).post(tab(dossier, "association/"), typed)
    assert answer.status_code == 422
    page = answer.content.decode().replace("’", "'")
    assert said in page
    assert typed["motif"].strip() in page
    assert not Appraisal.objects.exists()


def test_a_check_that_does_not_exist_is_not_found(dossier, people):
    assert signed_in(people.instructrice).get(tab(dossier, "inconnue/")).status_code == 404


def test_the_appraisals_and_what_was_known_are_told_once_the_decision_is_notified(dossier, people):
    appraise(dossier, "association", "accepte", WHY, by=people.instructrice, at=NOW)
    after = {"verifications": snapshot(checked(dossier, today=TODAY))}
    write_event(dossier, "décider", by=people.decideuse, at=NOW, after=after, internal=True)
    decision = Decision.objects.create(
        dossier=dossier, number="D-1", sense="accord", decided_on=TODAY, at=NOW, by=people.decideuse
    )
    client = signed_in(people.porteuse)
    assert "Ce qui était su à la décision" not in read(client, tab(dossier))
    decision.notified_at = NOW
    decision.save()
    page = read(client, tab(dossier))
    assert "Ce qui était su à la décision, le 22 novembre 2026" in page
    assert WHY in page


def test_a_closed_dossier_is_no_longer_appraised(dossier, people):
    dossier.state = dossier.phase = "clos"
    dossier.save()
    client = signed_in(people.instructrice)
    assert "rien n'y est plus apprécié" in read(client, tab(dossier, "association/"))
    answer = client.post(tab(dossier, "association/"), {"appreciation": "accepte", "motif": WHY})
    assert answer.status_code == 422
