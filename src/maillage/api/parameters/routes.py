"""The figures of the texts: every value, since when, by which text, how sure."""

import datetime
import functools
from typing import TYPE_CHECKING, Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Path, Query, Router
from pydantic import WithJsonSchema

from maillage.api.answers import REFUSED
from maillage.api.errors import Erreurs, Refusal
from maillage.api.parameters.answers import Parametre, Parametres
from maillage.core.kernel.problems import BadInput, Problem, nearest
from maillage.core.rules.dates import read_day
from maillage.core.rules.regions import NATIONAL, pack_codes

if TYPE_CHECKING:
    from maillage.core.rules.texts import DatedValue, ParameterText

router = Router(tags=["Règles"])
ACCEPTED_PACKS = (NATIONAL, *pack_codes())
EXPECTED = f"l'un de : {', '.join(ACCEPTED_PACKS)}"
Region = Annotated[
    str | None,
    WithJsonSchema({"type": "string", "enum": list(ACCEPTED_PACKS)}),
    Query(
        None,
        description="La politique régionale dont les valeurs remplacent celles de la nation. Par défaut, la nation.",
    ),
]
Pack = Annotated[
    str | None,
    WithJsonSchema({"type": "string", "enum": list(ACCEPTED_PACKS)}),
    Query(None, description="L'ancien nom de « region », toujours accepté.", deprecated=True),
]
Id = Annotated[str, Path(..., description="L'identifiant du paramètre.", example="aci_msp.valeur_du_point")]
Date = Annotated[
    str | None,
    WithJsonSchema({"type": "string", "format": "date"}),
    Query(
        None,
        description="Le jour (AAAA-MM-JJ) dont on veut la valeur : du 1er janvier 2010 à deux ans après aujourd'hui. "
        "Par défaut, aujourd'hui.",
        example="2024-05-01",
    ),
]


@router.get(
    "",
    response={200: Parametres, **REFUSED},
    operation_id="lister_parametres",
    summary="Lister les paramètres des règles",
)
def list_parameters(request: HttpRequest, region: Region, pack: Pack, date: Date) -> dict[str, Any]:
    """Chaque chiffre des textes, avec sa valeur à une date et sa dernière valeur."""
    day = asked_day(date)
    return {"parametres": [summary_json(text, day) for text in texts(known_pack(region, pack)).values()]}


@router.get(
    "/{id}",
    response={200: Parametre, 404: Erreurs, **REFUSED},
    operation_id="lire_parametre",
    summary="Lire un paramètre",
)
def read_one(request: HttpRequest, id: Id, region: Region, pack: Pack, date: Date) -> dict[str, Any]:
    """Sa valeur à une date, toutes ses valeurs avec leurs textes et leur confiance, et qui l'utilise."""
    day, known = asked_day(date), texts(known_pack(region, pack))
    if id not in known:
        near = nearest(id, tuple(known))
        proposal = f" (vouliez-vous dire « {near} » ?)" if near else ""
        raise Refusal(404, [Problem("id", id, f"un identifiant de /api/parametres{proposal}")])
    return parameter_json(known[id], day)


def asked_day(date: str | None) -> datetime.date:
    """The day asked, today when none is. Raises :class:`BadInput`."""
    today = timezone.localdate()
    return today if date is None else read_day(date, today=today)


def known_pack(region: str | None, pack: str | None) -> str:
    """The code that the rules know (empty for the nation), by either name. Raises :class:`BadInput`."""
    given = {name: code for name, code in (("region", region), ("pack", pack)) if code is not None}
    wrong = [Problem(name, code, EXPECTED) for name, code in given.items() if code not in ACCEPTED_PACKS]
    if not wrong and len(set(given.values())) > 1:
        wrong = [Problem("pack", pack, "rien de plus quand « region » est donnée")]
    if wrong:
        raise BadInput(wrong)
    code = next(iter(given.values()), NATIONAL)
    return "" if code == NATIONAL else code


@functools.cache
def texts(pack: str) -> "dict[str, ParameterText]":
    """Every parameter by its path. Rules never change while the process runs."""
    from maillage.core.rules.system import system  # OpenFisca costs a second to import.

    return {text.path: text for text in system(pack).texts()}


def parameter_json(text: "ParameterText", day: datetime.date) -> dict[str, Any]:
    """A parameter as :class:`Parametre` describes it."""
    from maillage.core.rules.catalogue import users_of_parameter
    from maillage.core.rules.listing import aids_using

    return {
        **summary_json(text, day),
        "a_verifier_motif": text.to_check_reason or None,
        "regles": list(text.ids),
        "note": text.note or None,
        "valeurs": [value_json(text, value) for value in text.values],
        "utilise_par": [{"id": rule.name, "libelle": rule.label} for rule in users_of_parameter(text.path)],
        "aides": aids_using(text.path),
    }


def summary_json(text: "ParameterText", day: datetime.date) -> dict[str, Any]:
    """A parameter as :class:`ParametreResume` describes it."""
    return {
        "id": text.path,
        "libelle": text.label,
        "unite": text.unit,
        "pack": text.pack or None,
        "verifie_le": text.checked_on.isoformat(),
        "a_verifier_depuis": iso(text.to_check_from),
        "valeur_au": value_at_json(text, day),
        "derniere_valeur": value_json(text, text.values[-1]),
    }


def value_at_json(text: "ParameterText", day: datetime.date) -> dict[str, Any]:
    """The value on a day, as :class:`ValeurAu` describes it."""
    dated = text.in_force(day)
    doubt = text.doubt_at(day)
    return {
        "date": day.isoformat(),
        "valeur": dated.value if dated else None,
        "depuis": iso(dated.since) if dated else None,
        "jusqu_a": iso(dated.until) if dated else None,
        "confiance": dated.confidence if dated else None,
        "textes": references_json(dated) if dated else [],
        "verifie_jusqu_au": iso(text.value_checked_until(dated)) if dated else None,
        "a_confirmer": bool(doubt),
        "motif": doubt or None,
        "avertissement": text.warning_at(day, today=timezone.localdate()) or None,
    }


def value_json(text: "ParameterText", value: "DatedValue") -> dict[str, Any]:
    """A dated value as :class:`ValeurDatee` describes it."""
    return {
        "valeur": value.value,
        "depuis": value.since.isoformat(),
        "jusqu_a": iso(value.until),
        "confiance": value.confidence,
        "textes": references_json(value),
        "motif": value.reason or None,
        "verifie_jusqu_au": iso(text.value_checked_until(value)),
    }


def references_json(value: "DatedValue") -> list[dict[str, str | None]]:
    """The texts of a value."""
    return [{"titre": reference.title, "url": reference.href} for reference in value.references]


def iso(day: datetime.date | None) -> str | None:
    """A day as JSON writes it."""
    return day.isoformat() if day else None
