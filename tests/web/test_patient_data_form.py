"""A form that is stopped: what was typed stays, the passages are shown, a button masks them."""

import pytest
from django import forms
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import RequestFactory
from tests.web.reading import read

from maillage.apps.common.screening import MOST_CHARACTERS, TOO_LONG, PatientData, screened
from maillage.core.kernel.problems import BadInput
from maillage.web import screening
from maillage.web.projets.refusals import by_field

TYPED = {"sujet": "Cas de Mme Durand, 82 ans, isolée", "lieu": "Redon"}


class MeetingForm(screening.ScreenedForm):
    sujet = forms.CharField(label="Sujet")
    lieu = forms.CharField(label="Lieu", required=False)
    jour = forms.DateField(label="Jour", required=False)


@pytest.fixture
def post():
    def send(**more: str) -> HttpRequest:
        return RequestFactory().post("/", {**TYPED, **more})

    return send


def test_a_screened_form_stops_the_text_and_keeps_it(post):
    form = MeetingForm(post().POST)
    assert not form.is_valid()
    assert form.errors["sujet"] == [screening.IN_THE_FIELD]
    assert form["sujet"].value() == TYPED["sujet"]
    (stopped,) = form.donnees_patient
    assert (stopped.label, stopped.passages[0].found) == ("Sujet", "Durand, 82")


def test_only_what_is_typed_freely_is_screened():
    assert MeetingForm.texts() == ["sujet", "lieu"]


def test_masking_puts_the_masked_text_back_in_the_form_and_saves_nothing(post):
    request = post(masquer="oui")
    data = screening.received(request, MeetingForm.texts())
    assert screening.mask_asked(request)
    assert data["sujet"] == "Cas de Mme [masqué], 82 ans, isolée"
    assert data["lieu"] == "Redon"
    assert MeetingForm(data).is_valid()


def test_without_the_button_what_was_typed_is_untouched(post):
    assert screening.received(post(), MeetingForm.texts())["sujet"] == TYPED["sujet"]


def test_a_refusal_of_a_service_is_shown_the_same_way():
    with pytest.raises(PatientData) as refused:
        screened(TYPED)
    (stopped,) = screening.stopped(refused.value, TYPED, {"sujet": "Sujet de la réunion"})
    assert (stopped.field, stopped.label) == ("sujet", "Sujet de la réunion")
    assert stopped.passages[0].before == "Cas de Mme "


def test_the_fragment_shows_where_and_why_and_offers_to_mask(post):
    form = MeetingForm(post().POST)
    form.is_valid()
    page = read(render_to_string("_patient_data.html", {"donnees_patient": form.donnees_patient}))
    assert page.one("mark").text == "Durand, 82"
    assert "Une personne est nommée avec son âge." in page.one("li").text
    assert page.one("button").attrs["name"] == "masquer"
    assert page.one(role="alert").attrs["tabindex"] == "-1"


def test_the_fragment_is_nothing_when_nothing_is_stopped():
    assert render_to_string("_patient_data.html", {"donnees_patient": ()}).strip() == ""


def test_what_was_typed_is_escaped():
    form = MeetingForm({"sujet": "<script>x</script> Mme Durand, 82 ans"})
    form.is_valid()
    shown = render_to_string("_patient_data.html", {"donnees_patient": form.donnees_patient})
    assert "<script>" not in shown


def test_a_text_too_long_is_refused_beside_its_field_before_it_is_read():
    form = MeetingForm({"sujet": "Mme Durand, 82 ans. " * MOST_CHARACTERS})
    assert not form.is_valid()
    assert form.errors["sujet"] == [TOO_LONG]
    assert form.donnees_patient == ()


def test_a_text_too_long_is_not_masked_and_the_page_says_so(monkeypatch, post):
    said = []
    monkeypatch.setattr(screening.messages, "error", lambda _, words: said.append(words))
    long = "Mme Durand, 82 ans. " * MOST_CHARACTERS
    assert screening.received(post(masquer="oui", sujet=long), MeetingForm.texts())["sujet"] == long
    assert said == [TOO_LONG]


def test_the_refusal_of_a_text_too_long_is_told_beside_its_field():
    with pytest.raises(BadInput) as refused:
        screened({"sujet": "a" * (MOST_CHARACTERS + 1)})
    assert by_field(refused.value) == {"sujet": TOO_LONG}
