"""The structure of a dossier that is taken over: the one already here, or a new one without anybody yet."""

import datetime
from collections.abc import Mapping
from typing import Any

from maillage.apps.accounts.models import Organisation, User
from maillage.apps.common.screening import OF_A_NAME, screened
from maillage.apps.common.services import record
from maillage.apps.dossiers.refusals import refused
from maillage.apps.structures.models import LegalEntity, Structure, TerritoryCommune
from maillage.apps.territories.models import Commune
from maillage.core.dossiers.definition import Definition
from maillage.core.dossiers.procedure_file import Imported
from maillage.core.kernel.french import fold

SIREN = 9


def structure_of(
    item: Imported,
    definition: Definition,
    authority: Organisation,
    nature: str,
    answers: Mapping[str, Any],
    *,
    by: User,
    at: datetime.datetime,
) -> Structure:
    """The structure of the region with this SIREN or this name, else a new one of this nature (« msp »).

    Raises :class:`BadInput` when several have it, or when nothing names it.
    """
    natures = [each.lower() for each in definition.structures]
    here = Structure.objects.filter(region=authority.region, kind__in=natures, organisation__closed_at=None)
    found = _by_siren(here, item.siret[:SIREN]) or [each for each in here if fold(each.nom) == fold(item.name)]
    if len(found) > 1:
        raise refused(
            "structure", f"Plusieurs structures de la région s'appellent « {item.name} » : renommez l'une d'elles."
        )
    if found:
        return found[0]
    if not item.name:
        raise refused("structure", "Le fichier ne dit pas quelle structure dépose : un particulier n'en est pas une.")
    return _created(item, nature, authority, answers, by=by, at=at)


def _by_siren(here: Any, siren: str) -> list[Structure]:
    if len(siren) != SIREN:
        return []
    entities = LegalEntity.objects.filter(siren=siren, structure__in=here).select_related("structure")
    return list({each.structure_id: each.structure for each in entities}.values())


def _created(
    item: Imported, nature: str, authority: Organisation, answers: Mapping[str, Any], *, by: User, at: datetime.datetime
) -> Structure:
    screened({"nom de la structure": item.name}, kinds=OF_A_NAME)
    codes = _communes(answers)
    known = dict(Commune.objects.filter(code__in=codes).values_list("code", "departement_id"))
    departement = item.departement or next((known[code] for code in codes if code in known), "")
    organisation = Organisation.objects.create(
        kind="structure", nom=item.name[:200], region=authority.region, departement=departement, created_at=at
    )
    structure = Structure.objects.create(
        organisation=organisation, kind=nature, nom=item.name[:200], region=authority.region, created_at=at
    )
    for position, code in enumerate(code for code in codes if code in known):
        TerritoryCommune.objects.create(structure=structure, code=code, position=position)
    told = {"nom": structure.nom, "nature": nature, "origine": f"demarche-numerique:{item.number}"}
    record(by=by, at=at, verb="creer", subject=structure, after=told, scope=str(organisation.pk))
    return structure


def _communes(answers: Mapping[str, Any]) -> list[str]:
    found: list[str] = []
    for code in ("communes", "commune"):
        value = answers.get(code)
        found += value if isinstance(value, list) else [value] if isinstance(value, str) else []
    return list(dict.fromkeys(found))
