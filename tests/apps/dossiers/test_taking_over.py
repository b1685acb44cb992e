"""Dossiers of a procedure taken over: whole, once, line by line, with nothing lost and nothing personal."""

import datetime

import pytest
from tests import cast, small_world
from tests.core.dossiers.procedure_sample import CHAMPS, answer, dossier
from tests.dossiers import cpts

from maillage.apps.accounts.models import Organisation
from maillage.apps.common.models import Event
from maillage.apps.common.refused import NotAllowed
from maillage.apps.dossiers.deciding import keep_silence
from maillage.apps.dossiers.importing.services import Wanted, take_over, told
from maillage.apps.dossiers.models import Decision, Dossier, Message, Recognition
from maillage.apps.structures.models import Structure
from maillage.core.kernel.french import fold

pytestmark = pytest.mark.django_db
COMMUNES = {"label": "Communes", "stringValue": "Redon", "commune": {"name": "Redon", "code": "35236"}}


@pytest.fixture
def people():
    small_world.create_territories()
    return cast.create()


def wanted(**fields):
    ars = Organisation.objects.get(kind="ars", region="53")
    named = {fold("Communes"): "communes", fold("Association qui porte la CPTS"): "entite_porteuse"}
    return Wanted("projet_sante_cpts", ars, named, **fields)


def test_a_dossier_comes_whole_with_its_days_in_the_territory(people):
    messages = [{"createdAt": "2026-03-02T09:00:00+01:00", "body": "Merci, bien reçu."}]
    content = answer(dossier(12, messages=messages, champs=[*CHAMPS, COMMUNES]))
    (line,) = take_over(content, wanted(), by=people.instructrice, at=cast.NOW)
    row = Dossier.objects.get(origin="demarche-numerique:12")
    assert (line.outcome, line.here, row.state, row.phase) == ("repris", row.number, "depose", "instruction")
    assert row.received_on == datetime.date(2026, 3, 1)
    assert row.answers["communes"] == ["35236"]
    assert row.structure.nom == "Association du pays de Redon"
    assert row.structure.organisation.departement == "35"
    assert row.messages.filter(is_internal=False).get().text.endswith("Merci, bien reçu.")
    assert Event.objects.filter(subject_id=str(row.pk)).count() == 1


def test_what_has_no_field_is_kept_in_an_internal_note_and_files_are_named(people):
    (line,) = take_over(answer(dossier(12)), wanted(), by=people.instructrice, at=cast.NOW)
    note = Message.objects.get(is_internal=True).text
    assert "Action : Repérer la fragilité" in note
    assert "statuts.pdf" in note
    assert line.files == ("statuts.pdf",)
    assert not any("quelqu-un@example.org" in each.text for each in Message.objects.all())


def test_taken_over_twice_it_is_left_alone(people):
    content = answer(dossier(1), dossier(2))
    take_over(content, wanted(), by=people.instructrice, at=cast.NOW)
    again = take_over(content, wanted(), by=people.instructrice, at=cast.NOW)
    assert [each.outcome for each in again] == ["déjà repris", "déjà repris"]
    assert Dossier.objects.count() == 2
    assert Structure.objects.filter(nom="Association du pays de Redon").count() == 1


def test_a_trial_writes_nothing(people):
    before = (Dossier.objects.count(), Structure.objects.count(), Event.objects.count())
    lines = take_over(answer(dossier(1)), wanted(trial=True), by=people.instructrice, at=cast.NOW)
    assert [each.outcome for each in lines] == ["repris"]
    assert (Dossier.objects.count(), Structure.objects.count(), Event.objects.count()) == before


def test_an_accepted_one_enters_the_register_and_a_second_on_its_territory_is_left_out_with_why(people):
    fields = {"champs": [COMMUNES], "dateTraitement": "2026-04-20T10:00:00+02:00"}
    other = {"demandeur": {"association": {"titre": "Autre association"}}}
    lines = take_over(
        answer(dossier(1, "accepte", **fields), dossier(2, "accepte", **fields, **other)),
        wanted(), by=people.decideuse, at=cast.NOW,
    )  # fmt: skip
    assert [each.outcome for each in lines] == ["repris", "écarté"]
    assert "Redon" in lines[1].reason
    assert Recognition.objects.get(until=None).is_published
    assert Dossier.objects.count() == 1
    assert told(lines) == "1 dossier repris, 0 déjà repris, 1 écarté"


def test_a_refusal_without_motives_says_that_they_were_not_in_the_file(people):
    take_over(answer(dossier(1, "refuse")), wanted(), by=people.decideuse, at=cast.NOW)
    decision = Decision.objects.get()
    assert (decision.sense, decision.motives[:20]) == ("refus", "Motifs non repris : ")
    assert decision.dossier.phase == "clos"


def test_a_text_that_tells_a_patient_is_left_out_and_the_others_come(people):
    champ = {
        "label": "Association qui porte la CPTS",
        "stringValue": "Mme Durand née le 12/03/1950, NIR 2 50 03 35 236 001 08",
    }
    lines = take_over(answer(dossier(1, champs=[champ]), dossier(2)), wanted(), by=people.instructrice, at=cast.NOW)
    assert [each.outcome for each in lines] == ["écarté", "repris"]
    assert "1950" not in lines[0].reason


def test_silence_decides_nothing_on_a_dossier_that_was_taken_over(people):
    take_over(answer(dossier(1, champs=[COMMUNES])), wanted(), by=people.instructrice, at=cast.NOW)
    assert keep_silence(Dossier.objects.get(), at=cast.NOW) is None
    assert Dossier.objects.get().state == "depose"


def test_it_joins_the_structure_of_the_same_name(people):
    here = cpts(people, nom="Association du pays de Redon").structure
    take_over(answer(dossier(1)), wanted(), by=people.instructrice, at=cast.NOW)
    assert Dossier.objects.get(origin="demarche-numerique:1").structure == here


def test_only_who_reviews_for_the_authority_may(people):
    for each in (people.porteuse, people.agent_cpam):
        with pytest.raises(NotAllowed):
            take_over(answer(dossier(1)), wanted(), by=each, at=cast.NOW)


@pytest.mark.parametrize("state", ["accepte", "refuse"])
def test_who_only_reviews_takes_over_no_decision(people, state):
    fields = {"champs": [COMMUNES], "dateTraitement": "2026-04-20T10:00:00+02:00"}
    lines = take_over(answer(dossier(1, state, **fields), dossier(2)), wanted(), by=people.instructrice, at=cast.NOW)
    assert [each.outcome for each in lines] == ["écarté", "repris"]
    assert "décideur" in lines[0].reason
    assert not Decision.objects.exists()
    assert not Recognition.objects.exists()


def test_nobody_takes_over_a_dossier_of_their_own_structure(people):
    cpts(people, nom="Association du pays de Redon")
    cast.give(people.porteuse, Organisation.objects.get(kind="ars"), cast.Role.Name.DECIDEUR)
    fields = {"champs": [COMMUNES], "dateTraitement": "2026-04-20T10:00:00+02:00"}
    (line,) = take_over(answer(dossier(1, "accepte", **fields)), wanted(), by=people.porteuse, at=cast.NOW)
    assert line.outcome == "écarté"
    assert "votre propre structure" in line.reason
    assert not Dossier.objects.exists()


def test_hostile_texts_are_cleaned_bounded_or_left_out_with_why(people):
    odd = dossier(1, motivation="a\u0000b", messages=[{"createdAt": "2026-03-02T09:00:00+01:00", "body": "x\ud800y"}])
    odd["demandeur"] = {"association": {"titre": "CPTS \u0001 " + "A" * 5_000}, "address": {"departmentCode": "35000"}}
    far = dossier(2, dateDepot="9999-12-31T23:59:59+01:00")
    long = dossier("9" * 200)
    lines = take_over(answer(odd, far, long), wanted(), by=people.instructrice, at=cast.NOW)
    assert [each.outcome for each in lines] == ["repris", "écarté", "écarté"]
    row = Dossier.objects.get()
    assert row.structure.nom.startswith("CPTS A")
    assert len(row.structure.nom) == 200
    assert row.structure.organisation.departement in ("", "35")
    assert row.messages.get(is_internal=False).text.endswith("xy")
