"""Reading the log: to whom it is open, and how it is told."""

import datetime

import pytest
from tests import cast

from maillage.apps.accounts import journal
from maillage.apps.accounts.journal import Asked
from maillage.apps.accounts.models import Organisation, Role
from maillage.apps.common.services import record
from maillage.apps.territories.models import Region

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return cast.create()


@pytest.fixture
def log(people):
    """An act of the membre in the structure, one of the ARS, one of the installation."""
    scope = str(people.structure.organisation_id)
    ars = Organisation.objects.get(kind="ars")
    after = {"par": people.membre.event_actor, "minutes": 90, "ouvert": True, "lieux": ["Redon", "Renac"], "vide": None}
    record(by=people.membre, at=cast.NOW, verb="creer", subject=people.projet, after=after, scope=scope)
    record(by=people.instructrice, at=cast.NOW, verb="recevoir", subject=ars, scope=str(ars.pk))
    later = cast.NOW + datetime.timedelta(days=2)
    record(by="commande", at=later, verb="charger", subject=Region(code="53"), before={"carte": {"ancienne": 1}})


def verbs(person, asked=None):
    return {event.verb for event in journal.events_for(person, asked)}


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("porteuse", {"creer"}),
        ("coordinatrice", {"creer"}),
        ("membre", {"creer"}),
        ("redactrice", set()),
        ("accompagnatrice", set()),
        ("instructrice", {"recevoir"}),
        ("agent_cpam", set()),
        ("administrateur", {"charger"}),
        ("stranger", set()),
    ],
)
def test_the_log_is_open_to_those_concerned(people, log, name, seen):
    assert verbs(getattr(people, name)) == seen


def test_an_ars_never_reads_the_inner_acts_of_a_structure_even_its_administrator(people, log):
    ars = Organisation.objects.get(kind="ars")
    cast.give(people.stranger, ars, Role.Name.ADMINISTRATEUR)
    assert verbs(people.stranger) == {"recevoir"}


def test_a_role_that_ended_closes_the_log(people, log):
    Role.objects.filter(user=people.porteuse).update(until=cast.NOW)
    assert verbs(people.porteuse) == set()


def test_a_person_reads_what_is_done_to_their_account(people):
    record(by=people.porteuse, at=cast.NOW, verb="donner un rôle", subject=people.stranger)
    assert verbs(people.stranger) == {"donner un rôle"}


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        (Asked(verb="creer"), 1),
        (Asked(verb="signer"), 0),
        (Asked(subject="projets.projet"), 1),
        (Asked(since=cast.TODAY), 1),
        (Asked(until=cast.TODAY - datetime.timedelta(days=1)), 0),
        (Asked(scope="00000000-0000-0000-0000-000000000000"), 0),
    ],
)
def test_acts_are_looked_for(people, log, asked, count):
    assert journal.events_for(people.porteuse, asked).count() == count


def test_a_line_is_told_in_words(people, log):
    (line,) = journal.lines(journal.events_for(people.porteuse))
    assert (line.actor, line.verb, line.subject) == ("Membre Exemple", "créer", "projet de santé")
    assert (line.name, line.organisation) == ("Projet de santé de la MSP de Redon", "MSP de Redon")
    assert line.before == ()
    assert dict(line.after) == {
        "par": "Membre Exemple",
        "minutes": "90",
        "ouvert": "oui",
        "lieux": "Redon, Renac",
        "vide": "rien",
    }


def test_what_is_inside_is_told_flat_and_what_is_gone_is_said_gone(people, log):
    (line,) = journal.lines(journal.events_for(people.administrateur))
    assert (line.actor, line.name, line.before) == ("commande", "supprimé depuis", (("carte, ancienne", "1"),))


def test_a_forgotten_account_is_named_as_such(people, log):
    people.membre.is_active, people.membre.forgotten_at = False, cast.NOW
    people.membre.save()
    (line,) = journal.lines(journal.events_for(people.porteuse))
    assert line.actor == dict(line.after)["par"] == "compte supprimé"


def test_an_object_of_an_unknown_kind_or_key_does_not_break_the_log(people):
    event = record(by=people.porteuse, at=cast.NOW, verb="essayer", subject=people.projet)
    event.subject_type, event.subject_id = "parti.modele", "x"
    assert journal.lines([event])[0].subject == "parti.modele"
    event.subject_type = "projets.projet"
    assert journal.lines([event])[0].name == "supprimé depuis"


def test_what_can_be_looked_for_is_what_was_done(people, log):
    found = journal.choices(journal.events_for(people.porteuse))
    assert found["acteur"] == [(people.membre.event_actor, "Membre Exemple")]
    assert found["acte"] == [("creer", "créer")]
    assert found["objet"] == [("projets.projet", "projet de santé")]


def test_a_page_of_the_log_costs_a_few_queries(people, log, django_assert_max_num_queries):
    scope = str(people.structure.organisation_id)
    for minute in range(40):
        at = cast.NOW + datetime.timedelta(minutes=minute)
        record(by=people.membre, at=at, verb="renommer", subject=people.projet, scope=scope)
    with django_assert_max_num_queries(7):  # Whatever their number; the last one asks which authorities hide acts.
        assert len(journal.lines(journal.events_for(people.porteuse)[:50])) == 41


def test_what_was_written_as_keys_is_told_in_french_and_by_names(people):
    member = people.structure.members.create(nom="Le Goff", prenom="Anne", joined_on=cast.TODAY, metier="infirmier")
    after = {
        "is_signatory": True, "joined_on": "2026-11-22", "ecriture": False, "role": "commission",
        "membre": str(member.pk), "site": None, "change": ["prenom", "email"],
        "metier": "medecin_generaliste", "inconnu": "00000000-0000-4000-8000-000000000000",
    }  # fmt: skip
    scope = str(people.structure.organisation_id)
    record(by=people.porteuse, at=cast.NOW, verb="ajouter", subject=member, after=after, scope=scope)
    (line,) = journal.lines(journal.events_for(people.porteuse))
    told = dict(line.after)
    assert told["signe le projet"] == "oui"
    assert told["entré le"] == "22\xa0novembre\xa02026"
    assert told["peut écrire"] == "non"
    assert told["membre"] == "Anne Le Goff"
    assert told["rôle"] == "membre de commission"
    assert told["ce qui a changé"] == "prénom, adresse électronique"
    assert "_" not in told["métier"]
    assert told["inconnu"] == "non retrouvé"


def test_headings_taken_and_given_back_can_be_left_out(people):
    scope = str(people.structure.organisation_id)
    for verb in ("prendre", "rédiger", "liberer"):
        record(by=people.porteuse, at=cast.NOW, verb=verb, subject=people.projet, scope=scope)
    assert verbs(people.porteuse, Asked(held=False)) == {"rédiger"}
    assert verbs(people.porteuse, Asked(held=False, verb="prendre")) == {"prendre"}
    assert len(verbs(people.porteuse)) == 3
