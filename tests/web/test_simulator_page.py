"""The simulator of the ACI: every euro explained, a wrong number told beside its field."""

import json
import re
from decimal import Decimal
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

import pytest
from django.http import QueryDict
from django.utils import timezone
from tests.web.addresses import RESULT, SIMULATION, SIMULATOR, TEAM

from maillage.core.kernel import french
from maillage.core.rules.aci_msp.situation import SituationAciMsp
from maillage.web.simuler.answers import situation_of, typed_of
from maillage.web.simuler.example import EXAMPLE

SMALL = {"annee": "2025", "patientele": "4000", "associes": "10"}
HTMX = {"HX_Request": "true"}


def field(page, name):
    return page.one("input", "select", name=name)


def amount_of(page):
    return page.one(id="montant").one("strong").text


def line_of(page, name):
    """The bar of the amount, or a sum, without its inside."""
    return page.one("details", id=f"somme-{name}").one("summary").text


def typeset_title(name):
    return str(SituationAciMsp.model_fields[name].title).replace("'", "’")


def unbroken(text):
    return text.replace("\xa0", " ").replace("\u202f", " ")


def test_the_form_asks_each_field_of_the_situation_once(visit):
    asked = [e.attrs["name"] for e in visit(SIMULATOR).one("form", aria_label="Votre situation").all("input", "select")]
    assert sorted(asked) == sorted(SituationAciMsp.model_fields)


def test_an_empty_simulator_says_what_to_do_first_and_gives_an_example(visit):
    page = visit(SIMULATOR)
    assert "Commencez par trois nombres" in page.one(id="resultat").text
    assert field(page, "annee").one("option", selected=True).text == str(timezone.localdate().year)
    example = page.one("a", word="Voir un exemple").attrs["href"]
    assert amount_of(visit(example)) == amount_of(visit(f"{SIMULATOR}?{SIMULATION}"))


def test_the_example_in_the_address_is_the_example():
    assert situation_of(QueryDict(typed_of(EXAMPLE))) == {name: value for name, value in EXAMPLE.items() if value}


def test_numbers_are_read_as_a_french_reader_types_them():
    typed = (
        "patientele=6%E2%80%AF000&amplitude_horaire=11,5&taux_c2s=12,5&taux_ame=0.4 %25&part_medecins_sas=50&ipa=oui"
    )
    assert situation_of(QueryDict(typed)) == {
        "patientele": 6000,
        "amplitude_horaire": 11.5,
        "taux_c2s": 0.125,
        "taux_ame": 0.004,
        "part_medecins_sas": 0.5,
        "ipa": True,
    }


def test_the_page_and_the_api_give_the_same_amounts(client, visit):
    page = visit(f"{SIMULATOR}?{SIMULATION}")
    api = client.post("/api/simulations/aci-msp", json.dumps(EXAMPLE), content_type="application/json").json()
    assert amount_of(page) == unbroken(french.euros(api["montant"]))
    lines = page.one(id="detail").above[0].all("details", class_="aid")
    assert len(lines) == len(api["indicateurs"])
    assert sum(Decimal(line["montant"]) for line in api["indicateurs"]) == Decimal(api["montant"])
    for each in api["sommes"]:
        assert line_of(page, each["id"]).endswith(unbroken(french.euros(each["montant"])))


def test_every_line_opens_into_its_formula_its_values_and_their_texts(visit):
    page = visit(f"{SIMULATOR}?{SIMULATION}")
    for line in page.one(id="detail").above[0].all("details", class_="aid"):
        assert line.one("summary").all(class_="num")
        assert re.search(r"\d", line.one("div", class_="why").all("p")[0].text)
        links = [link for link in line.all("a") if link.attrs["href"].startswith("/regles/parametres/")]
        assert links
        assert "confiance" in line.text


def test_every_sum_opens_into_its_formula_and_the_pages_of_its_values(visit):
    page = visit(f"{SIMULATOR}?{SIMULATION}&taux_c2s=12&taux_ame=1")
    sums = page.all("details", class_="sum")
    assert [each.attrs["id"] for each in sums] == [
        f"somme-{name}" for name in ("points_valorises", "majoration", "montant", "avance", "solde")
    ]
    assert all(re.search(r"\d", each.one("div", class_="why").one("p").text) for each in sums)
    linked = [link.attrs["href"].partition("?")[0] for each in sums for link in each.all("a")]
    assert {"/regles/parametres/aci_msp.valeur_du_point/", "/regles/parametres/aci_msp.avance.part/"} <= set(linked)


def test_what_is_missing_is_listed_the_greatest_gain_first(visit):
    section = visit(SIMULATOR, SMALL | {"soins_non_programmes": "oui", "plan_crise": "oui", "coordination": "oui"})
    gains = [line.one("strong").text for line in section.one(id="gains").above[0].all("li")]
    values = [float(re.sub(r"[^\d,]", "", gain).replace(",", ".")) for gain in gains]
    assert values == sorted(values, reverse=True)


def test_three_numbers_show_the_amount_that_the_prerequisites_would_bring(visit):
    page = visit(SIMULATOR, SMALL)
    assert amount_of(page) == "42 700 €"
    bar = unbroken(page.one(id="montant").text)
    assert "si les 4 prérequis à préciser sont remplis" in bar
    assert "avance 33 180 €" in bar
    assert "solde 9 520 €" in bar
    assert "point" not in bar
    assert unbroken(page.one("p", role="status").text) == (
        "Montant : 42 700 € si les 4 prérequis à préciser sont remplis."
    )
    assert line_of(page, "montant").endswith("0 €")
    assert line_of(page, "solde").endswith("−33 180 €")
    assert page.one(id="resultat").all("div", class_="error") == []
    told = page.one(id="resultat").one("div", class_="notice")
    assert unbroken(told.text).startswith("4 prérequis à préciser : le montant suppose qu’ils sont remplis.")
    assert len(told.all("li")) == 4


def test_a_prerequisite_is_missing_once_its_part_of_the_form_is_answered(visit):
    page = visit(SIMULATOR, SMALL | {"coordination": "oui", "amplitude_horaire": "12"})
    told = page.one(id="resultat").one("div", class_="error")
    assert unbroken(told.text).startswith("3 prérequis manquent : rien n’est versé pour l’année.")
    assert "si les 3 prérequis manquants sont remplis — aujourd’hui 0 €" in unbroken(page.one(id="montant").text)


@pytest.mark.parametrize(
    ("done", "condition"),
    [
        (("soins_non_programmes",), "si les 3 prérequis à préciser sont remplis"),
        (("soins_non_programmes", "plan_crise"), "si les 2 prérequis manquants sont remplis"),
        (("soins_non_programmes", "plan_crise", "coordination"), "si le prérequis manquant est rempli"),
        (("soins_non_programmes", "plan_crise", "coordination", "si_standard"), ""),
    ],
)
def test_the_condition_counts_the_prerequisites_that_are_left(visit, done, condition):
    page = visit(SIMULATOR, SMALL | {"samedi_matin": "oui", "amplitude_horaire": "12"} | dict.fromkeys(done, "oui"))
    assert condition in page.one(id="montant").text
    assert ("aujourd’hui" in page.one(id="montant").text) == ("manquant" in condition)


def test_a_gain_of_nothing_is_not_shown_and_what_gains_count_is_said_once(visit):
    for query in (SMALL, dict(parse_qsl(SIMULATION))):
        page = visit(SIMULATOR, query)
        assert not re.search(r"\+ ?0\s€", page.one("main").text)
        assert page.one("main").text.count("ensemble") <= 1


def test_an_amount_to_confirm_is_explained_in_one_panel(visit):
    page = visit(SIMULATOR, SMALL | {"annee": "2026"})
    panel = page.one("details", id="reserves")
    assert "Grille de l’exercice 2026" in panel.one("summary").text
    assert len(panel.all("li")) == panel.one("summary").text.count(" · ") + 1
    assert len(panel.all("li")) == len(panel.all("li", word="Qui peut confirmer"))


def test_a_year_without_a_grid_is_to_confirm_never_zero(visit):
    page = visit(SIMULATOR, SMALL | {"annee": "2019"})
    assert "à confirmer" in page.one(id="resultat").text
    assert amount_of(page) == "à confirmer"
    assert page.all("details", class_="sum") == page.all("img") == []


@pytest.mark.parametrize(
    ("name", "typed", "expected"),
    [
        ("patientele", "beaucoup", "un nombre entier"),
        ("patientele", "-1", "un nombre d’au moins 0"),
        ("patientele", "9000000", "un nombre d’au plus"),
        ("associes", "2,5", "un nombre entier"),
        ("amplitude_horaire", "25", "un nombre d’au plus 24"),
        ("taux_c2s", "150", "une part entre 0 et 100 %"),
        ("si_standard_mois", "13", "un nombre d’au plus 12"),
        ("patients_ald_ou_75_ans", "5000", "un nombre d’au plus 4 000"),
    ],
)
def test_a_wrong_number_is_told_beside_its_field_as_it_was_typed(visit, name, typed, expected):
    page = visit(SIMULATOR, SMALL | {name: typed}, status=422)
    wrong = field(page, name)
    assert wrong.attrs["value"] == typed
    assert wrong.attrs["aria-invalid"] == "true"
    assert wrong.described(page).startswith(f"Attendu : {expected}")
    assert "open" in next(around for around in wrong.above if around.tag == "details").attrs
    told = page.one(id="resultat").one("div", role="alert").one("a")
    assert told.attrs["href"] == f"#{wrong.attrs['id']}"
    assert told.text.startswith(f"{typeset_title(name)} : « {typed} » n’est pas accepté.")
    assert amount_of(page) == "1 réponse à corriger"
    assert [e.attrs["name"] for e in page.all("input", "select", aria_invalid="true")] == [name]


@pytest.mark.parametrize(("name", "typed"), [("annee", "2010"), ("fermeture_conges", "ete"), ("ipa", "peut-être")])
def test_an_address_badly_copied_is_told_beside_its_field(visit, name, typed):
    page = visit(SIMULATOR, SMALL | {name: typed}, status=422)
    assert "Attendu" in field(page, name).described(page)


def test_a_number_that_is_missing_is_told_when_the_form_is_sent(visit):
    page = visit(SIMULATOR, {"annee": "2025", "patientele": "4000", "associes": ""}, status=422)
    assert "Attendu" in field(page, "associes").described(page)
    assert page.one(role="alert").one("a").text == "Professionnels associés. Attendu : un champ obligatoire."


def test_a_link_that_fills_the_form_in_part_makes_no_mistake(visit):
    page = visit(SIMULATOR, {"annee": "2025", "associes": "10"})
    assert page.all(role="alert") == []
    assert field(page, "associes").attrs["value"] == "10"
    assert "Commencez par trois nombres" in page.one(id="resultat").text


def test_as_one_types_what_is_not_typed_yet_is_not_a_mistake(visit):
    part = visit(SIMULATOR, {"annee": "2025", "patientele": "4000", "associes": ""}, **HTMX)
    assert part.all("div", class_="error") == []
    assert "Commencez" in part.text
    assert part.one(id="annonce").text == "Montant : donnez la patientèle et le nombre d’associés."


def test_as_one_types_the_result_alone_is_sent(visit):
    part = visit(SIMULATOR, SMALL | {"soins_non_programmes": "oui"}, **HTMX)
    assert part.all("html") == part.all("form") == []
    assert part.one(id="somme-montant")


def test_as_one_types_the_bar_and_one_short_sentence_follow(visit):
    page = visit(SIMULATOR, dict(parse_qsl(SIMULATION)))
    assert page.all(aria_live=True) == []
    assert page.one(role="status").text == f"Montant : {amount_of(page)}."
    part = visit(SIMULATOR, dict(parse_qsl(SIMULATION)), **HTMX)
    assert part.one(id="montant").attrs["hx-swap-oob"] == "true"
    assert amount_of(part) == amount_of(page)
    # The region that is read aloud stays on the page: its words alone are replaced.
    assert part.one(id="annonce").attrs["hx-swap-oob"] == "innerHTML"
    assert part.one(id="annonce").text == page.one(role="status").text


def test_each_theme_is_folded_and_says_what_is_answered_in_it(visit):
    page = visit(f"{SIMULATOR}?{SIMULATION}")
    themes = page.one("form", aria_label="Votre situation").all("details")
    assert [theme for theme in themes if "open" in theme.attrs] == []
    said = [theme.one("span", class_="answered").text for theme in themes]
    assert said[0] == "2025 · 7 500 patients · 18 professionnels"
    assert said[1] == "Heures d’ouverture par jour : 10 heures · Ouverture le samedi matin · " + (
        "Soins non programmés chaque jour ouvré"
    )
    assert said[4] == "Diversité des services : niveau 1"
    assert said[7] == "Part des patients à la C2S : 4,85 % · Part des patients à l’AME : 0,23 %"
    part = visit(SIMULATOR, dict(parse_qsl(SIMULATION)), **HTMX)
    assert [each.text for each in part.all("span", class_="answered", hx_swap_oob="true")] == said


def test_the_first_theme_is_open_as_long_as_a_number_is_missing(visit):
    themes = visit(SIMULATOR).one("form", aria_label="Votre situation").all("details")
    assert ["open" in theme.attrs for theme in themes] == [True] + [False] * 7
    assert themes[3].one("span", class_="answered").text == "Rien de rempli"


def test_the_form_that_is_sent_leads_to_the_result(visit):
    form = visit(SIMULATOR).one("form", aria_label="Votre situation")
    assert form.attrs["action"] == f"{SIMULATOR}#resultat"
    assert "submit" not in form.attrs["hx-trigger"]


def test_as_one_types_the_message_of_each_field_comes_with_the_result(visit):
    part = visit(SIMULATOR, SMALL | {"taux_c2s": "150"}, **HTMX)
    assert part.one("div", class_="error").text.startswith("Le montant ne peut pas être calculé.")
    assert part.all(role="alert") == []
    assert part.one(id="annonce").text == "Montant : 1 réponse à corriger."
    beside = {message.attrs["id"]: message.text for message in part.all("p", hx_swap_oob="true")}
    assert set(beside) == {f"champ-{name}-erreur" for name in SituationAciMsp.model_fields}
    assert [name for name, text in beside.items() if text] == ["champ-taux_c2s-erreur"]


def test_going_back_in_the_history_gives_the_whole_page(visit):
    assert visit(SIMULATOR, SMALL, HX_Request="true", HX_History_Restore_Request="true").one("html")


def test_two_scenarios_stand_side_by_side(visit):
    first = visit(f"{SIMULATOR}?{SIMULATION}")
    compare = visit(first.one("a", word="Comparer").attrs["href"])
    assert field(compare, "reference").attrs == {"type": "hidden", "name": "reference", "value": SIMULATION}
    assert "identiques" in compare.one(id="comparaison").above[0].text
    changed = dict(parse_qsl(SIMULATION)) | {"protocoles": "4", "ipa": "oui", "reference": SIMULATION}
    answers, amounts = visit(SIMULATOR, changed).one(id="comparaison").above[0].all("tbody")
    assert [[cell.text for cell in row.all("th", "td")] for row in answers.all("tr")] == [
        ["Protocoles pluriprofessionnels", "8", "4"],
        ["Infirmier en pratique avancée dans l’équipe", "non", "oui"],
    ] or [row.one("th").text for row in answers.all("tr")] == [
        "Infirmier en pratique avancée dans l’équipe",
        "Protocoles pluriprofessionnels",
    ]
    rows = amounts.all("tr")
    assert rows[0].one("th").text == "Montant de l’année"
    gaps = {row.one("th").text: row.all("td")[2].text for row in rows}
    assert re.match(r"−\d", gaps["Protocoles pluriprofessionnels"])
    assert re.match(r"\+\d", gaps["Concertation pluriprofessionnelle : bonus de l’IPA"])


def test_the_reserves_of_each_scenario_are_told_apart(visit):
    kept = urlencode(dict(parse_qsl(SIMULATION)) | {"annee": "2024"})
    section = visit(SIMULATOR, dict(parse_qsl(SIMULATION)) | {"annee": "2026", "reference": kept})
    titles = [title.text for title in section.one(id="comparaison").above[0].all("h3")]
    assert titles == ["À confirmer dans le scénario B seulement"]
    assert "Grille de l’exercice 2026" in section.one(id="comparaison").above[0].text
    assert section.all("details", id="reserves") == []


def test_a_scenario_that_cannot_be_read_is_said_and_can_be_left(visit):
    page = visit(SIMULATOR, SMALL | {"reference": "annee=2025&patientele=-1"})
    section = page.one(id="comparaison").above[0]
    assert "ne se lit pas" in section.text
    assert "reference" not in section.one("a").attrs["href"]


def test_the_chart_is_an_image_and_has_its_table(client, visit):
    page = visit(f"{SIMULATOR}?{SIMULATION}&{urlencode({'reference': SIMULATION + '&ipa=oui'})}")
    image = page.one("img")
    assert image.attrs["alt"]
    response = client.get(image.attrs["src"])
    assert response["Content-Type"] == "image/svg+xml"
    svg = response.content.decode()
    assert svg.startswith("<svg")
    assert "Scénario A" in svg
    assert "Scénario B" in svg
    assert len(page.one(id="courbe").above[0].one("tbody").all("tr")) == 16


def test_the_chart_of_wrong_numbers_says_why(client):
    response = client.get("/simuler/aci-msp/graphique.svg", SMALL | {"patientele": "-1"})
    assert response.status_code == 422
    assert "au moins 0" in response.content.decode()


def test_the_chart_of_a_year_without_a_grid_is_not_found(client):
    assert client.get("/simuler/aci-msp/graphique.svg", SMALL | {"annee": "2019"}).status_code == 404


@pytest.mark.parametrize("query", [SIMULATION, urlencode(SMALL), urlencode(SMALL | {"annee": "2019"})])
def test_the_pdf_is_one(client, query):
    response = client.get(f"/simuler/aci-msp.pdf?{query}")
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")


def test_the_pdf_of_two_scenarios_holds_both(client):
    alone = client.get(f"/simuler/aci-msp.pdf?{SIMULATION}").content
    both = client.get(f"/simuler/aci-msp.pdf?{SIMULATION}&{urlencode({'reference': SIMULATION + '&ipa=oui'})}").content
    assert both.startswith(b"%PDF")
    assert len(both) > len(alone)


def test_the_pdf_of_wrong_numbers_is_the_form(visit):
    page = visit("/simuler/aci-msp.pdf", SMALL | {"associes": "trop"}, status=422)
    assert field(page, "associes").attrs["value"] == "trop"


def test_the_pdf_of_nothing_is_the_form(visit):
    assert visit("/simuler/aci-msp.pdf", status=422).one("h1")


@pytest.mark.parametrize("typed", ["6 000", "6.000", "6\u202f000"])
def test_thousands_are_read_as_they_are_typed(visit, typed):
    amounts = [amount_of(visit(SIMULATOR, SMALL | {"patientele": each})) for each in (typed, "6000")]
    assert amounts[0] == amounts[1]


def test_a_number_written_as_a_machine_does_is_refused(visit):
    page = visit(SIMULATOR, SMALL | {"patientele": "1e3"}, status=422)
    assert field(page, "patientele").attrs["value"] == "1e3"


def test_the_links_of_a_simulation_carry_it_whole(visit):
    page = visit(f"{SIMULATOR}?{SIMULATION}")
    pdf = page.one("a", word="PDF").attrs["href"]
    assert dict(parse_qsl(urlsplit(pdf).query)) == dict(parse_qsl(SIMULATION))
    compared = visit(f"{SIMULATOR}?{SIMULATION}&{urlencode({'reference': SIMULATION})}")
    assert dict(parse_qsl(urlsplit(compared.one("a", word="PDF").attrs["href"]).query))["reference"] == SIMULATION
    assert quote(SIMULATION, safe="") in page.one("a", word="Comparer").attrs["href"]


def test_the_list_of_simulators_leads_to_each(visit):
    links = {link.attrs["href"] for link in visit("/simuler/").one("main").all("a")}
    assert links >= {SIMULATOR, "/orientation/"}


@pytest.mark.django_db
@pytest.mark.usefixtures("france")
def test_an_orientation_leads_to_the_simulator_filled_with_what_it_knows(visit):
    team = TEAM | {"p-pharmacien": "1", "patientele": "2400", "date": "2025-11-22"}
    link = visit(RESULT, team).one("a", word="Simuler l’ACI de cette équipe").attrs["href"]
    page = visit(link)
    assert page.one("form", aria_label="Votre situation").one("span", class_="answered", word="patients").text == (
        "2025 · 2 400 patients · 4 professionnels"
    )
    assert field(page, "diversite_niveau").one("option", selected=True).text == "Niveau 1"
    assert "€" in amount_of(page)


def test_the_dates_of_the_year_go_to_an_agenda(client):
    address = "annee=2025&patientele=4000&associes=10"
    page = client.get(f"/simuler/aci-msp/?{address}").content.decode()
    feed = client.get(f"/simuler/aci-msp/echeances.ics?{address}")

    assert f"/simuler/aci-msp/echeances.ics?{address.replace('&', '&amp;')}" in page
    assert feed["Content-Type"].startswith("text/calendar")
    assert b"20260430" in feed.content
    assert client.get("/simuler/aci-msp/echeances.ics").status_code == 422
