"""The life of a protocol: opinions, publication, revision, withdrawal, uses, sharing."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from tests import cast

from maillage.apps.activity.inputs import ProtocolFields, PublicationFields
from maillage.apps.activity.models import Protocol, ProtocolUse, ProtocolVersion
from maillage.apps.activity.protocol_sealing import is_intact
from maillage.apps.activity.services import protocol_life as life
from maillage.apps.activity.services import protocol_sharing as sharing
from maillage.apps.activity.services import protocol_uses as uses
from maillage.apps.activity.services.protocols import (
    create_protocol,
    put_protocol_back,
    remove_protocol,
    write_protocol,
)
from maillage.apps.activity.writing import NotNow
from maillage.apps.calendar.awaiting import to_do
from maillage.apps.common.models import Event
from maillage.apps.common.refused import NotAllowed
from maillage.apps.common.screening import PatientData
from maillage.apps.notifications.models import Notification
from maillage.core.activity.protocol_templates import template_of
from maillage.core.kernel.problems import BadInput

TOLD = "Madame DUPONT Jeanne, née le 12/03/1950, 2 50 03 35 236 001 22"
ADDRESS = "/structures/x/protocoles/y/"


@pytest.fixture
def people(db):
    return cast.create()


@pytest.fixture
def told(people):
    return {"by": people.porteuse, "at": cast.NOW}


@pytest.fixture
def nurse(people):
    return people.structure.members.get(user=people.membre)


@pytest.fixture
def draft(people, told, nurse):
    fields = ProtocolFields(
        title="Plaies",
        theme="patients obeses",
        need="Trop de détours",
        content="INFIRMIER\n- Regarde la plaie",
        metiers=("infirmier",),
        writers=(nurse.pk,),
    )
    return create_protocol(people.structure, fields, **told)


def published(protocol, told, **fields):
    given = PublicationFields(**{"applies_on": cast.TODAY, "how": "En réunion", **fields})
    version = life.publish_protocol(protocol, given, **told)
    protocol.refresh_from_db()
    return version


def test_what_is_written_is_no_longer_only_foreseen(draft):
    assert (draft.state, draft.theme_code) == ("en_cours", "obesite")


def test_the_members_of_its_metiers_are_asked_and_told(people, draft, told, nurse):
    assert life.concerned(draft) == [nurse]
    life.submit(draft, life.concerned(draft), address=ADDRESS, **told)
    (opinion,) = life.awaiting(people.membre, people.structure)
    assert Notification.objects.get().user == people.membre
    life.answer(opinion, "a_revoir", "Ajouter le pharmacien", by=people.membre, at=cast.NOW)
    assert life.awaiting(people.membre, people.structure) == []
    with pytest.raises(BadInput):
        life.publish_protocol(draft, PublicationFields(applies_on=cast.TODAY), **told)
    draft.refresh_from_db()
    assert (draft.state, draft.version) == ("a_valider", 0)


def test_a_text_that_all_approve_is_published_without_another_word(people, draft, told):
    life.submit(draft, life.concerned(draft), address=ADDRESS, **told)
    (opinion,) = life.opinions_of(draft.__class__.objects.get())
    life.answer(opinion, "approuve", "", by=people.membre, at=cast.NOW)
    version = published(draft, told, how="", review_on="2028-11-22")
    assert version.number == 1
    assert is_intact(version)
    assert version.content["avis"][0]["reponse"] == "approuve"
    assert (draft.state, str(draft.review_on)) == ("applique", "2028-11-22")


def test_who_writes_notes_the_answer_of_another_and_a_stranger_does_not(people, draft, told):
    life.submit(draft, life.concerned(draft), address=ADDRESS, **told)
    (opinion,) = life.awaiting(people.membre, people.structure)
    with pytest.raises(NotAllowed):
        life.answer(opinion, "approuve", "", by=people.accompagnatrice, at=cast.NOW)
    assert life.answer(opinion, "approuve", "", **told).noted_by == people.porteuse


def test_an_opinion_awaits_its_member_on_the_overview_until_it_is_given(people, draft, told):
    def awaited():
        return [each.words for each in to_do(people.membre, people.structure, at=cast.NOW)]

    life.submit(draft, life.concerned(draft), address=ADDRESS, **told)
    assert awaited() == [f"Dire votre avis sur le protocole « {draft.title} »"]
    (opinion,) = life.awaiting(people.membre, people.structure)
    life.answer(opinion, "approuve", "", by=people.membre, at=cast.NOW)
    assert awaited() == []


def test_the_opinions_on_a_former_text_no_longer_count(people, draft, told):
    life.submit(draft, life.concerned(draft), address=ADDRESS, **told)
    (opinion,) = life.awaiting(people.membre, people.structure)
    life.resume(draft, **told)
    with pytest.raises(NotNow):
        life.answer(opinion, "approuve", "", by=people.membre, at=cast.NOW)
    life.submit(draft, life.concerned(draft), address=ADDRESS, **told)
    with pytest.raises(NotNow):
        life.answer(opinion, "approuve", "", by=people.membre, at=cast.NOW)
    assert len(life.awaiting(people.membre, people.structure)) == 1


def test_a_published_text_is_revised_and_the_former_version_stays(draft, told):
    published(draft, told)
    with pytest.raises(NotNow):
        write_protocol(draft, ProtocolFields(title="Autre"), **told)
    life.revise(draft, **told)
    draft.refresh_from_db()
    assert draft.is_in_force
    assert draft.is_in_revision
    write_protocol(draft, ProtocolFields(title="Plaies et escarres", content="Tous"), **told)
    second = published(draft, told)
    first = ProtocolVersion.objects.get(number=1)
    assert (second.number, first.content["intitule"]) == (2, "Plaies")
    assert is_intact(first)


def test_a_retired_protocol_says_why_and_comes_back(draft, told):
    published(draft, told)
    with pytest.raises(BadInput):
        life.retire(draft, " ", **told)
    life.retire(draft, "Remplacé par celui de la CPTS", **told)
    draft.refresh_from_db()
    assert (draft.is_in_force, draft.retired_on) == (False, cast.TODAY)
    with pytest.raises(NotNow):
        uses.use(draft, **told)
    life.put_in_force(draft, **told)
    draft.refresh_from_db()
    assert (draft.state, draft.retired_reason) == ("applique", "")


def test_what_was_published_is_never_removed_and_a_draft_comes_back_with_its_writers(people, draft, told, nurse):
    key = remove_protocol(draft, **told)
    back = put_protocol_back(people.structure, key, **told)
    assert [each.member for each in back.writers.all()] == [nurse]
    published(back, told)
    with pytest.raises(NotNow):
        remove_protocol(back, **told)


def test_a_tap_counts_once_more_and_a_month_is_typed(people, draft, told):
    published(draft, told)
    uses.use(draft, by=people.membre, at=cast.NOW)
    assert uses.use(draft, by=people.membre, at=cast.NOW).count == 2
    assert uses.use(draft, times=-1, by=people.membre, at=cast.NOW).count == 1
    assert uses.set_uses(draft, datetime.date(2026, 10, 15), 12, **told).month == datetime.date(2026, 10, 1)
    with pytest.raises(BadInput):
        uses.set_uses(draft, datetime.date(2027, 1, 1), 12, **told)
    with pytest.raises(NotAllowed):
        uses.use(draft, by=people.accompagnatrice, at=cast.NOW)
    with pytest.raises(NotAllowed):
        uses.set_uses(draft, datetime.date(2026, 10, 1), 1, by=people.membre, at=cast.NOW)


def test_what_is_shared_is_copied_with_its_origin_and_no_name(people, draft, told):
    version = published(draft, told)
    assert list(sharing.shared()) == []
    sharing.share(version, "cc_by_4", **told)
    copy = sharing.copy_shared(people.structure, version, **told)
    assert copy.origin == {
        "titre": "Plaies",
        "structure": "MSP de Redon",
        "version": 1,
        "licence": "Creative Commons Attribution 4.0",
    }
    assert (copy.state, copy.metiers, copy.writers.count()) == ("en_cours", ["infirmier"], 0)
    sharing.unshare(version, **told)
    with pytest.raises(NotNow):
        sharing.copy_shared(people.structure, version, **told)


def test_only_the_version_in_force_is_shared(draft, told):
    first = published(draft, told)
    life.revise(draft, **told)
    published(draft, told)
    with pytest.raises(NotNow):
        sharing.share(first, "cc_by_4", **told)
    with pytest.raises(BadInput):
        sharing.share(ProtocolVersion.objects.get(number=2), "inconnue", **told)


def test_a_template_is_copied(people, told):
    copy = sharing.copy_template(people.structure, template_of("iatrogenie"), **told)
    assert (copy.theme_code, copy.origin["structure"]) == ("iatrogenie", "Maillage")


def test_no_word_of_its_life_tells_a_patient(people, draft, told):
    with pytest.raises(PatientData):
        life.publish_protocol(draft, PublicationFields(applies_on=cast.TODAY, how=TOLD), **told)
    published(draft, told)
    with pytest.raises(PatientData):
        life.retire(draft, TOLD, **told)


def test_each_act_is_one_event(draft, told):
    before = Event.objects.count()
    published(draft, told)
    assert Event.objects.count() == before + 1


def test_who_only_reads_does_not_publish(people, draft):
    with pytest.raises(NotAllowed):
        published(draft, {"by": people.membre, "at": cast.NOW})


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        (ProtocolUse, {"month": datetime.date(2026, 10, 2)}),
        (ProtocolUse, {"month": datetime.date(2026, 10, 1), "count": 100_001}),
        (Protocol, {"state": "retire"}),
        (Protocol, {"retired_reason": "Sans jour"}),
        (ProtocolVersion, {"licence": "cc_by_4"}),
        (ProtocolVersion, {"fingerprint": "court"}),
        (ProtocolVersion, {"review_on": datetime.date(2020, 1, 1)}),
    ],
)
def test_the_database_refuses_what_makes_no_sense(draft, told, model, fields):
    published(draft, told)
    ProtocolUse.objects.create(protocol=draft, month=datetime.date(2026, 9, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**fields)


@pytest.mark.parametrize("fields", [{"answer": "approuve"}, {"answer": "a_revoir", "answered_at": cast.NOW}])
def test_an_answer_is_dated_and_says_what_to_change(people, draft, told, fields):
    life.submit(draft, life.concerned(draft), address=ADDRESS, **told)
    with pytest.raises(IntegrityError), transaction.atomic():
        draft.opinions.update(**fields)
