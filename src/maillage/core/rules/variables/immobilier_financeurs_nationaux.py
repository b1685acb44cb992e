"""Premises: the FMIS, Europe, the other grants and the Caisse des dépôts (esp_ess_aides.md §6.1 and §6.2)."""

import numpy as np

from maillage.core.rules.base import Condition, all_of, state_of
from maillage.core.rules.cds.formulas import Amount, kind_is, listed, reaches
from maillage.core.rules.immobilier.formulas import (
    fact,
    met,
    truths,
)
from maillage.core.rules.simulation.reading import known
from maillage.core.rules.simulation.spec import LineSpec

OTHERS = "Autres financeurs"
TODO = "Faites notifier l'aide, et corrigez les contrôles qui manquent."


class immobilier_fmis_possible(Condition):
    label = "Le FMIS peut aider"
    spec = LineSpec(
        simulator="immobilier",
        id="IMM-13",
        group=OTHERS,
        nature="condition",
        words="Propriétaire : {proprietaire}, dont membres de la maison de santé : {part_de_membres} (au moins "
        "{immobilier.fmis.part_des_membres}) ; ACI signé : {aci_signe} ; professionnels conventionnés : "
        "{occupants_conventionnes}. Terrain, études et travaux seulement : ni mobilier ni informatique. L'ARS sert "
        "d'abord les zones rurales sous-denses et les quartiers prioritaires ; un cofinancement est attendu.",
        todo="Répondez à l'appel à projets de votre ARS, avec l'ACI signé et une association, une SISA, une SCI ou une "
        "SCM des membres de la maison de santé.",
        fields=("proprietaire", "part_de_membres", "aci_signe", "occupants_conventionnes"),
        parameters=("immobilier.fmis.porteurs", "immobilier.fmis.enveloppe_du_plan"),
        who="votre ARS",
        shown_for=("structure", "msp"),
    )

    def formula(structure, period, parameters):
        """An association has no capital: the share of the members is that of a company."""
        rules, owner = parameters(period), fact(structure, period, "proprietaire")
        bearer = kind_is(owner, listed(rules, "immobilier.fmis.porteurs") or [])
        share = reaches(fact(structure, period, "part_de_membres"), known(rules, "immobilier.fmis.part_des_membres"))
        share = np.where(kind_is(owner, ["association"]) == 1, 1.0, share)
        house = kind_is(fact(structure, period, "structure"), ["msp"])
        return state_of(
            all_of(house, bearer, share, *truths(structure, period, "aci_signe", "occupants_conventionnes"))
        )


class immobilier_fmis_accorde(Condition):
    label = "Le FMIS est accordé"

    def formula(structure, period):
        return state_of(all_of(met(structure, period, "fmis_possible"), structure("immobilier_usuel", period)))


class immobilier_aide_fmis(Amount):
    label = "FMIS"
    spec = LineSpec(
        simulator="immobilier",
        id="IMM-13-montant",
        group=OTHERS,
        nature="montant",
        words="Demandé : {demande_fmis}. Chaque ARS répartit son enveloppe ; aucun taux n'est publié. Avance : "
        "{immobilier.fmis.avance}, le reste sur factures.",
        counted=True,
        only_if="immobilier_fmis_accorde",
        todo="Répondez à l'appel à projets de votre ARS.",
        fields=("demande_fmis", "aides_accordees"),
        parameters=("financements.msp.immobilier",),
        who="votre ARS",
        shown_with=("demande_fmis",),
    )

    def formula(structure, period):
        return fact(structure, period, "demande_fmis")


class immobilier_fmis_avance(Amount):
    label = "FMIS, avance"
    spec = LineSpec(
        simulator="immobilier",
        id="IMM-13-avance",
        group=OTHERS,
        nature="montant",
        words="{immobilier.fmis.avance} de {demande_fmis}.",
        only_if="immobilier_fmis_accorde",
        fields=("demande_fmis",),
        who="votre ARS",
        shown_with=("demande_fmis",),
    )

    def formula(structure, period, parameters):
        return known(parameters(period), "immobilier.fmis.avance") * fact(structure, period, "demande_fmis")


class immobilier_fmis_nouvelle_aquitaine(Amount):
    label = "FMIS, enveloppe de la Nouvelle-Aquitaine"
    spec = LineSpec(
        simulator="immobilier",
        id="IMM-14",
        group=OTHERS,
        nature="montant",
        words="Enveloppe de tous les projets de la région : {immobilier.fmis.enveloppe_nouvelle_aquitaine}. D'abord "
        "les projets privés des maisons de santé ; le projet de santé est validé avant le dépôt.",
        todo="L'appel à projets publié est celui de 2025 : demandez à l'ARS s'il est reconduit.",
        who="l'ARS Nouvelle-Aquitaine",
        shown_for=("region", "nouvelle_aquitaine"),
    )

    def formula(structure, period, parameters):
        return np.full(structure.count, known(parameters(period), "immobilier.fmis.enveloppe_nouvelle_aquitaine"))


class immobilier_autre_possible(Condition):
    label = "Les autres aides sont accordées"

    def formula(structure, period):
        return state_of(structure("immobilier_usuel", period))


class immobilier_aide_feder(Amount):
    label = "Fonds européens (FEDER, LEADER)"
    spec = LineSpec(
        simulator="immobilier",
        id="FIN-12",
        group=OTHERS,
        nature="montant",
        words="Demandé : {demande_feder}. Les fonds européens sont cités sans taux : la Région les instruit.",
        counted=True,
        only_if="immobilier_autre_possible",
        todo="Demandez le taux au service des fonds européens de la Région.",
        fields=("demande_feder", "aides_accordees"),
        parameters=("immobilier.europe.taux",),
        who="la Région",
        shown_with=("demande_feder",),
    )

    def formula(structure, period):
        return fact(structure, period, "demande_feder")


class immobilier_aide_autres(Amount):
    label = "Autres aides publiques"
    spec = LineSpec(
        simulator="immobilier",
        id="FIN-autres",
        group=OTHERS,
        nature="montant",
        words="Demandé : {demande_autres}.",
        counted=True,
        only_if="immobilier_autre_possible",
        todo=TODO,
        fields=("demande_autres", "aides_accordees"),
        shown_with=("demande_autres",),
    )

    def formula(structure, period):
        return fact(structure, period, "demande_autres")


class immobilier_caisse_possible(Condition):
    label = "La Caisse des dépôts peut investir"

    def formula(structure, period):
        """An investment is negotiated: never certain, excluded when a condition is missing."""
        house = kind_is(fact(structure, period, "structure"), ["msp"])
        met_all = all_of(house, *truths(structure, period, "quartier_prioritaire", "un_seul_site"))
        return state_of(np.where(met_all == 0, 0.0, np.nan))


class immobilier_caisse_des_depots(Amount):
    label = "Caisse des dépôts, co-investissement au plus"
    spec = LineSpec(
        simulator="immobilier",
        id="IMM-15",
        group=OTHERS,
        nature="montant",
        words="{immobilier.caisse_des_depots.part_maximale} de {operation_ht}, pour une maison de santé d'un seul site "
        "(un seul site : {un_seul_site}) en quartier prioritaire ({quartier_prioritaire}). C'est un investissement, "
        "pas une subvention : il n'entre pas dans le total.",
        only_if="immobilier_caisse_possible",
        todo="Il faut une maison de santé d'un seul site, en quartier prioritaire.",
        fields=("quartier_prioritaire", "un_seul_site"),
        who="la Caisse des dépôts",
        shown_with=("quartier_prioritaire",),
    )

    def formula(structure, period, parameters):
        share = known(parameters(period), "immobilier.caisse_des_depots.part_maximale")
        return share * structure("immobilier_operation_ht", period)
