"""The answer of « Trouver ma structure »: the same as that of the API, each condition with its text."""

import datetime
import json
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.http import QueryDict
from django.utils import timezone
from tests.web.addresses import REDON, RESULT, SITUATION, TEAM

from maillage.apps.orientation.queries import orient
from maillage.core.documents.orientation_words import STATES, is_doubtful, shown_state
from maillage.core.rules.base import STRUCTURE_CODES
from maillage.core.rules.orientation.situation import SituationOrientation
from maillage.web.orientation.answers import FIELDS, kept, situation_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("france")]

TODAY = datetime.date(2026, 11, 22)
EVERYTHING = (
    "date=2026-11-22&commune=35236&communes=35236,+35013&exercice=mixte&p-infirmier=2&p-medecin_generaliste=1"
    "&projet_de_sante=valide&projet_valide_pour=MSP&recepisse=oui&agrement=oui&reglement_de_fonctionnement=non"
    "&forme_juridique=sisa&gestionnaire=mutuelle&region_pack=paca&specialite=cardiologie"
    "&champs=ambulatoire&champs=social&cpts_existante=non&ess_existante=oui&perimetre_departemental=non"
    "&specialistes_presents=12&specialistes_liberaux=10&specialistes_adherents=4&patientele=6%20000"
)


def asked_in(part):
    """The first field that a visitor sees."""
    return next(e for e in part.all("input", "select") if e.attrs.get("type") != "hidden")


def test_every_answer_in_the_address_is_read_as_the_api_takes_it():
    assert situation_of(QueryDict(EVERYTHING), TODAY) == {
        "date": "2026-11-22",
        "commune": "35236",
        "communes": ["35236", "35013"],
        "professionnels": [
            {"profession": "medecin_generaliste", "nombre": 1, "exercice": "mixte"},
            {"profession": "infirmier", "nombre": 2, "exercice": "mixte"},
        ],
        "projet_de_sante": "valide",
        "forme_juridique": "sisa",
        "gestionnaire": "mutuelle",
        "region_pack": "paca",
        "specialite": "cardiologie",
        "champs": ["ambulatoire", "social"],
        "projet_valide_pour": ["MSP"],
        "recepisse": True,
        "agrement": True,
        "reglement_de_fonctionnement": False,
        "cpts_existante": False,
        "ess_existante": True,
        "perimetre_departemental": False,
        "specialistes_presents": 12,
        "specialistes_liberaux": 10,
        "specialistes_adherents": 4,
        "patientele": 6000,
    }
    assert set(situation_of(QueryDict(EVERYTHING), TODAY)) == set(SituationOrientation.model_fields)


def test_every_answer_is_carried_from_page_to_page():
    query = QueryDict(EVERYTHING + "&intrus=1&p-dragon=2&etape=3")
    assert urlencode(kept(query)) == urlencode(kept(QueryDict(EVERYTHING)))
    assert len(kept(query)) == len(EVERYTHING.split("&"))
    assert {name for name, _ in kept(query) if not name.startswith("p-")} <= set(FIELDS)


def test_the_page_and_the_api_give_the_same_answer(client, visit):
    situation = situation_of(QueryDict(f"{EVERYTHING}&region_pack=bretagne"), TODAY)
    api = client.post("/api/orientation", json.dumps(situation), content_type="application/json").json()
    page = visit(f"{RESULT}?{EVERYTHING}&region_pack=bretagne")
    cards = page.one(id="structures").all("article")
    assert [card.one("h2").text for card in cards] == [api["structures"][code]["nom"] for code in api["ordre"]]
    expected = [STATES[shown_state(api["structures"][code])] for code in api["ordre"]]
    assert [card.all("span", class_="tag")[0].text for card in cards] == expected
    for structure in api["structures"].values():
        for condition in structure["conditions"]:
            assert page.all("li", word=condition["libelle"])


def test_each_condition_gives_its_state_in_words_and_its_text(visit):
    page = visit(f"{RESULT}?{SITUATION}")
    conditions = [
        line for group in page.all("ul", class_="cond") for line in group.all("li") if line.all(class_="state")
    ]
    assert len(conditions) > 20
    for line in conditions:
        assert line.one(class_="state").text.split(",")[0].rstrip(".") in {
            "Remplie",
            "Manquante",
            "À faire",
            "À préciser",
        }
        assert {icon.attrs["aria-hidden"] for icon in line.all("svg")} == {"true"}
        *texts, rule = line.all("a")
        assert rule.attrs["href"].startswith("/regles/")
        assert all(text.attrs["href"].startswith("http") and text.text for text in texts)
    assert sum(len(line.all("a")) == 2 for line in conditions) > 10


def test_a_condition_that_is_uncertain_says_why_whatever_its_state(visit, client):
    api = client.post(
        "/api/orientation",
        {"date": "2026-11-22", "commune": "35236", "gestionnaire": "collectivite"},
        content_type="application/json",
    ).json()
    uncertain = [each for each in api["structures"]["CDS"]["conditions"] if each["a_confirmer"]]
    assert [each["etat"] for each in uncertain] == ["remplie"]
    page = visit(f"{RESULT}?date=2026-11-22&commune=35236&gestionnaire=collectivite")
    assert page.all("li", word="si c'est une région, elle n'est plus nommée")


def test_the_first_screen_says_what_is_possible_and_with_whom(visit):
    page = visit(f"{RESULT}?{SITUATION}")
    context = page.one("p", class_="context").text
    assert "Redon (35236)" in context
    assert "2 médecins généralistes, 1 infirmier, en libéral" in context
    assert "Bretagne" in context
    assert page.one("h1").text.endswith("à votre portée")
    assert len(page.one(id="structures").all("article")) == len(STRUCTURE_CODES)


def test_the_question_that_would_decide_most_is_asked_with_the_answers_kept(visit):
    page = visit(f"{RESULT}?{SITUATION}")
    question = page.one("section", class_="question")
    form = question.one("form")
    hidden = {(field.attrs["name"], field.attrs["value"]) for field in form.all("input", type="hidden")}
    assert hidden == set(TEAM.items())
    field = asked_in(form)
    answered = visit(RESULT, {**TEAM, field.attrs["name"]: field.attrs["value"]})
    assert asked_in(answered.one("section", class_="question")).attrs["name"] != field.attrs["name"]


def test_the_structures_are_compared_side_by_side(visit):
    table = visit(f"{RESULT}?{SITUATION}").one(id="comparer").one("table")
    assert {cell.text for cell in table.one("thead").all("th")} >= set(STRUCTURE_CODES)
    assert all(len(row.all("td")) == len(STRUCTURE_CODES) for row in table.one("tbody").all("tr"))


def test_contacts_and_points_to_confirm_are_there(visit):
    page = visit(f"{RESULT}?{SITUATION}")
    assert page.one(id="contacts").all("h3")
    assert all("Qui peut confirmer" in line.text for line in page.one(id="a-confirmer").all("li"))


def test_a_region_without_a_policy_says_that_its_contacts_are_to_confirm(visit):
    page = visit(RESULT, {"commune": "59350"})
    assert "Coordonnées à confirmer" in page.one(id="contacts").text


@pytest.mark.parametrize(
    ("territory", "state"),
    [({"territoire": "epci"}, "Remplie"), ({"communes": "Redon, Bains-sur-Oust"}, "Manquante"), ({}, "À préciser")],
)
def test_the_territory_is_the_whole_epci_or_names(visit, territory, state):
    """A CPTS needs a population: the 31 communes of Redon Agglomération have it, two of them do not."""
    page = visit(RESULT, {"commune": REDON, **territory})
    line = next(link.above[1] for link in page.all("a", href=True) if "/cpts_population/" in link.attrs["href"])
    assert line.one(class_="state").text.rstrip(".") == state


def test_today_is_the_day_when_none_is_given(visit):
    day = orient(situation_of(QueryDict(SITUATION), timezone.localdate()), today=timezone.localdate())["date"]
    assert day == timezone.localdate().isoformat()
    assert str(timezone.localdate().year) in visit(f"{RESULT}?{SITUATION}").one("p", class_="context").text


@pytest.mark.parametrize("date", ["1998-01-01", "2999-01-01"])
def test_a_day_outside_the_rules_is_refused_in_words(visit, date):
    page = visit(RESULT, {**TEAM, "date": date}, status=422)
    assert date in page.one(id="erreurs").text


def test_the_answer_asks_little_of_the_database(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        assert client.get(f"{RESULT}?{SITUATION}").status_code == 200


def test_a_large_territory_asks_no_more(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        assert client.get(f"{RESULT}?{SITUATION}&territoire=epci").status_code == 200


def test_the_pdf_is_one(client):
    response = client.get(f"/orientation/resultat.pdf?{SITUATION}")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="orientation-35236.pdf"'
    assert response.content.startswith(b"%PDF")


def test_the_pdf_of_wrong_answers_is_the_question(visit):
    page = visit(f"/orientation/resultat.pdf?{SITUATION}&patientele=beaucoup", status=422)
    assert page.one("input", id="champ-patientele").attrs["value"] == "beaucoup"


def test_a_commune_alone_asks_who_is_in_the_team_before_anything(visit):
    page = visit(RESULT, {"commune": REDON})
    assert page.one("h1").text == "Dites-nous qui compose l’équipe"
    cards = page.one(id="structures").all("article")
    assert {card.all("span", class_="tag")[0].text for card in cards} == {"À préciser"}
    assert "etape=2" in page.one("section", class_="question").one("a", class_="btn").attrs["href"]
    sections = [
        part
        for part in page.one("main").all("section", "div")
        if part.attrs.get("id") == "structures" or "question" in part.attrs.get("class", "").split()
    ]
    assert "question" in sections[0].attrs["class"]
    assert not page.all(id="reponses")


def test_what_was_declared_is_told_on_the_page_in_the_words_of_the_form(visit):
    told = visit(f"{RESULT}?{EVERYTHING}&region_pack=bretagne").one(id="reponses").one("dl").text
    for word in ("Gestionnaire du centre", "mutuelle", "6 000", "les soins de ville, le social", "2 infirmiers"):
        assert word in told


def rule_links(page):
    """The queries of the links to pages of rules and parameters, which stand below the bar of the site."""
    addresses = [urlsplit(link.attrs["href"]) for link in page.one("main").all("a", href=True)]
    return [parse_qs(address.query) for address in addresses if address.path.startswith("/regles/")]


def test_each_link_to_a_rule_carries_the_day_asked_and_the_region_applied(visit):
    asked = rule_links(visit(f"{RESULT}?{SITUATION}&date=2019-06-01"))
    assert len(asked) > 30
    assert all(query == {"date": ["2019-06-01"], "region": ["bretagne"]} for query in asked)


def test_links_to_the_rules_of_today_and_of_the_nation_carry_nothing(visit):
    assert not any(rule_links(visit(f"{RESULT}?{SITUATION}&region_pack=national")))


@pytest.mark.parametrize("query", ["commune=35236&date=2026-11-22", SITUATION])
def test_an_amount_that_is_to_confirm_says_so_wherever_it_is_shown(client, visit, query):
    situation = situation_of(QueryDict(query), TODAY)
    answer = orient(situation, today=TODAY)["structures"]
    doubtful = {aid["libelle"] for code in answer for aid in answer[code]["financements"] if is_doubtful(aid)}
    page = visit(f"{RESULT}?{query}&date=2026-11-22")
    lines = [*page.one(id="comparer").all("p"), *page.all("details", class_="aid")]
    shown = [line for line in lines if any(line.text.startswith(f"{label} ") for label in doubtful)]
    assert len(shown) >= 2 * len(doubtful)
    assert all("à confirmer" in (line.all("summary") or [line])[0].text for line in shown)
    for card in page.one(id="structures").all("article"):
        if any(label in card.text for label in doubtful):
            assert "à confirmer" in card.one(class_="big").text


def test_the_head_of_the_answer_says_that_a_newer_text_may_change_the_amounts(visit):
    notices = visit(f"{RESULT}?{SITUATION}&date=2026-11-22").all("p", class_="notice")
    assert any("avenant 2" in notice.text for notice in notices)


def test_an_aid_says_each_doubt_once(client, visit):
    answer = orient(situation_of(QueryDict(SITUATION), TODAY), today=TODAY)["structures"]
    doubts = {aid["motif"] for code in answer for aid in answer[code]["financements"] if aid["motif"]}
    aids = visit(f"{RESULT}?{SITUATION}&date=2026-11-22").all("details", class_="aid")
    told = [(aid.text.count(doubt), doubt) for aid in aids for doubt in doubts if doubt in aid.text]
    assert len(told) > 10
    assert {count for count, _ in told} == {1}


def test_a_commune_that_was_merged_leads_to_the_one_of_today_with_the_answers_kept(visit):
    page = visit(RESULT, {**TEAM, "commune": "35112"}, status=422)
    link = next(link for link in page.all("a", class_="btn") if "(35062)" in link.text)
    told = visit(link.attrs["href"]).one("p", class_="context").text
    assert "(35062)" in told
    assert "2 médecins généralistes, 1 infirmier, en libéral" in told


def test_the_day_of_the_answer_can_be_changed_and_the_other_answers_are_kept(visit):
    form = visit(f"{RESULT}?{SITUATION}&date=2019-06-01").one(id="autre-date").one("form")
    day = form.one("input", type="date")
    assert (day.attrs["name"], day.attrs["value"]) == ("date", "2019-06-01")
    assert {field.attrs["name"]: field.attrs["value"] for field in form.all("input", type="hidden")} == TEAM


@pytest.mark.parametrize(
    ("asked", "codes"), [({}, [REDON]), ({"communes": f"{REDON}, 35294"}, [REDON, "35294"])], ids=["alone", "several"]
)
def test_the_result_leads_to_the_diagnosis_of_its_territory(visit, asked, codes):
    page = visit(f"{RESULT}?{urlencode({**TEAM, **asked})}")
    link = next(link for link in page.one("main").all("a") if link.text == "Le diagnostic du territoire")
    parts = urlsplit(link.attrs["href"])
    assert parts.path == "/territoires/diagnostic/"
    assert parse_qs(parts.query) == {"communes": codes}
