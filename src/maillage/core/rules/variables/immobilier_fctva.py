"""Premises: the compensation of VAT to a commune or a grouping, and its traps (esp_ess_aides.md §6.1)."""

import numpy as np

from maillage.core.rules.base import Condition, all_of, none_of, state_of
from maillage.core.rules.cds.formulas import PERCENT, Amount, kind_is, listed
from maillage.core.rules.immobilier.formulas import fact, given_or, in_zones, met, truths
from maillage.core.rules.simulation.reading import known
from maillage.core.rules.simulation.spec import LineSpec

GROUP = "FCTVA"
PREFECT = "la préfecture du département"


class immobilier_fctva_droit(Condition):
    label = "Le bâtiment ouvre droit au FCTVA"
    spec = LineSpec(
        simulator="immobilier",
        id="IMM-10",
        group=GROUP,
        nature="condition",
        words="Propriétaire : {proprietaire} ; zone : {zone}, zone rurale : {zone_rurale} ; le bâtiment entre dans son "
        "patrimoine : {integre_au_patrimoine} ; convention avec les professionnels : {convention_professionnels}.",
        todo="Il faut une commune ou un groupement, une zone en déficit de soins ou rurale, l'entrée du bâtiment dans "
        "son patrimoine et une convention avec les professionnels.",
        fields=("proprietaire", "zone", "zone_rurale", "integre_au_patrimoine", "convention_professionnels"),
        parameters=("immobilier.fctva.porteurs", "immobilier.fctva.zones"),
        who=PREFECT,
    )

    def formula(structure, period, parameters):
        rules = parameters(period)
        owner = kind_is(fact(structure, period, "proprietaire"), listed(rules, "immobilier.fctva.porteurs") or [])
        zone = in_zones(structure, period, listed(rules, "immobilier.fctva.zones") or [])
        said = truths(structure, period, "integre_au_patrimoine", "convention_professionnels")
        return state_of(all_of(owner, zone, *said))


class immobilier_fctva_garde(Condition):
    label = "Le FCTVA n'est pas perdu"
    spec = LineSpec(
        simulator="immobilier",
        id="IMM-11",
        group=GROUP,
        nature="condition",
        words="Loyers soumis à la TVA : {loyers_soumis_a_tva} ; vente ou changement d'usage : {vente_ou_changement}. "
        "Avec la TVA sur les loyers, pas de FCTVA ; une vente ou un changement d'usage oblige à le rembourser.",
        todo="Ne soumettez pas les loyers à la TVA, et gardez le bâtiment et son usage.",
        fields=("loyers_soumis_a_tva", "vente_ou_changement"),
        parameters=("immobilier.fctva.loyers_sans_tva",),
        who=PREFECT,
    )

    def formula(structure, period):
        return state_of(all_of(*map(none_of, truths(structure, period, "loyers_soumis_a_tva", "vente_ou_changement"))))


class immobilier_fctva_compte(Condition):
    label = "La dépense est sur un compte éligible"
    spec = LineSpec(
        simulator="immobilier",
        id="IMM-12",
        group=GROUP,
        nature="condition",
        words="Compte : {compte}. Le compte 2132 (immeubles de rapport) est exclu ; le compte 2313 (constructions en "
        "cours) est éligible.",
        todo="Faites vérifier l'imputation par votre comptable public avant le premier mandat.",
        fields=("compte",),
        parameters=("immobilier.fctva.comptes_exclus", "immobilier.fctva.comptes_admis"),
        who="votre comptable public",
    )

    def formula(structure, period, parameters):
        """Unknown for an account that neither list names."""
        rules, account = parameters(period), fact(structure, period, "compte")
        excluded = kind_is(account, listed(rules, "immobilier.fctva.comptes_exclus") or [])
        allowed = kind_is(account, listed(rules, "immobilier.fctva.comptes_admis") or [])
        return state_of(np.select([excluded == 1, allowed == 1], [0.0, 1.0], default=np.nan))


class immobilier_fctva_possible(Condition):
    label = "Le FCTVA est versé"

    def formula(structure, period):
        return state_of(all_of(*(met(structure, period, f"fctva_{name}") for name in ("droit", "garde", "compte"))))


class immobilier_fctva_depense(Amount):
    label = "Dépense éligible au FCTVA, toutes taxes comprises"

    def formula(structure, period):
        whole = structure("immobilier_operation_ttc", period)
        land = np.nan_to_num(structure("immobilier_terrain", period))
        return given_or(structure("immobilier_depense_fctva", period), whole - land)


class immobilier_fctva(Amount):
    label = "FCTVA"
    spec = LineSpec(
        simulator="immobilier",
        id="IMM-09",
        group=GROUP,
        nature="montant",
        words="{immobilier.fctva.taux} ({fctva_depense}), jamais de la dépense hors taxes. Il n'est pas automatique : "
        "chaque condition ci-dessus compte.",
        counted=True,
        only_if="immobilier_fctva_possible",
        todo="Remplissez les conditions ci-dessus : une seule qui manque et rien n'est versé.",
        fields=("depense_fctva", "cout_total_ttc"),
        who=PREFECT,
    )

    def formula(structure, period, parameters):
        rate = known(parameters(period), "immobilier.fctva.taux") / PERCENT
        return structure("immobilier_fctva_depense", period) * rate
