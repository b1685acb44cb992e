"""Dossiers of a procedure, read from the JSON of its API."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.dossiers.procedure_sample import answer, dossier

from maillage.core.dossiers.procedure_file import read
from maillage.core.kernel.problems import BadInput


@pytest.mark.parametrize("shape", ["nodes", "edges"])
def test_nodes_and_edges_are_read_alike(shape):
    (found,), unread = read(answer(dossier(12), shape=shape))
    assert (found.number, found.state, found.name, found.departement) == (
        "12", "en_construction", "Association du pays de Redon", "35",
    )  # fmt: skip
    assert unread == ()


def test_several_pages_in_one_list_are_read():
    pages = [json.loads(answer(dossier(1))), json.loads(answer(dossier(2)))]
    assert [each.number for each in read(json.dumps(pages).encode())[0]] == ["1", "2"]


def test_each_kind_of_answer_is_read():
    ((found,), _) = read(answer(dossier(12)))
    told = {each.label: each for each in found.answers}
    assert told["Commune principale"].commune == "35236"
    assert told["Statuts déposés en préfecture"].text == "oui"
    assert told["Champs associés"].values == ("ambulatoire", "social")
    assert told["Statuts de l'association"].files == ("statuts.pdf",)
    assert [each.text for each in found.answers if each.label == "Action"] == [
        "Repérer la fragilité",
        "Accueillir les stagiaires",
    ]


def test_one_that_cannot_be_read_does_not_stop_the_others():
    wrong = dossier(2) | {"state": "perdu"}
    naive = dossier(3) | {"dateDepot": "2026-03-01T10:00:00"}
    found, unread = read(answer(dossier(1), wrong, naive))
    assert [each.number for each in found] == ["1"]
    assert [(each.number, each.reason) for each in unread] == [
        ("2", "état « perdu » inconnu"),
        ("3", "« 2026-03-01T10:00:00 » n'a pas de fuseau horaire"),
    ]


@given(st.one_of(st.binary(max_size=200), st.recursive(
    st.none() | st.booleans() | st.text(max_size=5) | st.integers(),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["data", "demarche", "dossiers", "nodes", "edges", "node", "champs"]), inner),
    max_leaves=12,
).map(lambda value: json.dumps(value).encode())))  # fmt: skip
def test_any_other_file_is_refused_by_our_error_or_read_as_unread(content):
    try:
        found, _unread = read(content)
    except BadInput:
        return
    assert found == ()


@pytest.mark.parametrize(
    "page", ['{"demarche": {"dossiers": {"edges": 5}}}', '{"demarche": {"dossiers": {"nodes": 5}}}', "9" * 6000]
)
def test_a_hostile_shape_is_no_such_file(page):
    with pytest.raises(BadInput, match="Démarche numérique"):
        read(page.encode())
