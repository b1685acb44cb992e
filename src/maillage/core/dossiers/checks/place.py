"""Checks of the territory: who else is there, its zonage, its population."""

from collections.abc import Iterable

from maillage.core.dossiers.checks.facts import Facts, Neighbour, Place
from maillage.core.dossiers.checks.registry import Names, Parameters, Quantity, names, quantity, rule
from maillage.core.dossiers.checks.results import Finding
from maillage.core.kernel import french
from maillage.core.kernel.french import fold

SHOWN = 5
ZONES = {
    "zip": "zone d'intervention prioritaire (ZIP)",
    "zac": "zone d'action complémentaire (ZAC)",
    "hors_zone": "hors zonage",
    "qpv": "quartier prioritaire (QPV)",
    "ile": "île",
    "qpv_en_zac": "quartier prioritaire en ZAC",
}
"""Places that a policy may name."""


class FreeParameters(Parameters):
    """``champ``: the question whose answer is the territory; without it, the first that asks communes, else those of
    the structure."""

    champ: str = ""


class FreeSpecialityParameters(FreeParameters):
    """Same, with ``champ_specialite``: the question whose answer is the speciality, beside that of the structure."""

    champ_specialite: str = "specialite"


class ZoneParameters(Parameters):
    """``zones``: the places that are accepted, among « zip », « zac », « hors_zone », « qpv », « ile », « qpv_en_zac ».

    ``champ``: the question whose answer is the zone or zones; without it, the zonage of the communes.
    ``champ_quartier`` and ``champ_ile``: yes or no questions (in a quartier prioritaire, on an island).
    ``champ_commune``: the question whose answer is the commune of the place; without it, those of the structure.
    """

    zones: Names
    champ: str = ""
    champ_quartier: str = ""
    champ_ile: str = ""
    champ_commune: str = ""


class PopulationParameters(Parameters):
    """``minimum``: inhabitants of the territory, at least; with ``strict``, more than."""

    minimum: Quantity
    strict: bool = False


@rule("territoire_libre", FreeParameters)
def free_territory(facts: Facts, asked: FreeParameters) -> Finding:
    """Aucune autre structure reconnue de même nature n'est sur une commune du territoire. L'instructeur voit aussi les
    dossiers que d'autres ont déposés sur les mêmes communes."""
    return _free(facts, asked, facts.neighbours, facts.rivals)


@rule("ess_libre", FreeSpecialityParameters)
def free_speciality(facts: Facts, asked: FreeSpecialityParameters) -> Finding:
    """Aucune autre équipe reconnue de la même spécialité n'est sur une commune du périmètre."""
    answered = facts.said(asked.champ_specialite) if facts.given(asked.champ_specialite) else ""
    mine = {fold(each) for each in (answered, facts.own.specialite) if each.strip()}
    if not mine:
        return Finding("inconnu", "La spécialité n'est pas dite.", fields=(asked.champ_specialite,))
    same = [tuple(e for e in rows if fold(e.specialite) in mine) for rows in (facts.neighbours, facts.rivals)]
    return _free(facts, asked, *same)


@rule("zone", ZoneParameters)
def zone(facts: Facts, asked: ZoneParameters) -> Finding:
    """Le lieu est dans une des zones que la politique nomme. Le zonage est celui des fichiers officiels chargés ; un
    quartier prioritaire dans la commune ne suffit pas : il faut que le lieu y soit."""
    accepted = names(facts, asked.zones)
    fields = tuple(each for each in (asked.champ, asked.champ_quartier, asked.champ_ile, asked.champ_commune) if each)
    truths = {each: _is_in(facts, asked, each) for each in accepted}
    expected = f"Zones acceptées : {_zones(accepted)}."
    told = _where(facts, asked)
    if any(truths.values()):
        return Finding(
            "remplie", f"{told} Retenu : {_zones(each for each in accepted if truths[each])}.", fields=fields
        )
    if any(truth is None for truth in truths.values()):
        unknown = _zones(each for each in accepted if truths[each] is None)
        return Finding("inconnu", told, f"À préciser : {unknown}. {expected}", fields=fields)
    return Finding("manque", told, expected, fields=fields)


@rule("population_minimale", PopulationParameters)
def population(facts: Facts, asked: PopulationParameters) -> Finding:
    """Le territoire compte assez d'habitants, d'après la population des communes."""
    minimum = quantity(facts, asked.minimum)
    least = f"{'Plus de' if asked.strict else 'Au moins'} {french.number(minimum)} habitants sont attendus."
    fields = (facts.territory_field,) if facts.territory_field else ()
    if facts.population is None:
        return Finding("inconnu", "La population du territoire n'est pas connue.", least, fields=fields)
    told = f"{french.number(facts.population)} {french.plural(facts.population, 'habitant')}."
    enough = facts.population > minimum if asked.strict else facts.population >= minimum
    return Finding("remplie", told, fields=fields) if enough else Finding("manque", told, least, fields=fields)


def _free(facts: Facts, asked: FreeParameters, neighbours: Iterable[Neighbour], others: Iterable[Neighbour]) -> Finding:
    wanted = facts.chosen(asked.champ) or facts.territory
    fields = tuple(each for each in (asked.champ or facts.territory_field,) if each)
    if not wanted:
        return Finding("inconnu", "Le territoire n'a pas encore de commune.", fields=fields)
    on_it = [each for each in neighbours if set(wanted) & set(each.communes)]
    rivals = [each for each in others if set(wanted) & set(each.communes)]
    inside = f"Sur les mêmes communes, en cours : {_told(facts, rivals, wanted)}." if rivals else ""
    if on_it:
        missing = "Retirez ces communes, ou parlez-en avec l'autre structure et avec l'administration."
        return Finding("manque", f"Déjà reconnue : {_told(facts, on_it, wanted)}.", missing, inside, fields=fields)
    count = f"{len(set(wanted))} {french.plural(len(set(wanted)), 'commune')}"
    told = f"Aucune autre structure reconnue sur ce territoire ({count}), d'après le registre de Maillage."
    return Finding("remplie", told, inside=inside, fields=fields)


def _told(facts: Facts, neighbours: Iterable[Neighbour], wanted: Iterable[str]) -> str:
    return " ; ".join(
        f"{each.nom}{f', dossier {each.number}' if each.number else ''} ({_shared(facts, each, set(wanted))})"
        for each in neighbours
    )


def _shared(facts: Facts, neighbour: Neighbour, wanted: set[str]) -> str:
    shared = sorted(facts.named(each) for each in wanted & set(neighbour.communes))
    more = len(shared) - SHOWN
    return f"{', '.join(shared[:SHOWN])}{f' et {more} de plus' if more > 0 else ''}"


def _is_in(facts: Facts, asked: ZoneParameters, place: str) -> bool | None:
    """Whether the place is in a zone; ``None`` when nobody knows."""
    if asked.champ and place in facts.chosen(asked.champ):
        return True
    if place == "qpv_en_zac":
        both = (_is_in(facts, asked, "qpv"), _is_in(facts, asked, "zac"))
        return False if False in both else (None if None in both else True)
    if place in ("qpv", "ile"):
        return _answered(facts, asked, place)
    if asked.champ:
        return False if facts.given(asked.champ) else None
    found = {each.zone for each in _places(facts, asked)}
    if found == {place}:
        return True
    return None if not found or found & {None, place} else False


def _places(facts: Facts, asked: ZoneParameters) -> list[Place]:
    """The communes of the place; one that is in no table has no zone."""
    codes = facts.chosen(asked.champ_commune) or facts.territory
    return [facts.places.get(each, Place(each, each)) for each in codes]


def _answered(facts: Facts, asked: ZoneParameters, place: str) -> bool | None:
    """A place that only the team can tell; no quartier in any commune is a « no » by itself."""
    told = facts.told(asked.champ_quartier if place == "qpv" else asked.champ_ile)
    if told is not None:
        return told
    if asked.champ and facts.given(asked.champ):
        return False
    known = _places(facts, asked)
    return False if place == "qpv" and known and all(each.quartiers is False for each in known) else None


def _where(facts: Facts, asked: ZoneParameters) -> str:
    if asked.champ:
        return f"{facts.label(asked.champ)} : {_said(facts, asked.champ)}."
    known = _places(facts, asked)
    if not known:
        return "Le territoire n'a pas encore de commune."
    shown = [f"{each.nom} : {ZONES.get(each.zone or '', 'zonage inconnu')}" for each in known[:SHOWN]]
    more = len(known) - SHOWN
    return f"{' ; '.join(shown)}{f' ; et {more} de plus' if more > 0 else ''}."


def _said(facts: Facts, code: str) -> str:
    return ", ".join(ZONES.get(each, each) for each in facts.chosen(code)) or "sans réponse"


def _zones(codes: Iterable[str]) -> str:
    return ", ".join(ZONES.get(each, each) for each in codes)
