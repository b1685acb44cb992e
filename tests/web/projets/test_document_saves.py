"""What the editor sends and is answered: JSON."""

import json

import pytest
from tests import text_world

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
def ask(client, people):
    """Posts JSON to the section as one of the cast; gives the status and the JSON."""

    def post(name, path, sent, status=200):
        client.force_login(getattr(people, name))
        address = f"/projets/{people.projet.pk}/document/{text_world.CODE}/{path}/"
        body = sent if isinstance(sent, str) else json.dumps(sent)
        answer = client.post(address, body, content_type="application/json", headers={"accept": "application/json"})
        assert answer.status_code == status, answer.content.decode()[:500]
        return answer.json()

    return post


def typed(text, revision):
    return {"corps": from_markdown(text).as_dict(), "revision": revision}


def text_of(section):
    section.refresh_from_db()
    return to_markdown(read(section.body)).strip()


def test_a_save_says_its_revision_and_when(ask, section):
    told = ask("porteuse", "enregistrer", typed(START, 0))
    assert (told["etat"], told["revision"], told["la_mienne"]) == ("enregistre", 1, 1)
    assert told["message"].startswith("Enregistré à")
    assert "corps" not in told
    assert text_of(section) == START


@pytest.mark.parametrize("path", ["enregistrer", "masquer"])
def test_a_table_whose_merged_cells_go_beyond_its_columns_is_refused_at_once(ask, section, path):
    cell = {"type": "tableCell", "attrs": {"rowspan": 300, "colspan": 12}, "content": [{"type": "paragraph"}]}
    table = {"type": "table", "content": [{"type": "tableRow", "content": [cell] * 12}] * 300}
    told = ask("porteuse", path, {"corps": {"type": "doc", "content": [table]}, "revision": 0}, 422)
    assert "12 colonnes" in told["message"]
    assert text_of(section) == ""


def test_a_merge_gives_the_text_of_both(ask, section):
    ask("porteuse", "enregistrer", typed(START, 0))
    ask("porteuse", "enregistrer", typed(START.replace("dix", "douze"), 1))
    told = ask("redactrice", "enregistrer", typed(START.replace("vieillissent", "partent"), 1))
    assert told["etat"] == "fusionne"
    assert to_markdown(read(told["corps"])).strip() == text_of(section)
    assert (told["revision"], told["la_mienne"]) == (4, 3)


def test_a_conflict_gives_the_address_of_the_merge_screen(ask, client, section):
    ask("porteuse", "enregistrer", typed(START, 0))
    ask("porteuse", "enregistrer", typed(START.replace("dix", "douze"), 1))
    told = ask("redactrice", "enregistrer", typed(START.replace("dix", "neuf"), 1), status=409)
    assert told["etat"] == "conflit"
    assert str(SectionConflict.objects.get().pk) in told["adresse"]
    assert client.get(told["adresse"]).status_code == 200


def test_a_text_with_a_patient_says_where_and_is_masked_without_being_saved(ask, section):
    sent = typed("Mme Dupont, 82 ans.\n\nM. Martin, 75 ans.", 0)
    told = ask("porteuse", "enregistrer", sent, status=422)
    assert [each["extrait"] for each in told["trouves"]] == ["Dupont, 82", "Martin, 75"]
    one = ask("porteuse", "masquer", {**sent, "rangs": [0]})
    assert "Martin" in to_markdown(read(one["corps"]))
    assert "Dupont" not in to_markdown(read(one["corps"]))
    every = ask("porteuse", "masquer", {**sent, "rangs": None})
    ask("porteuse", "enregistrer", {"corps": every["corps"], "revision": 0})
    assert "Martin" not in text_of(section)


@pytest.mark.parametrize(
    "sent",
    ["{", "[]", {"corps": {"type": "autre"}, "revision": 0}, typed(START, 9), typed(START, "x"), typed(START, -1)],
)
def test_what_is_not_a_text_is_refused_in_words(ask, section, sent):
    told = ask("porteuse", "enregistrer", sent, status=422)
    assert told["etat"] == "refuse"
    assert told["message"].startswith("Il faut ")
    assert section.revisions.count() == 0


def test_the_lock_answers_who_holds_the_section(ask, section):
    assert ask("porteuse", "verrou", {}) == {"etat": "tenue", "revision": 0}
    told = ask("redactrice", "verrou", {}, status=409)
    assert "Porteuse Exemple écrit ici depuis" in told["message"]


def test_a_page_whose_session_is_back_gets_a_new_token(client, people):
    address = f"/projets/{people.projet.pk}/document/{text_world.CODE}/session/"
    assert client.get(address).status_code == 302
    client.force_login(people.porteuse)
    told = client.get(address).json()
    assert told["ecrit"] is True
    assert told["jeton"]
    client.force_login(people.membre)
    assert client.get(address).json()["ecrit"] is False
