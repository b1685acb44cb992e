"""Checks of the territory: who else is there, its zonage, its population."""

from collections.abc import Iterable, Sequence

from maillage.core.dossiers.checks.facts import Facts, Neighbour
from maillage.core.dossiers.checks.registry import Names, Parameters, Quantity, names, quantity, rule
from maillage.core.dossiers.checks.results import Finding
from maillage.core.kernel import french

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
    """``champ``: the question whose answer is the territory; without an answer, the communes of the structure."""

    champ: str = "communes"


class FreeSpecialityParameters(FreeParameters):
    """Same, with ``champ_specialite``: the question whose answer is the speciality; without it, the structure's."""

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
    dossiers déposés par d'autres sur les mêmes communes."""
    return _free(facts, facts.chosen(asked.champ) or facts.own.communes, (asked.champ,), "cette nature")


@rule("ess_libre", FreeSpecialityParameters)
def free_speciality(facts: Facts, asked: FreeSpecialityParameters) -> Finding:
    """Aucune autre équipe reconnue de la même spécialité n'est sur une commune du périmètre."""
    fields = (asked.champ, asked.champ_specialite)
    speciality = facts.said(asked.champ_specialite) if facts.given(asked.champ_specialite) else facts.own.specialite
    if not speciality:
        return Finding("inconnu", "La spécialité n'est pas dite.", fields=fields)
    communes = facts.chosen(asked.champ) or facts.own.communes
    return _free(facts, communes, fields, f"cette spécialité ({speciality})")


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
    if facts.population is None:
        return Finding("inconnu", "La population du territoire n'est pas connue.", least)
    told = f"{french.number(facts.population)} {french.plural(facts.population, 'habitant')}."
    enough = facts.population > minimum if asked.strict else facts.population >= minimum
    return Finding("remplie", told) if enough else Finding("manque", told, least)


def _free(facts: Facts, communes: Sequence[str], fields: tuple[str, ...], what: str) -> Finding:
    if not communes:
        return Finding("inconnu", "Le territoire n'a pas encore de commune.", fields=fields)
    wanted = set(communes)
    on_it = [each for each in facts.neighbours if wanted & set(each.communes)]
    rivals = [each for each in facts.rivals if wanted & set(each.communes)]
    inside = f"Dossier en cours sur les mêmes communes : {_told(rivals, wanted)}." if rivals else ""
    count = f"{len(wanted)} {french.plural(len(wanted), 'commune')}"
    if on_it:
        missing = "Retirez ces communes, ou parlez-en avec l'autre structure et avec l'ARS."
        return Finding("manque", f"Déjà reconnue : {_told(on_it, wanted)}.", missing, inside, fields=fields)
    return Finding("remplie", f"Aucune autre structure reconnue de {what} sur {count}.", inside=inside, fields=fields)


def _told(neighbours: Iterable[Neighbour], wanted: set[str]) -> str:
    rows = []
    for each in neighbours:
        shared = sorted(wanted & set(each.communes))
        more = f" et {len(shared) - SHOWN} de plus" if len(shared) > SHOWN else ""
        number = f", dossier {each.number}" if each.number else ""
        rows.append(f"{each.nom}{number} ({', '.join(shared[:SHOWN])}{more})")
    return " ; ".join(rows)


def _is_in(facts: Facts, asked: ZoneParameters, place: str) -> bool | None:
    """Whether the place is in a zone; ``None`` when nobody knows."""
    if asked.champ and place in (chosen := facts.chosen(asked.champ)):
        return bool(chosen)
    if place == "qpv_en_zac":
        both = (_is_in(facts, asked, "qpv"), _is_in(facts, asked, "zac"))
        return False if False in both else (None if None in both else True)
    if place in ("qpv", "ile"):
        return _answered(facts, asked, place)
    if asked.champ:
        return False if facts.given(asked.champ) else None
    found = {each.zone for each in facts.places}
    return True if found == {place} else (None if not found or None in found or place in found else False)


def _answered(facts: Facts, asked: ZoneParameters, place: str) -> bool | None:
    """A place that only the team can tell; no quartier in any commune is a « no » by itself."""
    told = facts.told(asked.champ_quartier if place == "qpv" else asked.champ_ile)
    if told is None and place == "qpv" and facts.places and all(each.quartiers is False for each in facts.places):
        return False
    if told is None and asked.champ and facts.given(asked.champ):
        return False
    return told


def _where(facts: Facts, asked: ZoneParameters) -> str:
    if asked.champ:
        return f"{facts.label(asked.champ)} : {_said(facts, asked.champ)}."
    if not facts.places:
        return "Le zonage de la commune n'est pas connu."
    shown = [f"{each.nom} : {ZONES.get(each.zone or '', 'zonage inconnu')}" for each in facts.places[:SHOWN]]
    more = len(facts.places) - SHOWN
    return f"{' ; '.join(shown)}{f' ; et {more} de plus' if more > 0 else ''}."


def _said(facts: Facts, code: str) -> str:
    return ", ".join(ZONES.get(each, each) for each in facts.chosen(code)) or "sans réponse"


def _zones(codes: Iterable[str]) -> str:
    return ", ".join(ZONES.get(each, each) for each in codes)
