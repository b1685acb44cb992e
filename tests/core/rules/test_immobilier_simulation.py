"""The simulator of premises as a coordinator reads it, and what it refuses."""

import pytest

from maillage.core.kernel.problems import BadInput, read
from maillage.core.rules.immobilier.situation import SIMULATOR
from maillage.core.rules.simulation.engine import simulate
from maillage.core.rules.system import system

PLAN = {
    "date": "2026-06-01",
    "structure": "msp",
    "proprietaire": "epci",
    "rural": True,
    "zone": "zip",
    "cout_total_ht": 1_000_000,
    "demande_detr": 200_000,
    "aides_accordees": True,
}


def lines(**facts):
    answer = simulate(SIMULATOR, read(SIMULATOR.model, facts)).as_dict()
    return {line["id"]: line for line in answer["lignes"]}, answer


def test_a_grant_that_is_granted_is_certain_and_counted():
    shown, answer = lines(**PLAN)
    assert (shown["IMM-03-montant"]["etat"], shown["IMM-03-montant"]["montant"]) == ("certain", "200000.00")
    assert answer["montant_etabli"] == "200000.00"


def test_a_grant_that_is_not_granted_yet_is_only_possible():
    shown, answer = lines(**PLAN | {"aides_accordees": None, "compte": "compte_2132"})
    assert shown["IMM-03-montant"]["etat"] == "possible"
    assert (answer["montant"], answer["montant_possible"]) == ("0.00", "200000.00")


def test_imm_t6_too_many_grants_are_not_cut_silently_but_the_excess_is_told():
    shown, answer = lines(**PLAN | {"demande_detr": None, "demande_autres": 850_000, "compte": "compte_2132"})
    assert (shown["IMM-01"]["etat"], shown["IMM-01-excedent"]["montant"]) == ("manquante", "50000.00")
    assert (shown["FIN-autres"]["etat"], shown["FIN-autres"]["montant"]) == ("possible", "850000.00")
    assert (shown["IMM-RETRAIT"]["etat"], shown["IMM-RETRAIT"]["montant"]) == ("possible", "-50000.00")
    assert (answer["montant"], answer["montant_possible"]) == ("0.00", "800000.00")
    assert shown["IMM-RESTE"]["montant"] == "400000.00"


def test_imm_t8_over_the_ceiling_of_the_state_no_grant_is_certain():
    shown, _ = lines(**PLAN | {"demande_detr": 500_000, "demande_dsil": 350_000})
    assert (shown["IMM-04"]["etat"], shown["IMM-04-excedent"]["montant"]) == ("manquante", "50000.00")
    assert {shown[name]["etat"] for name in ("IMM-03-montant", "FIN-13-dsil")} == {"possible"}


def test_imm_t9_under_its_floor_the_detr_is_excluded():
    shown, answer = lines(**PLAN | {"demande_detr": 150_000, "compte": "compte_2132"})
    assert (shown["IMM-03"]["etat"], shown["IMM-03-montant"]["etat"]) == ("manquante", "exclu")
    assert answer["montant"] == "0.00"


@pytest.mark.parametrize("fact", [{"loyers_soumis_a_tva": True}, {"compte": "compte_2132"}])
def test_imm_t4_and_t5_a_fctva_that_is_lost_is_excluded_not_counted(fact):
    shown, _ = lines(**PLAN | fact)
    assert (shown["IMM-09"]["etat"], shown["IMM-09"]["montant"]) == ("exclu", None)


def test_readme_14_the_fctva_is_never_certain_without_its_conditions():
    shown, _ = lines(**PLAN)
    assert (shown["IMM-09"]["etat"], shown["IMM-09"]["montant"]) == ("possible", "196848.00")
    assert "16,404\xa0%" in shown["IMM-09"]["explication"]


def test_a_region_without_a_published_rate_is_to_be_confirmed_never_zero():
    shown, answer = lines(**PLAN, region="bretagne")
    assert (shown["FIN-04"]["etat"], shown["FIN-04"]["montant"]) == ("a_confirmer", None)
    assert "ne sont pas publiés" in " ".join(item["motif"] for item in answer["a_confirmer"])


def test_the_building_is_in_the_region_whose_policy_is_applied():
    shown, _ = lines(**PLAN, region_pack="bretagne")
    assert "IMM-07" in shown
    shown, _ = lines(**PLAN, region_pack="bretagne", region="ile_de_france")
    assert "IMM-07" not in shown
    assert "FIN-02" in shown


def test_a_cost_that_is_not_said_is_never_a_published_one():
    """The published costs are shown as they are, the cost of the operation waits for that of the user."""
    shown, _ = lines(date="2026-06-01", medecins=3, infirmiers=2, kinesitherapeutes=1, circulations=0.1)
    assert "IMM-COUT-ht" not in shown
    assert (shown["RAT-07"]["montant"], shown["RAT-07"]["compte"]) == ("739340.80", False)
    assert "pas une norme" in shown["RAT-07"]["explication"]


def test_without_the_circulations_the_whole_surface_is_to_be_said():
    shown, _ = lines(date="2026-06-01", medecins=3, infirmiers=2, kinesitherapeutes=1)
    assert (shown["IMM-PLAN-total"]["valeur"], shown["IMM-PLAN-circulations"]["etat"]) == (356, "a_preciser")


def test_a_team_of_six_is_compared_without_a_doubt_and_another_with_one():
    doubt = "Le plan-type vaut pour une autre équipe, en proportion des professionnels"
    told = [
        [item["objet"] for item in lines(date="2026-06-01", medecins=doctors, infirmiers=3)[1]["a_confirmer"]]
        for doctors in (3, 4)
    ]
    assert [doubt in objects for objects in told] == [False, True]


def test_rat_04_no_minimum_surface_of_a_cabinet_is_held():
    surfaces = {
        dated.value
        for text in system().texts()
        if text.path.startswith("immobilier.") and text.unit == "m²"
        for dated in text.values
    }
    assert 17 not in surfaces


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"demande_region": 10_000}, "la région"),
        ({"demande_departement": 10_000}, "le département"),
        ({"departement": "jura", "region": "bretagne"}, "un département de la région"),
        ({"medecins": 1, "generalistes": 2}, "pas plus nombreux"),
        ({"cout_total_ht": 100, "cout_total_ttc": 90}, "pas plus bas"),
        ({"circulations": 12}, "au plus 1"),
    ],
)
def test_what_does_not_hold_together_is_refused(facts, expected):
    with pytest.raises(BadInput) as refused:
        read(SIMULATOR.model, {"date": "2026-06-01"} | facts)
    assert expected in str(refused.value)


def test_a_line_cites_its_own_figures_not_those_of_every_room():
    shown, _ = lines(**SIMULATOR.example)
    cited = {name: [use["chemin"] for use in line["parametres"]] for name, line in shown.items()}
    assert cited["IMM-PLAN-accueil"] == [
        "immobilier.plan_type.surface.accueil",
        "immobilier.plan_type.quantite.accueil",
    ]
    assert not [path for path in cited["IMM-COUT-ht"] + cited["IMM-RESTE"] if "plan_type.surface" in path]
    assert "immobilier.tva.taux_normal" in cited["IMM-COUT-ttc"]


def test_a_figure_told_apart_is_told_where_the_line_that_tells_it_is_not_shown():
    shown, _ = lines(**PLAN)
    assert "immobilier.apport.minimum" in [use["chemin"] for use in shown["IMM-02"]["parametres"]]
    assert "immobilier.etat.detr_taux_minimal" in [use["chemin"] for use in shown["IMM-03"]["parametres"]]
