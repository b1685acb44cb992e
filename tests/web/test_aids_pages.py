"""« Les aides »: the list and its filters, the page of an aid, and both applied to the case of an orientation."""

import csv
import io

import pytest
from tests.web.addresses import RESULT, SITUATION

from maillage.core.rules.aids.catalogue import aids

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("france")]

LIST = "/aides/"
ACI = "/aides/msp_aci/"


def linked(page):
    """Addresses of the aids that a page lists."""
    return [link.attrs["href"] for group in page.all("ul", class_="aids") for link in group.all("a")]


def test_the_list_opens_each_aid(visit):
    page = visit(LIST)
    links = linked(page)
    assert len(links) == len(set(links)) > 40
    assert ACI in links
    assert {link.split("/")[2] for link in links} <= {aid.id for aid in aids()}


def test_filters_stay_in_the_address_and_in_the_form(visit):
    page = visit(f"{LIST}?q=zone&qui=infirmier&payeur=assurance_maladie")
    assert page.one("input", id="q").attrs["value"] == "zone"
    chosen = [option.attrs["value"] for option in page.all("option") if "selected" in option.attrs]
    assert chosen == ["infirmier", "assurance_maladie"]
    assert "/aides/aides_capii_montant/" in linked(page)
    assert "open" in page.one("details", class_="more").attrs


def test_an_empty_list_says_what_to_try(visit):
    assert "Aucune aide ne correspond" in visit(f"{LIST}?q=zzzz").text


def test_a_wrong_filter_is_told_beside_its_field(client):
    answer = client.get(f"{LIST}?qui=MSPP&date=hier")
    assert answer.status_code == 422
    text = answer.content.decode()
    assert 'id="qui-erreur" role="alert">«\xa0MSPP\xa0» n' in text
    assert 'id="date-erreur" role="alert">«\xa0hier\xa0» n' in text


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_list_is_exported_as_shown(client, kind):
    answer = client.get(f"{LIST}?qui=infirmier&format={kind}")
    assert f"aides-maillage.{kind}" in answer["Content-Disposition"]
    if kind == "csv":
        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
        assert rows[0][:3] == ["Identifiant", "Aide", "Pour qui"]
        assert "aides_capii_montant" in {row[0] for row in rows}


def test_an_aid_tells_who_how_much_on_which_conditions_and_by_which_texts(visit):
    page = visit("/aides/aides_capii_montant/")
    for words in ("Infirmier", "14 250 €", "Zone très sous-dotée", "CAII (nouvelle installation)", "PAPS"):
        assert words in page.text
    assert "/simuler/aides/" in [link.attrs["href"] for link in page.all("a")]


def test_every_aid_has_its_page(client):
    for aid in aids():
        assert client.get(f"{LIST}{aid.id}/").status_code == 200, aid.id


def test_no_page_says_that_an_aid_asks_nothing_or_that_no_text_founds_it(client):
    for aid in aids():
        page = client.get(f"{LIST}{aid.id}/").content.decode()
        assert "Aucune condition" not in page, aid.id
        assert "Aucun texte en vigueur" not in page, aid.id
        has_text = 'class="sources"' in page
        assert has_text or "voir le simulateur" in page or "demander à qui paie" in page, aid.id


def test_an_aid_whose_conditions_are_in_its_simulator_leads_there(visit):
    page = visit("/aides/immobilier_region_protocole/")
    assert "voir le simulateur" in page.text
    assert "Île-de-France" in page.text
    assert "Partout en France" not in page.text


def test_a_date_that_is_refused_is_said_above_the_list(client):
    answer = client.get(f"{LIST}?date=abc")
    assert answer.status_code == 422
    text = answer.content.decode()
    assert 'class="notice error"' in text
    assert "La liste est celle du" in text


def test_a_list_of_nothing_counts_in_french(visit):
    page = visit(f"{LIST}?q=zzzz")
    assert page.one("p", role="status").text.startswith("0 aide au")


def test_the_aid_of_another_department_is_not_shown_to_a_team(visit):
    page = visit(f"{LIST}?{SITUATION}&qui=CPTS")
    assert all("seine_saint_denis" not in link for link in linked(page))


def test_an_unknown_aid_is_not_found(client):
    assert client.get("/aides/nulle-part/").status_code == 404


def test_an_aid_that_is_no_longer_signed_says_so(visit):
    assert "On ne peut pas la demander" in visit("/aides/aides_caim_montant/?date=2026-11-22").text
    assert "On ne peut pas la demander" not in visit("/aides/aides_caim_montant/?date=2025-06-01").text


def test_a_visitor_who_comes_from_an_orientation_sees_the_state_of_each_aid(visit):
    page = visit(f"{LIST}?{SITUATION}")
    assert "D’après votre équipe à Redon" in page.text
    assert {"certaine", "possible", "exclue"} >= {tag.text for tag in page.all("span", class_="tag")} - {"à confirmer"}
    assert f"{LIST}bretagne-esp_fir/" in {link.split("?")[0] for link in linked(page)}
    assert all("commune=35236" in link for link in linked(page))
    assert all("paca-" not in link for link in linked(page))


def test_a_visitor_who_comes_from_an_orientation_reads_the_nearest_aids_without_opening_anything(visit):
    groups = visit(f"{LIST}?{SITUATION}").all("details", class_="fold")
    assert ["open" in group.attrs for group in groups] == [True, False]
    assert groups[0].one("h2").text == "Possibles"


def test_the_conditions_of_an_aid_are_applied_to_the_case(visit):
    page = visit(f"{ACI}?{SITUATION}&projet_de_sante=en_cours")
    assert "Ses conditions dans votre cas" in page.text
    lines = [line.text for line in page.one("ul", class_="applied").all("li")]
    assert any(line.startswith("Projet de santé validé. À faire.") for line in lines), lines


def test_the_team_can_be_gone_back_to_and_forgotten(visit):
    page = visit(f"{LIST}?{SITUATION}&qui=MSP")
    links = {link.text: link.attrs["href"] for link in page.all("a")}
    assert links["Revenir à l’orientation"].startswith(f"{RESULT}?commune=35236")
    assert links["Oublier cette équipe"] == "?qui=MSP"
    assert "D’après votre équipe" not in visit(f"{LIST}?qui=MSP").text


def test_an_orientation_that_is_refused_applies_nothing(visit):
    assert "D’après votre équipe" not in visit(f"{LIST}?commune=99999").text
    assert "D’après votre équipe" not in visit(f"{LIST}?commune=35236&p-infirmier=-3").text


def test_the_result_of_an_orientation_leads_to_each_aid_and_says_its_state(visit):
    page = visit(f"{RESULT}?{SITUATION}")
    links = {link.attrs["href"].split("?")[0] for link in page.all("a")}
    assert {ACI, "/aides/bretagne-esp_fir/", "/aides/bretagne-msp_immobilier/"} <= links
    summaries = [summary.text for summary in page.all("summary") if "ACI" in summary.text]
    assert any("possible" in text for text in summaries)


def test_the_rules_and_the_home_lead_to_the_aids(visit):
    for address in ("/", "/regles/"):
        assert LIST in {link.attrs["href"] for link in visit(address).all("a")}
    menu = visit(LIST)
    assert [link.text for link in menu.all("a") if link.attrs.get("aria-current") == "true"] == ["Règles et aides"]
