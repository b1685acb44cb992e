"""Who belongs to what, shares that move, partner organisations: what is kept, what is refused."""

import datetime

import pytest
from tests import cast
from tests.apps.structures.entities import JANUARY, Entities

from maillage.apps.common.models import Event
from maillage.apps.common.refused import NotAllowed
from maillage.apps.structures import belongings, partners, shares
from maillage.apps.structures.belonging_fields import BelongingFields, PartnerFields
from maillage.apps.structures.fields import MemberFields
from maillage.apps.structures.models import Belonging, LegalEntity
from maillage.apps.structures.share_counts import shares_on
from maillage.core.kernel.problems import BadInput, read

JUNE = datetime.date(2026, 6, 1)
NOW = {"at": cast.NOW}


@pytest.fixture
def world(people) -> Entities:
    return Entities(people)


def refused(act, *args, **how) -> list[str]:
    with pytest.raises(BadInput) as wrong:
        act(*args, **how)
    return [problem.field for problem in wrong.value.problems]


def test_a_belonging_begins_ends_and_resumes(world):
    adherent = world.begin()
    belongings.end(adherent, on=JUNE, **world.told)
    assert adherent.until == JUNE
    belongings.resume(adherent, **world.told)
    assert adherent.until is None
    verbs = list(Event.objects.filter(subject_id=str(adherent.pk)).order_by("pk").values_list("verb", flat=True))
    assert verbs == ["faire entrer", "mettre fin", "faire revenir"]


def test_the_log_names_nobody(world):
    adherent = world.begin()
    told = Event.objects.get(subject_id=str(adherent.pk)).after
    assert "Exemple" not in str(told)


def test_the_same_quality_twice_at_once_is_refused(world):
    first = world.begin()
    assert refused(world.begin) == ["quality"]
    belongings.end(first, on=JUNE, **world.told)
    assert refused(world.begin, since=JUNE) == ["quality"]
    assert world.begin(since=JUNE + datetime.timedelta(days=1)).pk
    assert refused(belongings.resume, first, **world.told) == ["quality"]


def test_half_days_are_those_of_a_vacataire(world):
    assert refused(world.begin, half_days="2") == ["half_days"]
    assert world.begin(quality="vacataire", half_days="2,5").half_days == 2.5


def test_a_partner_is_no_employee(world):
    partner = partners.add(world.structure, read(PartnerFields, {"nom": "EHPAD", "since": JANUARY}), **world.told)
    assert refused(world.begin, partner, quality="salarie") == ["quality"]
    assert world.begin(partner).holder == partner
    again = read(PartnerFields, {"nom": "ehpad", "since": JANUARY})
    assert refused(partners.add, world.structure, again, **world.told) == ["nom"]


def test_a_legal_person_of_another_structure_is_not_one_of_ours(world, people):
    body = cast.Organisation.objects.create(kind="structure", nom="X", region="53", created_at=cast.NOW)
    other = cast.Structure.objects.create(organisation=body, kind="esp", nom="X", region="53", created_at=cast.NOW)
    theirs = LegalEntity.objects.create(structure=other, form="sisa")
    assert refused(world.begin, entity=theirs) == ["entity"]


def test_who_only_reads_writes_nothing(world, people):
    fields = read(BelongingFields, {"entity": world.sisa.pk, "since": JANUARY})
    for who in (people.membre, people.instructrice, people.stranger):
        with pytest.raises(NotAllowed):
            belongings.begin(world.structure, world.membre, fields, by=who, at=cast.NOW)
    assert not Belonging.objects.exists()


def test_a_mistake_is_removed_and_comes_back(world):
    adherent = world.begin()
    belongings.remove(adherent, **world.told)
    assert adherent.removed_at == cast.NOW
    belongings.restore(adherent, **world.told)
    assert adherent.removed_at is None
    fields = read(BelongingFields, {"entity": world.sisa.pk, "quality": "collaborateur", "since": JUNE})
    assert belongings.mend(adherent, fields, **world.told).entity == world.sisa


def test_who_receives_shares_becomes_an_associe_and_who_has_none_left_no_longer_is(world):
    world.move(10, taker=f"m:{world.porteuse.pk}")
    first = Belonging.objects.get(member=world.porteuse, quality="associe")
    world.move(4, giver=f"a:{first.pk}", taker=f"m:{world.membre.pk}", day=JUNE)
    second = Belonging.objects.get(member=world.membre, quality="associe")
    assert shares_on(world.sisa, on=JUNE) == {str(first.pk): 6, str(second.pk): 4}
    world.move(6, giver=f"a:{first.pk}", day=JUNE)
    first.refresh_from_db()
    assert (first.until, second.until) == (JUNE, None)


def test_nobody_gives_more_shares_than_they_hold_on_any_day(world):
    movement = world.move(10, taker=f"m:{world.porteuse.pk}", day=JUNE)
    first = Belonging.objects.get(quality="associe")
    assert refused(world.move, 11, giver=f"a:{first.pk}", day=JUNE) == ["shares"]
    assert refused(world.move, 5, giver=f"a:{first.pk}", day=JANUARY) == ["shares"]
    world.move(5, giver=f"a:{first.pk}", taker=f"m:{world.membre.pk}", day=JUNE)
    assert refused(shares.undo, movement, **world.told) == ["shares"]
    assert Belonging.objects.filter(quality="associe").count() == 2


def test_a_movement_is_undone_and_done_again(world):
    movement = world.move(10, taker=f"m:{world.porteuse.pk}")
    shares.undo(movement, **world.told)
    assert shares_on(world.sisa, on=JUNE) == {}
    shares.redo(movement, **world.told)
    assert list(shares_on(world.sisa, on=JUNE).values()) == [10]


def test_a_movement_sent_twice_is_noted_once(world):
    world.move(10, taker=f"m:{world.porteuse.pk}")
    assert refused(world.move, 10, taker=f"m:{world.porteuse.pk}") == ["reference"]
    side = {"taker": f"a:{Belonging.objects.get(quality='associe').pk}"}
    with pytest.raises(BadInput, match="déjà noté, il y a un instant"):
        world.move(10, **side)
    world.move(10, **side, reference="Assemblée du 12 mars")
    world.told["at"] += datetime.timedelta(minutes=2)
    undone = world.move(10, **side)
    shares.undo(undone, **world.told)
    world.move(10, **side)
    assert list(shares_on(world.sisa, on=JUNE).values()) == [30]


def test_an_associe_with_shares_does_not_leave_nor_change(world):
    world.move(10, taker=f"m:{world.porteuse.pk}")
    associe = Belonging.objects.get(quality="associe")
    assert refused(belongings.end, associe, on=JUNE, **world.told) == ["until"]
    assert refused(belongings.remove, associe, **world.told) == ["quality"]
    fields = read(BelongingFields, {"entity": world.association.pk, "quality": "associe", "since": JANUARY})
    assert refused(belongings.mend, associe, fields, **world.told) == ["quality"]


@pytest.mark.parametrize("side", ["a:x", "m:x", "p:00000000-0000-0000-0000-000000000000", "z:1", "rien"])
def test_a_choice_that_is_nobody_is_refused(world, side):
    assert refused(world.move, 1, taker=side) == ["taker"]
    assert refused(world.move, 1, giver=side) == ["giver"]


def test_a_movement_has_a_side_and_no_day_to_come(world):
    assert refused(world.move, 1) == ["taker"]
    later = cast.TODAY + datetime.timedelta(days=2)
    assert refused(world.move, 1, taker=f"m:{world.porteuse.pk}", day=later) == ["day"]


def test_a_handing_over_undone_makes_the_giver_an_associe_again(world):
    world.move(10, taker=f"m:{world.porteuse.pk}")
    giver = Belonging.objects.get(member=world.porteuse, quality="associe")
    moved = world.move(10, giver=f"a:{giver.pk}", taker=f"m:{world.membre.pk}", day=cast.TODAY, ends=True)
    for act, ends in ((None, cast.TODAY), (shares.undo, None), (shares.redo, cast.TODAY)):
        if act:
            act(moved, by=world.people.porteuse, at=cast.NOW)
        giver.refresh_from_db()
        assert giver.until == ends


def test_who_received_shares_since_does_not_end_before(world):
    row = world.begin(entity=world.sisa, quality="associe")
    world.move(10, taker=f"a:{row.pk}", day=cast.TODAY)
    with pytest.raises(BadInput):
        belongings.end(row, on=cast.TODAY - datetime.timedelta(days=30), by=world.people.porteuse, at=cast.NOW)


@pytest.mark.parametrize(("typed", "kept"), [("www.ehpad.example.org", "https://www.ehpad.example.org"), ("", "")])
def test_the_address_of_an_organisation_is_completed(typed, kept):
    assert read(PartnerFields, {"nom": "EHPAD", "since": JUNE, "web": typed}).web == kept


def test_a_wrong_address_or_commune_is_told_in_words():
    with pytest.raises(BadInput) as wrong:
        read(PartnerFields, {"nom": "EHPAD", "since": JUNE, "web": "ehpad"})
    assert "l'adresse d'un site" in wrong.value.problems[0].expected
    with pytest.raises(BadInput) as wrong:
        read(MemberFields, {"nom": "Lebrun", "metier": "infirmier", "commune": "Redon"})
    assert "code INSEE" in wrong.value.problems[0].expected
