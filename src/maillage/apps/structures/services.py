"""The verbs on a structure: create it, rename it, say its territory."""

import datetime
from collections.abc import Sequence

from django.db import transaction

from maillage.apps.accounts.models import Organisation, Role, User
from maillage.apps.common.screening import screened
from maillage.apps.common.services import record
from maillage.apps.structures.holding import held
from maillage.apps.structures.models import Structure, TerritoryCommune
from maillage.apps.structures.permissions import check_edits
from maillage.apps.territories.models import Commune
from maillage.apps.territories.queries import communes_by_code
from maillage.core.kernel.problems import BadInput, Problem, nearest

MOST_COMMUNES = 2_000
LONGEST_NAME = 200


@transaction.atomic
def create_structure(
    *,
    kind: str,
    nom: str,
    communes: Sequence[str],
    region: str = "",
    specialite: str = "",
    by: User,
    at: datetime.datetime,
) -> Structure:
    """Create a structure with its organisation; who creates it carries the project.

    ``communes`` are codes INSEE, the first one being where the structure is; ``region`` is that of the ARS that
    follows it, by default that of the first commune. Raises :class:`BadInput` with everything that is wrong.
    """
    words = specialite if kind == Structure.Kind.ESS else ""
    name, places = _name(nom), check_structure(kind=kind, nom=nom, communes=communes, specialite=words)
    chosen = _region(region, places)
    seat = places[0].departement_id
    organisation = Organisation.objects.create(
        kind=Organisation.Kind.STRUCTURE, nom=name, region=chosen, departement=seat, created_at=at
    )
    structure = Structure.objects.create(
        organisation=organisation,
        kind=kind,
        nom=name,
        region=chosen,
        specialite=words.strip()[:80],
        created_at=at,
    )
    _write_communes(structure, [place.code for place in places])
    Role.objects.create(user=by, organisation=organisation, name=Role.Name.PORTEUR, since=at)
    record(by=by, at=at, verb="creer", subject=structure, after=_summary(structure), scope=str(organisation.pk))
    return structure


@transaction.atomic
def rename(structure: Structure, *, nom: str, by: User, at: datetime.datetime) -> Structure:
    """Give a structure another name. Raises :class:`NotAllowed`, :class:`BadInput`."""
    check_edits(by, structure, "renommer la structure")
    name = _name(nom)
    if problems := _name_problems(nom):
        raise BadInput(problems)
    screened({"nom": name})
    before, structure.nom, structure.organisation.nom = structure.nom, name, name
    if before == name:
        return structure
    structure.save(update_fields=["nom"])
    structure.organisation.save(update_fields=["nom"])
    scope = str(structure.organisation_id)
    record(by=by, at=at, verb="renommer", subject=structure, before={"nom": before}, after={"nom": name}, scope=scope)
    return structure


@transaction.atomic
def set_communes(structure: Structure, *, communes: Sequence[str], by: User, at: datetime.datetime) -> list[Commune]:
    """Say which communes the structure covers, in this order. Raises :class:`NotAllowed`, :class:`BadInput`."""
    check_edits(by, structure, "changer le territoire")
    held(structure)
    if problems := _communes_problems(communes):
        raise BadInput(problems)
    places = communes_by_code(tuple(dict.fromkeys(communes)))
    codes, before = [place.code for place in places], codes_of(structure)
    if codes == before:
        return places
    structure.communes.all().delete()
    _write_communes(structure, codes)
    scope = str(structure.organisation_id)
    record(
        by=by,
        at=at,
        verb="delimiter",
        subject=structure,
        before={"communes": before},
        after={"communes": codes},
        scope=scope,
    )
    return places


def codes_of(structure: Structure) -> list[str]:
    """The codes INSEE of the communes of a structure, in its order."""
    return list(structure.communes.values_list("code", flat=True))


def check_structure(*, kind: str, nom: str, communes: Sequence[str], specialite: str = "") -> list[Commune]:
    """The communes. Raises :class:`BadInput` with everything that is wrong, communes that do not exist included."""
    problems = [*_kind_problems(kind), *_name_problems(nom), *_communes_problems(communes)]
    places: list[Commune] = []
    if communes and len(communes) <= MOST_COMMUNES:
        try:
            places = communes_by_code(tuple(dict.fromkeys(communes)))
        except BadInput as wrong:
            problems += wrong.problems
    if problems:
        raise BadInput(problems)
    screened({"nom": _name(nom), "specialite": specialite})
    return places


def _kind_problems(kind: str) -> list[Problem]:
    if kind in Structure.Kind.values:
        return []
    near = nearest(kind, Structure.Kind.values)
    proposal = f" (vouliez-vous dire « {near} » ?)" if near else ""
    return [Problem("kind", kind or None, f"l'une de : {', '.join(Structure.Kind.values)}{proposal}")]


def _name_problems(nom: str) -> list[Problem]:
    name = _name(nom)
    if not name:
        return [Problem("nom", None, "le nom de la structure")]
    return [Problem("nom", name, f"un nom d'au plus {LONGEST_NAME} caractères")] if len(name) > LONGEST_NAME else []


def _communes_problems(communes: Sequence[str]) -> list[Problem]:
    if not communes:
        return [Problem("communes", None, "au moins une commune")]
    if len(communes) > MOST_COMMUNES:
        return [Problem("communes", len(communes), f"au plus {MOST_COMMUNES} communes")]
    return []


def _name(nom: str) -> str:
    return " ".join(nom.replace("\0", "").split())


def _region(region: str, places: Sequence[Commune]) -> str:
    """The region asked, when one of the communes is in it; by default that of the first commune."""
    regions = [place.departement.region_id for place in places]
    if region and region not in regions:
        raise BadInput([Problem("region", region, "la région de l'une des communes")])
    return str(region or regions[0])


def _write_communes(structure: Structure, codes: Sequence[str]) -> None:
    TerritoryCommune.objects.bulk_create(
        TerritoryCommune(structure=structure, code=code, position=rank) for rank, code in enumerate(codes)
    )


def _summary(structure: Structure) -> dict[str, object]:
    return {
        "nature": structure.kind,
        "nom": structure.nom,
        "region": structure.region,
        "communes": codes_of(structure),
    }
