"""What is known of a project when its completeness is looked at: plain values, read by the caller."""

import datetime
from dataclasses import dataclass, field

from maillage.core.rules.orientation.results import Condition


@dataclass(frozen=True)
class SectionFacts:
    """A heading as written. ``state``: « vide », « en_cours », « pret » or « a_revoir ».

    ``shown`` counts the figures, tables, charts and maps of the diagnosis in it; ``lost`` those that are not found.
    """

    state: str = "vide"
    words: int = 0
    inserts: int = 0
    shown: int = 0
    lost: int = 0


@dataclass(frozen=True)
class MemberFacts:
    """A member of the team; ``needs_rpps`` when their profession has a number."""

    name: str
    needs_rpps: bool
    rpps: str
    coordinates: bool = False


@dataclass(frozen=True)
class SiteFacts:
    """A place of the structure, and how many spans of opening hours it has."""

    name: str
    hours: int


@dataclass(frozen=True)
class ActionFacts:
    """An action sheet: how many indicators, and how many missions of the agreement."""

    title: str
    indicators: int
    missions: int


@dataclass(frozen=True)
class VersionFacts:
    """The version to sign: its number, whether the project changed since, who signs and has not signed yet."""

    number: int
    changed: bool
    signatories: int
    waiting: tuple[str, ...]


@dataclass(frozen=True)
class ProjectFacts:
    """A whole project. ``region`` is an INSEE code. ``fresh`` says whether the diagnosis is of the newest data,
    ``None`` when nobody knows. ``to_name`` counts who was announced and is not named; ``meetings`` those that were
    held; ``is_dated`` says whether a date was set that a text gives a delay for. ``before_filing`` are the steps to
    do before sending that are not over; ``alerts`` what the roadmap says of legal delays. ``conditions`` come from
    the rules engine.
    """

    structure: str
    region: str
    day: datetime.date
    sections: dict[str, SectionFacts] = field(default_factory=dict)
    communes: int = 0
    diagnosis: bool = False
    fresh: bool | None = None
    speciality: str = ""
    members: tuple[MemberFacts, ...] = ()
    to_name: int = 0
    sites: tuple[SiteFacts, ...] = ()
    protocols: int = 0
    actions: tuple[ActionFacts, ...] = ()
    expenses: int = 0
    resources: int = 0
    meetings: int = 0
    legal_entities: int = 0
    version: VersionFacts | None = None
    conflicts: tuple[str, ...] = ()
    comments: int = 0
    open_comments: int = 0
    before_filing: tuple[str, ...] = ()
    is_dated: bool = False
    alerts: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
