"""The wizard « Trouver ma structure »: one question at a time, nothing lost, nothing refused without a way out."""

from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import pytest
from tests.web.addresses import REDON, RESULT, SITUATION, TEAM, WIZARD

from maillage.core.rules.orientation.situation import PROFESSIONS, SituationOrientation
from maillage.web.orientation.steps import STEPS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("france")]

SAINT_DENIS = {"93066", "97411", "11339", "30247"}


def answers_of(address):
    return dict(parse_qsl(urlsplit(address).query))


def form_of(page):
    """What a browser would send of the form of the page, by its first button."""
    form = next(form for form in page.all("form") if form.all("button", type="submit"))
    fields = [
        field
        for field in form.all("input")
        if field.attrs.get("type") not in ("radio", "checkbox") or "checked" in field.attrs
    ]
    sent = [(field.attrs["name"], field.attrs["value"]) for field in fields]
    return sent + [
        (field.attrs["name"], option.attrs["value"])
        for field in form.all("select")
        for option in field.all("option", selected=True)
    ]


def asked_by(page):
    """Names of the fields that a visitor sees, each once (a choice has several buttons)."""
    seen = [field for field in page.one("main").all("input", "select") if field.attrs.get("type") != "hidden"]
    return dict.fromkeys(field.attrs["name"] for field in seen)


def errors_of(page):
    return page.one(id="erreurs")


@pytest.mark.parametrize("typed", [REDON, "redon", "REDON", " Redon "])
def test_a_commune_that_is_alone_leads_to_the_next_question(client, typed):
    response = client.get(WIZARD, {"commune": typed})
    assert response.status_code == 302
    assert answers_of(response["Location"]) == {"commune": REDON, "etape": "2"}


def test_a_name_that_several_communes_bear_asks_which(visit):
    page = visit(WIZARD, {"commune": "saint denis", "p-infirmier": "2"})
    assert page.one("input", id="commune").attrs["value"] == "saint denis"
    proposed = [answers_of(link.attrs["href"]) for link in page.one("ul", class_="plain-list").all("a")]
    assert {answers["commune"] for answers in proposed} >= SAINT_DENIS
    assert {answers["p-infirmier"] for answers in proposed} == {"2"}


def test_a_postal_code_that_is_the_code_of_another_commune_asks_which(client, visit):
    """51300 is the code INSEE of Isle-sur-Marne and the postal code of Vitry-le-François and of 45 others."""
    proposed = visit(WIZARD, {"commune": "51300"}).one("ul", class_="plain-list").all("a")
    assert len(proposed) > 40
    assert proposed[0].text.startswith("Vitry-le-François")
    chosen = next(link for link in proposed if "51300" in link.text)
    page = visit(chosen.attrs["href"])
    assert page.one("h1").text == STEPS[1].title
    assert "(51300)" in page.one("main").text


def test_a_commune_chosen_in_the_field_is_not_asked_again(client, visit):
    """The field says « Saint-Denis (93066) »: neither the name alone nor the code alone would do."""
    page = visit(WIZARD, {"commune": "93066", "p-infirmier": "2", "etape": "1"})
    assert page.one("input", id="commune").attrs["value"] == "Saint-Denis (93066)"
    response = client.get(WIZARD, [pair for pair in form_of(page) if pair[1]])
    assert answers_of(response["Location"]) == {"commune": "93066", "p-infirmier": "2", "etape": "2"}


@pytest.mark.parametrize("typed", ["zzzz", "99999", "<zz>"])
def test_words_that_name_no_commune_stay_in_the_field_with_the_reason_beside(visit, typed):
    page = visit(WIZARD, {"commune": typed}, status=422)
    field = page.one("input", id="commune")
    assert field.attrs["value"] == typed
    assert field.attrs["aria-invalid"] == "true"
    assert "Attendu" in field.described(page)
    assert errors_of(page).one("a").attrs["href"] == "#commune"
    assert errors_of(page).attrs["role"] == "alert"


def test_nothing_typed_is_said_in_words(visit):
    message = errors_of(visit(WIZARD, {"commune": "  "}, status=422)).one("li").text
    assert message == "Commune. Attendu : le nom, le code postal ou le code INSEE d'une commune."


def test_a_merged_commune_leads_to_the_one_that_took_it_over(client):
    assert answers_of(client.get(WIZARD, {"commune": "35112"})["Location"])["commune"] == "35062"


def test_a_merged_commune_in_an_old_address_names_the_current_one(visit):
    page = visit(RESULT, {**TEAM, "commune": "35112"}, status=422)
    assert "35062" in page.one(id="commune-erreur").text
    assert page.one("input", id="commune").attrs["value"] == "35112"
    assert dict(form_of(page))["p-infirmier"] == "1"


def test_a_question_without_a_commune_leads_back_to_the_first(client):
    assert client.get(WIZARD, {"etape": "3"})["Location"] == WIZARD


@pytest.mark.parametrize("number", ["0", "6", "-1", "trois", ""])
def test_a_question_that_does_not_exist_is_the_first_one(visit, number):
    assert visit(WIZARD, {"etape": number, "commune": REDON}).one("h1").text == STEPS[0].title


def test_every_fact_of_the_situation_is_asked_once(visit):
    names = [name for step in STEPS for name in asked_by(visit(WIZARD, {"commune": REDON, "etape": step.number}))]
    assert len(names) == len(set(names))
    assert {f"p-{code}" for code in PROFESSIONS} <= set(names)
    not_asked = set(SituationOrientation.model_fields) - set(names)
    assert not_asked == {"region_pack", "professionnels"}


def test_what_was_answered_goes_from_one_question_to_the_next_and_comes_back(visit):
    answered = {**TEAM, "projet_de_sante": "redige", "champs": "social", "cpts_existante": "non", "patientele": "1200"}
    for step in STEPS:
        sent = form_of(visit(WIZARD, {**answered, "etape": step.number}))
        field = "Redon (35236)" if step.number == 1 else REDON
        assert {name: value for name, value in sent if value} == {**answered, "commune": field}


def test_an_empty_answer_does_not_lengthen_the_address(visit):
    page = visit(WIZARD, {**TEAM, "patientele": "", "etape": "4"})
    assert "patientele" not in {field.attrs["name"] for field in page.all("input", type="hidden")}


@pytest.mark.parametrize(
    ("field", "typed", "step", "expected"),
    [
        ("p-infirmier", "-3", 2, "un nombre d'au moins 0"),
        ("p-infirmier", "deux", 2, "un nombre entier"),
        ("p-orthoptiste", "1 000 000", 2, "un nombre d'au plus"),
        ("champ-patientele", "beaucoup", 3, "un nombre entier"),
        ("champ-patientele", "9 999 999", 3, "un nombre d'au plus"),
        ("champ-communes", "Rdn", 4, "le code INSEE d'une commune"),
        ("champ-specialistes_presents", "-1", 5, "un nombre d'au moins 0"),
        ("champ-specialite", "x", 5, ""),
    ],
)
def test_a_wrong_answer_leads_back_to_its_question_as_it_was_typed(visit, field, typed, step, expected):
    page = visit(RESULT, {**TEAM, field.removeprefix("champ-"): typed}, status=422)
    assert page.one("h1").text == STEPS[step - 1].title
    asked = page.one("input", id=field)
    assert asked.attrs["value"] == typed
    assert asked.attrs["aria-invalid"] == "true"
    assert f"Attendu : {expected}" in asked.described(page)
    assert errors_of(page).one("a").attrs["href"] == f"#{field}"
    assert all(asked_again(page, name, value) for name, value in TEAM.items() if name != field)


def asked_again(page, name, value):
    return (name, value) in form_of(page)


def test_every_wrong_answer_is_said_in_the_words_of_the_form_with_the_way_to_its_question(visit):
    wrong = {"commune": REDON, "p-infirmier": "-3", "patientele": "beaucoup", "communes": "Rdn, Bxx"}
    page = visit(RESULT, wrong, status=422)
    assert page.one("h1").text == "Votre équipe"
    told = errors_of(page).all("li")
    assert "3 réponses sont à corriger" in errors_of(page).text
    assert [item.text.split(" : «")[0] for item in told] == [
        "Infirmiers",
        "Patientèle médecin traitant",
        "Communes du territoire",
    ]
    assert "« Rdn, Bxx »" in told[2].text
    assert [parse_qs(urlsplit(item.one("a").attrs["href"]).query).get("etape") for item in told] == [None, ["3"], ["4"]]
    elsewhere = visit(told[1].one("a").attrs["href"])
    assert elsewhere.one("input", id="champ-patientele").attrs["value"] == "beaucoup"


@pytest.mark.parametrize("wrong", [{"region_pack": "atlantide"}, {"p-dragon": "2"}])
def test_an_answer_that_no_question_asks_is_told_and_left(client, visit, wrong):
    page = visit(RESULT, {**TEAM, **wrong}, status=422)
    assert "laissée de côté" in errors_of(page).text
    sent = [pair for pair in form_of(page) if pair[1]]
    assert dict(sent) == {**TEAM, "commune": "Redon (35236)"}
    assert answers_of(client.get(RESULT, sent)["Location"]) == TEAM


def test_the_name_of_a_commune_is_enough_to_ask_the_answer(client):
    response = client.get(RESULT, {**TEAM, "commune": "Redon"})
    assert urlsplit(response["Location"]).path == RESULT
    assert answers_of(response["Location"]) == TEAM


def test_nobody_yet_is_an_answer(visit):
    page = visit(WIZARD, {"commune": REDON, "equipe": "aucun", "etape": "2"})
    assert "checked" in page.one("input", name="equipe").attrs
    assert "personne pour l’instant" in visit(RESULT, {"commune": REDON, "equipe": "aucun"}).one("main").text


def test_the_other_professions_are_open_when_one_of_them_is_counted(visit):
    folded, counted = (
        visit(f"{WIZARD}?{urlencode({'commune': REDON, 'etape': 2, **more})}") for more in ({}, {"p-orthoptiste": "1"})
    )
    assert "open" not in folded.one("details", word="Orthoptistes").attrs
    assert "open" in counted.one("details", word="Orthoptistes").attrs


def test_the_last_question_leads_to_the_answer(visit):
    page = visit(f"{WIZARD}?{SITUATION}&etape=5")
    assert next(form for form in page.all("form") if form.all("button")).attrs["action"] == RESULT


def test_another_day_may_be_asked_with_the_commune_and_is_carried_on(visit):
    asked = visit("/orientation/?commune=35236&etape=1&date=2019-06-01").one("input", type="date")
    assert (asked.attrs["name"], asked.attrs["value"]) == ("date", "2019-06-01")
    hidden = visit("/orientation/?commune=35236&etape=2&date=2019-06-01").all("input", type="hidden", name="date")
    assert [field.attrs["value"] for field in hidden] == ["2019-06-01"]


@pytest.mark.parametrize("date", ["hier", "1998-01-01"])
def test_a_day_that_is_refused_is_said_beside_its_field(visit, date):
    page = visit(RESULT, {**TEAM, "date": date}, status=422)
    assert errors_of(page).one("a").attrs["href"] == "#champ-date"
    assert page.one("input", id="champ-date").attrs["aria-invalid"] == "true"
