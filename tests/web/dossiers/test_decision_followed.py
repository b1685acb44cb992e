"""What who files and who decides read around a decision: open conditions, the last ways to appeal, a dossier closed."""

import datetime

import pytest
from tests import cast, small_world
from tests.cast import NOW, TODAY
from tests.dossiers import cpts, filed
from tests.web.dossiers.test_decision_pages import at, signed_in, text_of

from maillage.apps.dossiers.models import Condition, Decision

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    small_world.create_territories()
    return cast.create()


def decided(dossier, people, **fields):
    told = {"sense": "accord", "number": "D-1", "decided_on": TODAY, "signed_on": TODAY, "notified_at": NOW}
    return Decision.objects.create(dossier=dossier, at=NOW, by=people.decideuse, **{**told, **fields})


def test_an_open_condition_awaits_who_filed(people):
    dossier = filed(cpts(people), state="accepte")
    decision = decided(dossier, people, sense="conditions", motives="Budget fragile.")
    due = datetime.date(2027, 3, 1)
    condition = Condition.objects.create(decision=decision, text="Recruter un médecin.", due_on=due)
    client = signed_in(people.porteuse)
    page = text_of(client.get(at("dossier", dossier)))
    assert "Condition à remplir avant le 1er mars 2027" in page
    assert "Recruter un médecin." in page
    assert "Envoyer la preuve" in page
    condition.met_on = TODAY
    condition.save()
    assert "Rien : ce dossier est terminé" in text_of(client.get(at("dossier", dossier)))


def test_the_last_ways_to_appeal_are_proposed_with_who_wrote_them(people):
    decided(filed(cpts(people), state="accepte"), people, appeal="Deux mois, tribunal de Rennes.")
    other = filed(cpts(people, nom="CPTS B"), state="a_decider", number="PSC-53-2026-0002")
    page = signed_in(people.decideuse).get(at("dossier_decision_preparer", other))
    assert page.context["formulaire"].initial["recours"] == "Deux mois, tribunal de Rennes."
    assert "Texte repris de la décision D-1, écrit par Decideuse Exemple" in text_of(page)


def test_the_ways_to_appeal_of_another_kind_are_not_proposed(people):
    decided(filed(cpts(people), "candidature_cpts", state="accepte"), people, appeal="Deux mois.")
    other = filed(cpts(people, nom="CPTS B"), state="a_decider", number="PSC-53-2026-0002")
    page = signed_in(people.decideuse).get(at("dossier_decision_preparer", other))
    assert page.context["formulaire"].initial["recours"] == ""


def test_conditions_are_asked_only_where_an_agreement_has_some(people):
    client = signed_in(people.decideuse)
    plain = filed(cpts(people), state="a_decider")
    conditional = filed(cpts(people, nom="B"), "candidature_cpts", state="a_decider", number="C-1")
    for dossier in (plain, conditional):
        page = client.get(at("dossier_decision_preparer", dossier))
        told = any(verb == "accepter_sous_conditions" for verb, _words in page.context["choix"])
        assert ('name="condition"' in page.content.decode()) is told


def test_a_withdrawn_dossier_has_neither_delay_nor_check(people):
    dossier = filed(cpts(people), state="retire", due_on=TODAY)
    assert "Fin du délai légal" not in text_of(signed_in(people.porteuse).get(at("dossier", dossier)))
    page = text_of(signed_in(people.instructrice).get(at("dossier_decision", dossier)))
    assert "délai légal" not in page
    assert "empêchent d’accepter" not in page
