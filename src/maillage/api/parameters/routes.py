"""The figures of the texts: every value, since when, by which text, how sure."""

import functools
from typing import TYPE_CHECKING, Annotated, Any

from django.http import HttpRequest
from ninja import Path, Query, Router
from pydantic import WithJsonSchema

from maillage.api.answers import REFUSED
from maillage.api.errors import Erreurs, Refusal
from maillage.api.parameters.answers import Parametre, Parametres
from maillage.core.kernel.problems import BadInput, Problem, nearest
from maillage.core.rules.orientation.packs import NATIONAL, pack_codes

if TYPE_CHECKING:
    from maillage.core.rules.texts import DatedValue, ParameterText

router = Router(tags=["Règles"])
ACCEPTED_PACKS = (NATIONAL, *pack_codes())
Pack = Annotated[
    str,
    WithJsonSchema({"type": "string", "enum": list(ACCEPTED_PACKS)}),
    Query(
        NATIONAL,
        description="La politique régionale dont les valeurs remplacent celles de la nation.",
    ),
]
PathText = Annotated[str, Path(..., description="Le chemin du paramètre.", example="aci_msp.valeur_du_point")]


@router.get(
    "",
    response={200: Parametres, **REFUSED},
    operation_id="lister_parametres",
    summary="Lister les paramètres des règles",
)
def list_parameters(request: HttpRequest, pack: Pack) -> dict[str, Any]:
    """Chaque chiffre des textes, avec sa dernière valeur."""
    return {"parametres": [summary_json(text) for text in texts(known_pack(pack)).values()]}


@router.get(
    "/{chemin}",
    response={200: Parametre, 404: Erreurs, **REFUSED},
    operation_id="lire_parametre",
    summary="Lire un paramètre",
)
def read_one(request: HttpRequest, chemin: PathText, pack: Pack) -> dict[str, Any]:
    """Toutes les valeurs d'un paramètre : dates, textes, confiance."""
    known = texts(known_pack(pack))
    if chemin not in known:
        near = nearest(chemin, tuple(known))
        proposal = f" (vouliez-vous dire « {near} » ?)" if near else ""
        raise Refusal(404, [Problem("chemin", chemin, f"un chemin de /api/parametres{proposal}")])
    return parameter_json(known[chemin])


def known_pack(pack: str) -> str:
    """The code that the rules know (empty for the nation). Raises :class:`BadInput`."""
    if pack not in ACCEPTED_PACKS:
        raise BadInput([Problem("pack", pack, f"l'un de : {', '.join(ACCEPTED_PACKS)}")])
    return "" if pack == NATIONAL else pack


@functools.cache
def texts(pack: str) -> "dict[str, ParameterText]":
    """Every parameter by its path. Rules never change while the process runs."""
    from maillage.core.rules.system import system  # OpenFisca costs a second to import.

    return {text.path: text for text in system(pack).texts()}


def parameter_json(text: "ParameterText") -> dict[str, Any]:
    """A parameter as :class:`Parametre` describes it."""
    return {
        **summary_json(text),
        "a_verifier_motif": text.to_check_reason or None,
        "regles": list(text.ids),
        "note": text.note or None,
        "valeurs": [value_json(value) for value in text.values],
    }


def summary_json(text: "ParameterText") -> dict[str, Any]:
    """A parameter as :class:`ParametreResume` describes it."""
    return {
        "chemin": text.path,
        "libelle": text.label,
        "unite": text.unit,
        "pack": text.pack or None,
        "verifie_le": text.checked_on.isoformat(),
        "a_verifier_depuis": text.to_check_from.isoformat() if text.to_check_from else None,
        "derniere_valeur": value_json(text.values[-1]),
    }


def value_json(value: "DatedValue") -> dict[str, Any]:
    """A dated value as :class:`ValeurDatee` describes it."""
    return {
        "valeur": value.value,
        "depuis": value.since.isoformat(),
        "jusqu_a": value.until.isoformat() if value.until else None,
        "confiance": value.confidence,
        "textes": [{"titre": reference.title, "url": reference.href} for reference in value.references],
        "motif": value.reason or None,
    }
