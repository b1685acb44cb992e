"""Documentation that cannot lie: what is generated is compared, what is linked exists, what is named is defined."""

import re

import pytest
import yaml
from tests.architecture.sources import DOCS, ROOT, shown
from tools import generate_docs

import maillage
from maillage.core.kernel.french import fold
from maillage.core.rules.aci_msp.situation import SituationAciMsp
from maillage.core.rules.entities import ENTITIES
from maillage.core.rules.orientation.situation import SituationOrientation

PAGES = [*DOCS.rglob("*.md"), *ROOT.glob("*.md")]
LINK = re.compile(r"!?\[[^\]]*\]\((?!https?://|mailto:|#)([^)#\s]+)")
LEGAL_NOUNS = (
    *("structure", "projet de santé", "patientèle", "zonage", "dossier", "avis", "récépissé", "socle", "prérequis"),
    *("indicateur", "justificatif", "avance", "solde", "indemnité", "adhérent", "associé", "vacataire"),
)
LINKING_WORDS = {"de", "des", "du", "la", "le", "les", "a", "ou", "et", "par", "toutes", "avec"}


@pytest.mark.parametrize("name", generate_docs.PAGES)
def test_generated_pages_say_what_the_code_says(name):
    written = (generate_docs.REFERENCE / name).read_text(encoding="utf-8")
    assert written == generate_docs.NOTICE + generate_docs.PAGES[name](), "run « make docs »"


def test_every_setting_is_described_and_no_other():
    assert set(generate_docs.DESCRIPTIONS) == {*generate_docs.settings_names(), "PORT"}


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_links_between_documents_lead_somewhere(page):
    targets = LINK.findall(page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_the_glossary_defines_the_legal_nouns():
    words = glossary_words()
    assert [noun for noun in LEGAL_NOUNS if not set(fold(noun).split()) <= words] == []


def test_the_glossary_holds_every_word_of_the_situations():
    words = glossary_words()
    names = [*SituationOrientation.model_fields, *SituationAciMsp.model_fields, *(entity.key for entity in ENTITIES)]
    parts = {part for name in names for part in name.split("_")} - LINKING_WORDS
    assert sorted(part for part in parts if not known(part, words)) == []


def glossary_words():
    return set(fold((DOCS / "reference" / "glossaire.md").read_text(encoding="utf-8").replace("_", " ")).split())


def known(part, words):
    """A number is a word of its own; a plural is known by its singular, and the reverse."""
    return part.isdecimal() or bool({part, part.removesuffix("s"), f"{part}s"} & words)


def test_each_decision_says_its_four_parts():
    for page in (DOCS / "decisions").glob("*.md"):
        text = page.read_text(encoding="utf-8")
        for part in ("**Status**", "## Context", "## Decision", "## Consequences"):
            assert part in text, f"{page.name} : {part}"
        assert len(text.splitlines()) <= 60, f"{page.name} is longer than a page"


def test_public_papers_agree_on_the_version_and_the_licence():
    paper = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    assert paper["softwareVersion"] == maillage.__version__
    assert paper["legal"]["license"] == "AGPL-3.0-or-later"
    assert f"## {maillage.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
