"""What the matrix of rights fills the addresses of the commissions with."""

import datetime
import io

from tests.cast import NOW, TODAY, Cast
from tests.dossiers import cpts, filed

from maillage.apps.accounts.models import Organisation, User
from maillage.apps.dossiers.commissions import documents
from maillage.apps.dossiers.commissions.content import head_of
from maillage.apps.dossiers.commissions.inputs import SessionFields
from maillage.apps.dossiers.commissions.sessions import plan
from maillage.apps.dossiers.models import AgendaItem, Commission, Dossier, Seat, Session, SessionDocument
from maillage.core.documents.commission_files import convocation_pdf


class Commissions:
    """A commission run by the ARS where one person sits: a session that is open, another whose minutes are proposed.

    Its dossier is another than that of the other rows, so that sitting gives nothing more there.
    """

    def __init__(self, people: Cast, member: User) -> None:
        ars = Organisation.objects.get(kind="ars", region="53")
        self.by = people.instructrice
        self.commission = Commission.objects.create(organisation=ars, code="carpec", nom="CARPEC", created_at=NOW)
        self.seat = Seat.objects.create(
            commission=self.commission, college="URPS", represents="URPS médecins", titulaire=member,
            titulaire_nom=member.full_name, titulaire_email=member.email, since=TODAY,
        )  # fmt: skip
        self.dossier = filed(cpts(people, nom="CPTS de Fougères", communes=()), number="PSC-53-2026-0009")
        self.open = self._session(Session.State.OUVERTE, self.dossier)
        self.held = self._session(Session.State.TENUE, self.dossier)
        self.item = self.open.items.get()
        self.document = self._document(self.open)

    def _session(self, state: Session.State, dossier: Dossier) -> Session:
        day = (TODAY + datetime.timedelta(days=10)).isoformat()
        made = plan(self.commission, SessionFields(day=day, hour="14:00", minutes="120"), by=self.by, at=NOW)
        AgendaItem.objects.create(session=made, dossier=dossier, position=1)
        made.state, made.convoked_at, made.proposed_at = state, NOW, NOW
        made.save()
        return made

    def _document(self, session: Session) -> SessionDocument:
        content = io.BytesIO(convocation_pdf({**head_of(session), "points": []}, today=TODAY))
        return documents.add(session, None, name="note.pdf", content=content, by=self.by, at=NOW)
