import datetime
import re
from collections import defaultdict
from collections.abc import Iterator

import pytest
import yaml

from maillage.core.rules.orientation.packs import nation, pack
from maillage.core.rules.regions import pack_codes
from maillage.core.rules.system import PACKS, PARAMETERS, system
from maillage.core.rules.texts import DatedValue, ParameterText

LAYERS = ("", *pack_codes())
LAST_READING = datetime.date(2026, 11, 22)
WEB = re.compile(r"https?://\S+")
KEYS = {"description", "documentation", "metadata", "values"}
GUIDE_AUTHORS = ("ARS Bretagne", "URPS", "CPTS La Salamandre")
GUIDES = {
    "ARS Bretagne, guide de l'exercice coordonné (2019)",
    "URPS ML PACA, guide des quatre formes d'exercice coordonné (2019)",
    "ARS Bretagne, politique régionale d'accompagnement des CPTS (2019)",
    "CPTS La Salamandre, livret des structures d'exercice coordonné (2025)",
    "ARS Bretagne, politique régionale d'accompagnement des centres de santé (2019, zonage de 2021)",
}
METADATA = {"unite", "verifie_le", "a_verifier_depuis", "a_verifier_motif", "regles"}


def texts_of(layer: str) -> list[ParameterText]:
    """Parameters of the nation, or those that a region gives."""
    return [text for text in system(layer).texts() if text.pack == layer]


def faults_of(text: ParameterText) -> Iterator[str]:
    if not text.unit:
        yield "no unit"
    if text.label == text.path:
        yield "no label"
    if text.checked_on > LAST_READING:
        yield "checked in the future"
    if (text.to_check_from is None) != (not text.to_check_reason):
        yield "a date to check from goes with its reason"
    days = [value.since for value in text.values]
    if not days or days != sorted(set(days)):
        yield "days are not in order"
    for value in text.values:
        yield from (f"{value.since}: {fault}" for fault in faults_of_value(value))


def faults_of_value(value: DatedValue) -> Iterator[str]:
    if value.value is None:
        if not value.reason:
            yield "unknown without a reason"
        return
    if value.confidence not in ("A", "B", "C"):
        yield f"confidence {value.confidence}"
    if not value.references:
        yield "no text"
    for reference in value.references:
        if not reference.title.strip():
            yield "a text without title"
        if reference.href is not None and not WEB.fullmatch(reference.href):
            yield f"address {reference.href}"


@pytest.mark.parametrize("layer", LAYERS)
def test_each_parameter_says_its_unit_its_texts_and_how_sure_it_is(layer: str) -> None:
    faults = {text.path: found for text in texts_of(layer) if (found := list(faults_of(text)))}
    assert faults == {}


@pytest.mark.parametrize("layer", LAYERS)
def test_each_layer_has_parameters(layer: str) -> None:
    assert texts_of(layer)


@pytest.mark.parametrize("layer", LAYERS)
def test_each_file_of_a_layer_is_read(layer: str) -> None:
    folder = PACKS / layer / "parametres" if layer else PARAMETERS
    files = {".".join(path.relative_to(folder).with_suffix("").parts) for path in folder.rglob("*.yaml")}
    assert {path for path in files if not path.endswith("index")} == {text.path for text in texts_of(layer)}


@pytest.mark.parametrize("layer", LAYERS)
def test_a_file_holds_only_the_keys_of_our_layout(layer: str) -> None:
    folder = PACKS / layer / "parametres" if layer else PARAMETERS
    odd = {}
    for path in folder.rglob("*.yaml"):
        content = yaml.safe_load(path.read_text("utf-8"))
        extra = (set(content) - KEYS) | (set(content["metadata"]) - METADATA)
        if extra:
            odd[path.relative_to(folder).as_posix()] = extra
    assert odd == {}


def test_a_region_keeps_the_unit_of_the_nation() -> None:
    changed = [
        text.path for layer in pack_codes() for text in texts_of(layer) if text.unit != system().text(text.path).unit
    ]
    assert changed == []


def titles_by_address() -> dict[str, set[str]]:
    """Titles of each address, outside the ACI of the MSP where a title names the page of the guide."""
    found: dict[str, set[str]] = defaultdict(set)
    for layer in LAYERS:
        for text in system(layer).texts():
            for reference in (each for value in text.values for each in value.references):
                if reference.href and not text.path.startswith("aci_msp."):
                    found[reference.href].add(reference.title)
    return found


def test_a_text_has_one_title_wherever_it_is_cited() -> None:
    assert {address: titles for address, titles in titles_by_address().items() if len(titles) > 1} == {}


@pytest.mark.parametrize("layer", LAYERS)
def test_a_source_guide_has_one_title_wherever_it_is_cited(layer: str) -> None:
    titles = {each.title for text in system(layer).texts() for value in text.values for each in value.references}
    if layer:
        titles |= {contact.source for contact in pack(layer).contacts}
    titles |= {source for steps in nation().etapes.values() for step in steps for source in step.source.split(" ; ")}
    assert {title for title in titles if title.startswith(GUIDE_AUTHORS) and "guid" in title.lower()} <= GUIDES
    assert {title for title in titles if "livret" in title or "politique" in title} <= GUIDES


@pytest.mark.parametrize("layer", LAYERS)
def test_a_rule_id_that_two_files_may_share_names_its_file(layer: str) -> None:
    bare = {name for text in texts_of(layer) for name in text.ids if re.fullmatch(r"[A-Z]+[0-9]+[a-z]?", name)}
    assert bare == set()


def test_a_confidence_that_is_not_on_the_scale_is_a_fault() -> None:
    value = DatedValue(value=1, since=LAST_READING, until=None, confidence=None, references=())
    assert list(faults_of_value(value)) == ["confidence None", "no text"]


def test_an_unknown_value_without_a_reason_is_a_fault() -> None:
    value = DatedValue(value=None, since=LAST_READING, until=None, confidence=None, references=())
    assert list(faults_of_value(value)) == ["unknown without a reason"]
