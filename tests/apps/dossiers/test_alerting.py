"""The legal clock at work: what is told, to whom, once; the silence kept, and what the job says of it."""

import datetime

import pytest
from django.core import mail
from tests import cast, small_world
from tests.cast import NOW, TODAY, give, person
from tests.dossiers import cpts, filed

from maillage.apps.accounts.models import Organisation, Role
from maillage.apps.common.models import Event
from maillage.apps.dossiers import alerting
from maillage.apps.dossiers.alerting import alert, keep_silences, over, to_alert
from maillage.apps.dossiers.clocks import set_clock
from maillage.apps.dossiers.deciding import Wanted, decide
from maillage.apps.dossiers.job import planned, turn
from maillage.apps.dossiers.models import (
    AvisRequest,
    Condition,
    Consultation,
    DeadlineAlert,
    Decision,
    PieceRequest,
    Suspension,
)
from maillage.apps.dossiers.telling import tell
from maillage.apps.notifications.models import Notification

pytestmark = pytest.mark.django_db
UNSAID = "engagement_cds"
"""A kind whose clock is suspended by missing pieces, and of which no text says what a silence is worth."""


@pytest.fixture
def people():
    small_world.create_territories()
    return cast.create()


@pytest.fixture
def dossier(people):
    """Filed on 22 November 2026: to be decided by 22 January 2027, a Friday."""
    return running(filed(cpts(people)))


def running(dossier):
    set_clock(dossier, today=TODAY)
    dossier.save()
    return dossier


def at(month, day, hour=9, year=2027):
    return datetime.datetime(year, month, day, hour, tzinfo=datetime.UTC)


def told(kind=None):
    rows = Notification.objects.order_by("at", "pk").select_related("user")
    rows = rows.filter(kind=kind) if kind else rows
    return [(row.user.prenom.lower(), row.title.replace("\xa0", " ")) for row in rows]


def test_nothing_is_told_while_the_end_is_far(dossier):
    assert alert(at=at(1, 6)) == []


def test_each_stage_is_told_once_to_who_reviews_then_to_who_decides(dossier):
    for day in (7, 7, 10, 17, 18, 22):
        alert(at=at(1, day))
    assert [row.days_left for row in DeadlineAlert.objects.all()] == [15, 5, 0]
    lines = told("echeance_proche")
    assert [who for who, _title in lines] == [
        "instructrice", "instructrice", "decideuse", "instructrice", "decideuse",
    ]  # fmt: skip
    assert lines[0][1] == "Délai légal de décision : dernier jour le 22 janvier 2027, dans 15 jours"
    assert lines[3][1] == "Délai légal de décision : dernier jour aujourd’hui, 22 janvier 2027"


def test_after_a_week_without_a_turn_only_the_stage_reached_is_told(dossier):
    (one,) = alert(at=at(1, 18))
    assert one.stage == 5
    assert alert(at=at(1, 19)) == []


def test_a_last_day_off_tells_the_next_working_day(people):
    dossier = filed(cpts(people), received_on=datetime.date(2026, 3, 1))
    running(dossier)
    (one,) = to_alert(at=at(4, 20, year=2026))
    assert one.words.replace("\xa0", " ").endswith(
        "dernier jour le 1er mai 2026, dans 11 jours (ce n’est pas un jour ouvré ; le suivant est le 4 mai 2026)"
    )


def test_a_suspended_delay_tells_nothing_then_its_new_end(people):
    dossier = running(filed(cpts(people), kind=UNSAID))
    alert(at=at(1, 7))
    pause = Suspension.objects.create(dossier=dossier, since=datetime.date(2027, 1, 10))
    running(dossier)
    assert alert(at=at(1, 20)) == []
    pause.until = datetime.date(2027, 1, 20)
    pause.save()
    running(dossier)
    (one,) = alert(at=at(1, 20))
    assert (one.stage, one.deadline.last_day) == (15, datetime.date(2027, 2, 1))


def test_silence_accepts_the_day_after_the_last_day_there_and_not_before(dossier):
    assert keep_silences(at=at(1, 22, 22)) == []
    assert [each.pk for each in keep_silences(at=at(1, 22, 23))] == [dossier.pk]
    dossier.refresh_from_db()
    assert Decision.objects.get().sense == "silence_accord"
    assert dossier.due_on is None
    assert Event.objects.filter(actor="horloge légale", subject_id=str(dossier.pk)).count() == 1
    assert keep_silences(at=at(1, 25)) == []
    assert alert(at=at(1, 25)) == []


@pytest.mark.parametrize(("region", "hour"), [("04", 20), ("02", 4), ("03", 3), ("06", 21), ("53", 23)])
def test_the_day_ends_where_the_dossier_is(dossier, region, hour):
    """From this hour (UTC) it is 23 January there; an hour before, still the 22nd. West of Greenwich: the next day."""
    dossier.region = region
    dossier.save()
    end = at(1, 22, hour) if hour > 12 else at(1, 23, hour)
    assert over(at=end - datetime.timedelta(hours=1)) == []
    assert [each.pk for each in over(at=end)] == [dossier.pk]


def test_a_silence_that_could_not_be_kept_is_told_to_who_can_look(dossier, monkeypatch):
    monkeypatch.setattr(alerting, "keep_silence", lambda *_args, **_more: None)
    assert turn(at=at(1, 25)).silences == ()
    who = dict(told("echeance_passee"))
    assert set(who) == {"instructrice", "decideuse", "porteuse", "coordinatrice"}
    assert who["decideuse"].endswith("le silence n’a pas pu être constaté : regardez ce dossier")
    assert who["porteuse"].endswith("22 janvier 2027 ; demandez à l’autorité où en est votre dossier")


def test_a_decision_not_notified_stops_the_silence_and_only_the_authority_knows_why(dossier, people, monkeypatch):
    forbidden = dict(turned(dossier, monkeypatch))
    Notification.objects.all().delete()
    DeadlineAlert.objects.all().delete()
    dossier.state, dossier.phase = "a_decider", "decision"
    dossier.save()
    taken = decide(dossier, Wanted(verb="refuser", motives="Projet incomplet"), by=people.decideuse, at=at(1, 20))
    Notification.objects.all().delete()
    who = dict(turned(dossier))
    assert who["instructrice"].endswith(f"la décision {taken.number} attend sa notification : notifiez-la")
    assert who["porteuse"] == forbidden["porteuse"]
    assert not Decision.objects.exclude(pk=taken.pk).exists()


def turned(dossier, monkeypatch=None):
    """What is told once the delay is over, with a silence that could not be kept if asked."""
    if monkeypatch is None:
        turn(at=at(1, 25))
        return told("echeance_passee")
    with monkeypatch.context() as held:
        held.setattr(alerting, "keep_silence", lambda *_args, **_more: None)
        return turned(dossier)


def test_a_silence_without_meaning_decides_nothing_and_is_told_to_all(people):
    running(filed(cpts(people), kind=UNSAID))
    assert turn(at=at(1, 25)).silences == ()
    assert not Decision.objects.exists()
    lines = dict(told("echeance_passee"))
    assert set(lines) == {"instructrice", "decideuse", "porteuse", "coordinatrice"}
    assert lines["porteuse"].endswith("le sens de ce silence est à confirmer")


def test_pieces_are_told_to_who_files_then_to_all(people, dossier):
    PieceRequest.objects.create(
        dossier=dossier, at=NOW, by=people.instructrice, items=[], answer_by=datetime.date(2026, 12, 20)
    )
    alert(at=at(12, 15, year=2026))
    assert {who for who, _title in told("echeance_proche")} == {"porteuse", "coordinatrice"}
    alert(at=at(12, 21, year=2026))
    assert {who for who, _title in told("echeance_passee")} == {"porteuse", "coordinatrice", "instructrice"}


def test_an_avis_is_told_to_its_expert_and_late_to_who_reviews_never_to_who_files(people, dossier):
    urps = Organisation.objects.create(kind="urps", nom="URPS Médecins", region="53", created_at=NOW)
    expert = person("expert")
    give(expert, urps, Role.Name.COMMISSION)
    give(people.porteuse, urps, Role.Name.COMMISSION)
    asked = Consultation.objects.create(
        dossier=dossier, question="Votre avis ?", answer_by=datetime.date(2026, 12, 10), at=NOW, by=people.instructrice
    )
    AvisRequest.objects.create(consultation=asked, organisation=urps)
    alert(at=at(12, 8, year=2026))
    alert(at=at(12, 11, year=2026))
    assert [who for who, _title in told("echeance_proche")] == ["expert"]
    assert told("echeance_proche")[0][1].startswith("Votre avis : dernier jour le 10 décembre 2026")
    assert {who for who, _title in told("echeance_passee")} == {"expert", "instructrice"}
    addresses = dict(Notification.objects.filter(kind="echeance_passee").values_list("user__prenom", "address"))
    assert addresses["Expert"] == f"/avis/{AvisRequest.objects.get().pk}/"
    assert addresses["Instructrice"] == f"/dossiers/{dossier.pk}/avis/"


def test_a_condition_of_a_notified_decision_is_told_to_all(people, dossier):
    decision = Decision.objects.create(
        dossier=dossier, number="D-1", sense="conditions", motives="Motif", decided_on=TODAY, at=NOW,
        by=people.decideuse, notified_at=NOW,
    )  # fmt: skip
    row = Condition.objects.create(
        decision=decision, text="Fournir les statuts signés", due_on=datetime.date(2026, 12, 30)
    )
    alert(at=at(12, 1, year=2026))
    assert {who for who, _title in told("condition")} == {"porteuse", "coordinatrice", "instructrice"}
    row.met_on = TODAY
    row.save()
    assert alert(at=at(12, 31, year=2026)) == []


def test_a_turn_is_planned_without_being_done(dossier):
    plan = planned(at=at(1, 25))
    assert [each.pk for each in plan.silences] == [dossier.pk]
    assert [each.stage for each in plan.alerts] == [-1]
    assert not Decision.objects.exists()
    assert not DeadlineAlert.objects.exists()
    assert not turn(at=at(1, 25)).is_empty
    assert turn(at=at(1, 25)).is_empty


def test_nothing_of_a_dossier_is_mailed_to_who_no_longer_sees_it(people, dossier):
    tell(dossier, "message", by=people.instructrice, at=NOW, to="deposant")
    Role.objects.filter(user=people.coordinatrice).update(until=NOW)
    turn(at=NOW + datetime.timedelta(minutes=15))
    assert [each.to for each in mail.outbox] == [[people.porteuse.email]]
    assert Notification.objects.get(user=people.coordinatrice).mail_due_at is None
