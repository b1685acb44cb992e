"""The places that a territory is compared with, and why these."""

from collections.abc import Collection

from maillage.apps.diagnostics.chosen import Chosen, places
from maillage.apps.diagnostics.references import FRANCE
from maillage.apps.territories.models import Departement
from maillage.core.kernel import french
from maillage.core.territory.diagnosis.measures import Elsewhere


def department_of(chosen: Chosen) -> Departement:
    """The département of the centre of the territory, else that where most of its inhabitants live."""
    if chosen.centre is not None:
        return chosen.centre.departement
    code, _ = next(places(chosen.communes))
    return next(each.departement for each in chosen.communes if each.departement_id == code)


def compared_with(department: Departement) -> tuple[Elsewhere, ...]:
    """The département, its région and France; a région of one département is the same place, told once."""
    own = Elsewhere("departement", department.code, department.nom)
    france = Elsewhere("france", FRANCE[1], "France")
    if _is_region(department):
        return own, france
    return own, Elsewhere("region", department.region.code, department.region.nom), france


def reason(chosen: Chosen, department: Departement) -> str:
    """Why these places, in a sentence: « … d'Ille-et-Vilaine et de Bretagne, où est Redon, … »."""
    named = [department] if _is_region(department) else [department, department.region]
    said = " et ".join(each.avec_charniere for each in named)
    return f"Les chiffres sont comparés à ceux {said}, {_where(chosen)}, et à ceux de la France."


def _where(chosen: Chosen) -> str:
    if chosen.centre is not None:
        return f"où est {chosen.centre.nom}, au centre du territoire"
    departments = {each.departement_id for each in chosen.communes}
    regions = {each.departement.region_id for each in chosen.communes}
    if len(departments) == 1:
        return "où est ce territoire"
    spread = _spread(departments, "département", "départements") + (
        f" et {_spread(regions, 'région', 'régions')}" if len(regions) > 1 else ""
    )
    return f"où vivent le plus d'habitants de ce territoire (il s'étend sur {spread})"


def _spread(codes: Collection[str], one: str, many: str) -> str:
    return f"{french.number(len(codes))} {french.plural(len(codes), one, many)}"


def _is_region(department: Departement) -> bool:
    return department.nom == department.region.nom
