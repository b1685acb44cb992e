"""What the matrix of rights fills the addresses of the dossiers with."""

import datetime

from tests import cast
from tests.dossiers import cpts, draft, filed

from maillage.apps.accounts.models import Organisation
from maillage.apps.dossiers import advice, proposing, visiting
from maillage.apps.dossiers.deciding import Wanted, decide


class Dossiers:
    """A CPTS carried by the porteuse: a dossier filed to the ARS, another in preparation."""

    def __init__(self, people: cast.Cast) -> None:
        self.projet = cpts(people)
        self.filed = filed(self.projet)
        self.draft = draft(self.projet)
        self._review(people)
        self._decide(people)

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

    def _decide(self, people: cast.Cast) -> None:
        """A draft of decision on the filed dossier; on another, a decision that is not notified."""
        proposing.save_proposal(self.filed, Wanted(verb="accepter"), by=people.instructrice, at=cast.NOW)
        other = cpts(people, nom="CPTS de Vilaine", communes=("35294",))
        self.decided = filed(other, number="PSC-53-2026-0002", state="a_decider")
        self.decision = decide(self.decided, Wanted(verb="accepter"), by=people.decideuse, at=cast.NOW)
