"""An assembly: called, with its powers, its quorum and its voters."""

import datetime

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from tests import cast
from tests.apps.governance.conftest import PARIS, called

from maillage.apps.activity.writing import NotNow
from maillage.apps.common.refused import NotAllowed
from maillage.apps.governance.counting import electorate, quorum_of
from maillage.apps.governance.deadlines import deadlines
from maillage.apps.governance.inputs import CollegeFields, MandateFields
from maillage.apps.governance.models import Assembly, Convocation, Dispatch, Power, Voter
from maillage.apps.governance.queries import assemblies_of
from maillage.apps.governance.services import assemblies, bodies, convocations, mandates, powers
from maillage.apps.structures.models import LegalEntity
from maillage.core.kernel.problems import BadInput

DAY = datetime.date(2026, 12, 13)
AFTER = datetime.datetime(2026, 12, 14, tzinfo=datetime.UTC)
SEND = {"address": "https://maillage.example.org/", "sender": "maillage@example.org"}


def test_an_assembly_calls_the_whole_team_and_is_a_meeting(assembly, rules, team):
    assert assembly.rules == rules
    assert assembly.meeting.kind == "assemblee"
    assert set(assembly.voters.values_list("member", flat=True)) == {each.pk for each in team.values()}
    assert assembly.meeting.expected.count() == 4


def test_a_bureau_calls_who_holds_a_mandate(people, bureau, team, told):
    fields = MandateFields(member=team["kine"].pk, function="Secrétariat", since=cast.TODAY)
    mandates.give_mandate(bureau, fields, **told)
    row = assemblies.call_assembly(people.structure, called(bureau), zone=PARIS, **told)
    assert [str(each) for each in row.voters.all()] == ["Kerouédan"]
    assert row.meeting.kind == "bureau"


def test_the_assembly_of_a_legal_person_calls_its_adherents(people, assembly_body, team):
    from maillage.apps.structures.belonging_models import Belonging

    entity = LegalEntity.objects.create(structure=people.structure, form="association_1901")
    assembly_body.entity = entity
    for name, quality in (("kine", "adherent"), ("pharmacien", "partenaire")):
        Belonging.objects.create(entity=entity, member=team[name], quality=quality, since=cast.TODAY)
    assert [str(member) for member, _ in electorate(assembly_body, DAY)] == ["Kerouédan"]


def test_a_college_takes_the_members_of_its_metiers(people, rules, team, told):
    college = bodies.add_college(rules.body, CollegeFields(nom="Officine", metiers=("pharmacien",)), **told)
    row = assemblies.call_assembly(people.structure, called(rules.body), zone=PARIS, **told)
    assert [str(each.member) for each in row.voters.filter(college=college)] == ["Le Goff"]


def test_the_quorum_follows_who_comes_and_who_is_spoken_for(assembly, voters, come, told):
    assert quorum_of(assembly).is_reached is False
    come("porteuse")
    powers.give_power(assembly, voters["kine"].pk, voters["porteuse"].pk, **told)
    found = quorum_of(assembly)
    assert (found.whole.present, found.whole.represented, found.whole.needed) == (1, 1, 2)
    assert found.is_reached is True
    come("kine")
    assert quorum_of(assembly).whole.represented == 0


def test_a_power_is_given_by_who_is_away_and_held_by_who_gave_none(assembly, voters, come, told):
    kine, pharmacien, porteuse, membre = (voters[name].pk for name in ("kine", "pharmacien", "porteuse", "membre"))
    powers.give_power(assembly, kine, porteuse, **told)
    with pytest.raises(NotNow, match="déjà 1 pouvoir"):
        powers.give_power(assembly, pharmacien, porteuse, **told)
    with pytest.raises(NotNow, match="déjà donné"):
        powers.give_power(assembly, pharmacien, kine, **told)
    with pytest.raises(NotNow, match="a reçu un pouvoir"):
        powers.give_power(assembly, porteuse, membre, **told)
    with pytest.raises(BadInput, match="un autre membre"):
        powers.give_power(assembly, membre, membre, **told)
    come("membre")
    with pytest.raises(NotNow, match="noté présent"):
        powers.give_power(assembly, membre, pharmacien, **told)
    powers.give_power(assembly, kine, pharmacien, **told)
    assert Power.objects.get().holder_id == pharmacien
    powers.take_power_back(assembly, kine, **told)
    assert not Power.objects.exists()


def test_statutes_without_powers_refuse_them(assembly, rules, voters, told):
    rules.powers_most = 0
    rules.save()
    with pytest.raises(NotNow, match="ne permettent pas"):
        powers.give_power(assembly, voters["kine"].pk, voters["porteuse"].pk, **told)


def test_a_member_gives_their_own_power_and_no_other(people, assembly, voters):
    told = {"by": people.membre, "at": cast.NOW}
    power = powers.give_power(assembly, voters["membre"].pk, voters["porteuse"].pk, **told)
    assert power.is_own
    with pytest.raises(NotAllowed):
        powers.give_power(assembly, voters["kine"].pk, voters["pharmacien"].pk, **told)
    with pytest.raises(NotAllowed):
        powers.take_power_back(assembly, voters["membre"].pk, by=people.accompagnatrice, at=cast.NOW)
    powers.take_power_back(assembly, voters["membre"].pk, **told)


def test_the_convocation_goes_to_each_with_its_proof(people, assembly, told):
    convocation, sent = convocations.send_convocation(assembly, **SEND, **told)
    assert (len(sent.told), sent.failed, sent.without) == (4, (), ())
    assert len({message.to[0] for message in mail.outbox}) == 4
    names = [attachment[0] for attachment in mail.outbox[0].attachments]
    assert names == ["reunion.ics", "convocation.pdf"]
    assert bytes(convocation.pdf).startswith(b"%PDF")
    assert Dispatch.objects.filter(state="envoye").count() == 4
    again, _ = convocations.send_convocation(assembly, **SEND, **told)
    assert again.number == 2


def test_who_has_no_address_is_said_then_noted_by_hand(assembly, team, told):
    team["kine"].email = ""
    team["kine"].save()
    convocation, sent = convocations.send_convocation(assembly, **SEND, **told)
    assert [str(each) for each in sent.without] == ["Kerouédan"]
    convocations.note_dispatch(convocation, team["kine"].pk, "main_propre", **told)
    assert convocation.dispatches.get(member=team["kine"]).get_way_display() == "remise en main propre"
    with pytest.raises(BadInput):
        convocations.note_dispatch(convocation, team["kine"].pk, "courriel", **told)


def test_an_assembly_that_began_is_not_called(assembly, told):
    with pytest.raises(NotNow, match="trop tard"):
        convocations.send_convocation(assembly, **SEND, by=told["by"], at=cast.NOW + datetime.timedelta(days=30))
    assert not Convocation.objects.exists()


def test_the_last_day_to_call_is_a_deadline_until_it_is_sent(people, assembly, told):
    span = {"since": cast.TODAY, "until": DAY}
    assert [each.day for each in deadlines(people.structure, **span)] == [datetime.date(2026, 11, 28)]
    convocations.send_convocation(assembly, **SEND, **told)
    assert list(deadlines(people.structure, **span)) == []


def test_a_second_call_follows_a_lack_of_quorum(people, assembly, rules, come, told):
    rules.second_days, rules.second_top, rules.second_bottom = 10, 0, 1
    rules.save()
    come("porteuse")
    later = called(rules.body, day="2026-12-23")
    with pytest.raises(NotNow, match="pas encore commencé"):
        assemblies.call_again(assembly, later, zone=PARIS, **told)
    told = {**told, "at": AFTER}
    with pytest.raises(NotNow, match="10 jours"):
        assemblies.call_again(assembly, called(rules.body, day="2026-12-20"), zone=PARIS, **told)
    again = assemblies.call_again(assembly, later, zone=PARIS, **told)
    assert again.voters.count() == 4
    assert quorum_of(again).is_reached is True
    with pytest.raises(NotNow, match="déjà une seconde"):
        assemblies.call_again(assembly, called(rules.body, day="2026-12-24"), zone=PARIS, **told)


def test_no_second_call_when_the_quorum_is_there_or_unknown(assembly, rules, come, told):
    come("porteuse", "kine")
    with pytest.raises(NotNow, match="sans quorum"):
        assemblies.call_again(assembly, called(rules.body, day="2026-12-30"), zone=PARIS, by=told["by"], at=AFTER)


def test_who_votes_is_corrected(assembly, rules, team, told):
    college = bodies.add_college(rules.body, CollegeFields(nom="Soignants"), **told)
    assemblies.set_voters(assembly, {team["kine"].pk: college.pk, team["membre"].pk: None}, **told)
    assert {(str(each), str(each.college or "")) for each in assembly.voters.all()} == {
        ("Kerouédan", "Soignants"),
        ("Membre Exemple", ""),
    }
    with pytest.raises(BadInput, match="collège de cet organe"):
        assemblies.set_voters(assembly, {team["kine"].pk: team["kine"].pk}, **told)


def test_who_is_bound_by_a_power_stays_on_the_list(assembly, voters, team, told):
    powers.give_power(assembly, voters["kine"].pk, voters["porteuse"].pk, **told)
    with pytest.raises(NotNow, match="reste sur la liste"):
        assemblies.set_voters(assembly, {team["membre"].pk: None, team["kine"].pk: None}, **told)
    assert Power.objects.exists()
    with pytest.raises(BadInput, match="membre de l'équipe"):
        assemblies.set_voters(assembly, {each.pk: None for each in (*team.values(), assembly)}, **told)


def test_an_assembly_changes_its_day_not_its_body(assembly, rules, bureau, told):
    row = assemblies.change_assembly(assembly, called(rules.body, day="2026-12-14"), zone=PARIS, **told)
    assert row.meeting.sequence == 1
    with pytest.raises(BadInput, match="même organe"):
        assemblies.change_assembly(assembly, called(bureau), zone=PARIS, **told)


@pytest.mark.parametrize("part", ["membre", "instructrice", "stranger"])
def test_only_who_writes_calls_and_only_the_team_sees(people, assembly, rules, part):
    person = getattr(people, part)
    with pytest.raises(NotAllowed):
        assemblies.call_assembly(people.structure, called(rules.body), zone=PARIS, by=person, at=cast.NOW)
    assert assemblies_of(person, people.structure).exists() is (part == "membre")


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Convocation, {"fingerprint": "abc"}),
        (Assembly, {"first": "self"}),
    ],
)
def test_the_database_refuses_what_cannot_be(assembly, told, model, change):
    convocations.send_convocation(assembly, **SEND, **told)
    wanted = {name: assembly.pk if value == "self" else value for name, value in change.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**wanted)


def test_the_database_holds_each_thing_once(assembly, voters, team, told):
    convocation, _ = convocations.send_convocation(assembly, **SEND, **told)
    power = powers.give_power(assembly, voters["kine"].pk, voters["porteuse"].pk, **told)
    twice = [
        lambda: Voter.objects.create(assembly=assembly, member=team["kine"]),
        lambda: Power.objects.filter(pk=power.pk).update(holder=power.giver),
        lambda: Dispatch.objects.create(
            convocation=convocation, member=team["kine"], way="courrier", state="envoye", at=cast.NOW
        ),
        lambda: Convocation.objects.create(
            assembly=assembly, number=1, pdf=b"", fingerprint="0" * 64, at=cast.NOW, by=told["by"]
        ),
    ]
    for write in twice:
        with pytest.raises(IntegrityError), transaction.atomic():
            write()
