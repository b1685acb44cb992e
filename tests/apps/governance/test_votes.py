"""What an assembly votes, who it elects, the minutes that are sealed."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from maillage.apps.activity.services.meetings import reopen_meeting
from maillage.apps.activity.writing import NotNow
from maillage.apps.governance.inputs import CandidateFields, ResolutionFields, VoicesFields
from maillage.apps.governance.models import Ballot, Candidate, Mandate, Minutes, Resolution
from maillage.apps.governance.services import powers, votes
from maillage.apps.governance.services.minutes import is_intact, seal_minutes
from maillage.core.kernel.problems import BadInput, read

AFTER = datetime.datetime(2026, 12, 13, 22, 0, tzinfo=datetime.UTC)


@pytest.fixture
def resolution(assembly, told):
    return votes.add_resolution(assembly, ResolutionFields(title="Approuver les comptes"), **told)


@pytest.fixture
def nominal(assembly, told):
    return votes.add_resolution(assembly, ResolutionFields(title="Approuver les comptes", way="nominal"), **told)


@pytest.fixture
def election(assembly, bureau, told):
    return votes.add_resolution(assembly, ResolutionFields(title="Élire le bureau", elects=bureau.pk), **told)


@pytest.fixture
def quorate(come):
    come("porteuse", "membre", "kine")


def voices(pour, contre, abstention=0):
    return VoicesFields(pour=pour, contre=contre, abstention=abstention)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [((2, 1), "adoptee"), ((1, 2), "rejetee"), ((1, 1, 1), "a_departager"), ((0, 0, 3), "a_confirmer")],
)
def test_a_vote_gives_what_the_statutes_make_of_it(resolution, quorate, told, counts, expected):
    row = votes.count_voices(resolution, voices(*counts), **told)
    assert (row.outcome, row.entitled, row.state) == (expected, 3, "votee")


def test_a_majority_that_is_not_typed_decides_nothing(resolution, rules, quorate, told):
    rules.majority_of = ""
    rules.save()
    assert votes.count_voices(resolution, voices(3, 0), **told).outcome == "a_confirmer"


def test_no_vote_without_anyone_nor_without_the_quorum(resolution, come, told):
    with pytest.raises(NotNow, match="Personne"):
        votes.count_voices(resolution, voices(1, 0), **told)
    come("porteuse")
    with pytest.raises(NotNow, match="quorum"):
        votes.count_voices(resolution, voices(1, 0), **told)


def test_no_more_voices_than_people(resolution, quorate, told):
    with pytest.raises(BadInput, match="au plus 3 voix"):
        votes.count_voices(resolution, voices(3, 1), **told)


def test_a_vote_by_name_counts_who_is_spoken_for(assembly, nominal, voters, quorate, told):
    powers.give_power(assembly, voters["pharmacien"].pk, voters["kine"].pk, **told)
    choices = {voters["pharmacien"].pk: "pour", voters["kine"].pk: "pour", voters["porteuse"].pk: "contre"}
    row = votes.count_by_name(nominal, choices, **told)
    assert (row.pour, row.contre, row.entitled, row.outcome) == (2, 1, 4, "adoptee")
    assert Ballot.objects.count() == 3


def test_who_is_away_without_a_power_has_no_voice(nominal, voters, quorate, told):
    with pytest.raises(BadInput, match="voix d'un membre"):
        votes.count_by_name(nominal, {voters["pharmacien"].pk: "pour"}, **told)
    with pytest.raises(BadInput, match="pour, contre ou abstention"):
        votes.count_by_name(nominal, {voters["kine"].pk: "peut-être"}, **told)


def test_a_vote_taken_back_and_made_secret_forgets_who_said_what(nominal, voters, quorate, told):
    votes.count_by_name(nominal, {voters["kine"].pk: "pour"}, **told)
    votes.turn(nominal, "reprendre", **told)
    assert not Ballot.objects.exists()
    Ballot.objects.create(resolution=nominal, voter=voters["kine"], choice="pour")  # one kept before this rule
    votes.change_resolution(nominal, ResolutionFields(title="Exclure un membre", way="secret"), **told)
    assert not Ballot.objects.exists()
    with pytest.raises(NotNow, match="appel nominal"):
        votes.count_by_name(nominal, {voters["kine"].pk: "pour"}, **told)
    assert not Ballot.objects.exists()


def test_a_vote_is_counted_once_until_it_is_taken_back(resolution, quorate, told):
    votes.count_voices(resolution, voices(3, 0), **told)
    with pytest.raises(NotNow, match="déjà votée"):
        votes.count_voices(resolution, voices(0, 3), **told)
    with pytest.raises(NotNow, match="déjà votée"):
        votes.turn(resolution, "retirer", **told)
    assert votes.turn(resolution, "reprendre", **told).pour is None
    assert votes.turn(resolution, "retirer", **told).state == "retiree"
    assert votes.turn(resolution, "rétablir", **told).state == "a_voter"


def test_an_election_gives_mandates_once_the_minutes_are_sealed(assembly, election, bureau, team, quorate, told):
    rows = [
        votes.add_candidate(election, CandidateFields(member=team[name].pk, function="Présidence"), **told)
        for name in ("kine", "membre")
    ]
    votes.count_election(election, {rows[0].pk: 2, rows[1].pk: 1}, {rows[0].pk}, **told)
    assert not Mandate.objects.exists()
    seal_minutes(assembly, by=told["by"], at=AFTER)
    mandate = Mandate.objects.get()
    assert (mandate.member, mandate.body, mandate.since, mandate.until, mandate.elected_in) == (
        team["kine"],
        bureau,
        datetime.date(2026, 12, 13),
        datetime.date(2029, 12, 13),
        election,
    )


def test_who_is_elected_again_is_renewed(assembly, election, bureau, team, quorate, told):
    from maillage.apps.governance.inputs import MandateFields
    from maillage.apps.governance.services.mandates import give_mandate

    former = MandateFields(member=team["kine"].pk, function="Présidence", since="2023-12-01")
    give_mandate(bureau, former, **told)
    row = votes.add_candidate(election, CandidateFields(member=team["kine"].pk, function="Présidence"), **told)
    votes.count_election(election, {row.pk: 3}, {row.pk}, **told)
    seal_minutes(assembly, by=told["by"], at=AFTER)
    assert [(each.ended_why, each.since.year) for each in Mandate.objects.order_by("since")] == [
        ("renouvele", 2023),
        ("", 2026),
    ]


def test_candidates_and_voices_of_an_election_are_checked(election, resolution, team, quorate, told):
    with pytest.raises(NotNow, match="pas encore de candidat"):
        votes.count_election(election, {}, set(), **told)
    fields = CandidateFields(member=team["kine"].pk, function="Présidence")
    with pytest.raises(NotNow, match="n'a pas de candidat"):
        votes.add_candidate(resolution, fields, **told)
    row = votes.add_candidate(election, fields, **told)
    with pytest.raises(NotNow, match="déjà notée"):
        votes.add_candidate(election, fields, **told)
    with pytest.raises(BadInput, match="au plus 3 voix"):
        votes.count_election(election, {row.pk: 4}, {row.pk}, **told)
    with pytest.raises(NotNow, match="par candidat"):
        votes.count_voices(election, voices(1, 0), **told)
    votes.drop_candidate(row, **told)
    assert not Candidate.objects.exists()


def test_minutes_wait_for_every_vote(assembly, resolution, quorate, told):
    with pytest.raises(NotNow, match="Approuver les comptes"):
        seal_minutes(assembly, by=told["by"], at=AFTER)


def test_minutes_say_the_quorum_the_voices_and_the_people(assembly, resolution, voters, quorate, told):
    powers.give_power(assembly, voters["pharmacien"].pk, voters["kine"].pk, **told)
    votes.count_voices(resolution, voices(3, 1), **told)
    minutes = seal_minutes(assembly, by=told["by"], at=AFTER)
    assert is_intact(minutes)
    assert bytes(minutes.pdf).startswith(b"%PDF")
    assert minutes.content["quorum"]["resultat"] == "Le quorum est atteint."
    assert minutes.content["resolutions"][0]["voix"] == [
        "3 pour, 1 contre, 0 abstention. 4 voix présentes ou représentées."
    ]
    said = {each["nom"]: each["presence"] for each in minutes.content["presences"]}
    assert said["Le Goff"] == "représenté par Kerouédan"
    assembly.meeting.refresh_from_db()
    assert assembly.meeting.state == "close"


def test_a_secret_vote_keeps_counts_only(assembly, told, quorate):
    fields = ResolutionFields(title="Exclure un membre", way="secret")
    votes.count_voices(votes.add_resolution(assembly, fields, **told), voices(2, 1), **told)
    assert seal_minutes(assembly, by=told["by"], at=AFTER).content["resolutions"][0]["noms"] == []


def test_sealed_minutes_are_corrected_with_a_reason(assembly, resolution, quorate, told):
    votes.count_voices(resolution, voices(3, 0), **told)
    first = seal_minutes(assembly, by=told["by"], at=AFTER)
    with pytest.raises(NotNow, match="déjà scellé"):
        seal_minutes(assembly, by=told["by"], at=AFTER)
    with pytest.raises(NotNow):
        votes.turn(resolution, "reprendre", **told)
    assembly.meeting.refresh_from_db()
    reopen_meeting(assembly.meeting, "Une voix mal comptée", by=told["by"], at=AFTER)
    with pytest.raises(BadInput, match="raison"):
        seal_minutes(assembly, by=told["by"], at=AFTER)
    second = seal_minutes(assembly, "Une voix mal comptée", by=told["by"], at=AFTER)
    assert (second.number, second.content["raison"]) == (2, "Une voix mal comptée")
    assert is_intact(Minutes.objects.get(pk=first.pk))


def test_patient_data_is_stopped(assembly, told):
    fields = ResolutionFields(title="Prise en charge", text="Mme MARTIN Jeanne, 82 ans, née le 12/03/1944.")
    with pytest.raises(BadInput):
        votes.add_resolution(assembly, fields, **told)


@pytest.mark.parametrize("typed", ["", "deux", "-1"])
def test_voices_are_numbers(typed):
    with pytest.raises(BadInput) as wrong:
        read(VoicesFields, {"pour": typed, "contre": "0", "abstention": "0"})
    assert [each.field for each in wrong.value.problems] == ["pour"]


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Resolution, {"title": ""}),
        (Resolution, {"state": "votee", "entitled": None}),
        (Resolution, {"kind": "election"}),
        (Minutes, {"fingerprint": "abc"}),
        (Minutes, {"number": 2}),
    ],
)
def test_the_database_refuses_what_cannot_be(assembly, resolution, quorate, told, model, change):
    votes.count_voices(resolution, voices(3, 0), **told)
    seal_minutes(assembly, by=told["by"], at=AFTER)
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**change)


def test_the_database_holds_each_thing_once(assembly, nominal, election, voters, team, quorate, told):
    votes.add_candidate(election, CandidateFields(member=team["kine"].pk, function="Présidence"), **told)
    votes.count_by_name(nominal, {voters["kine"].pk: "pour"}, **told)
    twice = [
        lambda: Ballot.objects.create(resolution=nominal, voter=voters["kine"], choice="contre"),
        lambda: Candidate.objects.create(resolution=election, member=team["kine"], function="Présidence"),
    ]
    for write in twice:
        with pytest.raises(IntegrityError), transaction.atomic():
            write()


def test_an_election_says_who_is_elected_or_that_nobody_is(election, bureau, team, quorate, told):
    fields = CandidateFields(member=team["membre"].pk, function="Présidence")
    row = votes.add_candidate(election, fields, **told)
    with pytest.raises(BadInput, match="qui est élu"):
        votes.count_election(election, {row.pk: None}, set(), **told)
    assert votes.count_election(election, {row.pk: 1}, set(), **told).outcome == "personne"
