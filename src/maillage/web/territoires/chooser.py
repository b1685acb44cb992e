"""What the page that chooses a territory shows: the ways, the form of one of them, what is chosen, what is refused."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from maillage.apps.diagnostics.selection import LISTS
from maillage.apps.territories.models import Commune, Epci
from maillage.apps.territories.queries import commune_by_code
from maillage.core.kernel.problems import BadInput
from maillage.core.rules.base import STRUCTURE_CODES
from maillage.core.rules.orientation import packs
from maillage.web.communes import CODE, written
from maillage.web.territoires import maps
from maillage.web.territoires.asked import AROUND, FIELDS, SHARED, WAYS, Asked

OTHER_PAGES = (
    {
        "page": "web:et_si",
        "titre": "Et si…",
        "texte": "Un médecin arrive, un autre part : l’accès aux soins d’ici et des communes voisines, avant et après.",
        "lien": "Essayer une arrivée, un départ",
    },
    {
        "page": "web:ou_s_installer",
        "titre": "Où s’installer",
        "texte": "Où un soignant de plus ferait passer le plus d’habitants au-dessus d’un seuil d’accès aux soins.",
        "lien": "Chercher un lieu",
    },
    {
        "page": "web:carte",
        "titre": "La carte de France",
        "texte": "Un indicateur, toutes les communes : l’accès aux soins, la population, les zonages, les équipements.",
        "lien": "Ouvrir la carte",
    },
)
DISTANCES = {
    "minutes": ("minutes", "Temps de trajet", "minutes", "20", "En voiture, hors des heures de pointe : de 1 à 60."),
    "rayon": ("rayon_km", "Rayon", "km", "20", "À vol d’oiseau, de mairie à mairie : jusqu’à 100."),
}
"""By way: the field, its label, its unit, what it holds at first, what it takes."""


def context(asked: Asked) -> dict[str, Any]:
    """The context of the form."""
    return {
        "demande": asked,
        "moyens": [(code, title, _way_address(asked, code)) for code, title in WAYS.items()],
        "choisies": chosen(asked),
        "aussi": also(asked),
        "structures": [(code.lower(), packs.nation().noms[code]) for code in STRUCTURE_CODES],
        "propositions": proposals(asked),
        "champ_choix": next((name for name, found in asked.choices.items() if found), ""),
        "saisie_centre": _centre(asked),
        "saisie_epci": _epci(asked),
        "distance": _distance(asked),
        "carte": maps.to_draw() if asked.way == "contour" else None,
        "autres_pages": [page | {"adresse": reverse(page["page"])} for page in OTHER_PAGES],
        "erreurs": [(name, sentence) for name, sentence in asked.refused.items()],
    }


def chosen(asked: Asked) -> list[dict[str, Any]]:
    """The communes already chosen, each with the address of the page without it; an unknown code has no name."""
    rows = []
    for code in asked.codes:
        left = [pair for pair in asked.pairs if pair != ("communes", code)]
        rows.append(
            {"code": code, "commune": known(code), "sans": f"{reverse('web:territoires')}?{_form(asked, left)}"}
        )
    return rows


def also(asked: Asked) -> list[dict[str, Any]]:
    """What the territory has beside the form of its way: in words, its fields, and the address without it."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for name, value in asked.more:
        groups.setdefault("autour" if name in AROUND else f"{name} {value}", []).append((name, value))
    page = reverse("web:territoires")
    return [
        {
            "phrase": _in_words(dict(fields)),
            "champs": fields,
            "sans": f"{page}?{_form(asked, [pair for pair in asked.pairs if pair not in fields])}",
        }
        for fields in groups.values()
    ]


def _in_words(fields: Mapping[str, str]) -> str:
    if code := fields.get("communes") or fields.get("centre"):
        place = known(code)
        told = written(place) if place else code
        distance = fields.get("minutes", ""), fields.get("rayon_km", "")
        around = f"{distance[0]} minutes autour de" if distance[0] else f"{distance[1]} km autour de"
        return f"{around} {told}" if "centre" in fields else told
    return _epci_in_words(fields["epci"]) if "epci" in fields else "un contour dessiné"


def _epci_in_words(code: str) -> str:
    found = Epci.objects.filter(code=code).first()
    return f"{found.nom} ({code})" if found else code


def known(code: str) -> Commune | None:
    """The commune of a code, ``None`` when there is none."""
    try:
        return commune_by_code(code)
    except BadInput:
        return None


def proposals(asked: Asked) -> list[tuple[Any, str]]:
    """The places that the words typed may mean, each with the address that chooses it."""
    name, found = next(((name, found) for name, found in asked.choices.items() if found), ("", ()))
    if name == "ajouter":
        page = reverse("web:territoires")
        return [(place, f"{page}?{_form(asked, [*asked.pairs, ('communes', place.code)])}") for place in found]
    page = reverse("web:diagnostic")
    left = [pair for pair in asked.pairs if pair[0] != name]
    return [(place, f"{page}?{urlencode([(name, place.code), *left])}") for place in found]


def _way_address(asked: Asked, way: str) -> str:
    """The page with another form; the structure aimed at is kept, and the centre from a radius to minutes."""
    shared = [name for name in FIELDS[way] if name in FIELDS[asked.way] and name != "communes"]
    kept = [(name, value) for name in (*shared, *SHARED) if (value := asked.typed.get(name, ""))]
    codes = [pair for pair in asked.pairs if pair[0] in LISTS and pair not in kept]
    return f"{reverse('web:territoires')}?{urlencode([('par', way), *codes, *kept])}"


def _form(asked: Asked, pairs: Sequence[tuple[str, str]]) -> str:
    return urlencode([("par", asked.way), *pairs])


def _centre(asked: Asked) -> str:
    typed = asked.typed.get("centre", "")
    place = known(typed) if CODE.fullmatch(typed) and "centre" not in asked.refused else None
    return written(place) if place else typed


def _epci(asked: Asked) -> str:
    """The EPCI as its field shows it: its name rather than its number."""
    typed = asked.typed.get("epci", "")
    return typed if "epci" in asked.refused else _epci_in_words(typed)


def _distance(asked: Asked) -> dict[str, str]:
    """The field of the distance, for the two ways that have one."""
    if asked.way not in DISTANCES:
        return {}
    name, title, unit, first, help_text = DISTANCES[asked.way]
    value = asked.typed.get(name) or ("" if asked.is_form and name in asked.refused else first)
    return {
        "nom": name, "titre": title, "unite": unit, "aide": help_text, "valeur": value,
        "refus": asked.refused.get(name, ""),
    }  # fmt: skip
