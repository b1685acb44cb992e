"""The first answers of a dossier, taken from what the structure has already said elsewhere."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from maillage.apps.projets.models import Projet
from maillage.apps.structures.metiers import metiers
from maillage.apps.structures.models import LegalEntity, Structure
from maillage.apps.structures.queries import present
from maillage.core.dossiers.answers import read_answer
from maillage.core.dossiers.definition import Definition
from maillage.core.kernel.problems import BadInput

GENERALISTS = "medecin_generaliste"
Source = Callable[[Structure, Projet | None], Any]


@dataclass(frozen=True)
class Prefill:
    """An answer, and where it comes from (« repris de … »)."""

    value: Any
    origin: str


def prefilled(definition: Definition, structure: Structure, projet: Projet | None) -> dict[str, Prefill]:
    """What is known already, by field; what is not, or is not of the type of its field, is left out."""
    found: dict[str, Prefill] = {}
    for field in definition.champs:
        if field.prerempli not in SOURCES:
            continue
        origin, source = SOURCES[field.prerempli]
        try:
            value = read_answer(field, source(structure, projet))
        except BadInput:
            continue
        if value is not None:
            found[field.code] = Prefill(value, origin)
    return found


def _entity(structure: Structure) -> LegalEntity | None:
    """The legal person of a structure: one that is constituted first."""
    return structure.legal_entities.order_by("state", "pk").first()


def _of_the_entity(name: str) -> Source:
    return lambda structure, _projet: getattr(_entity(structure), name, None)


def _communes(structure: Structure, _projet: Projet | None) -> list[str]:
    return list(structure.communes.values_list("code", flat=True))


def _place(structure: Structure, projet: Projet | None) -> str | None:
    """The commune of the first site, else the first of the territory."""
    site = structure.sites.first()
    return site.commune if site else next(iter(_communes(structure, projet)), None)


def _address(structure: Structure, _projet: Projet | None) -> str | None:
    site = structure.sites.exclude(adresse="").first()
    return site.adresse if site else None


def _people(structure: Structure, _projet: Projet | None) -> int | None:
    return present(structure).count() or None


def _doctors(structure: Structure, _projet: Projet | None) -> int | None:
    """How many general practitioners; unknown while nobody is named."""
    return present(structure).filter(metier=GENERALISTS).count() if present(structure).exists() else None


def _professions(structure: Structure, _projet: Projet | None) -> str:
    """« 2 médecins généralistes, 1 infirmier »."""
    names = metiers()
    slugs = list(present(structure).values_list("metier", flat=True))
    counts = {slug: slugs.count(slug) for slug in dict.fromkeys(slugs)}
    return ", ".join(
        f"{count} {names[slug][0 if count == 1 else 1] if slug in names else slug}" for slug, count in counts.items()
    )


def _sites(structure: Structure, _projet: Projet | None) -> str:
    return " ; ".join(f"{each.nom}{f', {each.adresse}' if each.adresse else ''}" for each in structure.sites.all())


def _expenses(_structure: Structure, projet: Projet | None) -> Any:
    """The sum of the budget, unknown as soon as one of its lines is."""
    if projet is None:
        return None
    amounts = list(projet.budget_lines.filter(kind="depense").values_list("amount", flat=True))
    return sum(amounts) if amounts and None not in amounts else None


SOURCES: Mapping[str, tuple[str, Source]] = {
    "structure.nom": ("votre structure", lambda structure, _projet: structure.nom),
    "structure.communes": ("votre territoire", _communes),
    "structure.commune": ("vos lieux", _place),
    "structure.adresse": ("vos lieux", _address),
    "structure.sites": ("vos lieux", _sites),
    "structure.nombre_sites": ("vos lieux", lambda structure, _projet: structure.sites.count() or None),
    "structure.specialite": ("votre structure", lambda structure, _projet: structure.specialite),
    "structure.personne_morale": ("votre forme juridique", lambda structure, _projet: str(_entity(structure) or "")),
    "structure.forme_juridique": ("votre forme juridique", _of_the_entity("form")),
    "structure.siren": ("votre forme juridique", _of_the_entity("siren")),
    "structure.rna": ("votre forme juridique", _of_the_entity("rna")),
    "structure.constituee_le": ("votre forme juridique", lambda structure, _projet: _constituted(structure)),
    "equipe.effectif": ("votre équipe", _people),
    "equipe.medecins": ("votre équipe", _doctors),
    "equipe.professions": ("votre équipe", _professions),
    "projet.titre": ("votre projet", lambda _structure, projet: projet.title if projet else None),
    "projet.budget": ("votre budget", _expenses),
}
"""By the word of the definition (« prerempli »), where the answer comes from and how it is read."""


def _constituted(structure: Structure) -> str | None:
    entity = _entity(structure)
    return entity.constituted_on.isoformat() if entity and entity.constituted_on else None
