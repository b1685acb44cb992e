"""What to say of a code that is not one of a commune of today: what was probably meant."""

from collections.abc import Callable, Iterable

from maillage.apps.territories.models import Commune, FormerCommune
from maillage.apps.territories.names import search_key
from maillage.apps.territories.reading.decoupage import is_collectivite
from maillage.apps.territories.search import MOST_POPULOUS, search_communes

PLAIN = "le code INSEE d'une commune, cinq caractères (35236 pour Redon)"
MOST = 3


def expected_instead_of(code: str) -> str:
    """What is expected, in French, with the current commune or the nearest one when there is one."""
    written = str(code).strip().upper()
    answers: tuple[Callable[[str], str], ...] = (_successor, _outside, _badly_written, _postal_code, _name, _typing)
    return next((found for answer in answers if (found := answer(written))), PLAIN)


def _successor(code: str) -> str:
    former = list(FormerCommune.objects.filter(code=code).select_related("commune"))
    if not former:
        return ""
    names = {row.commune_id: row.nom or f"le code {row.code}" for row in former}
    return " ou ".join(
        f"{row.commune_id} ({row.commune.nom}), la commune actuelle qui a remplacé {names[row.commune_id]}"
        for row in {row.commune_id: row for row in former}.values()
    )


def _outside(code: str) -> str:
    if len(code) != 5 or not code.isdigit() or not is_collectivite(code):
        return ""
    return "une commune des 18 régions : les collectivités d'outre-mer ne sont pas couvertes"


def _badly_written(code: str) -> str:
    """A code that lost its leading zero in a spreadsheet, or in small letters."""
    return _meant(Commune.objects.filter(code__in=[code, f"0{code}"]))


def _postal_code(code: str) -> str:
    communes = list(Commune.objects.filter(codes_postaux__code=code).order_by(*MOST_POPULOUS)[:MOST])
    if not communes:
        return ""
    return f"un code INSEE, alors que {code} est un code postal : {_listed(communes)}"


def _name(text: str) -> str:
    """The communes that have this name, else the one whose name is nearest."""
    if any(char.isdigit() for char in text):
        return ""
    found = search_communes(text, MOST)
    return _meant([commune for commune in found if commune.nom_recherche == search_key(text)] or found[:1])


def _typing(code: str) -> str:
    """Two digits exchanged, else one digit wrong; the most populous of the communes so found."""
    swapped = {code[:at] + code[at + 1] + code[at] + code[at + 2 :] for at in range(len(code) - 1)}
    changed = {code[:at] + digit + code[at + 1 :] for at in range(2, len(code)) for digit in "0123456789"}
    for candidates in (swapped, changed):
        found = _meant(Commune.objects.filter(code__in=candidates).order_by(*MOST_POPULOUS)[:1])
        if found:
            return found
    return ""


def _meant(communes: Iterable[Commune]) -> str:
    found = list(communes)
    return f"le code INSEE d'une commune (vouliez-vous dire {_listed(found)} ?)" if found else ""


def _listed(communes: Iterable[Commune]) -> str:
    return ", ".join(f"{commune.code} ({commune.nom})" for commune in communes)
