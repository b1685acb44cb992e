"""The form of a member: what was typed, what the directory found, what is refused."""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from maillage.apps.structures.fields import MemberFields
from maillage.apps.structures.metiers import metiers, name_of
from maillage.apps.structures.models import Member, Structure
from maillage.apps.territories.models import Commune
from maillage.core.kernel.problems import BadInput, Problem, read
from maillage.web.communes import written
from maillage.web.projets.communes_field import one
from maillage.web.projets.refusals import Refused

TEXTS = ("nom", "prenom", "metier", "mode", "rpps", "numero_am", "email", "fonction", "etp", "joined_on")
FROM_DIRECTORY = ("nom", "prenom", "metier", "mode", "rpps", "commune")
LONGEST_KEY = 10
Typed = dict[str, str]


def typed_of(data: QueryDict) -> Typed:
    """What the form holds, as it was typed."""
    typed = {name: data.get(name, "").strip() for name in (*TEXTS, "commune", "site")}
    return {**typed, "is_signatory": "oui" if data.get("is_signatory") else "non"}


def fields_of(typed: Mapping[str, str]) -> MemberFields:
    """What the form says. Raises :class:`BadInput` with everything that is wrong, the commune included."""
    code, refusal = one(typed["commune"])
    problems = [Problem("commune", typed["commune"], "une commune")] if refusal else []
    values = {name: typed[name] for name in (*TEXTS, "is_signatory")}
    try:
        fields = read(MemberFields, {**values, "commune": code, "site": _site(typed["site"])})
    except BadInput as wrong:
        raise BadInput([*wrong.problems, *problems]) from None
    if problems:
        raise BadInput(problems)
    return fields


def _site(typed: str) -> int | None:
    """The key of a site; one too long to be a key is that of no site, and refused as such."""
    if not typed.isdecimal():
        return None
    return int(typed) if len(typed) < LONGEST_KEY else 0


def shown(member: Member) -> Typed:
    """A member as the form shows them."""
    return {
        **{name: str(getattr(member, name) or "") for name in TEXTS},
        "etp": "" if member.etp is None else f"{member.etp:g}".replace(".", ","),
        "joined_on": member.joined_on.isoformat(),
        "commune": commune_words(member.commune),
        "site": str(member.site_id or ""),
        "is_signatory": "oui" if member.is_signatory else "non",
    }


def commune_words(code: str) -> str:
    """« Redon (35236) », the code alone when it names no commune of today."""
    found = Commune.objects.filter(code=code).first() if code else None
    return written(found) if found else code


def context(structure: Structure, typed: Mapping[str, str], refused: Refused) -> dict[str, Any]:
    """What the template of the form shows."""
    known = list(metiers())
    listed = known if typed.get("metier", "") in ("", *known) else [*known, typed["metier"]]
    return {
        "saisi": typed,
        "refus": refused,
        "metiers": [(slug, name_of(slug)) for slug in listed],
        "modes": Member.Mode.choices,
        "sites": [(str(site.pk), site.nom) for site in structure.sites.all()],
    }
