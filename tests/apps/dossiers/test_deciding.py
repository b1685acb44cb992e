"""A decision: who takes it, what forbids it, what it writes, what is seen of it."""

import datetime

import pytest
from tests import cast, small_world
from tests.cast import NOW, TODAY
from tests.dossiers import cpts, filed

from maillage.apps.common.models import Event
from maillage.apps.common.refused import NotAllowed
from maillage.apps.dossiers import deciding
from maillage.apps.dossiers.deciding import Wanted, decide, keep_silence, withdraw_decision
from maillage.apps.dossiers.models import Decision, Perimeter, Recognition
from maillage.core.kernel.problems import BadInput, read

pytestmark = pytest.mark.django_db
REFUSAL = {"verb": "refuser", "motives": "Le territoire n'est pas pertinent."}
DAY = datetime.timedelta(days=1)


@pytest.fixture
def people():
    small_world.create_territories()
    return cast.create()


@pytest.fixture
def dossier(people):
    return filed(cpts(people), state="a_decider", answers={"communes": ["35236", "35294"]})


def accept(dossier, people, **fields):
    return decide(dossier, read(Wanted, {"verb": "accepter", **fields}), by=people.decideuse, at=NOW)


def events(dossier):
    return list(Event.objects.filter(subject_id=str(dossier.pk)).order_by("pk"))


def test_an_acceptance_has_its_number_and_recognises_the_perimeter(dossier, people):
    decision = accept(dossier, people)
    assert decision.number == "PSC-D-53-2026-0001"
    assert (decision.sense, decision.decided_on) == ("accord", TODAY)
    recognition = Recognition.objects.get()
    assert (recognition.nom, recognition.since, recognition.is_published) == ("CPTS du pays de Redon", TODAY, False)
    assert list(recognition.perimeter.values_list("commune", flat=True)) == ["35236", "35294"]


def test_a_decision_taken_is_not_seen_of_who_filed(dossier, people):
    accept(dossier, people)
    dossier.refresh_from_db()
    assert dossier.state == "a_decider"
    (event,) = events(dossier)
    assert event.verb == "décider"
    assert event.scope == str(dossier.authority_id)
    assert event.after["decision"] == "PSC-D-53-2026-0001"
    assert "verifications" in event.after


@pytest.mark.parametrize("who", ["instructrice", "porteuse", "agent_cpam", "stranger"])
def test_only_who_decides_decides(dossier, people, who):
    with pytest.raises(NotAllowed):
        decide(dossier, Wanted(verb="accepter"), by=getattr(people, who), at=NOW)
    assert not Decision.objects.exists()


def test_a_dossier_is_decided_from_the_state_of_its_path(people):
    with pytest.raises(BadInput, match="n'est pas possible : ce dossier est « Déposé »"):
        accept(filed(cpts(people)), people)


def test_a_refusal_says_its_motives(dossier, people):
    with pytest.raises(BadInput, match="Écrivez les motifs"):
        decide(dossier, Wanted(verb="refuser"), by=people.decideuse, at=NOW)
    decision = decide(dossier, read(Wanted, REFUSAL), by=people.decideuse, at=NOW)
    assert decision.sense == "refus"
    assert not Recognition.objects.exists()


def test_a_dossier_has_one_decision(dossier, people):
    accept(dossier, people)
    with pytest.raises(BadInput, match="a déjà la décision PSC-D-53-2026-0001"):
        decide(dossier, read(Wanted, REFUSAL), by=people.decideuse, at=NOW)
    assert len(events(dossier)) == 1


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"decided_on": TODAY + DAY}, "n'est pas après aujourd'hui"),
        ({"decided_on": TODAY - DAY}, "n'est pas avant le dépôt"),
        ({"conditions": [{"text": "Recruter"}]}, "Seul un accord sous conditions"),
        ({"motives": "Patient 1 85 05 78 006 084 91"}, "patient"),
        ({"body": {"type": "n'importe quoi"}}, "texte structuré"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_written(dossier, people, fields, said):
    with pytest.raises(BadInput, match=said):
        accept(dossier, people, **fields)
    assert not Decision.objects.exists()
    assert not events(dossier)


def test_two_cpts_do_not_share_a_commune(dossier, people):
    accept(dossier, people)
    other = filed(cpts(people, nom="CPTS de Vilaine"), number="PSC-53-2026-0002", state="a_decider",
                  answers={"communes": ["35294"]})  # fmt: skip
    with pytest.raises(BadInput, match=r"La commune .*\(35294\) est déjà .*PSC-D-53-2026-0001"):
        accept(other, people)
    assert not other.decisions.exists()
    assert Perimeter.objects.count() == 2


def test_a_withdrawn_decision_ends_what_it_recognised(dossier, people):
    decision = accept(dossier, people)
    withdraw_decision(decision, reason="Erreur de périmètre", by=people.decideuse, at=NOW)
    decision.refresh_from_db()
    assert decision.withdrawn_reason == "Erreur de périmètre"
    assert Recognition.objects.get().until == TODAY
    assert not Perimeter.objects.filter(until=None).exists()
    assert accept(dossier, people).number == "PSC-D-53-2026-0002"


def test_a_decision_is_withdrawn_once_and_with_a_reason(dossier, people):
    decision = accept(dossier, people)
    with pytest.raises(BadInput, match="Dites pourquoi"):
        withdraw_decision(decision, reason=" ", by=people.decideuse, at=NOW)
    with pytest.raises(NotAllowed):
        withdraw_decision(decision, reason="Erreur", by=people.instructrice, at=NOW)
    withdraw_decision(decision, reason="Erreur", by=people.decideuse, at=NOW)
    with pytest.raises(BadInput, match="déjà retirée"):
        withdraw_decision(decision, reason="Erreur", by=people.decideuse, at=NOW)


def test_silence_decides_once_the_clock_is_over(dossier):
    assert keep_silence(dossier, at=NOW + 61 * DAY) is None
    decision = keep_silence(dossier, at=NOW + 62 * DAY)
    dossier.refresh_from_db()
    assert decision.sense == "silence_accord"
    assert decision.decided_on == datetime.date(2027, 1, 22)
    assert (dossier.state, dossier.due_on) == ("accepte", None)
    assert Recognition.objects.get().is_published
    assert [each.verb for each in events(dossier)] == ["constater silence"]
    assert keep_silence(dossier, at=NOW + 63 * DAY) is None


def test_silence_says_nothing_after_a_decision(dossier, people):
    decision = accept(dossier, people)
    assert keep_silence(dossier, at=NOW + 90 * DAY) is None
    Decision.objects.update(notified_at=NOW, from_state="a_decider")
    dossier.state, dossier.phase = "accepte", "suivi"
    dossier.save()
    withdraw_decision(decision, reason="Erreur", by=people.decideuse, at=NOW)
    assert Decision.objects.get().withdrawn_at is not None
    assert keep_silence(dossier, at=NOW + 90 * DAY) is None


def test_a_decision_withdrawn_before_its_notification_never_was(dossier, people):
    decision = accept(dossier, people)
    withdraw_decision(decision, reason="Erreur", by=people.decideuse, at=NOW)
    assert keep_silence(dossier, at=NOW + 61 * DAY) is None
    found = keep_silence(dossier, at=NOW + 62 * DAY)
    assert (found.sense, found.number) == ("silence_accord", "PSC-D-53-2027-0001")
    assert Recognition.objects.get(until=None).decision == found


def test_silence_does_not_take_a_commune_from_another(dossier, people):
    accept(dossier, people)
    other = filed(cpts(people, nom="CPTS de Vilaine"), number="PSC-53-2026-0002", answers={"communes": ["35294"]})
    assert keep_silence(other, at=NOW + 90 * DAY) is None
    assert not other.decisions.exists()
    assert not events(other)


def test_the_aci_and_the_accord_national_exclude_each_other(people, monkeypatch):
    monkeypatch.setattr(deciding, "forbidding", lambda *_args, **_named: ())
    kinds = ("adhesion_aci_cds", "adhesion_accord_national_cds")
    one, two = (
        filed(people.projet, kind, state="a_decider", number=f"ADH-53-2026-000{rank}")
        for rank, kind in enumerate(kinds, start=1)
    )
    first = accept(one, people)
    assert first.agreement.mode == "aci"
    with pytest.raises(BadInput, match=rf"adhère déjà à .*{first.number}\. L'ACI et l'accord national s'excluent"):
        accept(two, people)
    assert not two.decisions.exists()
    withdraw_decision(first, reason="Erreur", by=people.decideuse, at=NOW)
    assert accept(two, people).agreement.mode == "accord_national"
