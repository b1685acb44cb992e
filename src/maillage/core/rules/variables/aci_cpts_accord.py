"""ACI CPTS: size, running money and ceiling of the accord (aci_cpts.md §3.1 to §3.3, §3.6).

A population of exactly 80 000 is of two sizes for the sources: its amounts are intervals.
"""

import numpy as np
from openfisca_core.periods import DAY

from maillage.core.rules.base import Variable
from maillage.core.rules.entities import Structure
from maillage.core.rules.simulation.reading import by_key, known
from maillage.core.rules.simulation.spec import LineSpec

GROUP = "Taille et montants de l'accord"
SIZES = (1, 2, 3, 4)
RUNNING, CEILING = "financements.cpts.fonctionnement.taille_{}", "financements.cpts.plafond.taille_{}"
SIZE_FIELDS = ("population", "taille_du_contrat")
ON_THE_BOUND, REFERENCE = "aci_cpts.taille.a_la_borne", "aci_cpts.taille.population_de_reference"
CPAM = "votre CPAM"
ASK = "Demandez à votre CPAM le plafond de votre taille : depuis l'avenant 2, seul celui de la taille 4 est publié."


def every_size(path: str) -> tuple[str, ...]:
    """The paths of a quantity that the accord gives by size."""
    return tuple(path.format(size) for size in SIZES)


def written_size(structure, period):
    """The size written in the contract, not-a-number when it is not given, shape (n,)."""
    written = structure("aci_cpts_taille_du_contrat", period).decode_to_str()
    return np.select([written == f"taille_{size}" for size in SIZES], [float(size) for size in SIZES], default=np.nan)


def size_of(structure, period, bounds, third_begins):
    """The size by population, or that of the contract, shape (n,).

    ``third_begins(population, bound)`` says where the third size has begun: the sources do not, on its bound.
    """
    population, written = structure("aci_cpts_population", period), written_size(structure, period)
    second = population >= bounds.taille_2
    steps = second.astype(float) + third_begins(population, bounds.taille_3) + (population > bounds.taille_4)
    return np.where(~np.isnan(written), written, np.where(np.isnan(population), np.nan, SIZES[0] + steps))


class aci_cpts_taille_au_moins(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    default_value = float("nan")
    label = "Taille de la CPTS, la plus petite possible"

    def formula(structure, period, parameters):
        return size_of(structure, period, parameters(period).financements.cpts.seuil, np.greater)


class aci_cpts_taille_au_plus(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    default_value = float("nan")
    label = "Taille de la CPTS, la plus grande possible"

    def formula(structure, period, parameters):
        return size_of(structure, period, parameters(period).financements.cpts.seuil, np.greater_equal)


class aci_cpts_taille_ambigue(Variable):
    value_type = bool
    entity = Structure
    definition_period = DAY
    label = "La population est exactement sur la borne que les sources écrivent dans deux tailles"

    def formula(structure, period):
        least, most = structure("aci_cpts_taille_au_moins", period), structure("aci_cpts_taille_au_plus", period)
        return least < most


class aci_cpts_taille(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    default_value = float("nan")
    label = "Taille de la CPTS"
    spec = LineSpec(
        simulator="aci-cpts",
        id="CPTS-SIZE",
        group=GROUP,
        nature="repere",
        words="Population : {population}. Taille 1 avant {financements.cpts.seuil.taille_2}, taille 2 jusqu'à "
        "{financements.cpts.seuil.taille_3}, taille 3 jusqu'à {financements.cpts.seuil.taille_4}, taille 4 au-delà ; "
        "les sources écrivent {financements.cpts.seuil.taille_3} dans les tailles 2 et 3. La taille écrite au contrat "
        "l'emporte (réponse : {taille_du_contrat}).",
        todo="Donnez la population du territoire, ou la taille écrite dans votre contrat.",
        fields=SIZE_FIELDS,
        may_read=(ON_THE_BOUND, REFERENCE),
        who=CPAM,
    )

    def formula(structure, period, parameters):
        """Not-a-number on the bound that the sources leave open."""
        texts = parameters(period)
        least, most = structure("aci_cpts_taille_au_moins", period), structure("aci_cpts_taille_au_plus", period)
        by_population = np.isnan(written_size(structure, period)) & ~np.isnan(least)
        for path, asked in ((REFERENCE, by_population), (ON_THE_BOUND, least < most)):
            if asked.any():
                known(texts, path)
        return np.where(least == most, least, np.nan)


class aci_cpts_fonctionnement(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    default_value = float("nan")
    unit = "euros par an"
    label = "Fonctionnement"
    spec = LineSpec(
        simulator="aci-cpts",
        id="CPTS-FCT",
        group=GROUP,
        nature="montant",
        words="Montant annuel de l'accord (taille : {taille}) : coordination, réunions, locaux, outils.",
        counted=True,
        upper="aci_cpts_fonctionnement_au_plus",
        only_if="aci_cpts_contrat_en_cours",
        todo="Donnez la population du territoire ou la taille, et la date de signature du contrat.",
        fields=("population", "taille_du_contrat", "signature"),
        may_read=every_size(RUNNING),
        who=CPAM,
    )

    def formula(structure, period, parameters):
        return by_key(parameters(period), RUNNING, structure("aci_cpts_taille_au_moins", period))


class aci_cpts_fonctionnement_au_plus(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    default_value = float("nan")
    unit = "euros par an"
    label = "Fonctionnement, pour la plus grande taille possible"

    def formula(structure, period, parameters):
        return by_key(parameters(period), RUNNING, structure("aci_cpts_taille_au_plus", period))


class aci_cpts_plafond(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    default_value = float("nan")
    unit = "euros par an"
    label = "Plafond de l'année, toutes missions"
    spec = LineSpec(
        simulator="aci-cpts",
        id="CPTS-MAX",
        group=GROUP,
        nature="montant",
        words="Le plus que l'accord donne dans l'année à une CPTS (taille : {taille}) : fonctionnement, missions "
        "socles et optionnelles, soins non programmés.",
        upper="aci_cpts_plafond_au_plus",
        todo=ASK,
        fields=SIZE_FIELDS,
        may_read=every_size(CEILING),
        who=CPAM,
    )

    def formula(structure, period, parameters):
        return by_key(parameters(period), CEILING, structure("aci_cpts_taille_au_moins", period))


class aci_cpts_plafond_au_plus(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    default_value = float("nan")
    unit = "euros par an"
    label = "Plafond de l'année, pour la plus grande taille possible"

    def formula(structure, period, parameters):
        return by_key(parameters(period), CEILING, structure("aci_cpts_taille_au_plus", period))


class aci_cpts_enveloppe_des_missions(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    default_value = float("nan")
    unit = "euros par an"
    label = "Toutes les missions ensemble, au plus"
    spec = LineSpec(
        simulator="aci-cpts",
        id="CPTS-SUM",
        group=GROUP,
        nature="montant",
        words="Plafond de l'année, {plafond}, − fonctionnement, {fonctionnement}. C'est un calcul, l'accord ne l'écrit "
        "pas : les parts fixes et variables de toutes les missions doivent faire cette somme.",
        upper="aci_cpts_enveloppe_au_plus",
        todo=ASK,
        fields=SIZE_FIELDS,
        who=CPAM,
    )

    def formula(structure, period):
        return structure("aci_cpts_plafond", period) - structure("aci_cpts_fonctionnement", period)


class aci_cpts_enveloppe_au_plus(Variable):
    value_type = float
    entity = Structure
    definition_period = DAY
    default_value = float("nan")
    unit = "euros par an"
    label = "Toutes les missions ensemble, pour la plus grande taille possible"

    def formula(structure, period):
        return structure("aci_cpts_plafond_au_plus", period) - structure("aci_cpts_fonctionnement_au_plus", period)
