"""The days that the documents of a commission bear are those of the acts, never those that were planned."""

import datetime
import io

import pytest
from django.conf import settings
from django.core import mail
from pypdf import PdfReader
from tests import cast, small_world
from tests.cast import NOW
from tests.commissions import before_a_commission, board, follow

from maillage.apps.dossiers.commissions import attendance, conflicts, convening, minutes, sessions
from maillage.apps.dossiers.commissions.content import content_of
from maillage.core.kernel.problems import BadInput

pytestmark = pytest.mark.django_db
HALF_PAST = datetime.datetime(2026, 12, 3, 13, 35, tzinfo=datetime.UTC)
"""14 h 35 at the place of the commission, where the session was planned at 14 h."""


@pytest.fixture
def made(monkeypatch):
    small_world.create_territories()
    people = cast.create()
    follow(monkeypatch, before_a_commission())
    return board(people)


def text_of(pdf):
    """What a PDF says, on one line."""
    words = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return " ".join(words.replace("\xa0", " ").split())


def test_the_convocation_bears_the_day_when_it_was_made(made):
    made.plan()
    made.convoke()
    letter = text_of(convening.letter_for(made.session, made.anne, at=HALF_PAST))
    assert "Convoquée le 22 novembre 2026" in letter
    assert "sans valeur officielle" not in letter
    ics = next(each[1] for each in mail.outbox[0].attachments if each[2] == "text/calendar")
    assert "DTSTAMP:20261122T" in (ics if isinstance(ics, str) else ics.decode())


def test_the_sealed_minutes_bear_the_day_of_their_approval_and_the_recorded_hours(made):
    made.plan()
    made.convoke()
    by = made.people.instructrice
    sessions.open_session(made.session, by=by, at=HALF_PAST)
    attendance.note(made.session, {made.seats[0].pk: "titulaire"}, by=by, at=HALF_PAST)
    sessions.close_session(made.session, by=by, at=HALF_PAST + datetime.timedelta(minutes=70))
    late = datetime.datetime(2026, 12, 7, 23, 30, tzinfo=datetime.UTC)
    minutes.propose(made.session, by=by, at=late)
    sealed = minutes.approve(made.session, by=by, at=late)
    said = text_of((settings.FILES_DIR / sealed.minutes_file.path).read_bytes())
    assert "Séance ouverte le 3 décembre 2026 à 14:35." in said
    assert "Séance fermée le 3 décembre 2026 à 15:45." in said
    assert said.count("Approuvé le 8 décembre 2026.") >= 2
    assert not [each for each in ("sans valeur officielle", "Après échange", "à 14:00.") if each in said]


def test_a_session_opens_before_its_day_only_with_a_reason_that_its_minutes_say(made):
    made.plan()
    made.convoke()
    with pytest.raises(BadInput) as refused:
        sessions.open_session(made.session, **made.by)
    assert "prévue le 3\xa0décembre\xa02026" in str(refused.value)
    sessions.open_session(made.session, reason="Avancée d'un commun accord.", **made.by)
    made.session.refresh_from_db()
    told = content_of(made.session)["tenue"]
    assert "22\xa0novembre\xa02026" in told[0]
    assert "avant le jour prévu. Raison : Avancée d'un commun accord." in told[1]


def test_a_session_opens_from_the_first_minute_of_its_day_over_there(made):
    made.plan()
    made.convoke()
    midnight = datetime.datetime(2026, 12, 2, 23, 0, tzinfo=datetime.UTC)
    with pytest.raises(BadInput):
        sessions.open_session(made.session, by=made.people.instructrice, at=midnight - datetime.timedelta(seconds=1))
    sessions.open_session(made.session, by=made.people.instructrice, at=midnight)


@pytest.mark.parametrize(("rule", "said"), [("oui", ["non comptés"]), ("non", ["comptés"]), ("", ["comptés", "non"])])
def test_an_item_says_the_quorum_that_the_rule_counts(made, rule, said):
    made.rules(quorum_share="50", conflicts_leave_quorum=rule)
    made.held()
    conflicts.declare(made.session, made.item.pk, f"{made.seats[1].pk}:titulaire", "", by=made.zoe, at=NOW)
    made.session.commission.refresh_from_db()
    lines = content_of(made.session)["points"][0]["quorum"]
    assert len(lines) == len(said)
    assert [line for line, word in zip(lines, said, strict=True) if f"intérêts {word}" not in line] == []
