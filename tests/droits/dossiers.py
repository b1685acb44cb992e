"""What the matrix of rights fills the addresses of the dossiers with."""

import datetime

from tests import cast
from tests.dossiers import cpts, draft, filed

from maillage.apps.accounts.models import Organisation
from maillage.apps.dossiers import advice, visiting


class Dossiers:
    """A CPTS carried by the porteuse: a dossier filed to the ARS, another in preparation."""

    def __init__(self, people: cast.Cast) -> None:
        self.projet = cpts(people)
        self.filed = filed(self.projet)
        self.draft = draft(self.projet)
        self._review(people)

    def _review(self, people: cast.Cast) -> None:
        """What who reviews asked and planned on the filed dossier: an avis of the CPAM, a visit to come."""
        soon = cast.NOW + datetime.timedelta(days=20)
        fund = Organisation.objects.get(kind="cpam")
        self.consultation = advice.ask(
            self.filed, [advice.Expert(fund)], question="Qu'en pensez-vous ?", answer_by=soon.date(),
            by=people.instructrice, at=cast.NOW,
        )  # fmt: skip
        self.avis = self.consultation.requests.get()
        self.visit = visiting.plan(self.filed, visiting.Planned("visite", soon), by=people.instructrice, at=cast.NOW)
