"""Premises: the grants of the regions (esp_ess_aides.md §6.1 and §6.2)."""

from typing import Any

import numpy as np

from maillage.core.rules.base import Condition, Etat, all_of, state_of
from maillage.core.rules.cds.formulas import Amount, kind_is, listed, reaches
from maillage.core.rules.immobilier.facts_projet import OTHER_REGIONS
from maillage.core.rules.immobilier.formulas import (
    at_most,
    fact,
    here,
    in_zones,
    met,
    truths,
)
from maillage.core.rules.simulation.reading import known
from maillage.core.rules.simulation.spec import LineSpec

GROUP = "Aides de la Région et du département"
LOIRE, PARIS, PROTOCOL = (
    "immobilier.region.pays_de_la_loire.",
    "immobilier.region.ile_de_france.",
    "immobilier.region.protocole_ile_de_france.",
)
TODO = "Faites notifier l'aide, et corrigez les contrôles qui manquent."
REGION_ASKED = ("demande_region", "aides_accordees")


class immobilier_region_pdl_possible(Condition):
    label = "La Région Pays de la Loire peut aider"
    spec = LineSpec(
        simulator="immobilier",
        id="FIN-01-conditions",
        group=GROUP,
        nature="condition",
        words="Projet de santé approuvé : {projet_de_sante_approuve} ; cahier des charges de la Région : "
        "{cahier_des_charges_regional} ; part du propriétaire : {apport_part}, au moins "
        "{immobilier.region.pays_de_la_loire.apport}. La pharmacie et le laboratoire sont hors du coût aidé.",
        todo="Faites approuver le projet de santé et suivez le cahier des charges de la Région.",
        fields=("projet_de_sante_approuve", "cahier_des_charges_regional"),
        shown_for=("region", "pays_de_la_loire"),
    )

    def formula(structure, period, parameters):
        own = structure("immobilier_apport_part", period)
        floor = known(parameters(period), LOIRE + "apport")
        asked = truths(structure, period, "projet_de_sante_approuve", "cahier_des_charges_regional")
        enough = np.where(np.round(own, 6) < floor, np.nan, structure("immobilier_usuel", period))
        return state_of(all_of(*asked, enough))


class immobilier_region_pdl(Amount):
    label = "Région Pays de la Loire"
    spec = LineSpec(
        simulator="immobilier",
        id="FIN-01",
        group=GROUP,
        nature="montant",
        words="{immobilier.region.pays_de_la_loire.taux} de {base}, au plus "
        "{immobilier.region.pays_de_la_loire.plafond_creation} pour un nouveau site et "
        "{immobilier.region.pays_de_la_loire.plafond_extension} pour une extension (projet : {nature} ; demandé : "
        "{demande_region}).",
        counted=True,
        only_if="immobilier_region_pdl_possible",
        todo="Dites s'il s'agit d'un nouveau site ou d'une extension, le coût, et si l'aide est accordée.",
        fields=("nature", "demande_region", "aides_accordees"),
        may_read=(LOIRE + "plafond_creation", LOIRE + "plafond_extension"),
        who="la Région Pays de la Loire",
        shown_for=("region", "pays_de_la_loire"),
    )

    def formula(structure, period, parameters):
        """A rate of the cost up to a ceiling, or what is asked when it is less; not known for a renovation."""
        rules, kinds = parameters(period), fact(structure, period, "nature").decode_to_str()
        ceiling = np.full(structure.count, np.nan)
        for kind in {"creation", "extension"} & set(kinds):
            ceiling[kinds == kind] = known(rules, f"{LOIRE}plafond_{kind}")
        most = np.minimum(known(rules, LOIRE + "taux") * structure("immobilier_base", period), ceiling)
        return at_most(structure, period, "demande_region", most)


class immobilier_region_possible(Condition):
    label = "La Région peut aider"

    def formula(structure, period):
        return state_of(structure("immobilier_usuel", period))


class immobilier_idf_base(Amount):
    label = "Île-de-France, terrain et travaux"

    def formula(structure, period):
        return structure("immobilier_base", period) - np.nan_to_num(fact(structure, period, "equipement"))


class immobilier_region_idf(Amount):
    label = "Région Île-de-France, terrain et travaux"
    spec = LineSpec(
        simulator="immobilier",
        id="FIN-02",
        group=GROUP,
        nature="montant",
        words="{immobilier.region.ile_de_france.taux} de {idf_base} (sans l'équipement), au plus "
        "{immobilier.region.ile_de_france.plafond} ; porteur public ou privé ; demandé : {demande_region}.",
        counted=True,
        only_if="immobilier_region_possible",
        todo=TODO,
        fields=REGION_ASKED,
        who="la Région Île-de-France",
        shown_for=("region", "ile_de_france"),
    )

    def formula(structure, period, parameters):
        rules, base = parameters(period), structure("immobilier_idf_base", period)
        most = np.minimum(known(rules, PARIS + "taux") * base, known(rules, PARIS + "plafond"))
        return at_most(structure, period, "demande_region", most)


class immobilier_region_idf_equipement(Amount):
    label = "Région Île-de-France, équipement"
    spec = LineSpec(
        simulator="immobilier",
        id="FIN-02-equipement",
        group=GROUP,
        nature="montant",
        words="{immobilier.region.ile_de_france.taux_equipement} de {equipement}, au plus "
        "{immobilier.region.ile_de_france.plafond_equipement}.",
        counted=True,
        only_if="immobilier_region_possible",
        todo=TODO,
        fields=("equipement", "aides_accordees"),
        who="la Région Île-de-France",
        shown_with=("equipement",),
        shown_for=("region", "ile_de_france"),
    )

    def formula(structure, period, parameters):
        rules, cost = parameters(period), fact(structure, period, "equipement")
        return np.minimum(known(rules, PARIS + "taux_equipement") * cost, known(rules, PARIS + "plafond_equipement"))


class immobilier_region_protocole(Amount):
    label = "Protocole de l'ARS et de l'URPS d'Île-de-France"
    spec = LineSpec(
        simulator="immobilier",
        id="FIN-03",
        group=GROUP,
        nature="montant",
        words="De {immobilier.region.protocole_ile_de_france.taux_minimal} à "
        "{immobilier.region.protocole_ile_de_france.taux_maximal} de {idf_base}, selon la zone et le nombre de "
        "médecins, au plus {immobilier.region.protocole_ile_de_france.plafond}. Ce montant n'entre pas dans le total : "
        "demandez le taux de votre projet, puis saisissez-le dans les autres aides publiques.",
        upper="immobilier_region_protocole_maximum",
        only_if="immobilier_region_protocole_possible",
        todo="Demandez à l'ARS le taux qui vaut pour votre zone et votre équipe.",
        fields=("zone", "medecins"),
        parameters=(PROTOCOL + "taux_maximal",),
        who="l'ARS Île-de-France",
        shown_for=("region", "ile_de_france"),
    )

    def formula(structure, period, parameters):
        return _protocol(structure, period, parameters, "taux_minimal")


class immobilier_region_protocole_maximum(Amount):
    label = "Protocole de l'ARS et de l'URPS d'Île-de-France, au plus"

    def formula(structure, period, parameters):
        return _protocol(structure, period, parameters, "taux_maximal")


class immobilier_region_protocole_possible(Condition):
    label = "Le protocole d'Île-de-France peut aider"

    def formula(structure, period):
        """The zones and numbers of doctors that open a rate are not published: never certain."""
        return state_of(np.full_like(structure("immobilier_usuel", period), np.nan))


class immobilier_bretagne_region(Condition):
    label = "Bretagne : conditions de l'aide de la Région"
    spec = LineSpec(
        simulator="immobilier",
        id="IMM-07",
        group=GROUP,
        nature="condition",
        words="Celles de l'État ci-dessus, et : occupants conventionnés : {occupants_conventionnes} ; médecins en "
        "secteur 1 : {medecins_secteur_1}. Le secteur 1 n'est une condition que de la Région.",
        todo="Réunissez chaque condition ; celles des contrats d'après 2020 sont à confirmer par la Région.",
        fields=("occupants_conventionnes", "medecins_secteur_1"),
        parameters=("immobilier.bretagne.maisons.secteur_1",),
        who="la Région Bretagne",
        shown_for=("region", "bretagne"),
    )

    def formula(structure, period):
        own = truths(structure, period, "occupants_conventionnes", "medecins_secteur_1")
        shared = met(structure, period, "bretagne_cper")
        applies = structure("immobilier_bretagne_cper", period) != Etat.sans_objet
        return state_of(all_of(shared, *own), applies=applies)


class immobilier_bretagne_centre(Condition):
    label = "Bretagne : conditions de l'aide de la Région à un centre"
    spec = LineSpec(
        simulator="immobilier",
        id="IMM-08",
        group=GROUP,
        nature="condition",
        words="Zone : {zone}, quartier prioritaire : {quartier_prioritaire}, île : {ile} ; médecins : {medecins} (au "
        "moins {immobilier.bretagne.centres.medecins}) ; concertation : {concertation} ; patientèle suffisante : "
        "{patientele_suffisante} ; budget pérenne : {budget_perenne} ; incitations déployées : "
        "{incitations_deployees}, sans succès : {incitations_sans_succes}.",
        todo="Réunissez chaque condition. Deux guides se contredisent sur les zones et sur l'échec des incitations : "
        "demandez à la Région laquelle des lectures elle applique.",
        fields=("zone", "medecins", "incitations_deployees", "budget_perenne"),
        parameters=(
            "immobilier.bretagne.centres.zones_de_la_region",
            "immobilier.bretagne.centres.incitations_sans_succes",
        ),
        who="la Région Bretagne",
        shown_for=("region", "bretagne"),
    )

    def formula(structure, period, parameters):
        """Incentives that were deployed, and failed by one of the two guides only: unknown when they did not fail."""
        rules = parameters(period)
        zone = in_zones(structure, period, listed(rules, "immobilier.bretagne.centres.zones_de_la_region") or [])
        doctors = reaches(fact(structure, period, "medecins"), known(rules, "immobilier.bretagne.centres.medecins"))
        (failed,) = truths(structure, period, "incitations_sans_succes")
        failed = np.where(failed == 1, 1.0, np.nan)
        asked = truths(
            structure, period, "concertation", "patientele_suffisante", "budget_perenne", "incitations_deployees"
        )
        centre = kind_is(fact(structure, period, "structure"), ["cds"]) == 1
        return state_of(
            all_of(zone, doctors, failed, *asked), applies=centre & (here(structure, period, "region", "bretagne") == 1)
        )


class immobilier_region_autre_possible(Condition):
    label = "La Région peut aider, ses taux n'étant pas publiés"

    def formula(structure, period):
        conditions = (met(structure, period, name) for name in ("bretagne_region", "bretagne_centre"))
        return state_of(all_of(*conditions, structure("immobilier_usuel", period)))


class immobilier_region_autre(Amount):
    label = "Région"
    spec = LineSpec(
        simulator="immobilier",
        id="FIN-04",
        group=GROUP,
        nature="montant",
        words="{region} : ni taux ni plafond publiés. Demandé : {demande_region}.",
        counted=True,
        only_if="immobilier_region_autre_possible",
        todo="Demandez à la Région son taux et son plafond, puis saisissez le montant.",
        fields=REGION_ASKED,
        parameters=("immobilier.region.autres",),
        who="la Région",
        shown_for=("region", *OTHER_REGIONS),
    )

    def formula(structure, period):
        return fact(structure, period, "demande_region")


def _protocol(structure: Any, period: Any, parameters: Any, rate: str) -> Any:
    rules, base = parameters(period), structure("immobilier_idf_base", period)
    return np.minimum(known(rules, PROTOCOL + rate) * base, known(rules, PROTOCOL + "plafond"))
