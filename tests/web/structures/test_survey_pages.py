"""Surveys on their pages: built, opened, answered by anyone, shown; what is done with users."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests import cast
from tests.droits.plan import PNG
from tests.web.activity import *  # noqa: F403
from tests.web.activity import said
from tests.web.reading import read

from maillage.apps.quality.models import Survey, SurveyAnswer, SurveyText, UserInvolvement
from maillage.apps.quality.services import answering, surveys
from maillage.apps.quality.services.answering import answer
from maillage.apps.quality.survey_inputs import QuestionFields, SurveyFields

LAST = "2099-12-31"
QUESTIONS = (
    QuestionFields(kind="note", title="Accueil", is_required=True),
    QuestionFields(kind="multiple", title="Quoi de plus ?", choices="Ateliers\nHoraires"),
    QuestionFields(kind="texte", title="Dites"),
)


@pytest.fixture
def team(visitor):
    """The porteuse on the pages of the structure."""
    found = visitor("porteuse")
    found.root = found.structure
    return found


@pytest.fixture
def draft(people):
    fields = SurveyFields(title="Votre avis", closes_on=LAST)
    return surveys.create_survey(people.structure, fields, questions=QUESTIONS, by=people.porteuse, at=cast.NOW)


@pytest.fixture
def survey(draft, people):
    return surveys.open_survey(draft, by=people.porteuse, at=cast.NOW)


def keys(survey):
    return [str(each.pk) for each in survey.questions.all()]


def page_of(response):
    return read(response.content.decode())


def test_a_survey_is_begun_from_a_template_changed_and_opened(team):
    assert "Aucune enquête" in said(team.get("qualite/enquetes/"))
    told = {"title": "Votre avis", "closes_on": LAST}
    page = team.posted("qualite/enquetes/nouvelle/?modele=satisfaction", told)
    survey = Survey.objects.get()
    assert survey.questions.count() == 8
    root = f"qualite/enquetes/{survey.pk}/"
    page = team.posted(f"{root}questions/", {"kind": "choix", "title": "Su ?", "choices": "Oui"}, status=422)
    assert "deux réponses" in said(page)
    team.posted(f"{root}questions/", {"kind": "choix", "title": "Su ?", "choices": "Oui\nNon"})
    first = survey.questions.first()
    page = team.posted(f"{root}questions/{first.pk}/retirer/")
    key = page.one("input", name="cle").attrs["value"]
    assert first.title in said(team.posted(f"{root}questions/retablir/", {"cle": key}))
    page = team.posted(f"{root}ouvrir/")
    assert f"/enquete/{survey.secret}/" in said(page)


def test_a_question_of_a_draft_is_changed_where_it_stands(team, draft, people):
    root, question = f"qualite/enquetes/{draft.pk}/", keys(draft)[1]
    form = team.get(f"{root}questions/{question}/modifier/")
    assert form.one("textarea", id="champ-choices").text.split() == ["Ateliers", "Horaires"]
    told = {"title": "Quoi encore ?", "kind": "multiple", "choices": "Ateliers", "is_required": "oui"}
    assert "deux réponses" in said(team.posted(f"{root}questions/{question}/modifier/", told, status=422))
    page = team.posted(f"{root}questions/{question}/modifier/", told | {"choices": "Ateliers\nLivres"})
    assert "Quoi encore ? obligatoire Ateliers · Livres" in said(page)
    assert keys(draft)[1] == question
    surveys.open_survey(draft, by=people.porteuse, at=cast.NOW)
    page = team.posted(f"{root}questions/{question}/modifier/", told | {"choices": "A\nB"}, status=422)
    assert "ses questions ne changent plus" in said(page)


def test_a_draft_is_removed_and_put_back(team, draft):
    page = team.posted(f"qualite/enquetes/{draft.pk}/supprimer/")
    key = page.one("input", name="cle").attrs["value"]
    assert "Votre avis" in said(team.posted("qualite/enquetes/retablir/", {"cle": key}))


def test_anyone_answers_once_by_browser_and_is_not_followed(survey):
    visitor, address = Client(), f"/enquete/{survey.secret}/"
    mark, more, text = keys(survey)
    form = visitor.get(address)
    assert form.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert form.headers["Referrer-Policy"] == "same-origin"  # a browser told « no-referrer » sends no origin: refused
    assert page_of(form).all("script") == []
    answered = visitor.post(address, {mark: "4", more: ["Ateliers", "Horaires"], text: "Des fauteuils"}, follow=True)
    assert "Merci, votre réponse est gardée" in said(page_of(answered))
    (cookie,) = [each for name, each in visitor.cookies.items() if name.startswith("enquete-")]
    assert (cookie.value, cookie["path"], cookie["httponly"]) == ("oui", address, True)
    assert "a déjà répondu" in said(page_of(visitor.get(address)))
    visitor.post(address, {mark: "1"})
    assert SurveyAnswer.objects.count() == 1
    assert SurveyText.objects.get().text == "Des fauteuils"


def test_a_wrong_answer_keeps_what_was_typed_beside_its_message(survey):
    mark, _more, text = keys(survey)
    response = Client().post(f"/enquete/{survey.secret}/", {text: "Des fauteuils"})
    page = page_of(response)
    assert response.status_code == 422
    assert "obligatoire" in page.one("fieldset", id=f"champ-{mark}").described(page)
    assert page.one("textarea").text == "Des fauteuils"


def test_a_survey_takes_so_many_answers_by_minute_then_says_to_wait(survey, people, monkeypatch):
    monkeypatch.setattr(answering, "MOST_BY_MINUTE", 2)
    monkeypatch.setattr(timezone, "now", lambda: cast.NOW)
    mark, _more, text = keys(survey)
    told = {mark: "4", text: "Des fauteuils"}
    sent = [Client().post(f"/enquete/{survey.secret}/", told) for _rank in range(3)]
    assert [each.status_code for each in sent] == [302, 302, 429]
    assert sent[2].headers["Retry-After"] == "60"
    page = page_of(sent[2])
    assert "attendez une minute" in said(page)
    assert page.one("textarea").text == "Des fauteuils"
    answer(survey, {mark: ["3"]}, at=cast.NOW, on_paper_by=people.porteuse)
    assert SurveyAnswer.objects.count() == 3


def test_a_patient_in_an_answer_is_stopped_then_masked(survey):
    mark, _more, text = keys(survey)
    told = {mark: "4", text: "Je suis Mme MARTIN Jeanne, 82 ans"}
    page = page_of(Client().post(f"/enquete/{survey.secret}/", told))
    assert "peut désigner un patient" in page.one(id="donnees-patient").text
    masked = page_of(Client().post(f"/enquete/{survey.secret}/", told | {"masquer": "oui"}))
    assert "MARTIN" not in masked.one("textarea").text
    assert not SurveyAnswer.objects.exists()


def test_a_draft_or_a_wrong_address_is_not_to_be_found_and_a_closed_survey_says_so(people, draft):
    assert Client().get(f"/enquete/{draft.secret}/").status_code == 404
    assert Client().get("/enquete/rien/").status_code == 404
    survey = surveys.open_survey(draft, by=people.porteuse, at=cast.NOW)
    surveys.close_survey(survey, by=people.porteuse, at=cast.NOW)
    assert "est close depuis le 22 novembre 2026" in said(page_of(Client().get(f"/enquete/{survey.secret}/")))


def test_results_wait_for_five_answers_then_are_drawn_and_exported(team, survey):
    mark, _more, text = keys(survey)
    for rank in range(4):
        answer(survey, {mark: ["4"], text: [f"Avis {rank}"]}, at=cast.NOW)
    root = f"qualite/enquetes/{survey.pk}/"
    page = team.get(root)
    assert "à partir de 5 réponses une fois l’enquête close, de 10 tant qu’elle est ouverte" in said(page)
    assert "Moins de 5 réponses pour l’instant" in said(page)
    assert page.all("figure") == []
    assert team.raw(root, format="csv").status_code == 404
    for level in "522222":
        answer(survey, {mark: [level]}, at=cast.NOW)
    page = team.get(root)
    assert "4,2" in said(page)
    assert "10 réponses au moins" in said(page)
    assert "10 au moins" in said(team.get("qualite/enquetes/"))
    assert len(page.all("figure")) == 1
    assert "des 5 premières réponses. Ils avancent de 5 en 5" in said(page)
    assert "Textes à lire" not in said(page)
    page = team.posted(f"{root}clore/")
    assert "10 réponses." in said(page)
    assert "Textes à lire (4)" in said(page)
    shown = SurveyText.objects.get(text="Avis 2")
    team.posted(f"{root}textes/{shown.pk}/montrer/")
    csv = team.raw(root, format="csv").content.decode("utf-8-sig").splitlines()
    assert {"Accueil;2;5", "Accueil;4;4", "Accueil;5;1"} <= set(csv)
    assert "Dites;Avis 2;1" in csv
    assert len([line for line in csv if line.startswith("Dites")]) == 1


def test_an_answer_on_paper_is_typed_and_counted(team, survey):
    mark, _more, _text = keys(survey)
    team.posted(f"qualite/enquetes/{survey.pk}/saisir/", {mark: "3"})
    assert "sur papier." not in said(team.get(f"qualite/enquetes/{survey.pk}/"))
    assert "dont 1 sur papier" in said(team.posted(f"qualite/enquetes/{survey.pk}/clore/"))


def test_the_poster_has_its_code_and_the_questions(team, survey):
    page = team.get(f"qualite/enquetes/{survey.pk}/affiche/")
    assert page.one("svg", class_="qr").one("title").text.startswith("Code à scanner")
    assert "Ateliers" in said(page)


def test_what_is_done_with_users_is_noted_with_its_proof(team, survey):
    told = {"title": "Comité", "kind": "partenariat", "day": "2026-11-20", "people": "12"}
    page = team.posted("qualite/usagers/nouvelle/", told | {"people": "beaucoup"}, status=422)
    assert page.one("input", id="champ-people").attrs["value"] == "beaucoup"
    file = SimpleUploadedFile("compte-rendu.png", PNG, "image/png")
    page = team.posted("qualite/usagers/nouvelle/", told | {"fichier": file})
    assert "une action au moins" in said(page)
    row = UserInvolvement.objects.get()
    answered = team.raw(f"qualite/usagers/{row.pk}/preuve/")
    assert b"".join(answered.streaming_content).startswith(b"\x89PNG")
    page = team.posted(f"qualite/usagers/{row.pk}/retirer/")
    key = page.one("input", name="cle").attrs["value"]
    assert "Comité" in said(team.posted("qualite/usagers/retablir/", {"cle": key}))
    csv = team.raw("qualite/usagers/", format="csv", annee="2026").content.decode("utf-8-sig")
    assert "2026-11-20;partenariat;2;Comité" in csv


def test_an_authority_finds_nothing_and_who_reads_sees_no_form(people, visitor, survey):
    reader = visitor("membre")
    reader.root = reader.structure
    for path in ("qualite/enquetes/", f"qualite/enquetes/{survey.pk}/", "qualite/usagers/"):
        assert reader.get(path).one("main").all("form", method="post") == []
        assert visitor("stranger").client.get(reader.structure + path).status_code == 404
    assert reader.raw("qualite/enquetes/nouvelle/").status_code == 403
