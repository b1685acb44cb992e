"""The rows that a new project starts from: its headings, empty. A step of the roadmap has one once touched."""

import datetime
from collections.abc import Mapping
from typing import Any

from maillage.apps.projets.models import Projet, Section
from maillage.core.text import empty, read


def add_sections(projet: Projet, *, day: datetime.date, texts: Mapping[str, Any] | None = None) -> list[Section]:
    """Add the headings that the project lacks, with the rules of a day; those it has keep their text and their rank.

    ``texts`` are rich texts by code of heading, for a project that takes over another one.
    """
    from maillage.core.projet.headings import headings_of  # OpenFisca costs a second to import.

    known = set(projet.sections.values_list("code", flat=True))
    headings = headings_of(projet.structure.kind, projet.structure.region, day)
    rows = [
        _section(projet, heading.code, heading.title, rank, (texts or {}).get(heading.code))
        for rank, heading in enumerate(headings)
        if heading.code not in known
    ]
    return Section.objects.bulk_create(rows)


def _section(projet: Projet, code: str, title: str, rank: int, text: Any) -> Section:
    body = read(text) if text else empty()
    state = Section.State.VIDE if body.is_empty else Section.State.A_REVOIR
    return Section(projet=projet, code=code, title=title[:200], position=rank, body=body.as_dict(), state=state)
