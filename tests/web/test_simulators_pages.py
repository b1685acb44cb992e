"""Each simulator of the kit has a page: empty, filled with its example, refused; its calendar, its PDF."""

from urllib.parse import quote

import pytest
from django.http import QueryDict
from django.test import Client
from icalendar import Calendar
from tests.web.conftest import Visit

from maillage.core.rules.simulation.engine import lines_of
from maillage.core.rules.simulators import SIMULATORS
from maillage.web.simulateurs import answers


def page_of(client: Client, code: str, query: str, status: int = 200) -> str:
    response = client.get(f"/simuler/{code}/?{query}")
    assert response.status_code == status
    return response.content.decode()


def example_of(code: str) -> str:
    return answers.typed_of(SIMULATORS[code], SIMULATORS[code].example)


@pytest.mark.parametrize("code", SIMULATORS)
def test_an_empty_page_asks_and_offers_an_example(client: Client, code: str) -> None:
    page = page_of(client, code, "")

    assert f"<h1>{SIMULATORS[code].title}" in page.replace("’", "'")
    assert "Voir un exemple" in page


@pytest.mark.parametrize("code", SIMULATORS)
def test_an_example_typed_in_a_form_is_the_example_of_the_api(code: str) -> None:
    simulator = SIMULATORS[code]

    assert answers.situation_of(simulator, QueryDict(example_of(code))) == simulator.example


@pytest.mark.parametrize("code", SIMULATORS)
def test_the_example_is_answered_line_by_line(client: Client, code: str) -> None:
    page = page_of(client, code, example_of(code))

    assert page.count('class="aid"') > 1
    shown = [name for name, spec in lines_of(SIMULATORS[code]) if f'href="/regles/{name}/' in page]
    assert len(shown) > 1


@pytest.mark.parametrize("code", SIMULATORS)
def test_what_cannot_be_read_is_refused_beside_its_field_and_kept(client: Client, code: str) -> None:
    page = page_of(client, code, "date=pas-une-date&annee=pas-une-annee", status=422)

    assert 'aria-invalid="true"' in page
    assert "Rien ne peut être calculé" in page.replace("\xa0", " ")


def test_an_unknown_simulator_is_not_found(client: Client) -> None:
    assert client.get("/simuler/nimporte/").status_code == 404


def test_the_list_of_simulators_opens_each(client: Client) -> None:
    page = client.get("/simuler/").content.decode()

    assert all(f"/simuler/{code}/" in page for code in SIMULATORS)


@pytest.mark.parametrize("code", SIMULATORS)
def test_the_deadlines_are_a_calendar(client: Client, code: str) -> None:
    response = client.get(f"/simuler/{code}/echeances.ics?{example_of(code)}")

    assert response["Content-Type"].startswith("text/calendar")
    assert Calendar.from_ical(response.content)["x-wr-calname"].startswith("Maillage")


def test_the_deadlines_of_what_cannot_be_read_are_refused_in_words(client: Client) -> None:
    response = client.get("/simuler/aides/echeances.ics?profession=astronaute")

    assert response.status_code == 422
    assert "astronaute" in response.content.decode()


@pytest.mark.parametrize("code", SIMULATORS)
def test_the_answer_is_a_pdf(client: Client, code: str) -> None:
    response = client.get(f"/simuler/{code}.pdf?{example_of(code)}")

    assert response.content.startswith(b"%PDF")
    assert response["Content-Disposition"] == f'inline; filename="{code}.pdf"'


@pytest.mark.parametrize("query", ["", "profession=astronaute", "profession=infirmier&age=-3"])
def test_without_an_answer_the_pdf_is_the_page_that_says_why(client: Client, query: str) -> None:
    response = client.get(f"/simuler/aides.pdf?{query}")

    assert response.status_code == 422
    assert "<form" in response.content.decode()


def test_a_link_that_fills_the_form_in_part_is_not_a_mistake(visit: Visit) -> None:
    page = visit("/simuler/aides/?zone=zip")

    assert page.one(id="montant").one("strong").text == "donnez d’abord : profession"
    assert "Il manque une réponse" in page.one(id="resultat").text


def test_a_form_sent_without_its_compulsory_answer_says_so_beside_the_field(visit: Visit) -> None:
    page = visit("/simuler/aides/?date=2026-03-01&profession=&zone=zip", status=422)

    assert page.one(id="erreurs").one("li").text == "Profession. Attendu : une réponse."
    assert page.one(id="champ-profession-erreur").text == "Attendu : une réponse."
    assert page.one(id="montant").one("strong").text == "1 réponse à corriger"


def test_two_answers_that_contradict_one_another_are_told_without_a_field(visit: Visit) -> None:
    page = visit("/simuler/aides/?date=2026-03-01&profession=infirmier&zone=zip", status=422)

    assert page.one(id="erreurs").one("li").text.startswith("Vos réponses ne vont pas ensemble. Attendu :")


def test_a_share_out_of_bounds_is_refused_in_the_unit_of_the_form(visit: Visit) -> None:
    page = visit("/simuler/aides/?profession=infirmier&part_en_zone=120", status=422)

    assert page.one(id="champ-part_en_zone-erreur").text == "Attendu : un pourcentage de 0 à 100."


def test_a_group_folds_on_a_summary_of_its_answers(visit: Visit) -> None:
    page = visit("/simuler/aides/?date=2026-03-01&profession=infirmier&age=34&premiere_installation=oui")

    assert page.one(id="groupe-1-resume").text == "Date : 1er mars 2026 · Profession : infirmier · Âge : 34 ans"
    assert page.one(id="groupe-3-resume").text == "Première installation"
    assert page.one(id="groupe-0-resume").text == "Rien de rempli"


def test_a_nurse_is_not_asked_what_is_for_doctors_unless_it_is_answered(visit: Visit) -> None:
    nurse = "/simuler/aides/?date=2026-03-01&profession=infirmier"

    assert "useless" in visit(nurse).one(id="champ-patients_ald-erreur").attrs["class"]
    assert "useless" not in visit(nurse).one(id="champ-zone-erreur").attrs["class"]
    assert "useless" not in visit(f"{nurse}&patients_ald=3").one(id="champ-patients_ald-erreur").attrs["class"]
    assert "useless" in visit(nurse).one(id="groupe-5-resume").attrs["class"]


def test_as_one_types_the_bar_the_sentence_and_the_summaries_come_with_the_result(visit: Visit) -> None:
    address = f"/simuler/aides/?{example_of('aides')}"
    page, part = visit(address), visit(address, HX_Request="true")

    assert part.one(id="montant").attrs["hx-swap-oob"] == "true"
    assert part.one(id="montant").text == page.one(id="montant").text
    assert part.one(id="annonce").text == page.one(role="status").text == "Aides de l’année : 16 375 €."
    assert part.one(id="groupe-1-resume").attrs["hx-swap-oob"] == "true"


def test_what_the_total_leaves_out_is_said_with_its_unit_or_as_not_known(visit: Visit) -> None:
    result = visit(f"/simuler/cds/?{example_of('cds')}").one("main").text

    assert "Aides de l’année (hors rémunération forfaitaire et aides versées une seule fois) : 9 200 €" in result
    assert "Aide démographique automatique : montant à confirmer" in result
    assert "3 900 € par mois" in result


def test_as_one_types_what_is_not_filled_yet_is_not_a_mistake(visit: Visit) -> None:
    part = visit("/simuler/aides/?profession=&zone=zip", HX_Request="true")

    assert part.one(id="montant").one("strong").text == "donnez d’abord : profession"
    assert not part.all(id="erreurs")


def test_what_does_not_apply_is_folded_at_the_end(visit: Visit) -> None:
    page = visit(f"/simuler/aides/?{example_of('aides')}")
    folded = page.one(id="exclus")

    assert "open" not in folded.attrs
    assert "Ce qui ne s’applique pas" in folded.one("h2").text
    assert "Première installation en ZAC" in folded.text


def test_two_scenarios_stand_side_by_side(visit: Visit) -> None:
    kept = example_of("aides").replace("zone=zip", "zone=zac")
    page = visit(f"/simuler/aides/?{example_of('aides')}&reference={quote(kept)}")

    assert "zone d’action complémentaire (ZAC)" in page.one("section", aria_labelledby="comparaison").text
    assert page.one("input", name="reference").attrs["value"] == kept


def test_the_pdf_holds_the_two_scenarios(client: Client) -> None:
    kept = example_of("aides").replace("zone=zip", "zone=zac")
    alone = client.get(f"/simuler/aides.pdf?{example_of('aides')}").content
    both = client.get(f"/simuler/aides.pdf?{example_of('aides')}&reference={quote(kept)}").content

    assert both.startswith(b"%PDF")
    assert both != alone


def test_a_kept_scenario_that_cannot_be_read_is_said(visit: Visit) -> None:
    page = visit(f"/simuler/aides/?{example_of('aides')}&reference=age%3Dabc")

    assert "Le scénario gardé ne se lit pas" in page.one("section", aria_labelledby="comparaison").text


def test_the_example_is_told_without_the_number_of_its_case(visit: Visit) -> None:
    assert "Exemple : première installation d’un généraliste" in visit("/simuler/aides/").one(id="resultat").text


def test_a_line_that_waits_for_an_answer_leads_to_its_questions(visit: Visit) -> None:
    page = visit("/simuler/aides/?date=2026-03-01&profession=infirmier")
    condition = page.one(id="ligne-aides_capii").above[0]

    assert "#champ-zone" in {link.attrs["href"] for link in condition.all("a")}
    answered = visit("/simuler/aides/?date=2026-03-01&profession=infirmier&zone=tres_sous_dotee")
    links = answered.one(id="ligne-aides_capii").above[0].all("a")
    assert "#champ-zone" not in {link.attrs["href"] for link in links}
