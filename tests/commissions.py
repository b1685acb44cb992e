"""A commission of the cast: three seats, a CPTS of which the dossier waits for it, a session at each of its states."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from tests import cast
from tests.cast import NOW, TODAY, Cast, give, person
from tests.dossiers import cpts, filed

from maillage.apps.accounts.models import Organisation, Role, User
from maillage.apps.dossiers.commissions import agenda, attendance, convening, seats, sessions
from maillage.apps.dossiers.commissions.inputs import RuleFields, SeatFields, SessionFields
from maillage.apps.dossiers.models import AgendaItem, Commission, Dossier, Seat, Session
from maillage.core.dossiers import kinds
from maillage.core.dossiers.definition import AdviceData, Definition, StateData, TransitionData

CODE = "commission_cpts"
ROUTE = Path(kinds.__file__).parent / "data" / "parcours" / "commission.yaml"
WHEN: dict[str, Any] = {"day": "2026-12-03", "hour": "14:00", "minutes": "120", "place": "Rennes, salle 2"}


def before_a_commission(*, objet: str = "avis", vote: bool | None = None) -> Definition:
    """The projet de santé of a CPTS on the route of the dossiers that a commission examines."""
    route = yaml.safe_load(ROUTE.read_text("utf-8"))
    told = {"source": "essai", "confiance": "C"}
    moves = [TransitionData(**each) for each in route["transitions"]]
    if objet == "information":
        moves.append(
            TransitionData(verbe="informer_commission", de=("accepte",), vers="=", par=("commission",), **told)
        )
    base = kinds.kind("projet_sante_cpts", "53")
    advice = AdviceData(commission=CODE, objet=objet, vote=vote, **told)
    update = {"etats": tuple(StateData(**each) for each in route["etats"]), "transitions": tuple(moves)}
    return base.model_copy(update={**update, "avis": (advice,)})


def follow(monkeypatch: Any, definition: Definition) -> None:
    """Make the dossiers of this kind follow this definition."""
    every = tuple(each for each in kinds.every_kind() if each.code != definition.code)
    real = kinds.kind
    monkeypatch.setattr(kinds, "every_kind", lambda: (*every, definition))
    monkeypatch.setattr(
        kinds, "kind", lambda code, region: definition if code == definition.code else real(code, region)
    )


@dataclass
class Board:
    """The commission, its people, the dossier and the session where it is examined."""

    people: Cast
    commission: Commission
    dossier: Dossier
    anne: User
    """Titulaire of the first seat."""
    luc: User
    """Her suppléant."""
    zoe: User
    """Titulaire of the second seat."""
    seats: list[Seat] = field(default_factory=list)
    session: Session | None = None
    item: AgendaItem | None = None

    @property
    def by(self) -> dict[str, Any]:
        """Who runs the commission, and when."""
        return {"by": self.people.instructrice, "at": NOW}

    def rules(self, **given: Any) -> None:
        """Say the rules of the commission."""
        fields = {"nom": "Commission des CPTS", "rules_source": "Règlement intérieur du 3 mars 2026", **given}
        self.commission = seats.set_rules(self.commission, RuleFields(**fields), **self.by)

    def plan(self) -> None:
        """A session with the dossier on its agenda."""
        self.session = sessions.plan(self.commission, SessionFields(**WHEN), **self.by)
        self.item = agenda.add(self.session, self.dossier, **self.by)

    def convoke(self) -> convening.Sent:
        """Convoke it."""
        sent = convening.convoke(self.session, address="https://site/seance", sender="site@example.org", **self.by)
        self.session.refresh_from_db()
        return sent

    def open(self, came: tuple[str, ...] = ("titulaire", "titulaire", "titulaire")) -> None:
        """Open it, with who is there."""
        self.session = sessions.open_session(self.session, by=self.people.instructrice, at=self.session.starts_at)
        attendance.note(self.session, dict(zip([each.pk for each in self.seats], came, strict=True)), **self.by)

    def held(self) -> None:
        """All of this."""
        self.plan()
        self.convoke()
        self.open()


def member(name: str, ars: Organisation) -> User:
    """Someone invited as « membre de commission »."""
    user = person(name)
    give(user, ars, Role.Name.COMMISSION)
    return user


def board(people: cast.Cast, *, state: str = "complet", number: str = "PSC-53-2026-0001") -> Board:
    """A commission of three seats, and a complete dossier."""
    ars = Organisation.objects.get(kind="ars", region="53")
    commission = Commission.objects.create(organisation=ars, code=CODE, nom="Commission des CPTS", created_at=NOW)
    dossier = filed(cpts(people), state=state, number=number)
    anne, luc, zoe = (member(name, ars) for name in ("anne", "luc", "zoe"))
    made = Board(people, commission, dossier, anne, luc, zoe)
    for college, titulaire, suppleant in (("URPS", anne, luc), ("Usagers", zoe, None), ("Région", None, None)):
        fields = {"college": college, "represents": f"{college} Bretagne", "since": TODAY.isoformat()}
        for holder, user in (("titulaire", titulaire), ("suppleant", suppleant)):
            fields |= {f"{holder}_nom": user.full_name, f"{holder}_email": user.email} if user else {}
        if college == "Région":
            fields |= {"titulaire_nom": "Paul Région"}
        made.seats.append(seats.add_seat(commission, SeatFields(**fields), **made.by))
    return made
