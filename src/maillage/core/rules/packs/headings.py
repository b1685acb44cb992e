"""What the headings of a projet de santé are made of, and what a region says of them: data only."""

from typing import Annotated, Literal

from pydantic import Field

from maillage.core.kernel.problems import HEADING_CODE
from maillage.core.rules.packs.data import Confidence, Dated

HeadingCode = Annotated[str, Field(pattern=HEADING_CODE)]
Insertion = Literal[
    "membres", "signataires", "sites", "horaires", "protocoles", "actions", "budget", "reunions", "calendrier",
    "forme_juridique", "communes", "carte", "diagnostic_territoire", "diagnostic_population", "diagnostic_revenus",
    "diagnostic_offre", "diagnostic_accessibilite", "diagnostic_zonage", "diagnostic_autres",
]  # fmt: skip
Control = Literal[
    "diagnostic", "millesime", "communes", "equipe", "rpps", "signatures", "sites", "horaires", "protocoles",
    "actions", "budget", "indicateurs", "missions", "reunions", "forme_juridique", "gouvernance", "gestionnaire",
    "systeme_information", "reglement", "agrement", "coordinateur", "champs", "specialite",
]  # fmt: skip


class HeadingData(Dated):
    """One heading of the projet de santé.

    ``obligation`` says whether a text or a guide requires it or only advises it; an ``annexe`` comes after the text.
    ``insertions`` are the data of other screens that it can show, ``controles`` what the completeness looks at in it.
    ``motif`` says why the heading itself is to be confirmed.
    """

    code: HeadingCode
    titre: str
    obligation: Literal["requise", "conseillee"] = "requise"
    annexe: bool = False
    attendu: str
    questions: tuple[str, ...] = ()
    sous_rubriques: tuple[str, ...] = ()
    insertions: tuple[Insertion, ...] = ()
    controles: tuple[Control, ...] = ()
    exemple: str
    source: str
    confiance: Confidence
    motif: str = ""


class HeadingGuidance(Dated):
    """What a region asks to think of in one heading: its checklist."""

    rubrique: HeadingCode
    points: tuple[str, ...]
    source: str
    confiance: Confidence
