"""What both demonstrations live with: tools and their counts, papers, money for a purpose, subjects, partners."""

import datetime
import io
from collections.abc import Sequence
from decimal import Decimal

from maillage.apps.activity.poll_inputs import FollowUpFields, PollFields, TopicFields
from maillage.apps.activity.records import GivenFile
from maillage.apps.activity.services import follow_ups, polls, topics
from maillage.apps.contracts.fields import DocumentFields, FileFields, MovementFields
from maillage.apps.contracts.models import Fund
from maillage.apps.contracts.services.documents import file_document
from maillage.apps.contracts.services.funds import move_money
from maillage.apps.demo.scene import ZONE, Scene
from maillage.apps.digital.fields import MonthFields, ToolFields
from maillage.apps.digital.services import create_tool, write_months
from maillage.apps.structures import partners
from maillage.apps.structures.belonging_fields import DuesFields, PartnerFields, PaymentFields
from maillage.apps.structures.belonging_fields import MovementFields as ShareFields
from maillage.apps.structures.consents import ChoiceFields, choose
from maillage.apps.structures.dues import pay, set_amounts
from maillage.apps.structures.models import Belonging, LegalEntity, Member, Structure
from maillage.apps.structures.shares import move
from maillage.core.kernel.problems import read

TOOLS = (
    ("dossier", "Logiciel partagé (inventé)", "standard"),
    ("messagerie", "Messagerie sécurisée (inventée)", ""),
    ("teleexpertise", "Plateforme de télé-expertise (inventée)", ""),
    ("agenda", "Agenda commun (inventé)", ""),
)
PAPERS = (
    ("Statuts", "statuts", None),
    ("Règlement intérieur", "statuts", None),
    ("Assurance responsabilité civile", "assurance", 45),
    ("Bail des locaux", "locaux", 700),
    ("Fiche de poste de la coordination", "personnel", None),
)
"""Title, category, and in how many days each one is no longer valid."""
PARTNERS = (
    ("Centre hospitalier (inventé)", "hôpital"),
    ("EHPAD des Tilleuls (inventé)", "établissement médico-social"),
)
TOPICS = ("Accueil des internes", "Salle d'attente du second site", "Dates des vacances d'été")
TASKS = (("Envoyer la liste des associés à la caisse", 20), ("Relire le protocole des plaies", -10))
DATES, ANSWERS = (12, 14, 19), ("oui", "oui", "si_besoin", "non")
"""In how many days a poll proposes to meet, and what is answered in turn."""
SHARES_EACH = 10
TELEPHONE = "02 61 91 00 {rank:02}"
"""A block of numbers that is kept for fiction: none of them is anybody's."""


def equip(scene: Scene, structure: Structure, entity: LegalEntity, members: Sequence[Member]) -> None:
    """The tools with who uses them, and the counts of the months of the year that are over."""
    for rank, (use, product, label) in enumerate(TOOLS):
        tool = {"use": use, "product": product, "label": label, "acquired_on": scene.first_day.isoformat()}
        users = [each.pk for each in members[: 40 - 10 * rank]]
        fields = {**tool, "entity": entity.pk, "licences": str(len(users)), "users": users}
        create_tool(structure, read(ToolFields, fields), **scene.then)
    months = [datetime.date(scene.today.year, rank, 1) for rank in range(1, scene.today.month)]
    counts = [read(MonthFields, {"month": f"{month:%m/%Y}", **_counts(scene)}) for month in months]
    write_months(structure, counts, by=scene.by, at=scene.now)


def _counts(scene: Scene) -> dict[str, str]:
    return {
        "snp": str(scene.chance.randint(40, 90)),
        "teleconsultation": str(scene.chance.randint(5, 25)),
        "demandee": str(scene.chance.randint(2, 12)),
        "rendue": str(scene.chance.randint(0, 6)),
    }


def file_papers(scene: Scene, structure: Structure, entity: LegalEntity, owner: Member) -> None:
    """The documents of the structure, each a text that says that it is invented."""
    for title, category, days in PAPERS:
        fields = {"title": title, "category": category, "entity": entity.pk, "owner": owner.pk}
        expires = (scene.today + datetime.timedelta(days=days)).isoformat() if days else ""
        dated = {"dated_on": scene.first_day.isoformat(), "expires_on": expires}
        content = io.BytesIO(f"{title}\n\nDocument inventé, pour essayer Maillage.\n".encode())
        file = GivenFile(f"{title}.txt", content)
        file_document(structure, read(DocumentFields, fields), read(FileFields, dated), file=file, **scene.then)


def spend(scene: Scene, fund: Fund) -> None:
    """What a fund received, and a part of it used."""
    later = scene.first_day + datetime.timedelta(days=120)
    moves = (
        ("recu", scene.first_day, "18000", "Premier versement"),
        ("emploi", later, "6450.50", "Temps de coordination"),
    )
    for kind, day, amount, label in moves:
        move_money(
            fund, MovementFields(kind=kind, day=day, amount=Decimal(amount), label=label), by=scene.by, at=scene.now
        )


def share_out(scene: Scene, sisa: LegalEntity) -> None:
    """The same shares for each associé, from the first day of each."""
    for row in Belonging.objects.filter(entity=sisa, quality=Belonging.Quality.ASSOCIE):
        moved = ShareFields(taker=f"a:{row.pk}", shares=SHARES_EACH, day=row.since, reference="statuts")
        move(sisa, moved, by=scene.by, at=scene.now)


def collect(scene: Scene, entity: LegalEntity, adherents: Sequence[Belonging], amount: str) -> None:
    """The fees of the year, three quarters paid."""
    due_on = datetime.date(scene.today.year, 3, 31)
    fields = read(DuesFields, {"amounts": {"adherent": amount}, "due_on": due_on.isoformat()})
    dues = set_amounts(entity, scene.today.year, fields, **scene.then)
    paid = [str(each.pk) for each in adherents[: len(adherents) * 3 // 4]]
    pay(dues, paid, read(PaymentFields, {"means": "virement"}), by=scene.by, at=scene.now)


def talk(scene: Scene, structure: Structure, members: Sequence[Member]) -> None:
    """The subjects that wait for a meeting, and who has what to do."""
    for title in TOPICS:
        topics.propose(structure, read(TopicFields, {"title": title}), by=scene.by, at=scene.now)
    for rank, (what, days) in enumerate(TASKS):
        due_on = (scene.today + datetime.timedelta(days=days)).isoformat()
        fields = {"what": what, "owner": members[rank].pk, "due_on": due_on}
        follow_ups.note(structure, read(FollowUpFields, fields), by=scene.by, at=scene.now)


def ask_dates(scene: Scene, structure: Structure, members: Sequence[Member]) -> None:
    """A poll of dates, that half of the people asked have answered."""
    days = [(scene.today + datetime.timedelta(days=days)).isoformat() for days in DATES]
    asked = [str(each.pk) for each in members[:8]]
    told = {"title": "Journée de l'équipe", "minutes": "3 h", "members": asked}
    given = read(PollFields, {**told, "dates": [{"day": day, "hour": "18:30"} for day in days]})
    poll = polls.open_poll(structure, given, zone=ZONE, by=scene.by, at=scene.now)
    dates = list(poll.dates.values_list("pk", flat=True))
    for rank, voter in enumerate(poll.voters.all()[: len(asked) // 2]):
        polls.answer(voter, {key: ANSWERS[(rank + at) % len(ANSWERS)] for at, key in enumerate(dates)}, at=scene.now)


def meet_others(scene: Scene, structure: Structure, members: Sequence[Member]) -> None:
    """The partner organisations, and who of the team agreed to be on the public page."""
    for nom, nature in PARTNERS:
        fields = {"nom": nom, "nature": nature, "since": scene.first_day.isoformat()}
        partners.add(structure, read(PartnerFields, fields), **scene.then)
    for rank, member in enumerate(members[:8]):
        said = {"show_name": "public", "presence": "Lundi, mardi et jeudi", "show_presence": "public"}
        shown = {"telephone": TELEPHONE.format(rank=rank), "show_telephone": "public"}
        choose(member, read(ChoiceFields, {**said, **(shown if rank % 2 else {})}), **scene.then)
