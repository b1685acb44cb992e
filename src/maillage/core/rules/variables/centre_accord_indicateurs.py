"""CDS: the indicators of the accord national, one condition each (cds.md §2.4)."""

from maillage.core.rules.base import Condition, state_of, truth_of
from maillage.core.rules.cds.formulas import listed
from maillage.core.rules.cds.indicators import OPTIONS, SOCLES, Indicator
from maillage.core.rules.simulation.spec import LineSpec

LISTS = {"socle": "cds.remuneration.socles", "option": "cds.remuneration.options"}
GROUPS = {"socle": "Indicateurs socles", "option": "Indicateurs optionnels"}
WORDS = {
    "socle": "Atteint : {%s}. Un socle est un prérequis de la rémunération.",
    "option": "Atteint : {%s}. Une option s'ajoute quand tous les socles sont atteints.",
}


def condition(indicator: Indicator) -> type[Condition]:
    """The variable of an indicator: reached or not, without object when the accord of the day does not count it."""
    level = indicator.field.partition("_")[0]
    path = LISTS[level]

    def formula(structure, period, parameters):
        counted = indicator.name in (listed(parameters(period), path) or [])
        return state_of(truth_of(structure("centre_" + indicator.field, period)), applies=counted)

    spec = LineSpec(
        simulator="cds",
        id=indicator.id,
        group=GROUPS[level],
        nature="condition",
        words=WORDS[level] % indicator.field,
        todo="Faites de ce socle une priorité." if level == "socle" else "",
        fields=(indicator.field,),
        parameters=(path,),
        who="votre CPAM",
        shown_with=(indicator.field,),
    )
    body = {"label": indicator.label, "spec": spec, "formula": formula, "__module__": __name__}
    return type("centre_indicateur_" + indicator.name, (Condition,), body)


globals().update({made.__name__: made for made in map(condition, (*SOCLES, *OPTIONS))})
