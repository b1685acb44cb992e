"""The checks of a dossier as a page shows them to one reader."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from maillage.apps.accounts.permissions import Person
from maillage.apps.dossiers.checking import appraisals_of, are_told
from maillage.apps.dossiers.frozen import last_deposit
from maillage.apps.dossiers.models import Appraisal, Dossier
from maillage.apps.dossiers.permissions import is_of_the_filer, may_read_inside
from maillage.apps.dossiers.queries import definition_of
from maillage.core.dossiers.checks import STATES, Checked
from maillage.core.dossiers.definition import VERBS
from maillage.core.kernel import french
from maillage.core.rules.orientation import packs

MARKS = {"remplie": ("ok", "faite"), "manque": ("no", "manquante"), "inconnu": ("todo", "inconnue")}
"""Colour and icon of each state."""
FILTERS = {"": "Tout", "manque": "Ce qui manque", "remplie": "Rempli"}
MISSING = ("manque", "inconnu")
HEADER = (
    "Vérification", "État", "Ce qui est constaté", "Ce qui manque", "Texte", "Confiance", "À confirmer", "Empêche",
    "Appréciation",
)  # fmt: skip


@dataclass(frozen=True)
class Link:
    """An address and its words."""

    address: str
    words: str


@dataclass(frozen=True)
class Line:
    """A check for one reader: « since » and « inside » are empty for who may not read them."""

    check: Checked
    word: str
    colour: str
    icon: str
    forbids: str
    about: tuple[Link, ...]
    texts: tuple[Link, ...]
    since_word: str
    since: str
    inside: str
    appraisal: Appraisal | None

    def row(self) -> tuple[str, ...]:
        """The same, as a line of a table."""
        held = f"{self.appraisal.get_verdict_display()}. {self.appraisal.reason}".strip() if self.appraisal else ""
        return (
            self.check.statement, self.word, self.check.found, self.check.missing, self.check.source,
            self.check.confidence, self.check.to_confirm, self.forbids, held,
        )  # fmt: skip


class Reader:
    """What one person may read of the checks of a dossier."""

    def __init__(self, person: Person, dossier: Dossier) -> None:
        self.dossier = dossier
        self.inside = may_read_inside(person, dossier)
        self.own = is_of_the_filer(person, dossier)
        told = self.inside or are_told(dossier)
        self.appraisals: Mapping[str, Appraisal] = appraisals_of(dossier) if told else {}
        self.told = told
        self._documents = _documents(dossier, own=self.own)

    def lines(self, found: Iterable[Checked]) -> list[Line]:
        """Each check with its links."""
        return [self._line(each) for each in found]

    def _line(self, check: Checked) -> Line:
        colour, icon = MARKS[check.state]
        since = check.since_filed
        return Line(
            check=check,
            word=STATES[check.state],
            colour=colour,
            icon=icon,
            forbids=", ".join(VERBS[verb].lower() for verb in check.blocks if verb in VERBS),
            about=tuple(self._about(check)),
            texts=tuple(_texts(check, self.dossier.region)),
            since_word=STATES[since.state] if since else "",
            since=f"{since.found} {since.missing}".strip() if since and self.own else "",
            inside=check.inside if self.inside else "",
            appraisal=self.appraisals.get(check.code),
        )

    def _about(self, check: Checked) -> Iterator[Link]:
        """The documents and the answers that a check looked at."""
        form = reverse("web:dossier_formulaire", kwargs={"dossier": self.dossier.pk})
        labels = {each.code: each.libelle for each in definition_of(self.dossier).champs}
        for code in check.documents:
            yield from self._documents.get(code, ())
        for code in check.fields:
            if code in labels:
                yield Link(f"{form}#champ-{code}", labels[code])


def is_kept(check: Checked, chosen: str) -> bool:
    """Whether a filter keeps a check."""
    return not chosen or check.state == chosen or (chosen == "manque" and check.state in MISSING)


def _texts(check: Checked, region: str) -> Iterator[Link]:
    """The pages of the figures and of the conditions that a check stands on."""
    pack = packs.pack_of_region(region)
    query = f"?{urlencode({'region': pack})}" if pack else ""
    for each in check.parameters:
        since = f" (depuis le {french.day(each.since)})" if each.since else ""
        yield Link(f"{reverse('web:parametre', args=[each.path])}{query}", f"{each.label}{since}")
    for name in check.rules:
        yield Link(f"{reverse('web:regle', args=[name])}{query}", "la règle et ses textes")


def _documents(dossier: Dossier, *, own: bool) -> dict[str, list[Link]]:
    """The documents by code: those that stand for who files, those of the last deposit for the others."""
    found: dict[str, list[Link]] = {}
    for identifier, code, name in _named(dossier, own=own):
        address = reverse("web:dossier_pieces_fichier", kwargs={"dossier": dossier.pk, "piece": identifier})
        found.setdefault(code, []).append(Link(address, name))
    return found


def _named(dossier: Dossier, *, own: bool) -> Iterator[tuple[Any, str, str]]:
    deposit = last_deposit(dossier)
    if own or deposit is None:
        if own:
            yield from dossier.pieces.filter(withdrawn_at=None).values_list("pk", "code", "file__name")
        return
    rows = deposit.content.get("pieces") if isinstance(deposit.content, dict) else None
    for each in rows if isinstance(rows, list) else ():
        yield each["id"], each["code"], each["nom"]
