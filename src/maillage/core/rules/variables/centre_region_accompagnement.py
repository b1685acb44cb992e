"""CDS: the help of the ARS in method, coordination and audit, and who decides (cds.md §6.1, B9 to B11, §6.2)."""

import numpy as np

from maillage.core.rules.base import Condition, all_of, any_of, none_of, state_of, truth_of
from maillage.core.rules.cds.formulas import kind_is, listed
from maillage.core.rules.cds.places import place_is
from maillage.core.rules.simulation.reading import known
from maillage.core.rules.simulation.spec import LineSpec

GROUP, ARS = "Accompagnement de l'ARS", "votre ARS"
ZONES, TYPES = "cds.region.accompagnement.zones", "cds.region.accompagnement.types"
DECISIVE = "cds.region.accompagnement.avis_decisif"
WHO = ("type_de_centre", "devient_polyvalent", "demande_pour_antenne", "zone", "quartier_prioritaire", "ile")
SAID = (
    "Centre {type_de_centre}, veut devenir polyvalent : {devient_polyvalent}, antenne : {demande_pour_antenne} ; "
    "zone : {zone}, quartier prioritaire : {quartier_prioritaire}, île : {ile}."
)


class centre_accompagnement_possible(Condition):
    label = "Le centre peut être accompagné par l'ARS"
    spec = LineSpec(
        simulator="cds",
        id="S2",
        group=GROUP,
        nature="condition",
        words=SAID,
        todo="L'accompagnement va aux centres médicaux ou polyvalents, à ceux qui veulent le devenir et aux antennes.",
        fields=WHO,
        parameters=(ZONES, TYPES),
        who=ARS,
        shown_with=("volet_1_demande", "volet_2_accepte", "en_difficulte"),
    )

    def formula(structure, period, parameters):
        """The kind of centre, or the will to become polyvalent, or an antenna; and the zone."""
        zones, kinds = listed(parameters(period), ZONES), listed(parameters(period), TYPES)
        right = kind_is(structure("centre_type_de_centre", period), kinds or [])
        will = any_of(
            *(truth_of(structure("centre_" + name, period)) for name in ("devient_polyvalent", "demande_pour_antenne"))
        )
        # Nothing said of becoming polyvalent nor of an antenna: the request is for the centre as it is.
        who = any_of(right, np.nan_to_num(will))
        return state_of(all_of(who, place_is(structure, period, zones or ["zip"])), applies=zones is not None)


class centre_volet_1(Condition):
    label = "Volet 1 : aide à l'écriture du projet de santé"
    spec = LineSpec(
        simulator="cds",
        id="B9",
        group=GROUP,
        nature="condition",
        words="Volet 2 accepté : {volet_2_accepte} ; adhésion à l'accord national ou à l'ACI promise : "
        "{adhesion_prevue}. L'aide est donnée en temps de consultant.",
        todo="Le volet 1 engage au volet 2 et à l'adhésion.",
        fields=("volet_1_demande", "volet_2_accepte", "adhesion_prevue"),
        parameters=(ZONES,),
        who=ARS,
        shown_with=("volet_1_demande",),
    )

    def formula(structure, period):
        """Asked for, with both promises."""
        facts = (
            truth_of(structure("centre_" + name, period))
            for name in ("volet_1_demande", "volet_2_accepte", "adhesion_prevue")
        )
        return _within(structure, period, all_of(*facts))


class centre_volet_2(Condition):
    label = "Volet 2 : aide à la coordination"
    spec = LineSpec(
        simulator="cds",
        id="B10",
        group=GROUP,
        nature="condition",
        words="Volet 2 demandé : {volet_2_accepte} ; volet 1 : {volet_1_demande} ; centre déjà ouvert : "
        "{centre_existant} ; adhésion promise : {adhesion_prevue}. Un centre déjà ouvert peut demander le volet 2 "
        "seul.",
        todo="Un nouveau centre commence par le volet 1.",
        fields=("volet_2_accepte", "volet_1_demande", "centre_existant", "adhesion_prevue"),
        parameters=(ZONES,),
        who=ARS,
        shown_with=("volet_2_accepte",),
    )

    def formula(structure, period):
        """After the first part, or alone for a centre that is open."""
        names = ("volet_2_accepte", "adhesion_prevue", "volet_1_demande", "centre_existant")
        wanted, promised, first, existing = (truth_of(structure("centre_" + name, period)) for name in names)
        return _within(structure, period, all_of(wanted, promised, any_of(first, existing)))


class centre_audit(Condition):
    label = "Audit d'un centre en difficulté"
    spec = LineSpec(
        simulator="cds",
        id="B11",
        group=GROUP,
        nature="condition",
        words="Centre déjà ouvert : {centre_existant} ; en difficulté : {en_difficulte}. Temps de consultant, "
        "jusqu'à un plan de retour à l'équilibre.",
        todo="L'audit va aux centres qui existent et sont en difficulté.",
        fields=("centre_existant", "en_difficulte"),
        parameters=(ZONES,),
        who=ARS,
        shown_with=("en_difficulte",),
    )

    def formula(structure, period):
        facts = (truth_of(structure("centre_" + name, period)) for name in ("centre_existant", "en_difficulte"))
        return _within(structure, period, all_of(*facts))


class centre_accompagnement_decide(Condition):
    label = "L'accompagnement est accordé"
    spec = LineSpec(
        simulator="cds",
        id="S4",
        group=GROUP,
        nature="condition",
        words="Avis de la CARPEC : {avis_carpec} ; décision du directeur général de l'ARS : {decision_ars}. La "
        "commission donne un avis, l'ARS décide.",
        todo="Attendez la décision de l'ARS : un avis défavorable n'est pas un refus.",
        fields=("decision_ars", "avis_carpec"),
        parameters=(DECISIVE,),
        who=ARS,
        shown_with=("decision_ars", "avis_carpec"),
    )

    def formula(structure, period, parameters):
        """The decision alone, unless the policy makes the opinion decisive."""
        decided = kind_is(structure("centre_decision_ars", period), ("accepte",))
        against = kind_is(structure("centre_avis_carpec", period), ("defavorable",))
        decisive = known(parameters(period), DECISIVE)
        return state_of(all_of(decided, none_of(against)) if decisive == 1 else decided, applies=not np.isnan(decisive))


def _within(structure, period, asked):
    """The state of a part of the help: what it asks, where the centre may be helped at all."""
    possible = structure("centre_accompagnement_possible", period).decode_to_str()
    right = np.select([possible == "remplie", possible == "manquante"], [1.0, 0.0], np.nan)
    return state_of(all_of(right, asked), applies=possible != "sans_objet")
