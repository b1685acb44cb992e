"""Premises: the money of the first years of a maison de santé (esp_ess_aides.md §6.3)."""

import numpy as np

from maillage.core.rules.base import Condition, Etat, all_of, state_of
from maillage.core.rules.cds.formulas import Amount, below, kind_is, reaches
from maillage.core.rules.immobilier.formulas import fact, here, in_zones, truths
from maillage.core.rules.simulation.reading import known
from maillage.core.rules.simulation.spec import LineSpec

GROUP, NETWORK = "Aides au démarrage (hors total)", "financements.france_sante."
REGIONS = {
    "centre_val_de_loire": "financements.msp.demarrage",
    "grand_est": "immobilier.demarrage.grand_est",
    "auvergne_rhone_alpes": "immobilier.demarrage.auvergne_rhone_alpes",
    "ile_de_france": "immobilier.demarrage.ile_de_france",
}
ZONES = ("zip", "zac")


class immobilier_france_sante_eligible(Condition):
    label = "La structure peut entrer dans le réseau France santé"
    spec = LineSpec(
        simulator="immobilier",
        id="DEM-01",
        group=GROUP,
        nature="condition",
        words="Ouverte {jours_d_ouverture} (au moins {financements.france_sante.jours_d_ouverture}) ; rendez-vous "
        "en {delai_de_rendez_vous} (au plus {financements.france_sante.delai_de_rendez_vous}) ; médecin et infirmier "
        "assurés : {medecin_et_infirmier} ; sans dépassement : {sans_depassement} ; service d'accès aux soins : "
        "{participe_sas}.",
        todo="Réunissez chaque critère du réseau France santé.",
        fields=("jours_d_ouverture", "medecin_et_infirmier", "sans_depassement", "delai_de_rendez_vous"),
        who="votre ARS",
        shown_with=("jours_d_ouverture",),
    )

    def formula(structure, period, parameters):
        rules, said = (
            parameters(period),
            truths(structure, period, "medecin_et_infirmier", "sans_depassement", "participe_sas"),
        )
        days = reaches(fact(structure, period, "jours_d_ouverture"), known(rules, NETWORK + "jours_d_ouverture"))
        wait = below(fact(structure, period, "delai_de_rendez_vous"), known(rules, NETWORK + "delai_de_rendez_vous"))
        return state_of(all_of(days, wait, *said))


class immobilier_france_sante_possible(Condition):
    label = "La structure peut recevoir l'argent du réseau France santé"

    def formula(structure, period):
        """The label is given by the ARS: never certain, excluded when a criterion is missing."""
        missing = structure("immobilier_france_sante_eligible", period) == Etat.manquante
        return state_of(np.where(missing, 0.0, np.nan))


class immobilier_france_sante(Amount):
    unit = "euros par an"
    label = "Réseau France santé, au plus"
    spec = LineSpec(
        simulator="immobilier",
        id="DEM-01-montant",
        group=GROUP,
        nature="montant",
        words="Environ {financements.france_sante.plafond_msp} par maison de santé, ou jusqu'à ce montant, selon les "
        "sources.",
        only_if="immobilier_france_sante_possible",
        todo="Réunissez chaque critère du réseau France santé.",
        fields=("jours_d_ouverture",),
        who="votre ARS",
        shown_with=("jours_d_ouverture",),
        shown_for=("structure", "msp"),
    )

    def formula(structure, period, parameters):
        return np.full(structure.count, known(parameters(period), NETWORK + "plafond_msp"))


class immobilier_demarrage_possible(Condition):
    label = "Une aide régionale au démarrage est possible"

    def formula(structure, period):
        """For a maison de santé with an approved project; in Île-de-France, in the fragile zones only."""
        house = kind_is(fact(structure, period, "structure"), ["msp"])
        paris = here(structure, period, "region", "ile_de_france") == 1
        zone = np.where(paris, in_zones(structure, period, list(ZONES)), 1.0)
        return state_of(
            all_of(house, zone, *truths(structure, period, "projet_de_sante_approuve"), _undecided(structure))
        )


class immobilier_demarrage(Amount):
    label = "Aide régionale au démarrage, au plus"
    spec = LineSpec(
        simulator="immobilier",
        id="DEM-02",
        group=GROUP,
        nature="montant",
        words="Le plus que la région {region} publie pour le démarrage d'une maison de santé ; en Île-de-France, moins "
        "l'aide à l'étude ({etude_recue}, au plus {immobilier.demarrage.etude_ile_de_france}).",
        only_if="immobilier_demarrage_possible",
        todo="Demandez à votre ARS : elle décide du montant, sur un projet de santé approuvé.",
        fields=("region", "etude_recue", "zone"),
        may_read=tuple(REGIONS.values()),
        who="votre ARS",
        shown_for=("region", *REGIONS),
    )

    def formula(structure, period, parameters):
        found = np.full(structure.count, np.nan)
        for region, path in REGIONS.items():
            inside = here(structure, period, "region", region) == 1
            if inside.any():
                found = np.where(inside, known(parameters(period), path), found)
        study = np.where(
            here(structure, period, "region", "ile_de_france") == 1,
            np.nan_to_num(fact(structure, period, "etude_recue")),
            0.0,
        )
        return np.maximum(found - study, 0)


def _undecided(structure):
    """The ARS decides: never certain."""
    return np.full(structure.count, np.nan)
