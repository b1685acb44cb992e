"""Premises: the programme in square metres, from the plan-type (esp_ess_aides.md §6.4 and §6.7)."""

from typing import Any

import numpy as np

from maillage.core.rules.base import Condition, all_of, state_of
from maillage.core.rules.cds.formulas import Measure, listed, reaches
from maillage.core.rules.immobilier.facts_programme import FAMILIES
from maillage.core.rules.immobilier.formulas import PREFIX, fact, given_or
from maillage.core.rules.simulation.reading import known
from maillage.core.rules.simulation.spec import LineSpec
from maillage.core.rules.simulation.sums import sum_given

GROUP, PLAN, DESIGNER = "Programme des locaux", "immobilier.plan_type.", "votre maître d'œuvre"
TENTH = 1
"""Decimals of a surface by professional."""
CABINETS = {"type_1": "Cabinets de type 1", "type_2": "Cabinets de type 2", "type_3": "Cabinets de type 3"}
ROOMS = {
    "local_d_urgence": "Local médical pour les urgences",
    "attente_medicale": "Salle d'attente médicale",
    "attente_paramedicale": "Salle d'attente paramédicale",
    "accueil": "Hall d'accueil",
    "reunion": "Salle de réunion",
    "technique": "Local technique",
    "logement": "Logement d'une pièce",
    "wc_ordinaires": "WC ordinaires",
    "wc_handicapes": "WC accessibles",
    "wc_personnel": "WC du personnel",
    "dechets": "Local des déchets",
}
ALL = (*(f"cabinet_{kind}" for kind in CABINETS), *ROOMS)


class immobilier_professionnels(Measure):
    unit = "professionnels"
    label = "Professionnels à loger"

    def formula(structure, period):
        return sum_given(*(fact(structure, period, name) for name in FAMILIES))


def _cabinets(kind: str) -> type[Measure]:
    """How many cabinets of a kind: those that are declared, else one a professional who uses that kind."""

    def formula(structure, period, parameters):
        users = listed(parameters(period), f"{PLAN}attribution.{kind}") or []
        known_team = ~np.isnan(structure("immobilier_professionnels", period))
        each = sum(np.nan_to_num(fact(structure, period, name)) for name in users)
        return given_or(fact(structure, period, f"cabinet_{kind}"), np.where(known_team, each, np.nan))

    return _measure(f"nombre_cabinet_{kind}", "pièces", f"{CABINETS[kind]}, nombre", formula)


def _rooms(name: str) -> type[Measure]:
    """How many rooms of a kind: those that are declared, else those of the plan-type."""

    def formula(structure, period, parameters):
        declared = fact(structure, period, name)
        if not np.isnan(declared).any():
            return declared
        return given_or(declared, known(parameters(period), f"{PLAN}quantite.{name}"))

    return _measure(f"nombre_{name}", "pièces", f"{ROOMS[name]}, nombre", formula)


def _surface(name: str, label: str) -> type[Measure]:
    """The surface of the rooms of a kind."""

    def formula(structure, period, parameters):
        return fact(structure, period, f"nombre_{name}") * known(parameters(period), f"{PLAN}surface.{name}")

    spec = LineSpec(
        simulator="immobilier",
        id=f"IMM-PLAN-{name}",
        told_apart=True,
        group=GROUP,
        nature="repere",
        words=f"{{nombre_{name}}} de {{{PLAN}surface.{name}}}.",
        todo="Dites combien de professionnels le bâtiment loge, ou combien de cabinets il compte.",
        fields=(name, *FAMILIES) if name.startswith("cabinet") else (name,),
        who=DESIGNER,
        may_read=() if name.startswith("cabinet") else (f"{PLAN}quantite.{name}",),
    )
    return _measure(f"surface_{name}", "m²", label, formula, spec)


def _measure(name: str, unit: str, label: str, formula: Any, spec: LineSpec | None = None) -> type[Measure]:
    body = {"__module__": __name__, "unit": unit, "label": label, "formula": formula}
    return type(PREFIX + name, (Measure,), body | ({"spec": spec} if spec else {}))


globals().update(
    {
        made.__name__: made
        for made in (
            *(_cabinets(kind) for kind in CABINETS),
            *(_rooms(name) for name in ROOMS),
            *(_surface(f"cabinet_{kind}", label) for kind, label in CABINETS.items()),
            *(_surface(name, label) for name, label in ROOMS.items()),
        )
    }
)


class immobilier_surface_utile(Measure):
    unit = "m²"
    label = "Surface des pièces"
    spec = LineSpec(
        simulator="immobilier",
        id="IMM-PLAN-total",
        told_apart=True,
        group=GROUP,
        nature="repere",
        words="Somme des pièces ci-dessus et des autres pièces ({autres_surfaces}). Le nombre des pièces communes est "
        "celui du plan-type, tant que vous n'en dites pas un autre. Pour comparer, le cabinet d'un médecin fait "
        "{immobilier.reperes.cabinet_de_generaliste} dans un autre programme. Le stationnement est à part.",
        todo="Dites combien de professionnels le bâtiment loge.",
        fields=("medecins", "autres_surfaces"),
        who=DESIGNER,
        parameters=("immobilier.reperes.cabinet_de_generaliste",),
    )

    def formula(structure, period):
        rooms = sum(fact(structure, period, f"surface_{name}") for name in ALL)
        return rooms + np.nan_to_num(fact(structure, period, "autres_surfaces"))


class immobilier_surface_par_professionnel(Measure):
    unit = "m²"
    label = "Surface des pièces par professionnel"
    spec = LineSpec(
        simulator="immobilier",
        id="IMM-PLAN-ratio",
        group=GROUP,
        nature="repere",
        words="{surface_utile} pour {professionnels}. Le plan-type publié va de {fourchette_basse} à "
        "{fourchette_haute} par professionnel.",
        todo="Dites combien de professionnels le bâtiment loge.",
        fields=FAMILIES,
        who=DESIGNER,
    )

    def formula(structure, period):
        return _each(structure("immobilier_surface_utile", period), structure("immobilier_professionnels", period))


class immobilier_fourchette_basse(Measure):
    unit = "m²"
    label = "Plan-type, surface par professionnel, au moins"

    def formula(structure, period, parameters):
        plan = parameters(period)
        each = known(plan, PLAN + "surface_minimale") / known(plan, PLAN + "professionnels")
        return np.full(structure.count, np.round(each, TENTH))


class immobilier_fourchette_haute(Measure):
    unit = "m²"
    label = "Plan-type, surface par professionnel, au plus"

    def formula(structure, period, parameters):
        plan = parameters(period)
        each = known(plan, PLAN + "surface_maximale") / known(plan, PLAN + "professionnels")
        return np.full(structure.count, np.round(each, TENTH))


class immobilier_dans_la_fourchette(Condition):
    label = "La surface est dans la fourchette publiée"
    spec = LineSpec(
        simulator="immobilier",
        id="IMM-PLAN-fourchette",
        group=GROUP,
        nature="condition",
        words="Le plan-type publié est de {immobilier.plan_type.surface_minimale} à "
        "{immobilier.plan_type.surface_maximale} pour {immobilier.plan_type.professionnels} ; vos pièces font "
        "{surface_utile} pour {professionnels}.",
        todo="Une fourchette publiée n'est pas une règle : vérifiez ce qui manque au programme, ou ce qui est en trop.",
        fields=("medecins", "logement"),
        who=DESIGNER,
        may_read=(PLAN + "lecture_par_professionnel",),
    )

    def formula(structure, period, parameters):
        """In proportion of the professionals, which is a deduction for a team of another size."""
        team, plan = structure("immobilier_professionnels", period), parameters(period)
        if (team != known(plan, PLAN + "professionnels"))[~np.isnan(team)].any():
            known(plan, PLAN + "lecture_par_professionnel")
        surface = structure("immobilier_surface_utile", period)
        share = team / known(plan, PLAN + "professionnels")
        low, high = (share * known(plan, f"{PLAN}surface_{end}") for end in ("minimale", "maximale"))
        return state_of(all_of(reaches(surface, low), reaches(high, surface)))


class immobilier_surface_totale(Measure):
    unit = "m²"
    label = "Surface totale"
    spec = LineSpec(
        simulator="immobilier",
        id="IMM-PLAN-circulations",
        told_apart=True,
        group=GROUP,
        nature="repere",
        words="{surface_utile} de pièces et {circulations} de circulations. Le plan-type ne dit pas si elles y sont "
        "comprises.",
        todo="Dites la part des circulations : votre maître d'œuvre la connaît.",
        fields=("circulations",),
        who=DESIGNER,
    )

    def formula(structure, period):
        return structure("immobilier_surface_utile", period) * (1 + structure("immobilier_circulations", period))


def _each(quantity: Any, people: Any) -> Any:
    return np.round(np.divide(quantity, people, out=np.full_like(quantity, np.nan), where=people > 0), TENTH)
