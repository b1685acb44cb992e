"""The rules: what each one asks or computes, of which texts, with which figures."""

from typing import TYPE_CHECKING, Annotated, Any

from django.http import HttpRequest
from django.urls import reverse
from ninja import Query, Router
from pydantic import WithJsonSchema

from maillage.api.answers import REFUSED
from maillage.api.rules.answers import Regles
from maillage.core.kernel.problems import BadInput, Problem, nearest

if TYPE_CHECKING:
    from maillage.core.rules.catalogue import Rule

router = Router(tags=["Règles"])
STRUCTURES = ("ESP", "MSP", "CDS", "ESS", "CPTS")
Structure = Annotated[
    str | None,
    WithJsonSchema({"type": "string", "enum": list(STRUCTURES)}),
    Query(None, description="Les règles d'une seule structure."),
]
Words = Annotated[
    str,
    Query("", max_length=80, description="Des mots du nom, du repère, des textes ou de la structure.", example="sisa"),
]


@router.get("", response={200: Regles, **REFUSED}, operation_id="lister_regles", summary="Lister les règles")
def list_rules(request: HttpRequest, structure: Structure, q: Words) -> dict[str, Any]:
    """Chaque condition et chaque calcul, avec ses chiffres, ses textes et ses liens avec les autres."""
    from maillage.core.rules import listing  # OpenFisca costs a second to import.

    if structure is not None and structure not in STRUCTURES:
        near = nearest(structure, tuple(code.lower() for code in STRUCTURES))
        proposal = f" (vouliez-vous dire « {near.upper()} » ?)" if near else ""
        raise BadInput([Problem("structure", structure, f"l'un de : {', '.join(STRUCTURES)}{proposal}")])
    found = listing.search_rules(q)
    return {
        "regles": [rule_json(rule) for rule in found if structure in (None, listing.structure_of_rule(rule))],
    }


def rule_json(rule: "Rule") -> dict[str, Any]:
    """A rule as :class:`Regle` describes it."""
    from maillage.core.rules import listing
    from maillage.core.rules.catalogue import cases_of

    return {
        "id": rule.name,
        "libelle": rule.label,
        "repere": getattr(rule.spec, "id", "") or None,
        "structure": listing.structure_of_rule(rule) or None,
        "domaine": listing.domain_label(listing.domain_of_rule(rule.name)),
        "unite": rule.unit or None,
        "texte": getattr(rule.spec, "todo", "") or None,
        "justificatif": getattr(rule.spec, "proof", "") or None,
        "parametres": list(rule.parameters),
        "textes": [{"titre": text.title, "url": text.href} for text in listing.texts_of_rule(rule)],
        "lit": list(rule.uses),
        "utilisee_par": list(rule.used_by),
        "cas": len(cases_of(rule.name)),
        "page": reverse("web:regle", args=[rule.name]),
    }
