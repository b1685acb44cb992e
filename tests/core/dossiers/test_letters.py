"""The models of letters: every one that a kind names exists, says only known words, names its text."""

import pytest

from maillage.core.dossiers import letters
from maillage.core.dossiers.kinds import every_kind, known_packs
from maillage.core.dossiers.letters import GENERIC, NAMES, PLACEHOLDER, LetterModel, all_models, finished, letter_model
from maillage.core.text import from_markdown, plain

MODELS = [model for pack in ("", *known_packs()) for model in all_models(pack).values()]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: f"{model.pack}:{model.code}")
def test_a_model_says_known_placeholders_and_its_source(model: LetterModel):
    for text in (model.objet, model.corps):
        assert {found[1] for found in PLACEHOLDER.finditer(text)} <= set(NAMES)
    assert model.source
    assert model.a_confirmer, "a model is ours: the service reads it again"
    assert from_markdown(model.corps).content


def test_every_letter_that_a_kind_names_has_its_model():
    missing = {each.modele for kind in every_kind() for each in kind.courriers} - {
        code for pack in ("", *known_packs()) for code in all_models(pack)
    }
    assert not missing


def test_every_purpose_has_a_model_of_everyone():
    assert set(GENERIC.values()) <= set(all_models())


def test_a_kind_without_a_letter_takes_that_of_everyone():
    kind = every_kind()[0].model_copy(update={"courriers": ()})
    assert letter_model(kind, "refus").code == "refus"


def test_what_is_not_known_is_said_to_confirm_and_strange_braces_stay():
    told = finished("{structure} ({finess_et}) {autre}", {"structure": "CPTS de Redon"})
    assert told == "CPTS de Redon (à confirmer) {autre}"


def test_a_region_rewrites_a_letter(tmp_path, monkeypatch):
    (tmp_path / "courriers").mkdir()
    (tmp_path / "bretagne" / "courriers").mkdir(parents=True)
    whole = "code: accord\ntitre: A\nobjet: O\ncorps: national\nsource: S\nconfiance: C\na_confirmer: x\n"
    (tmp_path / "courriers" / "accord.yaml").write_text(whole, "utf-8")
    (tmp_path / "bretagne" / "courriers" / "accord.yaml").write_text("code: accord\ncorps: breton\n", "utf-8")
    monkeypatch.setattr(letters, "DATA", tmp_path)
    read = letters.all_models.__wrapped__
    assert read("")["accord"].corps == "national"
    found = read("bretagne")["accord"]
    assert (found.corps, found.objet, found.pack) == ("breton", "O", "bretagne")


def test_a_body_is_filled_as_words_and_typed_back_as_one_types():
    body = from_markdown("« {structure} » a le numéro {finess_et}.")
    filled = letters.filled_doc(body, {"structure": "CPTS *du* [pays](x)"})
    assert letters.typed(filled).endswith("a le numéro {finess_et}.")
    assert plain(filled) == "« CPTS *du* [pays](x) » a le numéro {finess_et}."
    assert from_markdown(letters.typed(filled)) == filled
    assert plain(letters.finished_doc(filled, {})) == "« CPTS *du* [pays](x) » a le numéro à confirmer."
