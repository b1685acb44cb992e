"""What the matrix of rights fills the addresses of the dossiers with."""

from tests import cast
from tests.dossiers import cpts, draft, filed


class Dossiers:
    """A CPTS carried by the porteuse: a dossier filed to the ARS, another in preparation."""

    def __init__(self, people: cast.Cast) -> None:
        self.projet = cpts(people)
        self.filed = filed(self.projet)
        self.draft = draft(self.projet)
