"""Members come, change, leave and come back; the directory fills what it knows."""

import datetime
import json
from decimal import Decimal

import pytest
from tests import cast
from tests.apps.structures.people import DURAND, MARTIN, PETIT

from maillage.apps.common.models import Event
from maillage.apps.common.refused import NotAllowed
from maillage.apps.common.screening import PatientData
from maillage.apps.structures import team
from maillage.apps.structures.directory import is_loaded, look_up
from maillage.apps.structures.fields import MemberFields
from maillage.apps.structures.likeness import AlreadyInTeam
from maillage.apps.structures.models import Member
from maillage.apps.structures.queries import filtered, present, situation_of_team, still_to_name
from maillage.core.kernel.problems import BadInput, read

TOMORROW = cast.TODAY + datetime.timedelta(days=1)


def told(**changes):
    return read(MemberFields, {"nom": "Martin", "metier": "Médecin généraliste", **changes})


def fields_refused(**changes):
    with pytest.raises(BadInput) as refused:
        told(**changes)
    return [problem.field for problem in refused.value.problems]


def add(people, **changes):
    return team.add_member(people.structure, told(**changes), by=people.porteuse, at=cast.NOW)


def test_a_member_is_read_as_a_person_types(people):
    fields = told(metier="Kiné", mode="Libérale", etp="0,8", email=" Anne@Example.org ", rpps="1000 0000 017")
    assert (fields.metier, fields.mode, fields.etp) == ("masseur_kinesitherapeute", "liberal", Decimal("0.80"))
    assert (fields.email, fields.rpps, fields.is_signatory) == ("anne@example.org", MARTIN, True)
    assert told(is_signatory="non", joined_on="3/2/2025").joined_on == datetime.date(2025, 2, 3)
    assert told(is_signatory="non").is_signatory is False


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("nom", " "), ("metier", "plombier"), ("metier", ""), ("mode", "parfois"), ("rpps", "10000000016"),
        ("rpps", "123"), ("email", "anne"), ("etp", "3"), ("etp", "beaucoup"), ("commune", "Redon"),
        ("email", "jean@exemple..fr"), ("email", "a(b@c.de"),
        ("joined_on", "hier"), ("is_signatory", "peut-être"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_beside_its_field(field, value):
    assert fields_refused(**{field: value}) == [field]


def test_a_metier_nearly_right_is_proposed():
    with pytest.raises(BadInput, match="vouliez-vous dire « infirmier »"):
        told(metier="infirmié libé")


def test_a_member_found_in_the_directory_says_when(people, directory):
    assert add(people, rpps=MARTIN).rpps_checked_at == cast.NOW
    assert add(people, nom="Personne", rpps="10000000041").rpps_checked_at is None


def test_the_same_number_is_not_twice_in_a_team(people):
    add(people, rpps=MARTIN)
    with pytest.raises(BadInput) as refused:
        add(people, rpps=MARTIN)
    assert refused.value.problems[0].field == "rpps"
    assert Member.objects.filter(rpps=MARTIN).count() == 1


@pytest.mark.parametrize(
    "again",
    [
        {"nom": "LE BRUN", "prenom": "Éloïse", "metier": "infirmier", "rpps": PETIT},
        {"nom": "le-brun", "prenom": "eloise", "metier": "infirmier", "email": "autre@example.org"},
        {"nom": "Martin", "email": "Eloise@Example.org"},
    ],
)
def test_who_looks_like_a_member_is_asked_about(people, again):
    known = add(people, nom="Le Brun", prenom="Éloïse", metier="infirmier", email="eloise@example.org")
    with pytest.raises(AlreadyInTeam) as refused:
        add(people, **again)
    assert refused.value.member == known
    with pytest.raises(BadInput):
        team.add_members(people.structure, [told(**again)], by=people.porteuse, at=cast.NOW)
    other = team.add_member(people.structure, told(**again), by=people.porteuse, at=cast.NOW, is_other=True)
    assert other.pk != known.pk


def test_namesakes_of_another_metier_or_another_number_are_not_the_same(people):
    add(people, nom="Le Brun", metier="infirmier", rpps=PETIT)
    add(people, nom="Le Brun", metier="sage_femme")
    add(people, nom="Le Brun", metier="infirmier", rpps=DURAND)
    assert Member.objects.filter(nom="Le Brun").count() == 3


def test_the_log_says_nothing_of_the_person(people):
    member = add(people, nom="Lebrun", prenom="Odile", email="odile@example.org", rpps=MARTIN, etp="0.5")
    team.change_member(member, told(nom="Leblanc", prenom="Odile"), by=people.porteuse, at=cast.NOW)
    written = json.dumps([[event.before, event.after] for event in Event.objects.all()])
    assert "Lebrun" not in written
    assert "odile" not in written
    assert MARTIN not in written
    assert Event.objects.get(verb="modifier").after["change"] == ["nom", "email", "rpps"]


def test_a_change_of_nothing_writes_nothing(people):
    member = add(people)
    team.change_member(member, told(), by=people.redactrice, at=cast.NOW)
    assert Event.objects.count() == 1


def test_a_member_leaves_and_comes_back(people):
    member = add(people, rpps=MARTIN)
    with pytest.raises(BadInput):
        team.leave(member, on=cast.TODAY - datetime.timedelta(days=1), by=people.porteuse, at=cast.NOW)
    team.leave(member, on=TOMORROW, by=people.porteuse, at=cast.NOW)
    assert member not in present(people.structure)
    again = add(people, rpps=MARTIN)
    with pytest.raises(BadInput):
        team.come_back(member, by=people.porteuse, at=cast.NOW)
    team.leave(again, on=cast.TODAY, by=people.porteuse, at=cast.NOW)
    member.refresh_from_db()
    team.come_back(member, by=people.porteuse, at=cast.NOW)
    assert member in present(people.structure)


def test_a_site_of_another_structure_is_refused(people):
    with pytest.raises(BadInput) as refused:
        add(people, site=404)
    assert refused.value.problems[0].field == "site"


@pytest.mark.parametrize("who", ["membre", "accompagnatrice", "instructrice", "stranger"])
def test_who_may_not_write_changes_nothing_of_the_team(people, who):
    person, member = getattr(people, who), people.structure.members.first()
    for act in (
        lambda: team.add_member(people.structure, told(), by=person, at=cast.NOW),
        lambda: team.add_members(people.structure, [told()], by=person, at=cast.NOW),
        lambda: team.change_member(member, told(), by=person, at=cast.NOW),
        lambda: team.leave(member, on=TOMORROW, by=person, at=cast.NOW),
        lambda: team.come_back(member, by=person, at=cast.NOW),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert not Event.objects.exists()


def test_a_list_is_added_whole_or_not_at_all(people):
    rows = [told(nom="Un", rpps=MARTIN), told(nom="Deux", rpps=MARTIN)]
    with pytest.raises(BadInput) as refused:
        team.add_members(people.structure, rows, by=people.porteuse, at=cast.NOW)
    assert refused.value.problems[0].field == "1.rpps"
    assert not Member.objects.filter(nom="Un").exists()
    team.add_members(people.structure, rows[:1], by=people.porteuse, at=cast.NOW)
    assert Event.objects.get().verb == "importer"


def test_a_professional_is_found_by_number_at_each_site(people, directory):
    found = look_up("1000 0000 017", [])
    assert {(each.site, each.commune_nom, each.mode) for each in found} == {
        ("Cabinet de la gare", "Redon", "liberal"), ("Centre hospitalier", "Rennes", "salarie"),
    }  # fmt: skip


def test_a_professional_is_found_by_the_beginning_of_a_name_in_a_commune(people, directory):
    assert [each.rpps for each in look_up("petit", ["35236"])] == [PETIT]
    assert [each.rpps for each in look_up("zoe dur", ["35238", "35236"])] == [DURAND]
    assert look_up("durand", ["35236"]) == []


@pytest.mark.parametrize(("words", "communes"), [("10000000016", ["35236"]), ("m", ["35236"]), ("martin", [])])
def test_a_search_that_cannot_find_says_what_to_give(people, directory, words, communes):
    with pytest.raises(BadInput):
        look_up(words, communes)


def test_a_directory_that_is_not_loaded_is_told(people):
    assert not is_loaded()


def test_the_team_is_counted_as_the_rules_ask(people):
    add(people, nom="Un", mode="salarié")
    add(people, nom="Deux", metier="secrétaire")
    add(people, nom="Trois", metier="psychologue", mode="bénévole")
    assert situation_of_team(people.structure) == [
        {"profession": "medecin_generaliste", "nombre": 1, "exercice": "liberal"},
        {"profession": "medecin_generaliste", "nombre": 1, "exercice": "salarie"},
        {"profession": "infirmier", "nombre": 1, "exercice": "liberal"},
    ]


def test_who_was_counted_and_is_not_named_yet_is_still_expected(people):
    counted = {"professionnels": [{"profession": "medecin_generaliste", "nombre": 3}, {"profession": "infirmier"}]}
    assert still_to_name(people.structure, counted) == [("medecin_generaliste", 2)]


def test_the_list_is_filtered_and_sorted(people):
    gone = add(people, nom="Zola", metier="pharmacien")
    team.leave(gone, on=TOMORROW, by=people.porteuse, at=cast.NOW)
    everyone = list(people.structure.members.all())
    assert [each.prenom for each in filtered(everyone, words="membre")] == ["Membre"]
    assert [each.metier for each in filtered(everyone, order="metier")] == ["medecin_generaliste", "infirmier"]
    assert [each.nom for each in filtered(everyone, state="sortis")] == ["Zola"]
    assert len(filtered(everyone, state="tous")) == 3
    assert [each.metier for each in filtered(everyone, metier="infirmier")] == ["infirmier"]


def test_the_name_of_a_colleague_goes_through_and_what_tells_a_patient_does_not(people):
    member = add(people, nom="Lefèvre", prenom="Anne")
    for said in ({"nom": "Mme Lefèvre, 84 ans"}, {"nom": "Lefèvre", "prenom": "Anne, née le 12/03/1948"}):
        with pytest.raises(PatientData):
            team.change_member(member, told(**said), by=people.porteuse, at=cast.NOW)
    with pytest.raises(BadInput) as refused:
        team.add_members(people.structure, [told(nom="Mme Lefèvre, 84 ans")], by=people.porteuse, at=cast.NOW)
    (problem,) = refused.value.problems
    assert problem.message.startswith("0.nom : 1 passage à revoir. Une personne est nommée avec son âge.")
    assert Member.objects.filter(nom__contains="84").count() == 0
