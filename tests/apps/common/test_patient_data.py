"""The screen that keeps patients out: what it finds, what it leaves, measured on sentences of invented people."""

import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from maillage.apps.common.patient_data.finding import HIDDEN, Finding, Kind, mask, masked_part, merged
from maillage.apps.common.patient_data.numbers import is_nir
from maillage.apps.common.patient_data.screen import find

DATA = Path(__file__).parent / "data"
LEARNED, HELD_OUT = "apprises.txt", "tenues_a_part.txt"
CORSE_2A, CORSE_2B = "277022A00401726", "189092B03311596"


@dataclass(frozen=True)
class Sentence:
    expected: str
    text: str


def sentences(name: str) -> list[Sentence]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [Sentence(*line.split("|", 1)) for line in lines if line and not line.startswith("#")]


def kinds(text: str) -> set[str]:
    return {finding.kind.value for finding in find(text)}


def key(body: str) -> str:
    return f"{97 - int(body.replace('2A', '19').replace('2B', '18')) % 97:02d}"


@pytest.mark.parametrize(("name", "recall", "alarms"), [(LEARNED, 0.98, 0.0), (HELD_OUT, 0.88, 0.03)])
def test_the_screen_finds_patients_and_leaves_the_rest_at_least_this_well(name, recall, alarms):
    every = sentences(name)
    positive = [sentence for sentence in every if sentence.expected]
    negative = [sentence for sentence in every if not sentence.expected]
    missed = [sentence.text for sentence in positive if not find(sentence.text)]
    wrong = [sentence.text for sentence in negative if find(sentence.text)]
    found = len(positive) - len(missed)
    sys.stdout.write(f"\n{name} : rappel {found}/{len(positive)}, fausses alertes {len(wrong)}/{len(negative)}\n")
    sys.stdout.writelines([f"  manqué : {text}\n" for text in missed] + [f"  à tort : {text}\n" for text in wrong])
    assert found / len(positive) >= recall
    assert len(wrong) / len(negative) <= alarms


def test_the_labelled_set_is_large_and_a_part_of_it_is_held_out():
    learned, held_out = sentences(LEARNED), sentences(HELD_OUT)
    assert len(learned) + len(held_out) >= 800
    assert len(held_out) >= 130
    assert {sentence.text for sentence in learned}.isdisjoint(sentence.text for sentence in held_out)


@pytest.mark.parametrize("name", [LEARNED, HELD_OUT])
def test_a_masked_sentence_is_let_through(name):
    left = [text for text in (sentence.text for sentence in sentences(name)) if find(mask(text, find(text)))]
    assert left == []


def test_what_is_found_is_named_for_what_it_is():
    found = [sentence for sentence in sentences(LEARNED) if sentence.expected and find(sentence.text)]
    assert [sentence.text for sentence in found if sentence.expected not in kinds(sentence.text)] == []


@pytest.mark.parametrize("number", [CORSE_2A, CORSE_2B, "255081416802538", "795019935200162"])
def test_a_number_with_its_key_is_known_in_corsica_and_before_it_is_final(number):
    whole = number[:13] + key(number[:13])
    assert is_nir(whole)
    assert kinds(f"voir {whole}") == {"nir"}
    assert not is_nir(number[:13] + f"{int(key(number[:13])) % 97 + 1:02d}")


@pytest.mark.parametrize("between", [" ", ".", "-", "/", "\u00a0", "\u202f", "\u200b", ""])
def test_a_number_is_found_however_it_is_spaced(between):
    pieces = ("2", "55", "08", "14", "168", "025", key("2550814168025"))
    assert kinds(f"n° {between.join(pieces)}") == {"nir"}


@pytest.mark.parametrize(
    "text", ["Mme Durand, ne\u0301e le 12/03/1948", "Mme\u00a0Durand, née le 12\u202fmars\u202f1948"]
)
def test_accents_apart_and_hard_spaces_hide_nothing(text):
    assert kinds(text) == {"naissance"}


def test_masking_keeps_the_sentence_and_hides_the_person():
    text = "Mme Durand, 82 ans, est tombée. Dossier n° 45871."
    assert mask(text, find(text)) == "Mme [masqué], 82 ans, est tombée. Dossier n° [masqué]."


def test_places_are_those_of_the_text_as_it_was_typed():
    text = "Œdème ☎️ : l’enfant Léo, 4 ans"
    (finding,) = find(text)
    assert [text[start:end] for start, end in finding.hidden] == ["Léo"]


def test_a_finding_never_repeats_what_was_typed():
    (finding,) = find("Mme Durand née le 12/03/1948")
    assert "Durand" not in repr(finding)
    assert "1948" not in repr(finding)
    assert finding.excerpt == "▮▮▮▮▮▮ née le ▮▮/▮▮/▮▮▮▮"
    assert finding.explanation.endswith(".")


def test_every_kind_has_its_explanation():
    assert all(Finding(kind, 0, 1, ((0, 1),), "").explanation for kind in Kind)


@pytest.mark.parametrize(
    "piece", ["M. ", "Mme Durand ", "Jean ", "né le ", "12/03/1948 ", "1 ", "a, ", "dossier ", "A", "(", "Mme Durand, "]
)
def test_a_long_text_made_to_be_slow_is_read_in_time(piece):
    started = time.perf_counter()
    find(piece * (100_000 // len(piece)))
    assert time.perf_counter() - started < 10


def test_spans_that_touch_are_masked_once_and_parts_add_up_to_the_whole():
    text, spans = "abcdefghij", merged([(6, 8), (1, 3), (2, 4), (4, 5)])
    whole = f"a{HIDDEN}f{HIDDEN}ij"
    assert (spans, masked_part(text, spans)) == ([(1, 5), (6, 8)], whole)
    for cut in range(len(text) + 1):
        assert masked_part(text[:cut], spans) + masked_part(text[cut:], spans, cut) == whole


def test_a_long_text_full_of_patients_is_masked_at_once():
    text = "Mme Dupont, 82 ans. " * 100_000
    found = [Finding(Kind.AGE, at, at + 10, ((at, at + 10),), "") for at in range(4, len(text), 20)]
    begun = time.process_time()
    assert mask(text, found).count(HIDDEN) == 100_000
    assert time.process_time() - begun < 5
