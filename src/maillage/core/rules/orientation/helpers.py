"""Who can help here: organisations only, whose numbers come from printed guides and are to be checked."""

from maillage.core.rules.base import StructureCode
from maillage.core.rules.orientation import packs
from maillage.core.rules.orientation.results import Contact, Territory
from maillage.core.rules.orientation.situation import SituationOrientation


def contacts(
    situation: SituationOrientation, territory: Territory, pack: str | None, structure: StructureCode
) -> tuple[Contact, ...]:
    """Organisations of the region that help this structure, in this département, for the professions of the team."""
    team = {group.profession for group in situation.professionnels or () if group.nombre}
    return tuple(
        Contact(
            organisation=line.organisme,
            role=line.role,
            phone=line.telephone,
            email=line.email,
            web=line.web,
            verified=False,
            source=line.source,
        )
        for line in packs.contacts(pack)
        if structure in line.structures
        and (not line.departements or territory.department in line.departements)
        and (not line.professions or not team or team.intersection(line.professions))
    )
