"""Why a deposited file is refused, in words."""

from maillage.core.kernel.problems import BadInput, Problem

FIELD = "fichier"


class FileProblem(Problem):
    """A refusal of a file, already a sentence that says what to do."""

    @property
    def message(self) -> str:
        """The sentence."""
        return self.expected


def refused(sentence: str) -> BadInput:
    """The refusal to raise."""
    return BadInput([FileProblem(FIELD, None, sentence)])


UNKNOWN = (
    "Ce fichier n'est pas d'une sorte acceptée, quel que soit son nom. Déposez un PDF, un document (DOCX, ODT), un "
    "tableau (XLSX, ODS, CSV), une présentation (PPTX), une image (PNG, JPEG, WebP), un texte ou un agenda (ICS)."
)
EMPTY = "Ce fichier est vide."
DAMAGED = (
    "Ce fichier est abîmé ou incomplet : il ne se lit pas jusqu'au bout. Enregistrez-le de nouveau, puis déposez-le."
)
