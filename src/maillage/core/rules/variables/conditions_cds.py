"""Conditions of creation of a centre de santé (CDS), and what they ask of its manager and of its file."""

import numpy as np
from openfisca_core.indexed_enums import Enum
from openfisca_core.periods import DateUnit

from maillage.core.kernel.french import fold
from maillage.core.rules.base import (
    Condition,
    ConditionSpec,
    Reponse,
    Variable,
    all_of,
    any_of,
    none_of,
    state_of,
    truth_of,
)
from maillage.core.rules.entities import Structure
from maillage.core.rules.variables.dossier import has_form, projet_redige, projet_valide
from maillage.core.rules.variables.equipe import DE_SANTE, LIBERAUX_SEULEMENT, count, count_exercising, reaches
from maillage.core.rules.variables.inputs import FormeJuridique

# « ophtalmologie », « ophtalmologue », « Ophtalmologiste »: the same specialty for nine letters.
STEM = 9


class gestionnaire_d_etablissement(Variable):
    value_type = Enum
    possible_values = Reponse
    default_value = Reponse.inconnue
    entity = Structure
    definition_period = DateUnit.DAY
    label = "Le gestionnaire du centre gère aussi un établissement de santé"


class gestionnaire_region(Variable):
    value_type = Enum
    possible_values = Reponse
    default_value = Reponse.inconnue
    entity = Structure
    definition_period = DateUnit.DAY
    label = "La collectivité qui gère le centre est une région"


class scic_associes_autorises(Variable):
    value_type = Enum
    possible_values = Reponse
    default_value = Reponse.inconnue
    entity = Structure
    definition_period = DateUnit.DAY
    label = "Tous les associés de la SCIC pourraient eux-mêmes gérer un centre de santé"


class reglement_de_fonctionnement(Variable):
    value_type = Enum
    possible_values = Reponse
    default_value = Reponse.inconnue
    entity = Structure
    definition_period = DateUnit.DAY
    label = "Le règlement de fonctionnement du centre est écrit"


class recepisse(Variable):
    value_type = Enum
    possible_values = Reponse
    default_value = Reponse.inconnue
    entity = Structure
    definition_period = DateUnit.DAY
    label = "L'ARS a délivré le récépissé de l'engagement de conformité"


class agrement(Variable):
    value_type = Enum
    possible_values = Reponse
    default_value = Reponse.inconnue
    entity = Structure
    definition_period = DateUnit.DAY
    label = "Le centre a reçu l'agrément"


class cds_professionnels(Condition):
    label = "Au moins deux professionnels de santé, de la même profession ou non"
    spec = ConditionSpec(
        structure="CDS",
        kind="fond",
        parameter="cds.composition.professionnels_minimum",
        fields=("professionnels",),
        todo="Prévoyez au moins deux professionnels de santé ; l'ARS peut en admettre un seul dans des circonstances "
        "particulières. Deux médecins sont souvent demandés pour obtenir une aide.",
        lists=(DE_SANTE,),
    )

    def formula(structure, period, parameters):
        minimum = parameters(period).cds.composition.professionnels_minimum
        return state_of(reaches(count(structure, period, parameters(period).professions.de_sante), minimum))


class cds_exercice_salarie(Condition):
    label = "Des professionnels salariés"
    spec = ConditionSpec(
        structure="CDS",
        kind="fond",
        parameter="cds.exercice.salariat",
        fields=("professionnels",),
        todo="Les professionnels d'un centre de santé sont salariés de son gestionnaire. Pour exercer en libéral, "
        "regardez l'ESP ou la MSP.",
        lists=(DE_SANTE,),
    )

    def formula(structure, period, parameters):
        required = parameters(period).cds.exercice.salariat
        liberal = count_exercising(structure, period, parameters(period).professions.de_sante, LIBERAUX_SEULEMENT)
        return state_of(none_of(reaches(liberal, 1)), applies=required)


class cds_gestionnaire(Condition):
    label = "Un gestionnaire autorisé par la loi"
    spec = ConditionSpec(
        structure="CDS",
        kind="fond",
        parameter="cds.gestionnaire.autorises",
        fields=("gestionnaire",),
        todo="Confiez la gestion à un organisme à but non lucratif, une commune, un département, un groupement de "
        "communes, un établissement de santé, ou une SCIC formée d'eux seuls. Une société qui ne gère pas "
        "d'établissement de santé est refusée.",
    )

    def formula(structure, period, parameters):
        rules = parameters(period).cds.gestionnaire
        form = structure("gestionnaire", period)
        listed = has_form(structure, period, rules.autorises, "gestionnaire")
        to_check = np.where(has_form(structure, period, rules.a_verifier, "gestionnaire") == 1, np.nan, listed)
        scic = np.where(form == FormeJuridique.scic, truth_of(structure("scic_associes_autorises", period)), to_check)
        region = (form == FormeJuridique.collectivite) & (structure("gestionnaire_region", period) == Reponse.oui)
        named = np.where(region & np.logical_not(rules.region_nommee), np.nan, scic)
        runs_hospital = structure("gestionnaire_d_etablissement", period) == Reponse.oui
        return state_of(np.where(runs_hospital, 1.0, named))


class cds_projet_de_sante(Condition):
    label = "Un projet de santé rédigé"
    spec = ConditionSpec(
        structure="CDS",
        kind="demarche",
        parameter="cds.documents.projet_de_sante",
        fields=("projet_de_sante",),
        todo="Rédigez le projet de santé : besoins du territoire, coordonnées du centre, personnel, missions et "
        "activités, coordination interne et externe.",
    )

    def formula(structure, period, parameters):
        return state_of(projet_redige(structure, period), applies=parameters(period).cds.documents.projet_de_sante)


class cds_reglement_de_fonctionnement(Condition):
    label = "Un règlement de fonctionnement annexé au projet de santé"
    spec = ConditionSpec(
        structure="CDS",
        kind="demarche",
        parameter="cds.documents.reglement_de_fonctionnement",
        fields=("reglement_de_fonctionnement", "projet_de_sante"),
        todo="Annexez au projet de santé le règlement de fonctionnement : hygiène, sécurité, droits des patients.",
    )

    def formula(structure, period, parameters):
        required = parameters(period).cds.documents.reglement_de_fonctionnement
        annexed = truth_of(structure("reglement_de_fonctionnement", period))
        written = np.where(projet_redige(structure, period) == 0, 0.0, annexed)
        return state_of(written, applies=required)


class cds_recepisse(Condition):
    label = "Le récépissé de l'engagement de conformité"
    spec = ConditionSpec(
        structure="CDS",
        kind="demarche",
        parameter="cds.documents.recepisse",
        fields=("recepisse", "projet_de_sante"),
        todo="Envoyez à l'ARS le projet de santé et l'engagement de conformité : elle délivre dans les deux mois le "
        "récépissé qui autorise à dispenser des soins.",
        asked=True,
    )

    def formula(structure, period, parameters):
        required = parameters(period).cds.documents.recepisse
        received = truth_of(structure("recepisse", period))
        accepted = projet_valide(structure, period, "CDS")
        return state_of(_declared_or_early(received, accepted), applies=required)


class cds_agrement(Condition):
    label = "L'agrément, pour une activité dentaire, orthoptique ou ophtalmologique"
    spec = ConditionSpec(
        structure="CDS",
        kind="demarche",
        parameter="cds.agrement.professions",
        fields=("agrement", "professionnels", "specialite", "projet_de_sante"),
        todo="Demandez l'agrément à l'ARS pour ces activités, en plus du récépissé : projet de santé, déclarations "
        "d'intérêts des dirigeants, contrats passés avec des sociétés tierces.",
        asked=True,
    )

    def formula(structure, period, parameters):
        rules = parameters(period).cds.agrement
        specialist = all_of(
            reaches(count(structure, period, ["medecin_specialiste"]), 1),
            _is_one_of(structure("specialite", period), rules.specialites),
        )
        needed = any_of(reaches(count(structure, period, rules.professions), 1), specialist)
        answer = truth_of(structure("agrement", period))
        granted = _declared_or_early(answer, projet_valide(structure, period, "CDS"))
        return state_of(np.where(needed == 1, granted, np.nan), applies=needed != 0)


def _declared_or_early(declared, project):
    """What was declared; else false while the project has not come that far, then unknown: it proves no document."""
    return np.where(np.isnan(declared), np.where(project == 0, 0.0, np.nan), declared)


def _is_one_of(given, names):
    """Whether a specialty typed by a person is one of ``names``; unknown when it is not given."""
    stems = {fold(name)[:STEM] for name in names}
    if not stems:
        return np.zeros(len(given))
    return np.array([np.nan if not text else float(fold(str(text))[:STEM] in stems) for text in given])
