"""The avis asked of several experts at once: hidden until each gave theirs, corrected until the request is closed."""

import datetime

import pytest
from django.core.cache import cache
from tests import cast, small_world
from tests.cast import NOW, TODAY
from tests.dossiers import cpts, filed

from maillage.apps.accounts.models import Organisation, Role
from maillage.apps.common.models import Event
from maillage.apps.common.refused import NotAllowed
from maillage.apps.dossiers import advice
from maillage.apps.dossiers.advice import Expert
from maillage.apps.dossiers.models import AvisRequest, Dossier
from maillage.apps.dossiers.queries import avis_asked_of, visible
from maillage.apps.notifications.models import Notification
from maillage.core.kernel.problems import BadInput

pytestmark = pytest.mark.django_db
SOON = TODAY + datetime.timedelta(days=15)


@pytest.fixture
def people():
    small_world.create_territories()
    cache.clear()
    return cast.create()


@pytest.fixture
def dossier(people):
    return filed(cpts(people))


@pytest.fixture
def cpam(people):
    return Organisation.objects.get(kind="cpam")


@pytest.fixture
def urps(people):
    body = Organisation.objects.create(kind="urps", nom="URPS médecins", region="53", created_at=NOW)
    cast.give(cast.person("elue"), body, Role.Name.COMMISSION)
    return body


@pytest.fixture
def elue(urps):
    return urps.roles.get().user


@pytest.fixture
def asked(people, dossier, cpam, urps):
    """The request made of both, independent."""
    return advice.ask(
        dossier, [Expert(cpam), Expert(urps)], question="Le budget tient-il ?", answer_by=SOON,
        by=people.instructrice, at=NOW,
    )  # fmt: skip


def of(consultation, body) -> AvisRequest:
    return consultation.requests.get(organisation=body)


def answer(request, person, sense="favorable", text="Rien à redire.") -> AvisRequest:
    return advice.give(request, sense=sense, text=text, by=person, at=NOW)


def test_several_are_asked_at_once_and_told(people, asked, elue, dossier):
    assert set(Notification.objects.values_list("user", flat=True)) == {people.agent_cpam.pk, elue.pk}
    assert [each.consultation for each in avis_asked_of(elue)] == [asked]
    assert dossier in visible(elue)
    event = Event.objects.get(subject_id=str(dossier.pk))
    assert event.scope == str(dossier.authority_id)


def test_independent_avis_are_hidden_until_each_has_given_theirs(people, asked, elue, cpam, urps):
    of_cpam = answer(of(asked, cpam), people.agent_cpam)
    of_urps = of(asked, urps)
    assert advice.is_shown(people.instructrice, of_cpam)
    assert advice.others_of(elue, of_urps) == ()
    answer(of_urps, elue)
    assert advice.others_of(elue, of_urps) == (of_cpam,)
    assert not advice.is_shown(people.porteuse, of_cpam)
    assert not advice.is_shown(people.stranger, of_cpam)


def test_closing_shows_what_was_given_and_stops_corrections(people, asked, elue, cpam, urps):
    given = answer(of(asked, cpam), people.agent_cpam)
    answer(given, people.agent_cpam, "reserve", "À revoir.")
    assert next(each.verb for each in Event.objects.filter(subject_id=str(asked.dossier_id))) == "corriger un avis"
    advice.close(asked, by=people.instructrice, at=NOW)
    with pytest.raises(BadInput, match="close"):
        answer(given, people.agent_cpam)
    with pytest.raises(BadInput, match="close"):
        answer(of(asked, urps), elue)


def test_an_expert_of_the_authority_waits_too(people, dossier, cpam):
    """The délégation reviews with its ARS: asked for an avis, it reads the others once it gave its own."""
    body = Organisation.objects.create(
        kind="delegation", nom="DD 35", region="53", departement="35", created_at=NOW, parent=dossier.authority
    )
    local = cast.person("locale")
    cast.give(local, body, Role.Name.INSTRUCTEUR)
    asked = advice.ask(
        dossier, [Expert(cpam), Expert(body)], question="Et ici ?", answer_by=SOON, by=people.instructrice, at=NOW
    )
    given = answer(of(asked, cpam), people.agent_cpam)
    assert not advice.is_shown(local, given)
    answer(of(asked, body), local)
    assert advice.is_shown(local, given)


def test_not_independent_avis_are_read_as_they_come(people, dossier, cpam, urps, elue):
    asked = advice.ask(
        dossier, [Expert(cpam), Expert(urps, elue)], question="Et vous ?", answer_by=SOON, independent=False,
        by=people.instructrice, at=NOW,
    )  # fmt: skip
    given = answer(of(asked, cpam), people.agent_cpam)
    assert advice.others_of(elue, of(asked, urps)) == (given,)


def test_who_belongs_to_the_structure_gives_no_avis(people, dossier, urps, elue):
    cast.give(elue, dossier.filer, Role.Name.MEMBRE)
    with pytest.raises(BadInput, match="de la structure qui dépose"):
        advice.ask(dossier, [Expert(urps, elue)], question="?", answer_by=SOON, by=people.instructrice, at=NOW)
    assert urps not in {each.organisation for each in advice.experts_for(dossier)}


def test_who_joined_the_structure_since_is_refused(people, asked, urps, elue):
    cast.give(elue, asked.dossier.filer, Role.Name.MEMBRE)
    with pytest.raises(NotAllowed):
        answer(of(asked, urps), elue)


@pytest.mark.parametrize(("change", "words"), [
    ({"question": " "}, "Écrivez la question"),
    ({"answer_by": TODAY}, "un jour à venir"),
    ({"experts": []}, "au moins une organisation"),
    ({"question": "Mme Dupont, née le 03/04/1950 ?"}, "patient"),
])  # fmt: skip
def test_a_bad_request_asks_nobody(people, dossier, cpam, change, words):
    given = {"experts": [Expert(cpam)], "question": "Avis ?", "answer_by": SOON, **change}
    with pytest.raises(BadInput, match=words):
        advice.ask(dossier, given.pop("experts"), by=people.instructrice, at=NOW, **given)
    assert not dossier.consultations.exists()


def test_the_same_body_is_asked_once_in_a_request(people, dossier, cpam):
    with pytest.raises(BadInput, match="deux fois"):
        advice.ask(dossier, [Expert(cpam), Expert(cpam)], question="?", answer_by=SOON, by=people.instructrice, at=NOW)


@pytest.mark.parametrize(("sense", "text", "words"), [
    ("", "Bien", "sens de votre avis"), ("peut-etre", "Bien", "sens"), ("defavorable", " ", "motivé"),
])  # fmt: skip
def test_an_avis_says_its_sense_and_why(people, asked, cpam, sense, text, words):
    with pytest.raises(BadInput, match=words):
        answer(of(asked, cpam), people.agent_cpam, sense, text)


def test_a_request_is_withdrawn_while_it_is_not_answered(people, asked, cpam, urps, elue):
    advice.withdraw(of(asked, urps), by=people.instructrice, at=NOW)
    with pytest.raises(NotAllowed):
        answer(of(asked, urps), elue)
    assert asked.dossier not in visible(elue)
    answer(of(asked, cpam), people.agent_cpam)
    with pytest.raises(BadInput, match="reste au dossier"):
        advice.withdraw(of(asked, cpam), by=people.instructrice, at=NOW)


def test_one_reminder_in_ten_minutes(people, asked, cpam):
    row = advice.remind(of(asked, cpam), by=people.instructrice, at=NOW)
    assert row.reminded_at == NOW
    with pytest.raises(BadInput, match="10 minutes"):
        advice.remind(row, by=people.instructrice, at=NOW)


def test_late_is_after_its_day(asked, cpam):
    assert not advice.is_late(of(asked, cpam), SOON)
    assert advice.is_late(of(asked, cpam), SOON + datetime.timedelta(days=1))


def test_only_who_reviews_asks_and_closes(people, asked, cpam):
    for person in (people.porteuse, people.agent_cpam, people.decideuse):
        with pytest.raises(NotAllowed):
            advice.ask(asked.dossier, [Expert(cpam)], question="?", answer_by=SOON, by=person, at=NOW)
        with pytest.raises(NotAllowed):
            advice.close(asked, by=person, at=NOW)
        with pytest.raises(NotAllowed):
            advice.remind(of(asked, cpam), by=person, at=NOW)


def test_no_avis_once_the_dossier_is_over(people, asked, cpam):
    Dossier.objects.filter(pk=asked.dossier_id).update(state="refuse", phase="clos", closed_at=NOW)
    with pytest.raises(BadInput, match="plus en instruction"):
        answer(of(asked, cpam), people.agent_cpam)


def test_the_log_says_nothing_of_an_independent_avis(people, asked, cpam):
    """An expert of the délégation reads the log of the dossier before giving theirs."""
    answer(of(asked, cpam), people.agent_cpam, "defavorable", "Trop petit.")
    event = Event.objects.filter(verb="rendre un avis").latest("pk")
    assert "sens" not in (event.after or {})
