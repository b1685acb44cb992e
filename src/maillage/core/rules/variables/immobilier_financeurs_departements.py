"""Premises: the grants of the départements (esp_ess_aides.md §6.2)."""

import numpy as np

from maillage.core.rules.base import Condition, all_of, state_of
from maillage.core.rules.cds.formulas import Amount, Measure, kind_is, listed, reaches
from maillage.core.rules.immobilier.facts_projet import OTHER_REGIONS
from maillage.core.rules.immobilier.formulas import (
    amount_here,
    at_most,
    fact,
    here,
    truths,
)
from maillage.core.rules.simulation.reading import known
from maillage.core.rules.simulation.spec import LineSpec

GROUP = "Aides de la Région et du département"
TODO = "Faites notifier l'aide, et corrigez les contrôles qui manquent."


class immobilier_departement_possible(Condition):
    label = "Le département peut aider"
    spec = LineSpec(
        simulator="immobilier",
        id="FIN-08-conditions",
        group=GROUP,
        nature="condition",
        words="Propriétaire : {proprietaire} ; engagement écrit des professionnels : {engagement_ecrit} ; projet de "
        "santé approuvé : {projet_de_sante_approuve} ; professionnels : {professionnels}.",
        todo="Loir-et-Cher : un porteur admis et l'engagement écrit. Jura : l'accord de l'ARS d'abord. Aisne : au "
        "moins trois professionnels et un projet de soins.",
        fields=("proprietaire", "engagement_ecrit", "projet_de_sante_approuve"),
        may_read=("immobilier.departement.loir_et_cher.porteurs", "immobilier.departement.aisne.professionnels"),
        who="le département",
        shown_with=("departement",),
    )

    def formula(structure, period, parameters):
        rules, own = (
            parameters(period),
            [here(structure, period, "departement", name) for name in ("loir_et_cher", "aisne")],
        )
        written, approved = truths(structure, period, "engagement_ecrit", "projet_de_sante_approuve")
        loir = aisne = np.full(structure.count, np.nan)
        if own[0].any():
            bearers = listed(rules, "immobilier.departement.loir_et_cher.porteurs") or []
            loir = all_of(kind_is(fact(structure, period, "proprietaire"), bearers), written)
        if own[1].any():
            least = known(rules, "immobilier.departement.aisne.professionnels")
            aisne = all_of(reaches(structure("immobilier_professionnels", period), least), approved)
        jura = np.where(here(structure, period, "departement", "jura") == 1, approved, np.nan)
        asked = np.select([own[0] == 1, own[1] == 1], [loir, aisne], default=jura)
        return state_of(all_of(asked, structure("immobilier_usuel", period)))


class immobilier_departement_loir_et_cher(Amount):
    label = "Département du Loir-et-Cher"
    spec = LineSpec(
        simulator="immobilier",
        id="FIN-08",
        group=GROUP,
        nature="montant",
        words="{immobilier.departement.loir_et_cher.taux} au plus de {base}, plafond "
        "{immobilier.departement.loir_et_cher.plafond} ; demandé : {demande_departement}.",
        counted=True,
        only_if="immobilier_departement_possible",
        todo=TODO,
        fields=("demande_departement", "aides_accordees"),
        who="le département du Loir-et-Cher",
        shown_for=("departement", "loir_et_cher"),
    )

    def formula(structure, period, parameters):
        rules, own = parameters(period), "immobilier.departement.loir_et_cher."
        most = np.minimum(
            known(rules, own + "taux") * structure("immobilier_base", period), known(rules, own + "plafond")
        )
        return at_most(structure, period, "demande_departement", most)


class immobilier_jura_base(Amount):
    label = "Jura, base du calcul"

    def formula(structure, period, parameters):
        most = known(parameters(period), "immobilier.departement.jura.base_maximale")
        return np.minimum(structure("immobilier_base", period), most)


class immobilier_departement_jura(Amount):
    label = "Département du Jura"
    spec = LineSpec(
        simulator="immobilier",
        id="FIN-09",
        group=GROUP,
        nature="montant",
        words="{immobilier.departement.jura.taux} de {jura_base} (au plus "
        "{immobilier.departement.jura.base_maximale}) ; chaque cabinet médical de plus ajoute "
        "{immobilier.departement.jura.taux_par_cabinet}, « jusqu'à 5 % » : au total, ou en plus, le texte ne le dit "
        "pas. Cabinets de plus : {cabinets_supplementaires}.",
        counted=True,
        upper="immobilier_departement_jura_maximum",
        only_if="immobilier_departement_possible",
        todo=TODO,
        fields=("cabinets_supplementaires", "aides_accordees"),
        parameters=("immobilier.departement.jura.supplement_maximal",),
        who="le département du Jura",
        shown_for=("departement", "jura"),
    )

    def formula(structure, period, parameters):
        """The strict reading: 5 % is the whole."""
        base = structure("immobilier_jura_base", period)
        most = known(parameters(period), "immobilier.departement.jura.taux") * base
        return at_most(structure, period, "demande_departement", most)


class immobilier_departement_jura_maximum(Amount):
    label = "Département du Jura, lecture la plus favorable"

    def formula(structure, period, parameters):
        rules, own = parameters(period), "immobilier.departement.jura."
        rooms = np.nan_to_num(fact(structure, period, "cabinets_supplementaires"))
        extra = np.minimum(rooms * known(rules, own + "taux_par_cabinet"), known(rules, own + "supplement_maximal"))
        most = (known(rules, own + "taux") + extra) * structure("immobilier_jura_base", period)
        return at_most(structure, period, "demande_departement", most)


class immobilier_departement_aisne(Amount):
    label = "Département de l'Aisne"
    spec = LineSpec(
        simulator="immobilier",
        id="FIN-10",
        group=GROUP,
        nature="montant",
        words="{immobilier.departement.aisne.taux} de {base} hors taxes ; demandé : {demande_departement}. Un bâtiment "
        "neuf suit la réglementation RE2020.",
        counted=True,
        only_if="immobilier_departement_possible",
        todo=TODO,
        fields=("demande_departement", "aides_accordees"),
        who="le département de l'Aisne",
        shown_for=("departement", "aisne"),
    )

    def formula(structure, period, parameters):
        most = known(parameters(period), "immobilier.departement.aisne.taux") * structure("immobilier_base", period)
        return at_most(structure, period, "demande_departement", most)


class immobilier_departement_autre(Amount):
    label = "Département"
    spec = LineSpec(
        simulator="immobilier",
        id="FIN-11",
        group=GROUP,
        nature="montant",
        words="L'aide est facultative : un pourcentage de l'investissement, pour un porteur public. Demandé : "
        "{demande_departement}.",
        counted=True,
        only_if="immobilier_departement_possible",
        todo="Demandez au département son taux et son plafond, puis saisissez le montant.",
        fields=("demande_departement", "aides_accordees"),
        parameters=("immobilier.departement.autres",),
        who="le département",
        shown_for=("departement", "autre"),
    )

    def formula(structure, period):
        return fact(structure, period, "demande_departement")


REGIONAL = {
    "pays_de_la_loire": ("region_pdl",),
    "ile_de_france": ("region_idf", "region_idf_equipement"),
} | dict.fromkeys(OTHER_REGIONS, ("region_autre",))
DEPARTMENTAL = {name: (f"departement_{name}",) for name in ("loir_et_cher", "jura", "aisne", "autre")}


class immobilier_aides_locales(Measure):
    unit = "euros"
    label = "Aides de la Région et du département"

    def formula(structure, period):
        """Those of the place of the building; what is not known counts for nothing, the line says it."""
        found = [
            np.nan_to_num(amount_here(structure, period, kind, place, name))
            for kind, places in (("region", REGIONAL), ("departement", DEPARTMENTAL))
            for place, names in places.items()
            for name in names
        ]
        return np.sum(found, axis=0)
