"""Action sheets and protocols: written, ordered, removed and put back."""

import pytest
from tests import cast

from maillage.apps.activity.inputs import ActionFields, ProtocolFields
from maillage.apps.activity.models import Action, Protocol
from maillage.apps.activity.queries import action_of, actions_of, protocol_of, protocols_of
from maillage.apps.activity.services.actions import (
    create_action,
    duplicate_action,
    move_action,
    put_action_back,
    remove_action,
    set_action_state,
    write_action,
)
from maillage.apps.activity.services.protocols import (
    create_protocol,
    move_protocol,
    put_protocol_back,
    remove_protocol,
    write_protocol,
)
from maillage.apps.activity.writing import Changed, NotNow, stamp, values
from maillage.apps.common.models import Event
from maillage.apps.common.refused import NotAllowed
from maillage.apps.common.screening import PatientData
from maillage.apps.structures.models import Structure
from maillage.core.kernel.problems import BadInput

TOLD = "Vu Mme MARTIN Jeanne, 82 ans"


@pytest.fixture
def three(people):
    """Three sheets, in their order."""
    return [
        create_action(people.structure, ActionFields(title=title), by=people.porteuse, at=cast.NOW)
        for title in ("Chutes", "Diabète", "Accueil")
    ]


def titles(structure):
    return [action.title for action in actions_of(structure)]


def test_a_sheet_keeps_what_was_given(people, members):
    fields = ActionFields(
        title="Chutes", budget="12 500,50", pilot=members["membre"].pk, indicators=[{"nom": "Ateliers", "cible": "10"}]
    )
    missions = [{"code": "MSP-1.6a", "titre": "Missions de santé publique", "niveau": "option"}]
    action = create_action(people.structure, fields, missions=missions, by=people.redactrice, at=cast.NOW)
    action.refresh_from_db()
    assert (str(action.budget), action.pilot, action.missions) == ("12500.50", members["membre"], missions)
    assert action.indicators == [{"nom": "Ateliers", "cible": "10", "source": ""}]
    assert Event.objects.get(subject_id=str(action.pk)).after["intitulé"] == "Chutes"


@pytest.mark.parametrize("part", ["membre", "accompagnatrice", "instructrice", "agent_cpam", "stranger"])
def test_who_may_not_write_writes_no_sheet(people, part):
    with pytest.raises(NotAllowed):
        create_action(people.structure, ActionFields(title="Chutes"), by=getattr(people, part), at=cast.NOW)
    with pytest.raises(NotAllowed):
        create_protocol(people.structure, ProtocolFields(title="Plaies"), by=getattr(people, part), at=cast.NOW)


def test_only_what_changed_is_in_the_event_and_nothing_when_nothing_did(people, three):
    write_action(three[0], ActionFields(title="Chutes", objective="Moins"), by=people.porteuse, at=cast.NOW)
    write_action(three[0], ActionFields(title="Chutes", objective="Moins"), by=people.porteuse, at=cast.NOW)
    last = Event.objects.filter(subject_id=str(three[0].pk), verb="modifier").get()
    assert (last.before, last.after) == ({"objectif": ""}, {"objectif": "Moins"})


def test_two_people_who_write_a_sheet_lose_nothing(people, three):
    seen = stamp(three[0])
    write_action(three[0], ActionFields(title="Premier"), seen=seen, by=people.porteuse, at=cast.NOW)
    with pytest.raises(Changed) as changed:
        write_action(three[0], ActionFields(title="Second"), seen=seen, by=people.redactrice, at=cast.NOW)
    assert changed.value.now.title == "Premier"
    write_action(
        three[0], ActionFields(title="Second"), seen=stamp(changed.value.now), by=people.redactrice, at=cast.NOW
    )
    assert titles(people.structure)[0] == "Second"


def test_a_sheet_moves_in_the_list_and_stays_at_its_ends(people, three):
    move_action(three[2], -1, by=people.porteuse, at=cast.NOW)
    assert titles(people.structure) == ["Chutes", "Accueil", "Diabète"]
    move_action(three[0], -1, by=people.porteuse, at=cast.NOW)
    assert titles(people.structure) == ["Chutes", "Accueil", "Diabète"]
    assert Event.objects.filter(verb="ordonner").count() == 1


def test_a_copy_is_not_begun(people, three):
    set_action_state(three[0], "finie", by=people.porteuse, at=cast.NOW)
    three[0].refresh_from_db()
    copy = duplicate_action(three[0], by=people.porteuse, at=cast.NOW)
    assert (copy.title, copy.state) == ("Chutes (copie)", "prevue")
    assert titles(people.structure)[-1] == "Chutes (copie)"


def test_a_state_that_does_not_exist_is_refused(people, three):
    with pytest.raises(BadInput):
        set_action_state(three[0], "oubliee", by=people.porteuse, at=cast.NOW)


def test_a_removed_sheet_is_put_back_as_it_was(people, three, members):
    fields = ActionFields(title="Chutes", starts_on="2026-12-01", pilot=members["membre"].pk, budget="10")
    write_action(three[0], fields, by=people.porteuse, at=cast.NOW)
    three[0].refresh_from_db()
    before = values(three[0])
    key = remove_action(three[0], by=people.porteuse, at=cast.NOW)
    assert titles(people.structure) == ["Diabète", "Accueil"]
    back = put_action_back(people.structure, key, by=people.porteuse, at=cast.NOW)
    assert (str(back.pk), values(back)) == (key, before)
    with pytest.raises(NotNow):
        put_action_back(people.structure, key, by=people.porteuse, at=cast.NOW)


def test_a_sheet_of_elsewhere_is_neither_seen_nor_put_back(people, three):
    key = remove_action(three[0], by=people.porteuse, at=cast.NOW)
    organisation = people.structure.organisation
    organisation.pk = None
    organisation._state.adding = True
    organisation.save()
    other = Structure.objects.create(
        organisation=organisation, kind="msp", nom="Ailleurs", region="53", created_at=cast.NOW
    )
    people.coordinatrice.roles.create(organisation=organisation, name="coordinateur", since=cast.NOW)
    assert action_of(other, three[1].pk) is None
    with pytest.raises(NotNow):
        put_action_back(other, key, by=people.coordinatrice, at=cast.NOW)
    assert not Action.objects.filter(pk=key).exists()


@pytest.mark.parametrize(
    "field", ["title", "objective", "need_text", "population", "partners", "steps", "means", "funding"]
)
def test_no_text_of_a_sheet_may_tell_a_patient(people, field):
    with pytest.raises(PatientData) as stopped:
        create_action(
            people.structure, ActionFields(**{"title": "Chutes", field: TOLD}), by=people.porteuse, at=cast.NOW
        )
    assert set(stopped.value.findings) == {field}
    assert not Action.objects.exists()


def test_an_indicator_may_not_tell_a_patient_either(people):
    fields = ActionFields(title="Chutes", indicators=[{"nom": TOLD}])
    with pytest.raises(PatientData):
        create_action(people.structure, fields, by=people.porteuse, at=cast.NOW)


def test_a_pilot_is_of_the_team(people):
    with pytest.raises(BadInput):
        create_action(
            people.structure, ActionFields(title="Chutes", pilot=people.projet.pk), by=people.porteuse, at=cast.NOW
        )


def test_a_protocol_is_written_ordered_removed_and_put_back(people):
    first, second = (
        create_protocol(
            people.structure, ProtocolFields(title=title, metiers=("infirmier",)), by=people.porteuse, at=cast.NOW
        )
        for title in ("Plaies", "Chutes")
    )
    seen = stamp(first)
    write_protocol(first, ProtocolFields(title="Plaies", need="Détours"), seen=seen, by=people.porteuse, at=cast.NOW)
    with pytest.raises(Changed):
        write_protocol(first, ProtocolFields(title="Autre"), seen=seen, by=people.porteuse, at=cast.NOW)
    move_protocol(second, -1, by=people.porteuse, at=cast.NOW)
    assert [each.title for each in protocols_of(people.structure)] == ["Chutes", "Plaies"]
    key = remove_protocol(second, by=people.porteuse, at=cast.NOW)
    assert protocol_of(people.structure, second.pk) is None or Protocol.objects.count() == 1
    assert put_protocol_back(people.structure, key, by=people.porteuse, at=cast.NOW).metiers == ["infirmier"]
    with pytest.raises(NotNow):
        put_protocol_back(people.structure, key, by=people.porteuse, at=cast.NOW)


def test_a_protocol_names_known_metiers_and_no_patient(people):
    with pytest.raises(BadInput):
        create_protocol(
            people.structure, ProtocolFields(title="Plaies", metiers=("plombier",)), by=people.porteuse, at=cast.NOW
        )
    with pytest.raises(PatientData):
        create_protocol(people.structure, ProtocolFields(title="Plaies", content=TOLD), by=people.porteuse, at=cast.NOW)
