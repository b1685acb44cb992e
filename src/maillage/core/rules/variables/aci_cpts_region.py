"""ACI CPTS: the money before the contract, lettre d'intention and regional aid (aci_cpts.md §3.5, §6)."""

import numpy as np
from openfisca_core.periods import DAY

from maillage.core.rules.base import Condition, Variable, all_of, at_least, none_of, state_of, truth_of
from maillage.core.rules.entities import Structure
from maillage.core.rules.simulation.inputs import given
from maillage.core.rules.simulation.reading import by_key, known
from maillage.core.rules.simulation.spec import LineSpec
from maillage.core.rules.variables.aci_cpts_accord import every_size
from maillage.core.rules.variables.aci_cpts_communaute import has_form, today

GROUP = "Avant le contrat"
AID, MOST = "financements.cpts.elaboration.taille_{}", "financements.cpts.elaboration.plafond"
FLOOR = "cpts.territoire.population_minimale"
CREDIT, OPEN = "financements.cpts.lettre_intention", "aci_cpts.lettre_intention.ouverte"
LETTER = ("lettre_intention_validee",)
ARS = "votre ARS"


def before_the_contract(structure, period):
    """Where the contract is not signed on the day, shape (n,)."""
    signed = structure("aci_cpts_signature", period)
    return ~given(signed) | (signed > today(period))


class aci_cpts_lettre_ouvre_un_credit(Condition):
    label = "La lettre d'intention ouvre un crédit de l'ACI"

    def formula(structure, period, parameters):
        """Since avenant 2; the contract is not signed yet."""
        validated = truth_of(structure("aci_cpts_lettre_intention_validee", period))
        exists = known(parameters(period), OPEN) == 1
        return state_of(validated, applies=exists & before_the_contract(structure, period))


class aci_cpts_credit_lettre_intention(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    default_value = float("nan")
    unit = "euros"
    label = "Crédit de l'ACI à la lettre d'intention validée"
    spec = LineSpec(
        simulator="aci-cpts",
        id="CPTS-PAY-11",
        group=GROUP,
        nature="montant",
        words="L'avenant 2 ouvre ce crédit avant la signature du contrat, sous conditions. Montant : "
        "{financements.cpts.lettre_intention}.",
        only_if="aci_cpts_lettre_ouvre_un_credit",
        todo="Avant le contrat, envoyez la lettre d'intention à l'ARS et à la CPAM ; demandez le montant du crédit.",
        fields=LETTER,
        parameters=(OPEN, CREDIT),
        who="votre CPAM",
    )

    def formula(structure, period, parameters):
        return structure.filled_array(known(parameters(period), CREDIT))


class aci_cpts_elaboration_possible(Condition):
    label = "La CPTS peut demander l'aide à l'élaboration"
    spec = LineSpec(
        simulator="aci-cpts",
        id="CPTS-REG-04",
        group=GROUP,
        nature="condition",
        words="Population : {population} ; seuil à dépasser, nul s'il n'y en a pas : "
        "{cpts.territoire.population_minimale}. "
        "L'aide vient avant le contrat ; signature : {signature}.",
        todo="Étendez le territoire, ou voyez avec l'ARS : sous ce seuil régional, aucun montant n'est publié.",
        fields=("population", "signature"),
        parameters=(FLOOR,),
        who=ARS,
    )

    def formula(structure, period, parameters):
        population = structure("aci_cpts_population", period)
        floor = known(parameters(period), FLOOR)
        above = none_of(at_least(floor + 0 * population, population))
        return state_of(above, applies=before_the_contract(structure, period))


class aci_cpts_elaboration(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    default_value = float("nan")
    unit = "euros"
    label = "Aide de l'ARS à l'élaboration du projet"
    spec = LineSpec(
        simulator="aci-cpts",
        id="CPTS-REG-02",
        group=GROUP,
        nature="montant",
        words="Barème de la région (taille : {taille}), au plus {financements.cpts.elaboration.plafond}. L'aide "
        "paie le temps de coordination et celui des libéraux, sauf ceux que leur organisme mandate.",
        upper="aci_cpts_elaboration_au_plus",
        only_if="aci_cpts_elaboration_possible",
        todo="Avant le contrat, déposez un dossier auprès de l'ARS : chaque région décide du montant.",
        fields=("population", "region_pack"),
        may_read=(*every_size(AID), MOST),
        who=ARS,
    )

    def formula(structure, period, parameters):
        return aid(parameters(period), structure("aci_cpts_taille_au_moins", period))


class aci_cpts_elaboration_au_plus(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    default_value = float("nan")
    unit = "euros"
    label = "Aide de l'ARS à l'élaboration du projet, pour la plus grande taille possible"

    def formula(structure, period, parameters):
        return aid(parameters(period), structure("aci_cpts_taille_au_plus", period))


class aci_cpts_aide_seine_saint_denis_due(Condition):
    label = "La CPTS reçoit l'aide de Seine-Saint-Denis"

    def formula(structure, period):
        letter = truth_of(structure("aci_cpts_lettre_intention_validee", period))
        place = structure("aci_cpts_departement", period).decode_to_str()
        association = has_form(structure, period, "association")
        return state_of(all_of(letter, association), applies=place == "seine_saint_denis")


class aci_cpts_aide_seine_saint_denis(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    default_value = float("nan")
    unit = "euros"
    label = "Aide à la lettre d'intention en Seine-Saint-Denis"
    spec = LineSpec(
        simulator="aci-cpts",
        id="CPTS-REG-10",
        group=GROUP,
        nature="montant",
        words="Département : {departement} ; lettre d'intention validée : {lettre_intention_validee} ; forme : "
        "{forme_juridique}. Montant : {financements.cpts.seine_saint_denis}.",
        only_if="aci_cpts_aide_seine_saint_denis_due",
        todo="Constituez l'association d'abord, puis faites valider la lettre d'intention.",
        fields=("departement", *LETTER, "forme_juridique"),
        who=ARS,
        shown_with=("departement",),
    )

    def formula(structure, period, parameters):
        return structure.filled_array(known(parameters(period), "financements.cpts.seine_saint_denis"))


def aid(texts, size):
    """The regional aid of a size, never above its ceiling; not-a-number where none is published; shape (n,)."""
    amount = by_key(texts, AID, size)
    return np.fmin(amount, known(texts, MOST)) if (~np.isnan(amount)).any() else amount
