"""Answers as typed values, those that count, the way ahead, what changed between two contents, the delay in words."""

import datetime

import pytest

from maillage.core.dossiers import kinds
from maillage.core.dossiers.ahead import ahead
from maillage.core.dossiers.answers import counted, read_answer, said
from maillage.core.dossiers.definition import FieldData
from maillage.core.dossiers.delay_words import SUSPENDS, brief, sentences
from maillage.core.dossiers.differences import differences
from maillage.core.kernel.problems import BadInput


def field(kind: str, **rest) -> FieldData:
    options = [{"code": "a", "libelle": "le premier"}, {"code": "b", "libelle": "le second"}]
    return FieldData(code="q", libelle="Q", type=kind, source="s", confiance="A", options=options, **rest)


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("texte", "  deux   mots ", "deux mots"),
        ("texte_long", " une\r\ndeux ", "une\ndeux"),
        ("entier", "1 200", 1200),
        ("nombre", "2,5", 2.5),
        ("euros", "1 200,50 €", 1200.5),
        ("euros", "12", 12),
        ("date", "31/12/2026", "2026-12-31"),
        ("date", "2026-12-31", "2026-12-31"),
        ("oui_non", "oui", True),
        ("oui_non", False, False),
        ("choix", "a", "a"),
        ("choix_multiple", ["b", "a"], ["a", "b"]),
        ("communes", ["35236", "", "35236"], ["35236"]),
        ("siret", "732 829 320 00074", "73282932000074"),
        ("texte", "", None),
        ("entier", None, None),
        ("communes", [], None),
    ],
)
def test_what_is_typed_becomes_a_value(kind, typed, kept):
    found = read_answer(field(kind), typed)
    assert (found, type(found)) == (kept, type(kept))


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("texte", "x" * 301), ("texte", 3), ("entier", "2,5"), ("entier", True), ("nombre", "1e3"), ("nombre", "nan"),
        ("euros", "-1"), ("date", "30/02/2026"), ("date", "demain"), ("date", "0001-01-01"), ("oui_non", "peut-être"),
        ("oui_non", 1), ("choix", "c"), ("choix", ["a"]), ("choix_multiple", ["c"]), ("choix_multiple", "a"),
        ("communes", [3]), ("siren", "12"), ("siret", "7328293200007²"),
    ],
)  # fmt: skip
def test_what_is_not_an_answer_is_refused(kind, typed):
    with pytest.raises(BadInput, match="Attendu"):
        read_answer(field(kind), typed)


def test_an_answer_behind_a_condition_no_longer_true_does_not_count():
    definition = next(each for each in kinds.all_kinds() if any(one.si for one in each.champs))
    late = next(each for each in definition.champs if each.si)
    asked = late.si[0]
    answers = {asked.champ: asked.vaut[0], late.code: "gardé"}
    assert late.code in counted(definition, answers)
    assert late.code not in counted(definition, {late.code: "gardé"})


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        ("oui_non", True, "oui"), ("choix", "a", "le premier"), ("choix_multiple", ["a", "b"], "le premier, le second"),
        ("date", "2026-12-31", "31\xa0décembre\xa02026"), ("commune", "35236", "Redon (35236)"),
        ("texte", None, "à confirmer"), ("texte", "mot", "mot"),
        ("communes", ["35236", "00000"], "Redon (35236), 00000"),
    ],
)  # fmt: skip
def test_an_answer_is_said_in_words(kind, value, words):
    assert said(field(kind), value, {"35236": "Redon"}) == words


def test_every_kind_leads_from_its_draft_to_a_granted_dossier():
    for definition in kinds.every_kind():
        way = ahead(definition, definition.first)
        assert way, definition.code
        assert way[-1].phase == "suivi"
        assert ahead(definition, way[-1].code) == ()


def test_what_changed_is_told_once():
    line = {"code": "q", "question": "Q", "reponse": "avant"}
    file = {"code": "p", "libelle": "P", "nom": "a.pdf", "sha256": "1"}
    version = {"numero": 1, "nom": "Une"}
    before = {"formulaire": [line], "pieces": [file], "projet": version}
    after = {
        "formulaire": [{**line, "reponse": "après"}, {**line, "code": "r", "question": "R"}],
        "pieces": [{**file, "nom": "b.pdf", "sha256": "2"}],
        "projet": {**version, "numero": 2},
    }
    found = differences(before, after)
    assert [(each.what, each.before, each.after) for each in found.answers] == [
        ("Q", "avant", "après"), ("R", "sans réponse", "avant"),
    ]  # fmt: skip
    assert [(each.before, each.after) for each in found.documents] == [("a.pdf", "b.pdf")]
    assert found.version.before == "nº 1, « Une »"
    assert differences(before, before).is_empty
    assert not differences(before, after, made=frozenset("p")).documents


def test_the_delay_of_each_kind_is_said_in_words():
    for definition in kinds.every_kind():
        told = sentences(definition, datetime.date(2027, 1, 22))
        assert told[0]
        assert brief(definition).endswith((".", "à confirmer."))
        if definition.delai and definition.delai.incomplet_suspend:
            assert SUSPENDS in told
        if definition.delai:
            assert "22\xa0janvier\xa02027" in " ".join(told)
            assert "à confirmer" in " ".join(sentences(definition, None))
