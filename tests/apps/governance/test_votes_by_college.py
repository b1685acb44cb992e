"""A vote whose voices are counted by collège, as the statutes that are typed say."""

from fractions import Fraction

import pytest
from django.db import IntegrityError, transaction
from tests.apps.governance.conftest import PARIS, called

from maillage.apps.activity.writing import NotNow
from maillage.apps.governance.inputs import CollegeFields, ResolutionFields, VoicesFields
from maillage.apps.governance.models import College, CollegeVoices
from maillage.apps.governance.services import assemblies, bodies, votes
from maillage.apps.governance.wording import facts, voices_words
from maillage.core.kernel.problems import BadInput
from maillage.core.projet.assemblies import HALF, Votes, outcome_of

FOR, AGAINST, NONE = (VoicesFields(pour=a, contre=b, abstention=0) for a, b in ((1, 0), (0, 1), (0, 0)))


@pytest.fixture
def colleges(rules, told):
    """The médecin has a weight of 60; the infirmier and the kinésithérapeute share 40; the pharmacien has none."""
    given = {"Médecins": (60, ("medecin_generaliste",)), "Soignants": (40, ("infirmier", "masseur_kinesitherapeute"))}
    return {
        name: bodies.add_college(rules.body, CollegeFields(nom=name, weight=str(weight), metiers=metiers), **told)
        for name, (weight, metiers) in given.items()
    }


@pytest.fixture
def resolution(people, rules, team, colleges, told):
    row = assemblies.call_assembly(people.structure, called(rules.body), zone=PARIS, **told)
    here = [each.member_id for each in row.voters.exclude(college=None)]
    assemblies.set_voters(row, {each.member_id: each.college_id for each in row.voters.exclude(college=None)}, **told)
    assemblies.note_presences(row, dict.fromkeys(here, "present"), **told)
    return votes.add_resolution(row, ResolutionFields(title="Les statuts"), **told)


@pytest.fixture
def by(rules):
    def say(way):
        rules.votes_by = way
        rules.save()

    return say


def given(colleges, first, second):
    return {colleges["Médecins"].pk: first, colleges["Soignants"].pk: second}


@pytest.mark.parametrize(("way", "expected"), [("chaque", "rejetee"), ("poids", "adoptee")])
def test_the_statutes_say_what_colleges_make_of_their_voices(resolution, colleges, by, told, way, expected):
    by(way)
    two = VoicesFields(pour=0, contre=2, abstention=0)
    row = votes.count_by_college(resolution, given(colleges, FOR, two), **told)
    assert (row.outcome, row.pour, row.contre, row.entitled) == (expected, 1, 2, 3)
    assert "Médecins (poids 60) : 1 pour, 0 contre, 0 abstention, sur 1 voix." in voices_words(row)
    votes.turn(row, "reprendre", **told)
    assert not CollegeVoices.objects.exists()


def test_no_rule_of_colleges_leaves_the_result_to_confirm(resolution, by, told):
    three = VoicesFields(pour=3, contre=0, abstention=0)
    assert votes.count_voices(resolution, three, **told).outcome == "a_confirmer"
    votes.turn(resolution, "reprendre", **told)
    by("ensemble")
    assert votes.count_voices(resolution, three, **told).outcome == "adoptee"


def test_a_count_by_college_is_asked_and_within_those_who_came(resolution, colleges, by, told):
    by("poids")
    with pytest.raises(NotNow, match="par collège"):
        votes.count_voices(resolution, FOR, **told)
    with pytest.raises(BadInput, match="au plus 1 voix"):
        votes.count_by_college(resolution, given(colleges, VoicesFields(pour=2, contre=0, abstention=0), NONE), **told)


def test_a_vote_by_name_counts_each_college_by_itself(resolution, colleges, by, told):
    by("chaque")
    resolution.way = "nominal"
    resolution.save()
    said = {each.pk: "pour" for each in resolution.assembly.voters.all()}
    row = votes.count_by_name(resolution, said, **told)
    assert row.outcome == "adoptee"
    assert {each.college.nom: each.pour for each in row.by_college.all()} == {"Médecins": 1, "Soignants": 2}


def test_a_college_that_says_nothing_decides_only_when_each_reading_agrees():
    said, silent = Votes("A", 3, 0, 3, 3, 40), Votes("B", 0, 0, 0, 5, 60)
    asked = {"share": HALF, "of": "exprimes", "by": "poids"}
    assert outcome_of([said, silent], **asked) == "a_confirmer"
    assert outcome_of([Votes("A", 3, 0, 3, 3, 70), silent], **asked) == "adoptee"
    assert outcome_of([Votes("A", 3, 0, 3, 3), silent], **asked) == "a_confirmer"
    assert outcome_of([Votes("A", 1, 1, 2, 2, 40), Votes("B", 1, 1, 2, 2, 60)], **asked) == "a_departager"
    assert outcome_of([said, Votes("", 1, 0, 1, 1)], **asked) == "a_confirmer"
    two_thirds = {**asked, "share": Fraction(2, 3), "by": "chaque"}
    assert outcome_of([said, Votes("B", 2, 1, 3, 3)], **two_thirds) == "adoptee"


def test_the_rule_shows_when_the_body_has_colleges(rules, colleges):
    assert dict(facts(rules))["Voix des collèges"] == "à confirmer"


def test_the_tables_refuse_a_weight_and_voices_that_make_no_sense(resolution, colleges):
    college = colleges["Médecins"]
    with pytest.raises(IntegrityError), transaction.atomic():
        College.objects.filter(pk=college.pk).update(weight=1001)
    kept = {"resolution": resolution, "pour": 1, "contre": 0, "abstention": 0}
    with pytest.raises(IntegrityError), transaction.atomic():
        CollegeVoices.objects.create(**kept, college=college, entitled=0)
    for who in (college, None):
        CollegeVoices.objects.create(**kept, college=who, entitled=1)
        with pytest.raises(IntegrityError), transaction.atomic():
            CollegeVoices.objects.create(**kept, college=who, entitled=1)
