"""The answer of a simulator of the kit in words: its total, its lines under their headings, what was declared."""

import datetime

import pytest

from maillage.core.documents import answer_words, facts_words
from maillage.core.documents.answer_comparison import compare_answers
from maillage.core.documents.answer_content import answer_content
from maillage.core.documents.comparison import Told
from maillage.core.kernel.problems import read
from maillage.core.rules.simulation.engine import simulate
from maillage.core.rules.simulators import SIMULATORS

AIDES, ESP, ESS = SIMULATORS["aides"], SIMULATORS["esp"], SIMULATORS["ess"]
TODAY = datetime.date(2026, 11, 22)


def told(simulator, **changes):
    situation = read(simulator.model, {**simulator.example, **changes})
    return Told(simulate(simulator, situation).as_dict(), situation.model_dump(mode="json"))


def unbroken(text):
    return text.replace("\xa0", " ").replace("\u202f", " ")


def total(**parts):
    known = {"total": "Total", "montant": "0.00", "montant_max": "0.00", "montant_etabli": "0.00"}
    apart = {"au_moins": False, "hors_total": [], "alertes": []}
    return answer_words.total({**known, **apart, "montant_possible": "0.00", "lignes": [], **parts})


def lines_under(simulator, answer, *, applying):
    groups = answer_words.headings(simulator, answer.simulation["lignes"], applying=applying)
    return {line["variable"]: line for group in groups for line in group["lignes"]}


def test_a_sure_total_is_said_alone():
    found = total(montant="500.00", montant_max="500.00")
    assert (unbroken(found.amount), found.condition, found.tone) == ("500 €", "", "ok")


def test_a_total_that_leaves_unknown_amounts_out_is_a_least():
    assert unbroken(total(montant="500.00", montant_max="500.00", au_moins=True).amount) == "au moins 500 €"


def test_what_the_total_leaves_out_is_said_in_its_unit_or_as_not_known():
    line = {"variable": "a", "libelle": "Aide", "montant": None, "montant_max": None, "unite": "euros par an"}
    known = {**line, "montant": "3900.00", "montant_max": "4000.00", "unite": "euros par mois"}
    once = {**line, "montant": "500.00", "montant_max": "500.00", "unite": "euros"}

    said = [unbroken(row["montant"]) for row in answer_words.beside({"hors_total": [line, known, once]})]
    assert said == ["montant à confirmer", "3 900 € à 4 000 € par mois", "500 €"]


def test_a_total_that_breaks_a_ceiling_warns():
    found = total(montant="500.00", montant_max="500.00", alertes=[{"libelle": "Contrôle : sous le plafond"}])
    assert (found.condition, found.tone) == ("attention, pas respecté : sous le plafond", "soon")


def test_a_total_between_two_bounds_says_both_and_what_may_be_had_in_addition():
    found = total(montant="500.00", montant_max="900.00", montant_possible="50.00")
    assert unbroken(found.amount) == "500 € à 900 €"
    assert unbroken(found.condition) == "et jusqu'à 50 € de plus, sous conditions"


def test_when_nothing_is_sure_the_total_is_what_one_may_hope():
    found = total(montant_possible="14250.00")
    assert (unbroken(found.amount), found.tone) == ("jusqu'à 14 250 €", "soon")


@pytest.mark.parametrize(("state", "word"), [("a_confirmer", "à confirmer"), ("a_preciser", "à préciser")])
def test_an_unknown_total_says_whether_a_text_or_an_answer_is_missing(state, word):
    line = {"compte": True, "etat": state, "nature": "montant"}
    found = total(montant=None, montant_max=None, montant_etabli="60000.00", lignes=[line])
    assert (found.amount, unbroken(found.condition)) == (word, "dont 60 000 € établis")


def test_a_total_of_nothing_while_amounts_wait_for_an_answer_is_to_be_specified():
    empty = read(SIMULATORS["aci-cpts"].model, {"date": "2026-11-22"})
    found = answer_words.total(simulate(SIMULATORS["aci-cpts"], empty).as_dict())
    assert (found.amount, found.tone) == ("à préciser", "todo")


def test_what_is_to_be_confirmed_is_named_once():
    points = [{"objet": "Textes plus récents"}, {"objet": "Plafond"}, {"objet": "Textes plus récents"}]
    assert answer_words.subjects({"a_confirmer": points}) == ["Textes plus récents", "Plafond"]


def test_a_condition_stands_inside_the_amount_that_it_decides():
    shown = lines_under(AIDES, told(AIDES), applying=True)
    inside = [condition["variable"] for line in shown.values() for condition in line["conditions"]]
    assert inside
    assert not set(inside) & set(shown)


def test_what_is_excluded_is_apart_with_its_condition():
    answer = told(AIDES)
    shown, apart = (lines_under(AIDES, answer, applying=applying) for applying in (True, False))
    assert all(line["etat"] != "exclu" for line in shown.values())
    assert any(line["etat"] == "exclu" for line in apart.values())
    held = {c["variable"] for found in (shown, apart) for line in found.values() for c in line["conditions"]}
    assert set(shown) | set(apart) | held == {line["variable"] for line in answer.simulation["lignes"]}


def test_a_condition_of_creation_that_is_missing_stays_in_sight():
    shown = lines_under(ESS, told(ESS, specialistes_presents=5, specialistes_liberaux=5), applying=True)
    assert "manquante" in {line["etat"] for line in shown.values()}


def test_what_was_declared_is_told_by_group_in_the_units_of_the_form():
    groups = facts_words.declared(AIDES.model, {**AIDES.example, "part_en_zone": 0.5})
    said = {row["nom"]: unbroken(row["valeur"]) for group in groups for row in group["reponses"]}
    assert said["Date"] == "1er mars 2026"
    assert said["Profession"] == "médecin généraliste"
    assert said["Part de l'activité dans la zone"] == "50 %"
    assert said["Cabinet secondaire"] == "non"
    assert said["Politique régionale"] == "règles nationales seules"
    assert "Filière" not in said


def test_a_date_that_is_written_otherwise_is_told_as_it_was_typed():
    assert facts_words.answer("date", AIDES.model.model_fields["date"], "1772323200") == "1772323200"


def test_two_situations_are_compared_answer_by_answer_and_amount_by_amount():
    found = compare_answers(AIDES, told(AIDES, zone="zac"), told(AIDES))
    assert [row["nom"] for row in found["reponses"]] == ["Zone de la commune"]
    changed = {row["libelle"]: (row["a"], row["b"]) for row in found["lignes"]}
    assert changed["Première installation en ZIP"] == ("0.00", "10000.00")
    assert changed["Première installation en ZAC"][1] == "0.00"
    assert found["totaux"][0]["ecart"] > 0


def test_an_unknown_total_is_compared_by_what_is_established():
    found = compare_answers(ESP, told(ESP), told(ESP, date="2026-03-01"))
    assert [row["libelle"] for row in found["totaux"][:2]] == ["Soutien de l'année", "Dont établi"]
    assert found["totaux"][0]["ecart"] is None


@pytest.mark.parametrize("code", SIMULATORS)
def test_each_text_that_a_document_numbers_is_in_its_list(code):
    simulator = SIMULATORS[code]
    content = answer_content(simulator, told(simulator), today=TODAY)
    used = {rank for group in content["groupes"] for line in group["lignes"] for rank in line["textes"]}
    assert used <= set(range(1, len(content["textes"]) + 1))


def test_a_document_tells_past_deadlines_apart():
    content = answer_content(SIMULATORS["aci-cpts"], told(SIMULATORS["aci-cpts"]), today=TODAY)
    assert [row["passee"] for row in content["echeances"]] == sorted(
        (row["passee"] for row in content["echeances"]), reverse=True
    )
    assert content["echeances"][0]["passee"]
