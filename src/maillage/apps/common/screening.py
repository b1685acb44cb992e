"""The screen of patient data, for services and pages: texts are stopped with what to do, nothing is saved."""

from collections.abc import Collection, Mapping, Sequence

from maillage.apps.common.patient_data.finding import Finding, Kind, mask
from maillage.apps.common.patient_data.screen import find
from maillage.core.kernel.french import number, plural
from maillage.core.kernel.problems import BadInput, Problem

MOST_CHARACTERS = 100_000
"""Letters of one field: beyond, it is refused before it is read."""
TOO_LONG = f"Ce texte est trop long : {number(MOST_CHARACTERS)} caractères au plus. Partagez-le en plusieurs parties."
EXPECTED = "un texte sans rien qui désigne un patient"
ADVICE = (
    "Maillage ne recueille aucune donnée de patient : masquez ce passage ou parlez de la personne sans la désigner."
)

OF_A_NAME = frozenset({Kind.INS, Kind.NIR, Kind.BIRTH, Kind.AGE, Kind.RECORD})
"""What the name of a colleague never holds; their name alone tells no patient."""


class PatientDataProblem(Problem):
    """A field that holds what tells a patient; its message repeats nothing of it."""

    @property
    def message(self) -> str:
        """Which field, why, what to do."""
        return f"{self.field} : {self.expected}"


class TooLong(Problem):
    """A field too long to be read; its message repeats nothing of it."""

    @property
    def message(self) -> str:
        """Which field, how long it may be."""
        return f"{self.field} : {self.expected}."


class PatientData(BadInput):
    """Texts that may tell who a patient is. ``findings`` are by field; neither they nor the message repeat a text."""

    def __init__(self, findings: Mapping[str, Sequence[Finding]]) -> None:
        self.findings = {field: tuple(found) for field, found in findings.items()}
        super().__init__(PatientDataProblem(field, None, _told(found)) for field, found in self.findings.items())


def screened(texts: Mapping[str, str], *, kinds: Collection[Kind] = tuple(Kind)) -> None:
    """Raises :class:`PatientData` when one of these texts (by label of the field) may tell who a patient is.

    ``kinds``: what is looked for; ``OF_A_NAME`` where the name of a person is expected. A text too long is refused
    before it is read, by :class:`BadInput`.
    """
    check_length(texts)
    read = {field: tuple(each for each in find(text) if each.kind in kinds) for field, text in texts.items()}
    if found := {field: findings for field, findings in read.items() if findings}:
        raise PatientData(found)


def check_length(texts: Mapping[str, str]) -> None:
    """Raises :class:`BadInput` when one of these texts is too long to be read."""
    expected = f"un texte d'au plus {number(MOST_CHARACTERS)} caractères"
    if long := [field for field, text in texts.items() if is_too_long(text)]:
        raise BadInput(TooLong(field, None, expected) for field in long)


def masked(texts: Mapping[str, str]) -> dict[str, str]:
    """The same texts, with « [masqué] » in the place of what was found; one too long to be read stays as it is."""
    return {field: text if is_too_long(text) else mask(text, find(text)) for field, text in texts.items()}


def is_too_long(text: str) -> bool:
    """Whether a text is too long to be read."""
    return len(text) > MOST_CHARACTERS


def _told(findings: Sequence[Finding]) -> str:
    why = " ".join(dict.fromkeys(finding.explanation for finding in findings))
    count = len(findings)
    return f"{number(count)} {plural(count, 'passage')} à revoir. {why} {ADVICE}"
