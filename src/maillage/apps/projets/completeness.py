"""What a project still lacks: its facts read from the tables, and the list of checks of the core."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from maillage.apps.accounts.permissions import Person
from maillage.apps.diagnostics.models import KeptDiagnosis
from maillage.apps.projets import inserts, roadmaps, situations
from maillage.apps.projets.contents import content_of
from maillage.apps.projets.models import Comment, Projet, Section, SectionConflict
from maillage.apps.projets.permissions import may_read_discussion
from maillage.apps.projets.signatures import signatures_of
from maillage.apps.structures.models import Member
from maillage.apps.structures.queries import still_to_name
from maillage.apps.territories.models import DataSource
from maillage.core.kernel.french import fold
from maillage.core.projet.facts import (
    ActionFacts,
    MemberFacts,
    ProjectFacts,
    SectionFacts,
    SiteFacts,
    VersionFacts,
)
from maillage.core.rules.orientation.situation import PROFESSIONS
from maillage.core.text import read, references, words

if TYPE_CHECKING:
    from maillage.core.projet.completeness import Completeness

OF_THE_DIAGNOSIS = frozenset({"table", "chart", "map"})
WITHOUT_NUMBER = frozenset({"psychologue", "assistant_social"})
"""Professions of the rules that are in no register of health professionals of the code de la santé publique."""
COORDINATES = "coordin"
OF_THE_DISCUSSION = "commentaires"


def completeness_of(projet: Projet, *, today: datetime.date) -> "Completeness":
    """Every check of a project on a day: those that its authors see and that the ARS will see."""
    from maillage.core.projet.completeness import completeness  # OpenFisca costs a second to import.

    return completeness(facts_of(projet, today=today))


def completeness_for(person: Person, projet: Projet, *, today: datetime.date) -> "Completeness":
    """The checks that a person may read: all but the one on the team's comments, when these are not for them."""
    found = completeness_of(projet, today=today)
    if may_read_discussion(person, projet):
        return found
    return replace(found, checks=tuple(check for check in found.checks if check.code != OF_THE_DISCUSSION))


def facts_of(projet: Projet, *, today: datetime.date) -> ProjectFacts:
    """Everything that the checks look at, read now."""
    structure = projet.structure
    roadmap = roadmaps.roadmap_of(projet, today=today)
    present = structure.members.filter(left_on=None)
    return ProjectFacts(
        structure=structure.kind,
        region=structure.region,
        day=today,
        sections=dict(_sections(projet)),
        communes=structure.communes.count(),
        diagnosis=projet.diagnosis is not None,
        fresh=_is_fresh(projet.diagnosis),
        speciality=structure.specialite,
        members=tuple(_member(each) for each in present),
        to_name=sum(count for _metier, count in still_to_name(structure, projet.situation)),
        sites=tuple(SiteFacts(each.nom, each.hours.count()) for each in structure.sites.prefetch_related("hours")),
        protocols=structure.protocols.exclude(state="retire").count(),
        actions=tuple(
            ActionFacts(each.title, len(each.indicators), len(each.missions)) for each in structure.actions.all()
        ),
        expenses=projet.budget_lines.filter(kind="depense").count(),
        resources=projet.budget_lines.filter(kind="ressource").count(),
        meetings=structure.meetings.filter(state="close").count(),
        legal_entities=structure.legal_entities.count(),
        version=_version(projet),
        conflicts=_conflicts(projet),
        comments=Comment.objects.filter(section__projet=projet).count(),
        open_comments=Comment.objects.filter(section__projet=projet, parent=None, state="ouverte").count(),
        before_filing=tuple(roadmaps.before_filing(roadmap)),
        is_dated=any(each.about.delays and each.date.day for each in roadmap.steps),
        alerts=roadmaps.alerts(roadmap),
        conditions=situations.conditions_of(projet, today=today),
    )


def _sections(projet: Projet) -> Iterator[tuple[str, SectionFacts]]:
    content = content_of(projet)
    figures = inserts.figures_of(content)
    blocks = {(each.kind, each.ref) for each in inserts.choices_of(content)}
    for section in projet.sections.all():
        yield section.code, _section(section, figures, blocks)


def _section(section: Section, figures: Mapping[str, Any], blocks: set[tuple[str, str]]) -> SectionFacts:
    doc = read(section.body)
    said = references(doc)
    diagnosed = [each for each in said.inserts if each[0] in OF_THE_DIAGNOSIS]
    lost = [each for each in said.figures if each not in figures] + [each for each in diagnosed if each not in blocks]
    return SectionFacts(
        state=section.state,
        words=len(words(doc)),
        inserts=len(said.inserts),
        shown=len(said.figures) + len(diagnosed) - len(lost),
        lost=len(lost),
    )


def _member(member: Member) -> MemberFacts:
    job = fold(f"{member.fonction} {member.metier}")
    return MemberFacts(
        name=str(member),
        needs_rpps=member.metier in PROFESSIONS and member.metier not in WITHOUT_NUMBER,
        rpps=member.rpps,
        coordinates=COORDINATES in job,
    )


def _is_fresh(diagnosis: KeptDiagnosis | None) -> bool | None:
    """Whether a diagnosis was made from the data that are loaded now; ``None`` when it does not say from which."""
    read_from = diagnosis.recipe.get("millesimes") if diagnosis else None
    if not read_from:
        return None
    now = dict(DataSource.objects.filter(key__in=read_from).values_list("key", "checksum"))
    return all(now.get(key) == each["empreinte"] for key, each in read_from.items())


def _version(projet: Projet) -> VersionFacts | None:
    found = signatures_of(projet)
    if found.version is None:
        return None
    waiting = tuple(line.name for line in found.lines if line.signature is None)
    return VersionFacts(found.version.number, found.changed, len(found.lines), waiting)


def _conflicts(projet: Projet) -> tuple[str, ...]:
    rows = SectionConflict.objects.filter(section__projet=projet, resolved_at=None)
    return tuple(dict.fromkeys(rows.order_by("section__position").values_list("section__title", flat=True)))
