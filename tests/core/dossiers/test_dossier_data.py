"""The definitions of the kinds: all load, each entry has its source, what they name exists, no figure is copied."""

import datetime
from collections import Counter

import pytest

from maillage.core.dossiers import kinds
from maillage.core.dossiers.commissions import described
from maillage.core.dossiers.definition import Sourced
from maillage.core.rules.system import system

EVERY = {f"{each.code}-{each.pack or 'nation'}": each for each in kinds.every_kind()}
TODAY = datetime.date(2026, 11, 22)
FAMILIES = {
    "accompagnement", "validation", "engagement", "agrement", "financement", "adhesion", "modification", "audit",
}  # fmt: skip
LETTERS = {path.stem for path in (kinds.DATA / "courriers").glob("*.yaml")}


def sourced(definition):
    """Every entry that a text founds."""
    found = [
        *definition.champs, *definition.pieces, *definition.verifications, *definition.transitions, *definition.avis,
        *definition.motifs_de_refus, definition.delai, definition.delai_du_deposant,
    ]  # fmt: skip
    return [each for each in found if isinstance(each, Sourced)]


def test_every_family_has_a_kind_and_every_structure_files_its_project():
    assert {each.famille for each in EVERY.values()} == FAMILIES
    for structure in ("ESP", "MSP", "ESS", "CPTS", "CDS"):
        families = {each.famille for each in kinds.kinds(structure.lower(), "", TODAY)}
        assert ("engagement" if structure == "CDS" else "validation") in families


def test_a_file_is_named_after_its_code_and_numbers_do_not_mix():
    names = {path.stem for folder in ("nation", *kinds.known_packs()) for path in (kinds.DATA / folder).glob("*.yaml")}
    assert names == {each.code for each in EVERY.values()}
    for pack in ("", *kinds.known_packs()):
        prefixes = Counter(each.numerote for each in kinds.all_kinds(pack))
        assert [prefix for prefix, count in prefixes.items() if count > 1] == []


@pytest.mark.parametrize("name", EVERY)
def test_every_entry_has_a_source_and_what_is_ours_says_so(name):
    definition = EVERY[name]
    assert definition.source.strip()
    assert definition.confiance != "C" or definition.a_confirmer
    assert [each for each in sourced(definition) if not each.source.strip()] == []
    weak = [each for each in (*definition.verifications, *definition.avis) if each.confiance == "C"]
    assert [each for each in weak if not each.a_confirmer] == []


@pytest.mark.parametrize("name", EVERY)
def test_a_delay_is_the_figure_of_its_parameter(name):
    definition = EVERY[name]
    for told in (definition.delai, definition.delai_du_deposant):
        if told is None:
            continue
        figure = getattr(told, "mois", None) or told.jours
        assert system(definition.pack).text(told.parametre).at(TODAY).value == figure


@pytest.mark.parametrize("name", EVERY)
def test_its_letters_and_its_commissions_are_written(name):
    definition = EVERY[name]
    assert {each.modele for each in definition.courriers} <= LETTERS
    assert {each.commission for each in definition.avis} <= {each.code for each in described()}
    assert {"accuse", "pieces", "refus"} <= {each.pour for each in definition.courriers}
    granted = {"accord", "recepisse"} & {each.pour for each in definition.courriers}
    assert granted
    commission = any(each.verbe == "inscrire" for each in definition.transitions)
    assert commission == any(each.objet == "avis" for each in definition.avis)


@pytest.mark.parametrize("name", EVERY)
def test_choices_have_options_and_checks_look_at_what_is_asked(name):
    definition = EVERY[name]
    fields = {each.code: each for each in definition.champs}
    assert [each.code for each in fields.values() if each.type.startswith("choix") and not each.options] == []
    named = [
        (check.code, value)
        for check in definition.verifications
        for key, value in check.parametres.items()
        if key.startswith("champ") and value not in fields
    ]
    assert named == []
    for part in (*definition.champs, *definition.pieces, *definition.verifications):
        for condition in part.si:
            options = {each.code for each in fields[condition.champ].options} or {True, False}
            assert set(condition.vaut) <= options, part.code
