"""Routes that kinds share, and what a kind or a region changes in them."""

import pytest

from maillage.core.dossiers.routes import overlaid, routed


def test_one_entry_changes_only_what_it_says_and_keeps_its_place():
    before = [{"verbe": "accepter", "de": ["a"], "par": ["x"]}, {"verbe": "refuser", "de": ["a"]}]
    found = overlaid(before, [{"verbe": "accepter", "libelle": "Valider"}], "verbe", partly=True)
    assert found == [
        {"verbe": "accepter", "de": ["a"], "par": ["x"], "libelle": "Valider"}, {"verbe": "refuser", "de": ["a"]},
    ]  # fmt: skip


def test_a_check_of_a_region_is_replaced_whole():
    before = [{"code": "plafond", "regle": "plafond", "a_confirmer": "le plafond n'est connu qu'en Bretagne"}]
    assert overlaid(before, [{"code": "plafond", "regle": "plafond"}], "code") == [
        {"code": "plafond", "regle": "plafond"}
    ]


def test_several_entries_replace_all_those_of_their_name_and_new_names_come_last():
    before = [{"verbe": "clore", "de": ["a"]}]
    more = [{"verbe": "clore", "de": ["b"]}, {"verbe": "clore", "de": ["c"]}, {"verbe": "demarrer", "de": ["a"]}]
    assert overlaid(before, more, "verbe") == more


def test_a_kind_leaves_out_verbs_and_puts_its_states_before_the_ends():
    kind = {
        "parcours": "decision",
        "sans": ["retirer"],
        "etats": [{"code": "ouvert", "titre": "Ouvert", "phase": "suivi"}],
    }
    found = routed(kind)
    codes = [each["code"] for each in found["etats"]]
    assert codes.index("ouvert") == codes.index("accepte") + 1 == codes.index("refuse") - 1
    assert "retirer" not in {each["verbe"] for each in found["transitions"]}
    assert not {"parcours", "sans"} & set(found)


def test_a_new_state_comes_before_the_one_that_it_names():
    new = [{"code": "ouvert", "phase": "suivi"}, {"code": "informe", "phase": "suivi", "avant": "ouvert"}]
    codes = [each["code"] for each in routed({"parcours": "decision", "etats": new})["etats"]]
    assert codes[codes.index("accepte") :][:3] == ["accepte", "informe", "ouvert"]


def test_a_route_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="parcours inconnu : ailleurs"):
        routed({"parcours": "ailleurs"})
