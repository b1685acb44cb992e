"""The pages of the text of a project: outline, writing without a script, history, merge, reading."""

import json

import pytest
from tests import cast, text_world
from tests.web.reading import read as page_of

from maillage.apps.projets import sections
from maillage.apps.projets.models import Section, SectionConflict
from maillage.core.text import from_markdown, read, to_markdown

pytestmark = pytest.mark.django_db
START = "Le territoire compte dix communes.\n\nLes habitants vieillissent."


@pytest.fixture
def people():
    return text_world.create()


@pytest.fixture
def section(people):
    return Section.objects.get(code=text_world.CODE)


@pytest.fixture
def root(people):
    return f"/projets/{people.projet.pk}/document/"


@pytest.fixture
def opened(client, people, root):
    """Opens a page under the document as one of the cast."""

    def get(name, path="", data=None, status=200):
        client.force_login(getattr(people, name))
        response = client.get(f"{root}{path}", data)
        assert response.status_code == status, response.content.decode()[:500]
        return page_of(response.content.decode())

    return get


@pytest.fixture
def sent(client, people, root):
    """Posts a form under the document as one of the cast."""

    def post(name, path, data=None, status=302):
        client.force_login(getattr(people, name))
        response = client.post(f"{root}{path}", data or {})
        assert response.status_code == status, response.content.decode()[:500]
        return response

    return post


def write(section, by, text, base):
    return sections.save(section, body=from_markdown(text), base=base, by=by, at=cast.NOW)


def text_of(section):
    section.refresh_from_db()
    return to_markdown(read(section.body)).strip()


CODE = text_world.CODE


def test_the_outline_says_how_far_each_heading_is(opened, people, section):
    write(section, people.porteuse, START, 0)
    main = opened("membre").one("main").text
    assert "0 rubrique prête sur 3, 2 encore vides" in main
    assert "Porteuse Exemple" in main


def test_the_plain_field_holds_the_text_in_markdown(opened, people, section):
    write(section, people.porteuse, START, 0)
    page = opened("redactrice", f"{CODE}/")
    assert page.one("textarea", id="texte").text.split() == START.split()
    form = page.one("form", **{"class": "redaction-form"})
    assert json.loads(form.attrs["data-corps"]) == read(section.revisions.get().body).as_dict()


def test_a_form_saves_and_says_so(sent, opened, section):
    sent("porteuse", f"{CODE}/enregistrer/", {"texte": START.replace("\n", "\r\n"), "revision": "0"})
    assert text_of(section) == START
    assert "Enregistré à" in opened("porteuse", f"{CODE}/").one("main").text


def test_a_section_that_another_writes_is_read_and_says_who(opened, sent, people, section):
    opened("porteuse", f"{CODE}/")
    page = opened("redactrice", f"{CODE}/")
    assert "Porteuse Exemple écrit ici depuis" in page.one("main").text
    assert page.all("textarea", id="texte") == []
    sent("porteuse", f"{CODE}/liberer/")
    assert opened("redactrice", f"{CODE}/").all("textarea", id="texte")


def test_who_may_only_read_reads(opened, people, section):
    write(section, people.porteuse, f"{START}\n\n{{{{chiffre:population.totale}}}} {{{{chiffre:aucun}}}}", 0)
    page = opened("membre", f"{CODE}/")
    assert page.all("textarea", id="texte") == []
    assert "11 000 habitants (2020)" in " ".join(page.one("article").text.split()).replace("\u202f", " ")
    assert "chiffre introuvable" in page.one("article").text
    section.refresh_from_db()
    assert section.locked_by != people.membre


@pytest.mark.parametrize("path", ["", f"{CODE}/", "lire/", f"{CODE}/historique/", "inserer/", "actualiser/"])
def test_a_stranger_finds_nothing(opened, path):
    opened("stranger", path, status=404)


@pytest.mark.parametrize("path", ["enregistrer", "masquer", "etat", "verrou", "prendre", "liberer"])
def test_who_may_only_read_writes_nothing(sent, section, path):
    sent("membre", f"{CODE}/{path}/", {"texte": START, "revision": "0"}, status=403)
    section.refresh_from_db()
    assert (section.revision, section.locked_by) == (0, None)


def test_an_unknown_heading_is_not_found(opened):
    opened("porteuse", "msp.rien/", status=404)


def test_a_text_with_a_patient_is_shown_again_and_masked_on_demand(sent, section):
    typed = "Nous suivons Mme Dupont, 82 ans, à domicile."
    answer = sent("porteuse", f"{CODE}/enregistrer/", {"texte": typed, "revision": "0"}, status=422)
    page = page_of(answer.content.decode())
    assert page.one("textarea", id="texte").text.strip() == typed
    assert "Dupont, 82" in page.one(id="erreurs").text
    assert section.revisions.count() == 0
    sent("porteuse", f"{CODE}/enregistrer/", {"texte": typed, "revision": "0", "masquer": "oui"})
    assert "Dupont" not in text_of(section)
    assert "à domicile." in text_of(section)


def test_two_forms_on_the_same_passage_lead_to_the_merge_screen(sent, opened, people, section):
    write(section, people.porteuse, START, 0)
    write(section, people.porteuse, START.replace("dix", "douze"), 1)
    answer = sent("redactrice", f"{CODE}/enregistrer/", {"texte": START.replace("dix", "neuf"), "revision": "1"})
    screen = answer.url.split("/document/")[1]
    shown = opened("redactrice", screen).one("main").text
    assert "douze communes" in shown
    assert "neuf communes" in shown
    again = sent("redactrice", screen, {"revision": "2"}, status=422)
    assert "Il reste un choix à faire" in page_of(again.content.decode()).one("main").text
    sent("redactrice", screen, {"revision": "2", "choix-1": "both"})
    assert text_of(section) == (
        "Le territoire compte neuf communes.\n\nLe territoire compte douze communes.\n\nLes habitants vieillissent."
    )
    assert SectionConflict.objects.filter(resolved_at=None).count() == 0


def test_another_text_can_be_written_in_the_merge_screen(sent, people, section):
    write(section, people.porteuse, START, 0)
    write(section, people.porteuse, START.replace("dix", "douze"), 1)
    conflict = write(section, people.redactrice, START.replace("dix", "neuf"), 1).conflict
    choice = {"revision": "2", "choix-1": "autre", "texte-1": "Le territoire compte onze communes."}
    sent("redactrice", f"{CODE}/rapprocher/{conflict.pk}/", choice)
    assert text_of(section) == START.replace("dix", "onze")


def test_the_history_compares_and_brings_back(sent, opened, people, section):
    write(section, people.porteuse, START, 0)
    write(section, people.redactrice, START.replace("dix", "douze"), 1)
    history = opened("membre", f"{CODE}/historique/").one("main").text
    assert "Redactrice Exemple" in history
    page = opened("porteuse", f"{CODE}/historique/2/")
    assert ([each.text for each in page.all("del")], [each.text for each in page.all("ins")]) == (["dix"], ["douze"])
    sent("porteuse", f"{CODE}/historique/1/retablir/")
    assert text_of(section) == START
    opened("porteuse", f"{CODE}/historique/99/", status=404)


def test_the_state_of_a_heading_is_said_by_its_authors(sent, people, section):
    sent("porteuse", f"{CODE}/etat/", {"etat": "pret"})
    section.refresh_from_db()
    assert section.state == "vide"
    write(section, people.porteuse, START, 0)
    sent("porteuse", f"{CODE}/etat/", {"etat": "pret"})
    section.refresh_from_db()
    assert section.state == "pret"


def test_the_whole_document_is_read_with_what_is_inserted(opened, people, section):
    write(section, people.porteuse, f"{START}\n\n{{{{inserer:members:}}}}\n\n{{{{inserer:table:inconnu}}}}", 0)
    page = opened("accompagnatrice", "lire/")
    main = page.one("main").text
    assert "médecin généraliste" in main
    assert "Cet élément n'est pas dans le diagnostic du projet." in main
    assert main.count("Cette rubrique est encore vide.") == 2


def test_the_rail_finds_a_figure_by_its_name(opened):
    found = opened("porteuse", "inserer/", {"q": "pauvrete"})
    assert [each.attrs["data-ref"] for each in found.all("button", **{"data-inserer": "chiffre"})] == [
        "revenus.taux_pauvrete"
    ]
    assert "Rien ne correspond" in opened("porteuse", "inserer/", {"q": "zzzz"}).text
