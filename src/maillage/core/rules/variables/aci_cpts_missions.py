"""ACI CPTS: what each mission pays in the year of the contract (aci_cpts.md §3.4 to §3.6, §4.1).

A mission has two lines: the grid of the accord (or of the region), and the amounts of the contract, which replace it. A
part fixe is prorated from the start of the mission to the anniversary; a part variable follows the results, and its
amount is an interval while they are not known.
"""

import numpy as np
from openfisca_core.periods import DAY

from maillage.core.rules.aci_cpts.missions import PAID, Mission
from maillage.core.rules.base import Condition, Variable, all_of, state_of
from maillage.core.rules.entities import Structure
from maillage.core.rules.simulation.calendar import days_between
from maillage.core.rules.simulation.inputs import given
from maillage.core.rules.simulation.reading import by_key, known
from maillage.core.rules.simulation.spec import LineSpec
from maillage.core.rules.variables.aci_cpts_accord import SIZES
from maillage.core.rules.variables.aci_cpts_communaute import truth_of_state

LAW, OWN = "Missions : accord national ou régional", "Montants de votre contrat"
GRID, YEAR = "financements.cpts.missions", "aci_cpts.versements.jours_de_l_annee"
EUROS = "euros par an"
PARTS = ("fixe", "variable")
TODO = {
    "socle": "Sans montant de votre contrat, donnez le jour où la mission commence : le contrat remplace la grille.",
    "option": "Si la CPTS prend cette mission, donnez le jour de son début et les montants de votre contrat.",
    "part": "Si votre contrat donne un montant à part aux soins non programmés, saisissez-le.",
}


def grid_path(mission, part, size):
    """Where the grid gives a part of a mission for a size."""
    return f"aci_cpts.missions.{mission.code}.{part}.taille_{size}"


def grid(structure, period, texts, mission, part, bound):
    """A part in the grid, for the smallest (« au_moins ») or largest (« au_plus ») size, shape (n,)."""
    size = structure(f"aci_cpts_taille_{bound}", period)
    return by_key(texts, grid_path(mission, part, "{}"), size, grid=GRID)


def own(structure, period, mission):
    """Part fixe and part variable of the contract, and whether one of them is given; (n,) each."""
    fixed, variable = (structure(f"aci_cpts_{name}", period) for name in mission.amounts)
    return fixed, variable, ~(np.isnan(fixed) & np.isnan(variable))


def earned(structure, period, mission, fixed, variable, unknown_results):
    """The part fixe of the time run in the year, and what was reached of the part variable, shape (n,)."""
    share = structure(f"aci_cpts_{mission.code}_part_de_l_annee", period)
    reached = structure(f"aci_cpts_{mission.code}_atteinte", period)
    results = np.where(np.isnan(reached), unknown_results, reached)
    return fixed * np.where(np.isnan(share), 1.0, share) + variable * results


def number(name, label, formula, unit=EUROS, spec=None):
    """A variable of a mission that is a number, not given until it is known."""
    body = {
        "__module__": __name__,
        "value_type": float,
        "entity": Structure,
        "definition_period": DAY,
        "default_value": float("nan"),
        "unit": unit,
        "label": label,
        "formula": formula,
    }
    return type(name, (Variable,), body | ({"spec": spec} if spec else {}))


def condition(name, label, formula):
    """A variable of a mission that is a state."""
    return type(name, (Condition,), {"__module__": __name__, "label": label, "formula": formula})


def share_of_year(mission: Mission):
    """The part of the year of the contract in which the mission runs."""

    def formula(structure, period, parameters):
        start = structure(f"aci_cpts_{mission.starts_with}_debut", period)
        begin, end = structure("aci_cpts_debut_d_annee", period), structure("aci_cpts_anniversaire", period)
        days = np.clip(days_between(start, end), 0, None)
        prorated = np.minimum(days / parameters(period).aci_cpts.versements.jours_de_l_annee, 1.0)
        return np.where(given(start) & given(begin) & (start <= begin), 1.0, prorated)

    label = f"{mission.name} : part de l'année du contrat, du début de la mission à l'anniversaire"
    return number(f"aci_cpts_{mission.code}_part_de_l_annee", label, formula, unit="part")


def running(mission: Mission):
    """Whether the mission runs in the year: unknown without a date, without object when it is not taken."""

    def formula(structure, period, parameters):
        start = structure(f"aci_cpts_{mission.starts_with}_debut", period)
        end = structure("aci_cpts_anniversaire", period)
        soon = np.where(given(start) & given(end), start < end, np.nan)
        open_ = truth_of_state(structure("aci_cpts_contrat_en_cours", period))
        if mission.kind == "part":
            taken = ~np.isnan(grid(structure, period, parameters(period), mission, "fixe", "au_moins"))
        else:
            taken = given(start) | (known(parameters(period), f"aci_cpts.missions.{mission.code}.socle") == 1)
        return state_of(all_of(soon, open_), applies=taken | own(structure, period, mission)[2])

    return condition(f"aci_cpts_{mission.code}_en_cours", f"{mission.name} : court dans l'année du contrat", formula)


def side(mission: Mission, name: str, label: str, by_contract: bool):
    """Either the grid or the contract pays: the contract as soon as one of its amounts is given."""

    def formula(structure, period):
        state = structure(f"aci_cpts_{mission.code}_en_cours", period)
        chosen = own(structure, period, mission)[2] == by_contract
        return state_of(truth_of_state(state), applies=(state.decode_to_str() != "sans_objet") & chosen)

    return condition(f"aci_cpts_{mission.code}_{name}", f"{mission.name} : {label}", formula)


def grid_line(mission: Mission, bound: str, unknown_results: float, spec: LineSpec | None):
    """What the grid of the accord, or of the region, gives for the year."""

    def formula(structure, period, parameters):
        texts = parameters(period)
        fixed, variable = (grid(structure, period, texts, mission, part, bound) for part in PARTS)
        return earned(structure, period, mission, fixed, variable, unknown_results)

    name = f"aci_cpts_{mission.code}_grille" + ("" if spec else "_au_plus")
    return number(name, f"{mission.name} : grille" + ("" if spec else ", au plus"), formula, spec=spec)


def own_line(mission: Mission, unknown_results: float, spec: LineSpec | None):
    """What the contract gives for the year."""

    def formula(structure, period):
        fixed, variable, _ = own(structure, period, mission)
        return earned(structure, period, mission, fixed, variable, unknown_results)

    name = f"aci_cpts_{mission.code}_contrat" + ("" if spec else "_au_plus")
    return number(name, f"{mission.name} : votre contrat" + ("" if spec else ", au plus"), formula, spec=spec)


def kept(mission: Mission, part: str):
    """The amount of a whole year that is kept: that of the contract, else that of the grid."""

    def formula(structure, period, parameters):
        fixed, variable, by_contract = own(structure, period, mission)
        law = np.full(structure.count, np.nan)
        if not by_contract.all():
            law = grid(structure, period, parameters(period), mission, part, "au_moins")
        return np.where(by_contract, fixed if part == "fixe" else variable, law)

    label = f"{mission.name} : part {part} d'une année entière, votre contrat ou la grille"
    return number(f"aci_cpts_{mission.code}_{part}", label, formula)


def payment(mission: Mission, name: str, label: str, advanced: bool):
    """The part fixe of the year as it is paid: an advance from the start or the anniversary, then the rest."""

    def formula(structure, period, parameters):
        rate = parameters(period).aci_cpts.versements.avance_des_missions
        share = structure(f"aci_cpts_{mission.code}_part_de_l_annee", period)
        return (rate if advanced else 1 - rate) * structure(f"aci_cpts_{mission.code}_fixe", period) * share

    return number(f"aci_cpts_{mission.code}_{name}", f"{mission.name} : {label}", formula, unit="euros")


def grid_spec(mission: Mission) -> LineSpec:
    """What the page says of the grid of a mission."""
    return LineSpec(
        simulator="aci-cpts",
        id=mission.id,
        group=LAW,
        nature="montant",
        words="Grille de l'accord, ou de votre région si elle la publie ; taille : {taille}. Part de l'année du "
        f"contrat que la part fixe paie : {{{mission.code}_part_de_l_annee}} ; résultats, pour la part variable : "
        f"{{{mission.code}_atteinte}}.",
        counted=True,
        upper=f"aci_cpts_{mission.code}_grille_au_plus",
        only_if=f"aci_cpts_{mission.code}_selon_la_grille",
        todo=TODO[mission.kind],
        fields=(f"{mission.starts_with}_debut", "population"),
        may_read=(*(grid_path(mission, part, size) for part in PARTS for size in SIZES), GRID, YEAR),
        who="votre CPAM",
        shown_with=() if mission.kind == "socle" else (f"{mission.starts_with}_debut",),
    )


def own_spec(mission: Mission) -> LineSpec:
    """What the page says of the amounts of the contract."""
    fixed, variable = mission.amounts
    return LineSpec(
        simulator="aci-cpts",
        id=f"{mission.id}-CONTRAT",
        group=OWN,
        nature="montant",
        words=f"Part fixe, {{{fixed}}} ; part de l'année du contrat qu'elle paie, {{{mission.code}_part_de_l_annee}} "
        "(toute l'année si le début n'est pas donné). Part variable, "
        f"{{{variable}}} ; résultats, {{{mission.code}_atteinte}}.",
        counted=True,
        upper=f"aci_cpts_{mission.code}_contrat_au_plus",
        only_if=f"aci_cpts_{mission.code}_selon_le_contrat",
        todo="Donnez la part fixe, la part variable (0 s'il n'y en a pas) et le jour du début de la mission.",
        fields=(*mission.amounts, f"{mission.code}_atteinte", f"{mission.starts_with}_debut"),
        may_read=(YEAR,),
        who="votre CPAM",
        shown_with=mission.amounts,
    )


def behind(mission: Mission):
    """The variables of a mission that its two lines stand on."""
    return (
        grid_line(mission, "au_plus", 1.0, None),
        own_line(mission, 1.0, None),
        share_of_year(mission),
        running(mission),
        side(mission, "selon_la_grille", "payée selon la grille", by_contract=False),
        side(mission, "selon_le_contrat", "payée selon votre contrat", by_contract=True),
        kept(mission, "fixe"),
        kept(mission, "variable"),
        payment(mission, "avance", "avance sur la part fixe de l'année", advanced=True),
        payment(mission, "solde", "solde de la part fixe de l'année", advanced=False),
    )


def every_variable():
    """The lines of the grid, those of the contract, then what they stand on."""
    yield from (grid_line(mission, "au_moins", 0.0, grid_spec(mission)) for mission in PAID)
    yield from (own_line(mission, 0.0, own_spec(mission)) for mission in PAID)
    for mission in PAID:
        yield from behind(mission)


globals().update({variable.__name__: variable for variable in every_variable()})
