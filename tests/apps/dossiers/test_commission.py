"""A commission at work: seats, agenda, convocation, quorum, votes, avis, minutes."""

import datetime

import pytest
from django.core import mail
from tests import cast, small_world
from tests.cast import NOW
from tests.commissions import WHEN, before_a_commission, board, follow

from maillage.apps.accounts import invitations
from maillage.apps.accounts.invitations import LIFETIME
from maillage.apps.accounts.models import Invitation, Organisation
from maillage.apps.common.models import Event
from maillage.apps.common.refused import NotAllowed
from maillage.apps.dossiers.commissions import agenda, attendance, convening, debating, minutes, seats, sessions
from maillage.apps.dossiers.commissions.holding import quorum_of, quorum_of_item
from maillage.apps.dossiers.commissions.inputs import SeatFields, SessionFields
from maillage.apps.dossiers.models import AgendaItem, Dossier, Vote
from maillage.apps.dossiers.moving import locked, move
from maillage.apps.dossiers.queries import visible
from maillage.core.dossiers.commissions import described
from maillage.core.kernel.problems import BadInput

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    small_world.create_territories()
    return cast.create()


@pytest.fixture
def made(people, monkeypatch):
    follow(monkeypatch, before_a_commission())
    return board(people)


def refusal(act, *given, **told):
    with pytest.raises(BadInput) as refused:
        act(*given, **told)
    return str(refused.value)


def test_a_commission_is_created_with_the_seats_that_its_text_names_and_no_rule(people):
    ars = Organisation.objects.get(kind="ars")
    made = seats.create(ars, "carpec", by=people.instructrice, at=NOW, day=NOW.date())
    assert {each.college for each in made.seats.all()} >= {"URPS", "Assurance Maladie", "Région", "GECO Lib'", "ESSORT"}
    assert (made.quorum_share, made.votes, made.conflicts_leave_quorum) == (None, False, None)
    assert "existe déjà" in refusal(seats.create, ars, "carpec", by=people.instructrice, at=NOW, day=NOW.date())
    with pytest.raises(NotAllowed):
        seats.create(ars, "commission_cpts", by=people.porteuse, at=NOW, day=NOW.date())


def test_each_college_says_where_it_comes_from():
    assert {each.code for each in described()} == {"carpec", "commission_cpts"}
    assert all(college.source and college.a_confirmer for each in described() for college in each.colleges)


def test_a_rule_is_said_with_its_text(made):
    assert "quel texte" in refusal(made.rules, quorum_share="50", rules_source="")
    made.rules(quorum_share="2/3")
    assert str(made.commission.quorum_share) == "0.666"


def test_an_instructeur_invites_a_member_who_then_holds_the_seat(made):
    fields = SeatFields(college="ESSORT", represents="ESSORT", titulaire_nom="Noé", titulaire_email="noe@example.org",
                        since="2026-11-22")  # fmt: skip
    seat = seats.add_seat(made.commission, fields, **made.by)
    assert seats.invite(seat, "titulaire", link=lambda secret: f"/{secret}", **made.by) is not None
    noe = cast.person("noe")
    row = Invitation.objects.get(email="noe@example.org")
    assert row.expires_at == NOW + LIFETIME
    invitations.accept(invitation=row, by=noe, at=NOW)
    seat.refresh_from_db()
    assert seat.titulaire == noe
    with pytest.raises(NotAllowed):
        invitations.invite(organisation=made.commission.organisation, email="x@example.org", name="decideur",
                           link=str, **made.by)  # fmt: skip


def test_the_agenda_takes_what_waits_for_it_and_the_dossier_follows_its_path(made):
    assert agenda.waiting(made.people.instructrice, made.commission) == [made.dossier]
    made.plan()
    made.dossier.refresh_from_db()
    assert (made.dossier.state, made.item.purpose) == ("inscrit", "avis")
    assert agenda.waiting(made.people.instructrice, made.commission) == []
    assert "déjà à l'ordre du jour" in refusal(agenda.add, made.session, made.dossier, **made.by)
    agenda.remove(made.session, made.item.pk, **made.by)
    assert agenda.waiting(made.people.instructrice, made.commission) == [made.dossier]


def test_a_member_sees_the_dossiers_of_convoked_sessions_only(made):
    made.plan()
    assert made.dossier not in visible(made.anne)
    made.convoke()
    assert made.dossier in visible(made.anne)
    assert made.dossier in visible(made.luc)
    seats.end_seat(made.seats[0], NOW.date(), **made.by)
    assert made.dossier not in visible(made.anne)


def test_the_convocation_goes_to_each_alone_with_its_letter_and_its_invitation(made):
    made.plan()
    sent = made.convoke()
    assert sorted(each.to[0] for each in mail.outbox) == ["anne@example.org", "luc@example.org", "zoe@example.org"]
    assert [str(each) for each in sent.without] == ["Paul Région"]
    letter, calendar = mail.outbox[0], mail.outbox[0].attachments
    assert (len(letter.to), letter.cc, letter.bcc) == (1, [], [])
    assert "PSC" not in letter.subject + letter.body
    assert {each[2] for each in calendar} == {"text/calendar", "application/pdf"}
    assert made.session.convocation.sha256
    assert {each.person.holder: each.state for each in convening.reached(made.session)}["suppleant"] == "prevenu"


def test_a_moved_session_is_told_again_then_cancelled(made):
    made.plan()
    made.convoke()
    made.session = sessions.change(made.session, SessionFields(**{**WHEN, "day": "2026-12-10"}), **made.by)
    assert {each.state for each in convening.reached(made.session)} == {"a_prevenir", "sans_adresse"}
    mail.outbox.clear()
    assert len(made.convoke().told) == 3
    assert made.convoke().told == ()
    ics = next(each[1] for each in mail.outbox[0].attachments if each[2] == "text/calendar")
    assert "SEQUENCE:1" in (ics if isinstance(ics, str) else ics.decode())
    sessions.cancel(made.session, **made.by)
    sent = convening.tell_cancelled(made.session, address="https://site/", sender="s@example.org", **made.by)
    assert len(sent.told) == 3
    assert "annulée" in mail.outbox[-1].subject


def test_who_was_not_reached_is_named(made, monkeypatch):
    made.plan()
    monkeypatch.setattr(convening, "deliver", lambda mails: tuple(each for each in mails if "zoe" in each.to))
    assert [each.name for each in made.convoke().failed] == ["Zoe Exemple"]
    assert [each.person.name for each in convening.reached(made.session) if each.state == "echec"] == ["Zoe Exemple"]


def test_without_a_rule_the_quorum_is_said_unknown_and_forbids_nothing(made):
    made.plan()
    made.convoke()
    made.open(("titulaire", "excuse", "absent"))
    found = quorum_of(made.session)
    assert (found.seats, found.present, found.is_reached) == (3, 1, None)
    debating.give_avis(made.session, made.item.pk, "favorable", "Le territoire est pertinent.", **made.by)


def test_without_its_quorum_a_session_gives_no_avis_and_meets_again(made):
    made.rules(quorum_share="50", quorum_once="oui")
    made.plan()
    made.convoke()
    made.open(("titulaire", "excuse", "absent"))
    told = (made.session, made.item.pk, "favorable", "Le territoire est pertinent.")
    assert "quorum n'est pas atteint" in refusal(debating.give_avis, *told, **made.by)
    again = sessions.meet_again(made.session, SessionFields(**{**WHEN, "day": "2026-12-17"}), **made.by)
    assert [each.dossier for each in again.items.all()] == [made.dossier]
    made.session, made.item = again, again.items.get()
    made.convoke()
    made.open(("titulaire", "excuse", "absent"))
    debating.give_avis(made.session, made.item.pk, "favorable", "Le territoire est pertinent.", **made.by)


def test_an_avis_has_reasons_and_the_authority_decides_whatever_it_is(made):
    made.held()
    assert "motifs" in refusal(debating.give_avis, made.session, made.item.pk, "defavorable", " ", **made.by)
    debating.give_avis(made.session, made.item.pk, "defavorable", "Le bassin est déjà couvert.", **made.by)
    dossier = locked(made.dossier.pk)
    assert dossier.state == "avis_rendu"
    move(dossier, "proposer", **made.by)
    move(dossier, "accepter", by=made.people.decideuse, at=NOW)
    assert dossier.state == "accepte"


def test_an_adjourned_dossier_waits_for_the_next_session(made):
    made.held()
    debating.give_avis(made.session, made.item.pk, "ajourne", "Pièces à relire.", **made.by)
    sessions.close_session(made.session, **made.by)
    assert Dossier.objects.get(pk=made.dossier.pk).state == "inscrit"
    assert agenda.waiting(made.people.instructrice, made.commission) == [made.dossier]


def test_a_dossier_for_information_has_neither_avis_nor_vote(people, monkeypatch):
    follow(monkeypatch, before_a_commission(objet="information"))
    made = board(people, state="accepte")
    made.rules(votes="oui")
    made.held()
    assert made.item.purpose == "information"
    assert "pour information" in refusal(debating.give_avis, made.session, made.item.pk, "favorable", "Oui.", **made.by)
    assert "ne se vote pas" in refusal(debating.vote, made.session, made.item.pk, "pour", by=made.anne, at=NOW)
    item = debating.note_information(made.session, made.item.pk, "", **made.by)
    assert item.sense == "informee"


def test_each_seat_votes_once_and_only_where_the_rule_says_so(made):
    made.held()
    assert "ne se vote pas" in refusal(debating.vote, made.session, made.item.pk, "pour", by=made.anne, at=NOW)
    made.rules(votes="oui")
    made.session.commission.refresh_from_db()
    refused = refusal(debating.give_avis, made.session, made.item.pk, "favorable", "Oui.", **made.by)
    assert "notez d'abord les voix" in refused
    debating.vote(made.session, made.item.pk, "pour", by=made.anne, at=NOW)
    assert "déjà voté" in refusal(debating.vote, made.session, made.item.pk, "contre", by=made.anne, at=NOW)
    assert "aucun siège" in refusal(debating.vote, made.session, made.item.pk, "pour", by=made.luc, at=NOW)
    given = {made.seats[1].pk: "contre", made.seats[2].pk: "abstention"}
    debating.record_votes(made.session, made.item.pk, given, **made.by)
    assert sorted(Vote.objects.values_list("choice", flat=True)) == ["abstention", "contre", "pour"]
    debating.give_avis(made.session, made.item.pk, "reserve", "Sous réserve du budget.", **made.by)
    refused = refusal(debating.record_votes, made.session, made.item.pk, {made.seats[1].pk: "pour"}, **made.by)
    assert "déjà enregistré" in refused


def test_a_kind_that_says_no_vote_is_not_voted(people, monkeypatch):
    follow(monkeypatch, before_a_commission(vote=False))
    made = board(people)
    made.rules(votes="oui")
    made.held()
    assert "ne se vote pas" in refusal(debating.vote, made.session, made.item.pk, "pour", by=made.anne, at=NOW)


def test_who_leaves_after_an_avis_was_there_when_it_was_given(made):
    made.rules(quorum_share="100")
    made.held()
    debating.give_avis(made.session, made.item.pk, "favorable", "Oui.", **made.by)
    attendance.note(made.session, {made.seats[1].pk: "absent"}, **made.by)
    item = AgendaItem.objects.select_related("session__commission__organisation", "dossier__structure").get()
    assert quorum_of_item(item).reached is True
    assert quorum_of(made.session).is_reached is False


def test_an_avis_is_corrected_with_a_reason_until_the_minutes_are_approved(made):
    made.held()
    debating.give_avis(made.session, made.item.pk, "favorable", "Oui.", **made.by)
    item = debating.correct_avis(made.session, made.item.pk, "reserve", "Oui, mais.", "erreur de saisie", **made.by)
    assert item.sense == "reserve"
    assert "« favorable » devient « favorable avec réserves »" in item.debate


def test_the_minutes_are_proposed_approved_sealed_and_opened_again_with_a_reason(made):
    made.held()
    debating.give_avis(made.session, made.item.pk, "favorable", "Oui.", **made.by)
    sessions.close_session(made.session, **made.by)
    assert "Proposez" in refusal(minutes.approve, made.session, **made.by)
    minutes.write_minutes(made.session, "La séance est ouverte.", {made.item.pk: "Le projet est présenté."}, **made.by)
    minutes.propose(made.session, **made.by)
    minutes.remark(made.session, None, "Une coquille au point 1.", by=made.anne, at=NOW)
    sealed = minutes.approve(made.session, **made.by)
    assert len(sealed.minutes_file.sha256) == 64
    for act in (minutes.write_minutes, debating.correct_avis):
        given = ("x", {}) if act is minutes.write_minutes else (made.item.pk, "reserve", "x", "y")
        assert "approuvé" in refusal(act, made.session, *given, **made.by)
    assert "approuvé" in refusal(attendance.note, made.session, {made.seats[1].pk: "absent"}, **made.by)
    assert "pourquoi" in refusal(minutes.reopen, made.session, " ", **made.by)
    minutes.reopen(made.session, "Un nom manquait.", **made.by)
    again = minutes.approve(made.session, **made.by)
    assert [each.number for each in again.sealed.all()] == [2, 1]
    assert again.minutes_file_id != sealed.minutes_file_id


def test_no_event_says_an_avis_nor_a_voice(made):
    made.rules(votes="oui")
    made.held()
    debating.vote(made.session, made.item.pk, "contre", by=made.anne, at=NOW)
    debating.give_avis(made.session, made.item.pk, "defavorable", "Un motif unique.", **made.by)
    told = " ".join(f"{each.verb} {each.before} {each.after}" for each in Event.objects.all())
    assert not any(word in told for word in ("defavorable", "contre", "motif unique"))
    assert Event.objects.filter(verb="rendre avis", scope=str(made.dossier.filer_id)).exists()


def test_only_who_runs_a_commission_writes_in_it(made):
    made.plan()
    for act in (
        lambda who: sessions.change(made.session, SessionFields(**WHEN), by=who, at=NOW),
        lambda who: agenda.add(made.session, made.dossier, by=who, at=NOW),
        lambda who: convening.convoke(made.session, address="", sender="", by=who, at=NOW),
        lambda who: seats.end_seat(made.seats[0], datetime.date(2027, 1, 1), by=who, at=NOW),
    ):
        for who in (made.anne, made.people.decideuse, made.people.porteuse, made.people.agent_cpam):
            with pytest.raises(NotAllowed):
                act(who)
