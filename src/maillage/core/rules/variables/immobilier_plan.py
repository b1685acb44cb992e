"""Premises: the financing plan, the share of the owner and what remains to be paid (esp_ess_aides.md §6.1)."""

import numpy as np

from maillage.core.rules.base import Condition, Etat, state_of, truth_of
from maillage.core.rules.cds.formulas import Amount, Measure, kind_is, listed, reaches
from maillage.core.rules.immobilier.facts_programme import COST_FACTS as COST
from maillage.core.rules.immobilier.facts_projet import OTHER_REGIONS
from maillage.core.rules.immobilier.formulas import PREFIX, fact, here
from maillage.core.rules.simulation.reading import known
from maillage.core.rules.simulation.spec import LineSpec
from maillage.core.rules.simulation.sums import sum_given

GROUP = "Plan de financement"
NATIONAL = ("detr", "dsil", "dsid", "dpv", "fnadt", "cper", "feder", "fmis", "autres")
USUAL, LEADER = "immobilier.apport.minimum", "immobilier.apport.minimum_chef_de_file"
NATIONWIDE = {
    "aide_detr": "detr_possible",
    "aide_dsil": "dotation_possible",
    "aide_dsid": "dotation_possible",
    "aide_dpv": "dotation_possible",
    "aide_fnadt": "fnadt_possible",
    "aide_cper": "cper_possible",
    "aide_fmis": "fmis_accorde",
    "aide_feder": "autre_possible",
    "aide_autres": "autre_possible",
    "fctva": "fctva_possible",
}
"""The counted lines that are shown everywhere, and the condition of each."""
LOCAL = {
    ("region", "pays_de_la_loire"): {"region_pdl": "region_pdl_possible"},
    ("region", "ile_de_france"): {
        "region_idf": "region_possible",
        "region_idf_equipement": "region_possible",
    },
    **{("region", name): {"region_autre": "region_autre_possible"} for name in OTHER_REGIONS},
    **{
        ("departement", name): {f"departement_{name}": "departement_possible"}
        for name in ("loir_et_cher", "jura", "aisne", "autre")
    },
}
"""Those of one place."""


class immobilier_aides_publiques(Amount):
    label = "Aides publiques du plan"
    spec = LineSpec(
        simulator="immobilier",
        id="IMM-PLAN-aides",
        told_apart=True,
        group=GROUP,
        nature="montant",
        words="Tout ce qui est demandé ou calculé ci-dessus, accordé ou non, sans le FCTVA : que le FCTVA ne soit pas "
        "une subvention pour cette règle est à confirmer. Une aide dont le montant n'est pas connu n'y est pas.",
        fields=tuple(f"demande_{name}" for name in NATIONAL),
        parameters=("immobilier.fctva.hors_des_subventions",),
        shown_with=COST,
    )

    def formula(structure, period):
        asked = sum_given(*(fact(structure, period, f"demande_{name}") for name in NATIONAL))
        return np.nan_to_num(asked) + structure("immobilier_aides_locales", period)


class immobilier_argent_public(Amount):
    label = "Part payée par des personnes publiques"
    spec = LineSpec(
        simulator="immobilier",
        id="IMM-01-base",
        group=GROUP,
        nature="montant",
        words="{operation_ht}, moins l'argent privé ({financement_prive}).",
        todo="Donnez le coût de l'opération.",
        fields=("cout_total_ht", "financement_prive"),
        shown_with=COST,
    )

    def formula(structure, period):
        private = np.nan_to_num(structure("immobilier_financement_prive", period))
        return structure("immobilier_operation_ht", period) - private


class immobilier_apport(Amount):
    label = "Part du maître d'ouvrage"
    spec = LineSpec(
        simulator="immobilier",
        id="IMM-01-apport",
        told_apart=True,
        group=GROUP,
        nature="montant",
        words="{argent_public}, moins {aides_publiques} d'aides publiques.",
        todo="Donnez le coût de l'opération.",
        fields=("cout_total_ht",),
        shown_with=COST,
    )

    def formula(structure, period):
        return structure("immobilier_argent_public", period) - structure("immobilier_aides_publiques", period)


class immobilier_apport_part(Measure):
    unit = "part du coût hors taxes"
    label = "Part du maître d'ouvrage dans le coût"

    def formula(structure, period):
        own, cost = structure("immobilier_apport", period), structure("immobilier_operation_ht", period)
        return np.divide(own, cost, out=np.full_like(own, np.nan), where=cost > 0)


class immobilier_apport_taux(Measure):
    unit = "part de l'argent public"
    label = "Part minimale exigée du maître d'ouvrage"
    spec = LineSpec(
        simulator="immobilier",
        id="IMM-02",
        told_apart=True,
        group=GROUP,
        nature="repere",
        words="{immobilier.apport.minimum} de ce que paient les personnes publiques, ou "
        "{immobilier.apport.minimum_chef_de_file} quand l'opération relève d'une compétence à chef de file "
        "({chef_de_file}).",
        fields=("chef_de_file",),
        who="la préfecture du département",
        shown_with=COST,
    )

    def formula(structure, period, parameters):
        leader = truth_of(structure("immobilier_chef_de_file", period)) == 1
        return np.where(leader, known(parameters(period), LEADER), known(parameters(period), USUAL))


class immobilier_apport_minimum(Amount):
    label = "Part minimale du maître d'ouvrage"
    spec = LineSpec(
        simulator="immobilier",
        id="IMM-01-minimum",
        group=GROUP,
        nature="montant",
        words="{apport_taux} de {argent_public}, et non du coût total.",
        todo="Donnez le coût de l'opération.",
        fields=("cout_total_ht", "financement_prive"),
        shown_with=COST,
    )

    def formula(structure, period):
        return structure("immobilier_apport_taux", period) * structure("immobilier_argent_public", period)


class immobilier_apport_suffisant(Condition):
    label = "La part du maître d'ouvrage suffit"
    spec = LineSpec(
        simulator="immobilier",
        id="IMM-01",
        group=GROUP,
        nature="condition",
        words="Il apporte {apport} ; au moins {apport_minimum}. Propriétaire : {proprietaire} ; dérogation du préfet : "
        "{derogation_du_prefet}.",
        todo="Retirez l'excédent des aides, ou demandez une dérogation au préfet : rien n'est retiré à votre place.",
        fields=("cout_total_ht", "proprietaire", "derogation_du_prefet"),
        parameters=("immobilier.porteurs.maitres_d_ouvrage", USUAL),
        who="la préfecture du département",
        shown_with=COST,
    )

    def formula(structure, period, parameters):
        """It binds the collectivités; a derogation of the prefect lifts it."""
        bound = kind_is(
            structure("immobilier_proprietaire", period),
            listed(parameters(period), "immobilier.porteurs.maitres_d_ouvrage") or [],
        )
        lifted = truth_of(structure("immobilier_derogation_du_prefet", period)) == 1
        enough = reaches(structure("immobilier_apport", period), structure("immobilier_apport_minimum", period))
        return state_of(np.where(np.isnan(bound), np.nan, enough), applies=(bound != 0) & ~lifted)


class immobilier_excedent(Amount):
    label = "Aides à retirer"
    spec = LineSpec(
        simulator="immobilier",
        id="IMM-01-excedent",
        group=GROUP,
        nature="montant",
        words="Ce qui manque à la part du maître d'ouvrage : {apport_minimum} moins {apport}.",
        only_if="immobilier_excedent_du",
        todo="Rien à retirer quand la part du maître d'ouvrage suffit.",
        fields=("cout_total_ht",),
        shown_with=COST,
    )

    def formula(structure, period):
        gap = structure("immobilier_apport_minimum", period) - structure("immobilier_apport", period)
        return np.maximum(gap, 0)


class immobilier_excedent_du(Condition):
    label = "Des aides sont à retirer"

    def formula(structure, period):
        state = structure("immobilier_apport_suffisant", period).decode_to_str()
        return state_of(np.select([state == "manquante", state == "inconnue"], [1.0, np.nan], default=0.0))


class immobilier_retrait(Amount):
    label = "À retirer du plan"
    spec = LineSpec(
        simulator="immobilier",
        id="IMM-RETRAIT",
        group=GROUP,
        nature="montant",
        words="Les aides dépassent ce que la loi permet. Le plus grand des deux excédents : {excedent_oppose} pour la "
        "part du maître d'ouvrage, {dotations_excedent} pour les dotations de l'État.",
        counted=True,
        only_if="immobilier_retrait_du",
        todo="Choisissez l'aide à réduire : rien n'est retiré à votre place.",
        fields=("cout_total_ht",),
        who="le propriétaire",
        shown_with=COST,
    )

    def formula(structure, period):
        """Taken away from what is possible, not from any of the grants; zero when nothing is in excess."""
        return -np.nan_to_num(_excess(structure, period))


class immobilier_excedent_oppose(Amount):
    label = "Excédent opposé au maître d'ouvrage"

    def formula(structure, period):
        """None where the minimum share does not apply."""
        due = structure("immobilier_excedent_du", period) == Etat.remplie
        return np.where(due, structure("immobilier_excedent", period), 0.0)


class immobilier_retrait_du(Condition):
    label = "Des aides du plan sont à retirer"

    def formula(structure, period):
        """The plan is still to be mended: what it holds is possible, so is what is taken away."""
        return state_of(np.where(np.nan_to_num(_excess(structure, period)) > 0, np.nan, 0.0))


class immobilier_reste(Amount):
    label = "Reste à payer"
    spec = LineSpec(
        simulator="immobilier",
        id="IMM-RESTE",
        group=GROUP,
        nature="montant",
        words="{operation_ttc} toutes taxes comprises, moins l'argent privé ({financement_prive}), les aides et le "
        "FCTVA : le plus bas si tout ce qui est possible est accordé, le plus haut avec ce qui est certain. Une aide "
        "dont le montant est à confirmer n'est pas retirée.",
        upper="immobilier_reste_maximum",
        todo="Donnez le coût de l'opération.",
        fields=("cout_total_ttc", "cout_total_ht"),
        shown_with=COST,
    )

    def formula(structure, period):
        return _remaining(structure, period, "remplie", "inconnue")


class immobilier_reste_maximum(Amount):
    label = "Reste à payer, au plus"

    def formula(structure, period):
        return _remaining(structure, period, "remplie")


def _excess(structure, period):
    """The greater of the two excesses: the same euros may be in both."""
    owner, state = structure("immobilier_excedent_oppose", period), structure("immobilier_dotations_excedent", period)
    return np.fmax(owner, state)


def _remaining(structure, period, *states):
    """The cost less the private money and the aids whose condition is in one of ``states``."""
    private = np.nan_to_num(structure("immobilier_financement_prive", period))
    received = _received(structure, period, NATIONWIDE, states)
    for (kind, place), lines in LOCAL.items():
        inside = here(structure, period, kind, place)
        if inside.any():
            received = received + inside * _received(structure, period, lines, states)
    if "inconnue" in states:
        received = received + structure("immobilier_retrait", period)
    return np.maximum(structure("immobilier_operation_ttc", period) - private - received, 0)


def _received(structure, period, lines, states):
    """The sum of the aids whose condition is in one of ``states``: the condition is read when there is an amount."""
    found = np.zeros(structure.count)
    for name, condition in lines.items():
        amount = np.nan_to_num(structure(PREFIX + name, period))
        if amount.any():
            kept = np.isin(structure(PREFIX + condition, period).decode_to_str(), states)
            found = found + np.where(kept, amount, 0.0)
    return found
