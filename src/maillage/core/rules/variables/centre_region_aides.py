"""CDS: aids of a region to property and start-up, where its policy gives them (cds.md §6.1, B1 to B8)."""

import numpy as np

from maillage.core.rules.base import Condition, all_of, at_least, state_of, truth_of
from maillage.core.rules.cds.formulas import Amount, Measure, below, listed
from maillage.core.rules.cds.places import place_is
from maillage.core.rules.simulation.reading import known
from maillage.core.rules.simulation.spec import LineSpec

GROUP, BUILDING, SOFTWARE = "Démarrage avec la Région", "Immobilier", "Système d'information"
RULES, DOCTORS, STARTING = "cds.region.", "cds.region.medecins_minimum", "financements.cds.demarrage"
COMMON = ("nombre_de_medecins", "but_non_lucratif", "budget_pluriannuel", "mesures_tentees", "concertation_liberaux",
          "bassin_suffisant")  # fmt: skip
PLACE = ("zone", "quartier_prioritaire", "ile")
SAID = (
    "{nombre_de_medecins}, pour {cds.region.medecins_minimum} au moins ; but non lucratif : "
    "{but_non_lucratif} ; budget pluriannuel : {budget_pluriannuel} ; mesures d'installation tentées : "
    "{mesures_tentees} ; concertation avec les libéraux : {concertation_liberaux} ; bassin suffisant : "
    "{bassin_suffisant}."
)
REGION = "votre Région"


def asked_by_the_region(structure, period, parameters):
    """What every aid of the Région asks: doctors, purpose, budget, earlier measures, liberals, population."""
    doctors = at_least(structure("centre_nombre_de_medecins", period), known(parameters(period), DOCTORS))
    return all_of(doctors, *(truth_of(structure("centre_" + name, period)) for name in COMMON[1:]))


def has_policy(parameters, period, name):
    """Whether the policy of the region gives the list or the figure ``name`` on the day."""
    return listed(parameters(period), RULES + name) is not None


class centre_region_zone_politique(Condition):
    label = "Aide immobilière : la zone, selon la politique de l'ARS"
    spec = LineSpec(
        simulator="cds",
        id="B1-politique",
        group=BUILDING,
        nature="condition",
        words="Zone : {zone} ; quartier prioritaire : {quartier_prioritaire} ; île : {ile}. Une ZIP, un quartier "
        "prioritaire en ZAC ou une île.",
        todo="Le guide de l'ARS dit autrement : ZIP ou ZAC. Demandez à la Région laquelle des deux règles s'applique.",
        fields=PLACE,
        parameters=("cds.region.immobilier.zones_de_la_politique",),
        who=REGION,
        shown_with=("projet_immobilier",),
    )

    def formula(structure, period, parameters):
        zones = listed(parameters(period), RULES + "immobilier.zones_de_la_politique")
        return state_of(place_is(structure, period, zones or ["zip"]), applies=zones is not None)


class centre_region_zone_guide(Condition):
    label = "Aide immobilière : la zone, selon le guide de l'ARS"
    spec = LineSpec(
        simulator="cds",
        id="B1-guide",
        group=BUILDING,
        nature="condition",
        words="Zone : {zone}. Une ZIP ou une ZAC.",
        todo="La politique de l'ARS dit autrement : ZIP, quartier prioritaire en ZAC, île.",
        fields=PLACE,
        parameters=("cds.region.immobilier.zones_du_guide",),
        who=REGION,
        shown_with=("projet_immobilier",),
    )

    def formula(structure, period, parameters):
        zones = listed(parameters(period), RULES + "immobilier.zones_du_guide")
        return state_of(place_is(structure, period, zones or ["zip"]), applies=zones is not None)


class centre_region_immobilier(Condition):
    label = "L'aide immobilière de la Région est ouverte"
    spec = LineSpec(
        simulator="cds",
        id="B1",
        group=BUILDING,
        nature="condition",
        words=SAID + " Mesures sans succès : {mesures_sans_succes}. Quand les deux documents de l'ARS se contredisent, "
        "l'aide est seulement possible.",
        todo="Toutes les conditions sont nécessaires ; la zone et l'échec des mesures sont écrits différemment dans "
        "deux documents.",
        fields=(*COMMON, *PLACE, "mesures_sans_succes"),
        parameters=(DOCTORS,),
        may_read=("cds.region.immobilier.echec_des_mesures",),
        who=REGION,
        shown_with=("projet_immobilier",),
    )

    def formula(structure, period, parameters):
        """Unknown where the two documents differ: on the zone, or on measures tried that did not fail."""
        texts = [structure("centre_region_zone_" + name, period).decode_to_str() for name in ("politique", "guide")]
        policy, guide = (np.select([text == "remplie", text == "manquante"], [1.0, 0.0], np.nan) for text in texts)
        zone = np.where(policy == guide, policy, np.nan)
        worked = truth_of(structure("centre_mesures_sans_succes", period)) == 0
        if worked.any():
            known(parameters(period), RULES + "immobilier.echec_des_mesures")
        asked = all_of(asked_by_the_region(structure, period, parameters), zone, np.where(worked, np.nan, 1.0))
        wanted = truth_of(structure("centre_projet_immobilier", period))
        return state_of(asked, applies=(wanted != 0) & has_policy(parameters, period, "immobilier.zones_du_guide"))


class centre_region_immobilier_montant(Amount):
    label = "Aide immobilière de la Région"
    spec = LineSpec(
        simulator="cds",
        id="B1-montant",
        group=BUILDING,
        nature="montant",
        words="Taux : {financements.cds.immobilier}.",
        only_if="centre_region_immobilier",
        todo="Demandez le taux à la Région.",
        fields=("projet_immobilier",),
        parameters=("financements.cds.immobilier",),
        who=REGION,
        shown_with=("projet_immobilier",),
    )

    def formula(structure, period, parameters):
        """Zero where it is closed; else not known: no rate is published."""
        closed = np.isin(structure("centre_region_immobilier", period).decode_to_str(), ("manquante", "sans_objet"))
        return np.where(closed, 0.0, known(parameters(period), "financements.cds.immobilier"))


class centre_fnadt(Condition):
    label = "Les crédits FNADT peuvent être demandés"
    spec = LineSpec(
        simulator="cds",
        id="B2",
        group=BUILDING,
        nature="condition",
        words="Projet immobilier : {projet_immobilier} ; porteur public : {porteur_public}. Pour les collectivités, "
        "communes et EPCI ; montant à confirmer.",
        todo="Demandez à la préfecture de région.",
        fields=("projet_immobilier", "porteur_public"),
        parameters=("cds.region.immobilier.fnadt",),
        who="préfecture de région",
        shown_with=("porteur_public",),
    )

    def formula(structure, period, parameters):
        project = truth_of(structure("centre_projet_immobilier", period))
        opened = known(parameters(period), RULES + "immobilier.fnadt") == 1
        return state_of(all_of(project, truth_of(structure("centre_porteur_public", period))), applies=opened)


class centre_detr(Condition):
    label = "La DETR peut être demandée"
    spec = LineSpec(
        simulator="cds",
        id="B3",
        group=BUILDING,
        nature="condition",
        words="Milieu rural : {commune_rurale} ; porteur public : {porteur_public} ; zone : {zone}. Montant à "
        "confirmer.",
        todo="Demandez à la préfecture de département.",
        fields=("commune_rurale", "porteur_public", "projet_immobilier", "zone"),
        parameters=("cds.region.immobilier.detr_zones",),
        who="préfecture de département",
        shown_with=("commune_rurale",),
    )

    def formula(structure, period, parameters):
        zones = listed(parameters(period), RULES + "immobilier.detr_zones")
        facts = (truth_of(structure("centre_" + name, period)) for name in ("projet_immobilier", "porteur_public", ""
        "commune_rurale"))  # fmt: skip
        return state_of(all_of(place_is(structure, period, zones or ["zip"]), *facts), applies=zones is not None)


class centre_contrat_de_plan(Condition):
    label = "L'aide de l'État par le contrat de plan peut être demandée"
    spec = LineSpec(
        simulator="cds",
        id="B4",
        group=BUILDING,
        nature="condition",
        words="Zone : {zone}, une ZIP est demandée. " + SAID + " Expérimentale, au cas par cas.",
        todo="Demandez à la préfecture de région.",
        fields=("zone", *COMMON),
        parameters=("cds.region.immobilier.zones_du_contrat_de_plan", DOCTORS),
        who="préfecture de région",
        shown_with=("porteur_public",),
    )

    def formula(structure, period, parameters):
        zones = listed(parameters(period), RULES + "immobilier.zones_du_contrat_de_plan")
        public = truth_of(structure("centre_porteur_public", period))
        asked = all_of(asked_by_the_region(structure, period, parameters), public)
        return state_of(all_of(asked, place_is(structure, period, zones or ["zip"])), applies=zones is not None)


class centre_region_demarrage(Condition):
    label = "L'aide de la Région au démarrage est ouverte"
    spec = LineSpec(
        simulator="cds",
        id="B5",
        group=GROUP,
        nature="condition",
        words=SAID + " Plan équilibré : {budget_equilibre} ; demande de l'EPCI ou du Pays : {portage_epci} ; année "
        "d'activité : {annee_d_activite}, pour une aide de {cds.region.demarrage.annees} ; zone : {zone}, quartier "
        "prioritaire : {quartier_prioritaire}, île : {ile}.",
        todo="Équilibrez chaque année du plan par des ressources nommées, réunissez deux médecins, et faites porter la "
        "demande par l'EPCI ou le Pays.",
        fields=(*COMMON, "budget_equilibre", "portage_epci", "annee_d_activite", *PLACE),
        parameters=("cds.region.demarrage.zones", "cds.region.demarrage.annees", DOCTORS),
        who=REGION,
        shown_with=("portage_epci", "budget_equilibre", "deficit_previsionnel"),
    )

    def formula(structure, period, parameters):
        """The conditions of every aid, a balanced plan, the bearer, the first years, the zone.

        Unknown where a region gives an amount without the conditions that we could read.
        """
        rules, zones = parameters(period), listed(parameters(period), RULES + "demarrage.zones")
        if zones is None:
            given_there = not np.isnan(known(rules, STARTING))
            return state_of(np.full(structure.count, np.nan), applies=given_there)
        early = below(structure("centre_annee_d_activite", period), known(rules, RULES + "demarrage.annees"))
        balanced = truth_of(structure("centre_budget_equilibre", period))
        bearer = truth_of(structure("centre_portage_epci", period))
        asked = all_of(asked_by_the_region(structure, period, parameters), balanced, bearer, early)
        return state_of(all_of(asked, place_is(structure, period, zones)))


class centre_region_fonctionnement(Amount):
    unit = "euros par an"
    label = "Aide de la Région au fonctionnement, au plus"
    spec = LineSpec(
        simulator="cds",
        id="B5-montant",
        group=GROUP,
        nature="montant",
        words="Demandé : {montant_demande} ; au plus {cds.region.demarrage.part_du_deficit} du déficit prévisionnel, "
        "{deficit_previsionnel}.",
        only_if="centre_region_demarrage",
        todo="L'aide au fonctionnement ne dépasse pas le déficit prévisionnel.",
        fields=("deficit_previsionnel", "montant_demande"),
        parameters=("cds.region.demarrage.part_du_deficit",),
        who=REGION,
        shown_with=("deficit_previsionnel",),
    )

    def formula(structure, period, parameters):
        """What is asked, at most the forecast deficit; the deficit when nothing is asked yet."""
        most = structure("centre_deficit_previsionnel", period) * known(
            parameters(period), RULES + "demarrage.part_du_deficit"
        )
        return np.fmin(structure("centre_montant_demande", period), most) + most * 0


class centre_region_equipement(Amount):
    label = "Aide régionale au démarrage ou à l'équipement"
    spec = LineSpec(
        simulator="cds",
        id="B6",
        group=GROUP,
        nature="montant",
        words="Selon la région : {financements.cds.demarrage}. En Bretagne, l'équipement (informatique, mobilier) "
        "au lieu du fonctionnement.",
        only_if="centre_region_demarrage",
        todo="Demandez le montant à la Région.",
        fields=("annee_d_activite",),
        parameters=(STARTING,),
        excludes=("B5-montant",),
        who=REGION,
        shown_with=("portage_epci", "budget_equilibre"),
    )

    def formula(structure, period, parameters):
        return np.full(structure.count, known(parameters(period), STARTING))


class centre_region_enveloppe(Measure):
    unit = "euros"
    label = "Enveloppe BoosTerr Santé du groupement"
    spec = LineSpec(
        simulator="cds",
        id="B7",
        group=GROUP,
        nature="repere",
        words="{population_du_groupement}, pour {cds.region.demarrage.population_minimale} au moins. Investissement "
        "{cds.region.demarrage.enveloppe_investissement}, fonctionnement "
        "{cds.region.demarrage.enveloppe_fonctionnement}.",
        fields=("population_du_groupement",),
        todo="L'appel à candidatures est de 2019 : demandez à la Région s'il est renouvelé.",
        parameters=(
            "cds.region.demarrage.population_minimale",
            "cds.region.demarrage.enveloppe_investissement",
            "cds.region.demarrage.enveloppe_fonctionnement",
        ),
        who=REGION,
        shown_with=("population_du_groupement",),
    )

    def formula(structure, period, parameters):
        """Zero for a grouping that is too small."""
        rules, people = parameters(period), structure("centre_population_du_groupement", period)
        enough = at_least(people, known(rules, RULES + "demarrage.population_minimale"))
        parts = [known(rules, f"{RULES}demarrage.enveloppe_{name}") for name in ("investissement", "fonctionnement")]
        return enough * sum(parts)


class centre_region_logiciel(Condition):
    label = "L'aide de l'ARS au système d'information est ouverte"
    spec = LineSpec(
        simulator="cds",
        id="B8",
        group=SOFTWARE,
        nature="condition",
        words="Logiciel labellisé : {logiciel_labellise} ; compatible avec celui des libéraux du secteur : "
        "{logiciel_compatible} ; zone : {zone}. Formation, et tout ou partie des licences ; montant à confirmer.",
        todo="Choisissez un logiciel labellisé et compatible avec celui des libéraux du secteur.",
        fields=("logiciel_labellise", "logiciel_compatible", *PLACE),
        parameters=("cds.region.systeme_information.zones",),
        who="votre ARS",
        shown_with=("logiciel_labellise", "logiciel_compatible"),
    )

    def formula(structure, period, parameters):
        zones = listed(parameters(period), RULES + "systeme_information.zones")
        facts = (
            truth_of(structure("centre_" + name, period)) for name in ("logiciel_labellise", "logiciel_compatible")
        )
        return state_of(all_of(place_is(structure, period, zones or ["zip"]), *facts), applies=zones is not None)
