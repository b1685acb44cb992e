"""Premises: what they cost (esp_ess_aides.md §6.5 and §6.7)."""

import numpy as np

from maillage.core.rules.cds.formulas import Amount
from maillage.core.rules.immobilier.facts_programme import COST_FACTS as COST
from maillage.core.rules.immobilier.formulas import given_or
from maillage.core.rules.simulation.reading import known
from maillage.core.rules.simulation.spec import LineSpec

GROUP, DESIGNER = "Coût de l'opération", "votre maître d'œuvre"
LOWEST, HIGHEST = "immobilier.reperes.cout_minimal", "immobilier.reperes.cout_maximal"


class immobilier_travaux(Amount):
    label = "Travaux, hors taxes"
    spec = LineSpec(
        simulator="immobilier",
        id="IMM-COUT-travaux",
        told_apart=True,
        group=GROUP,
        nature="montant",
        words="{surface_totale} à {cout_m2}.",
        todo="Dites la part des circulations et le coût au m² : votre maître d'œuvre les connaît.",
        fields=("cout_m2", "circulations"),
        shown_with=("cout_m2",),
    )

    def formula(structure, period):
        return structure("immobilier_surface_totale", period) * structure("immobilier_cout_m2", period)


class immobilier_operation_ht(Amount):
    label = "Coût de l'opération, hors taxes"
    spec = LineSpec(
        simulator="immobilier",
        id="IMM-COUT-ht",
        told_apart=True,
        group=GROUP,
        nature="montant",
        words="Le coût total que vous donnez ({cout_total_ht}), ou les travaux, {honoraires} d'honoraires et frais, le "
        "terrain ({terrain}) et l'équipement ({equipement}). Honoraires publiés : de "
        "{immobilier.reperes.honoraires_minimaux} à {immobilier.reperes.honoraires_maximaux} des travaux.",
        todo="Donnez le coût total, ou le coût au m², les circulations et les honoraires.",
        fields=("cout_total_ht", "cout_m2", "honoraires"),
        who=DESIGNER,
        shown_with=COST,
    )

    def formula(structure, period):
        given = structure("immobilier_cout_total_ht", period)
        if not np.isnan(given).any():
            return given
        fees = 1 + structure("immobilier_honoraires", period)
        extra = sum(np.nan_to_num(structure(f"immobilier_{name}", period)) for name in ("terrain", "equipement"))
        return given_or(given, structure("immobilier_travaux", period) * fees + extra)


class immobilier_operation_ttc(Amount):
    label = "Coût de l'opération, toutes taxes comprises"
    spec = LineSpec(
        simulator="immobilier",
        id="IMM-COUT-ttc",
        told_apart=True,
        group=GROUP,
        nature="montant",
        words="Le coût total que vous donnez ({cout_total_ttc}), ou le coût hors taxes et la TVA "
        "({immobilier.tva.taux_normal}), le terrain ({terrain}) étant compté sans TVA.",
        todo="Donnez le coût total, ou ce qui permet de le calculer.",
        fields=("cout_total_ttc", "cout_total_ht", "cout_m2"),
        may_read=("immobilier.tva.taux_normal",),
        shown_with=COST,
    )

    def formula(structure, period, parameters):
        given = structure("immobilier_cout_total_ttc", period)
        if not np.isnan(given).any():
            return given
        land = np.nan_to_num(structure("immobilier_terrain", period))
        taxed = (structure("immobilier_operation_ht", period) - land) * (
            1 + known(parameters(period), "immobilier.tva.taux_normal")
        )
        return given_or(given, taxed + land)


class immobilier_cout_publie(Amount):
    label = "Coût aux prix publiés"
    spec = LineSpec(
        simulator="immobilier",
        id="RAT-07",
        group=GROUP,
        nature="montant",
        words=f"{{surface_totale}}, de {{{LOWEST}}} (travaux seuls, 2013) à {{{HIGHEST}}} (coût complet, 2014). Ce "
        "sont quelques opérations, pas une norme ni un prix d'aujourd'hui. En Île-de-France, un projet a coûté en "
        "moyenne {immobilier.reperes.cout_moyen_d_un_projet} hors taxes.",
        upper="immobilier_cout_publie_maximum",
        todo="Dites la part des circulations.",
        fields=("circulations",),
        who=DESIGNER,
        parameters=("immobilier.reperes.cout_moyen_d_un_projet",),
        shown_with=("circulations",),
    )

    def formula(structure, period, parameters):
        return structure("immobilier_surface_totale", period) * known(parameters(period), LOWEST)


class immobilier_cout_publie_maximum(Amount):
    label = "Coût aux prix publiés, au plus"

    def formula(structure, period, parameters):
        return structure("immobilier_surface_totale", period) * known(parameters(period), HIGHEST)


class immobilier_base(Amount):
    label = "Coût subventionnable, hors taxes"
    spec = LineSpec(
        simulator="immobilier",
        id="IMM-COUT-base",
        group=GROUP,
        nature="montant",
        words="Celui que vous donnez ({cout_subventionnable}), ou le coût hors taxes de l'opération ({operation_ht}).",
        todo="Donnez le coût subventionnable ou le coût total.",
        fields=("cout_subventionnable", "cout_total_ht"),
        shown_with=COST,
    )

    def formula(structure, period):
        return given_or(
            structure("immobilier_cout_subventionnable", period), structure("immobilier_operation_ht", period)
        )
