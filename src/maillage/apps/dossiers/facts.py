"""The facts of a dossier for its checks, read from the tables: what the structure says, what the authority knows.

``own_of`` is what the structure says of itself now; a deposit keeps it under ``FACTS`` of its content, so that the
checks read what was filed and not what the project became.
"""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from maillage.apps.dossiers import uniqueness
from maillage.apps.dossiers.models import Deposit, Dossier
from maillage.apps.dossiers.queries import definition_of
from maillage.apps.projets import budget
from maillage.apps.projets.models import Projet, Version
from maillage.apps.projets.signatures import signatures_of
from maillage.apps.projets.versions import has_changed_since, signatories_of
from maillage.apps.structures.models import LegalEntity, Structure
from maillage.apps.structures.queries import present
from maillage.apps.structures.services import codes_of
from maillage.apps.territories import figures
from maillage.apps.territories.models import Qpv
from maillage.apps.territories.queries import names_of, population_of
from maillage.core.dossiers.answers import counted
from maillage.core.dossiers.checks.facts import (
    PLACES,
    Facts,
    Own,
    OwnBudget,
    OwnCondition,
    OwnSignatures,
    Place,
)
from maillage.core.dossiers.checks.figures import figures_on
from maillage.core.dossiers.checks.registry import paths_of
from maillage.core.dossiers.definition import Definition

FACTS = "faits"
"""Where the content of a deposit keeps what the structure said of itself."""
DOCTORS = "medecin_generaliste"
ZIP, ZAC = ("zip", "qpv_zip", "gq_zip"), ("zac", "qpv_zac", "gq_zac")


@dataclass(frozen=True)
class Said:
    """A dossier as it says itself, at one time: now, or in a deposit."""

    answers: Mapping[str, Any]
    documents: Mapping[str, int]
    own: Own
    filed_on: datetime.date | None = None


def said_now(dossier: Dossier, *, today: datetime.date) -> Said:
    """What the dossier, its structure and its project say now."""
    definition = definition_of(dossier)
    joined = list(dossier.pieces.filter(withdrawn_at=None).values_list("code", flat=True))
    documents = {code: joined.count(code) for code in joined}
    if dossier.version_id is not None:
        documents |= {each.code: 1 for each in definition.pieces if each.origine == "projet"}
    answers = counted(definition, dossier.answers)
    return Said(answers, documents, own_of(dossier, today=today), dossier.received_on)


def said_then(dossier: Dossier, deposit: Deposit, now: Said) -> Said:
    """What a deposit said; what it did not keep (a dossier taken from elsewhere) is what is said now."""
    content: dict[str, Any] = deposit.content if isinstance(deposit.content, dict) else {}
    rows = content.get("pieces")
    codes = [each["code"] for each in rows] if isinstance(rows, list) else None
    answers = content.get("reponses")
    return Said(
        answers=answers if isinstance(answers, dict) else now.answers,
        documents=now.documents if codes is None else {code: codes.count(code) for code in codes},
        own=kept_own(content) or now.own,
        filed_on=dossier.received_on,
    )


def kept_own(content: Mapping[str, Any]) -> Own | None:
    """What a structure said of itself in a deposit; ``None`` when the deposit did not keep it."""
    try:
        return Own.model_validate(content[FACTS])
    except (KeyError, ValidationError):
        return None


def own_of(dossier: Dossier, *, today: datetime.date) -> Own:
    """What the structure and the project say now, as far as the checks of the kind look at it."""
    structure, projet = dossier.structure, dossier.projet
    rules = {each.regle for each in definition_of(dossier).verifications}
    entities = list(structure.legal_entities.values_list("form", "state"))
    constituted = [form for form, state in entities if state == LegalEntity.State.CONSTITUEE]
    return Own(
        communes=tuple(codes_of(structure)),
        specialite=structure.specialite,
        formes=tuple(dict.fromkeys(constituted)),
        pensees=tuple(dict.fromkeys(form for form, _state in entities if form not in constituted)),
        equipe=_team(structure),
        champs=_fields(projet),
        conditions=_conditions(projet, today) if "equipe_minimale" in rules else (),
        rubriques=_headings(projet, today) if "rubriques_completes" in rules else None,
        budget=_budget(projet) if "budget_equilibre" in rules else (),
        signatures=_signatures(dossier) if "projet_signe" in rules else None,
    )


def facts_of(dossier: Dossier, said: Said, *, today: datetime.date) -> Facts:
    """Everything that the checks of a dossier look at."""
    definition = definition_of(dossier)
    communes = uniqueness.communes_in(definition, dict(said.answers)) or said.own.communes
    rules = {each.regle for each in definition.verifications}
    alone = bool(rules & {"territoire_libre", "ess_libre"})
    return Facts(
        definition=definition,
        structure=dossier.structure.kind,
        region=dossier.region,
        day=today,
        filed_on=said.filed_on,
        answers=said.answers,
        documents=said.documents,
        own=said.own,
        population=population_of(communes)[0] if communes else None,
        neighbours=uniqueness.neighbours(dossier.structure, communes) if alone else (),
        rivals=uniqueness.rivals(dossier, communes) if alone else (),
        agreements=uniqueness.agreements_of(dossier.structure),
        requests=uniqueness.requests_of(dossier),
        places=_places({*communes, *_answered_places(definition, said.answers)}, zoned="zone" in rules),
        figures=figures_on(paths_of(definition.verifications), dossier.region, today),
    )


def _team(structure: Structure) -> dict[str, int]:
    metiers = list(present(structure).values_list("metier", flat=True))
    return {metier: metiers.count(metier) for metier in dict.fromkeys(metiers)}


def _fields(projet: Projet | None) -> tuple[str, ...] | None:
    found = projet.situation.get("champs") if projet else None
    return tuple(str(each) for each in found) if isinstance(found, list) else None


def _conditions(projet: Projet | None, today: datetime.date) -> tuple[OwnCondition, ...]:
    if projet is None:
        return ()
    from maillage.apps.projets.situations import conditions_of  # OpenFisca costs a second to import.

    return tuple(
        OwnCondition(
            code=each.id,
            libelle=each.label,
            etat=each.state,
            manque=each.missing or "",
            a_confirmer=(each.reason or "") if each.to_confirm else "",
        )
        for each in conditions_of(projet, today=today)
    )


def _headings(projet: Projet | None, today: datetime.date) -> tuple[str, ...] | None:
    """The required headings that are not ready."""
    if projet is None:
        return None
    from maillage.apps.projets.completeness import completeness_of  # OpenFisca costs a second to import.

    found = completeness_of(projet, today=today).headings
    return tuple(each.label for each in found if each.required and each.state != "ok")


def _budget(projet: Projet | None) -> tuple[OwnBudget, ...]:
    if projet is None:
        return ()
    rows = budget.years(projet.budget_lines.all())
    return tuple(
        OwnBudget(
            annee=each.year,
            depenses=each.spent.known if each.spent.is_whole else None,
            ressources=each.received.known if each.received.is_whole else None,
        )
        for each in rows
        if each.year is not None
    )


def _signatures(dossier: Dossier) -> OwnSignatures | None:
    """Those of the version that is joined, else of the last that was presented to who signs."""
    projet = dossier.projet
    version = dossier.version or (signatures_of(projet).version if projet else None)
    return _signatures_on(version) if version is not None and version.asks_signatures_at is not None else None


def _signatures_on(version: Version) -> OwnSignatures:
    given = set(version.signatures.filter(withdrawn_at=None).values_list("member_id", flat=True))
    wanted = [each["id"] for each in signatories_of(version)]
    done = sum(any(str(member) == each for member in given) for each in wanted)
    return OwnSignatures(version=version.number, attendues=len(wanted), donnees=done, change=has_changed_since(version))


def _answered_places(definition: Definition, answers: Mapping[str, Any]) -> set[str]:
    found: set[str] = set()
    for each in definition.champs:
        given = answers.get(each.code)
        if each.type in PLACES and given:
            found |= set(given) if isinstance(given, list) else {str(given)}
    return found


def _places(codes: Iterable[str], *, zoned: bool) -> dict[str, Place]:
    wanted = sorted(set(codes))
    names = names_of(wanted)
    if not zoned:
        return {code: Place(code, names.get(code, code)) for code in wanted}
    zones = {each.commune: each.classe for each in figures.zonings_of(wanted) if each.profession == DOCTORS}
    lists = list(Qpv.objects.values_list("communes", flat=True))
    with_one = {code for communes in lists for code in communes}
    return {
        code: Place(code, names.get(code, code), _zone(zones.get(code)), code in with_one if lists else None)
        for code in wanted
    }


def _zone(classe: str | None) -> str | None:
    if classe is None:
        return None
    return "zip" if classe in ZIP else "zac" if classe in ZAC else "hors_zone"
