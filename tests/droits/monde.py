"""A real world with a person for each column of the matrix, and what fills the addresses."""

import re
import uuid
from collections.abc import Callable
from http.cookies import SimpleCookie
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests import cast, small_world
from tests.answers import read_to_the_end
from tests.cast import NOW, TODAY, give, person
from tests.droits.activite import Activity
from tests.droits.between import Between
from tests.droits.commissions import Commissions
from tests.droits.connexions import Connexions
from tests.droits.contrats import Contracts
from tests.droits.crise import Crisis
from tests.droits.dossiers import Dossiers
from tests.droits.enquetes import Surveys
from tests.droits.gouvernance import Governance
from tests.droits.maturite import Maturity
from tests.droits.membres import Belongings
from tests.droits.ouverture import Opened
from tests.droits.plan import Plan
from tests.droits.protocoles import Protocols
from tools.droits import API, STATES, Route

from maillage.apps.accounts.invitations import LIFETIME, hash_of
from maillage.apps.accounts.models import Invitation, Organisation, Role, User
from maillage.apps.accounts.permissions import needs_second_factor
from maillage.apps.diagnostics.models import KeptDiagnosis
from maillage.apps.projets import comments, sections, signatures, tasks, versions
from maillage.apps.projets.models import Projet, Section, SectionConflict
from maillage.apps.structures.models import LegalEntity, Member, Site
from maillage.core.text import from_markdown

LOGIN = re.compile(r"^/comptes/login/")
BELOW_MAIN = re.compile(rb"<main.*</main>", re.DOTALL)
POST_FORM = re.compile(rb"<form[^>]*method=\"?post", re.IGNORECASE)
SECRET = "un-lien"  # noqa: S105 - of an invitation of the small world
IN_THE_STRUCTURE = {
    "gerante": (Role.Name.GERANT, False),
    "tresoriere": (Role.Name.TRESORIER, False),
    "signataire": (Role.Name.SIGNATAIRE, False),
    "accompagnatrice_qui_ecrit": (Role.Name.ACCOMPAGNATEUR, True),
}
IN_THE_ARS = {
    "pilote": Role.Name.PILOTE,
    "commission": Role.Name.COMMISSION,
    "administratrice_ars": Role.Name.ADMINISTRATEUR,
}


class Followed:
    """What follows a text: another to merge, a comment of the membre, a task, a version that the membre signed."""

    def __init__(self, people: cast.Cast) -> None:
        empty = from_markdown("").as_dict()
        section = Section.objects.create(projet=people.projet, code="msp.essai", title="Essai", position=99, body=empty)
        body = from_markdown("Ouvert de 8 h à 20 h.")
        self.section = sections.save(section, body=body, base=0, by=people.porteuse, at=NOW).section
        self.conflict = SectionConflict.objects.create(
            section=section, base=0, body=empty, at=NOW, author=people.redactrice
        )
        self.comment = comments.comment(self.section, text="À relire.", by=people.membre, at=NOW).comment
        self.task = tasks.add(people.projet, tasks.Wanted("Relire"), by=people.porteuse, at=NOW)
        version = versions.name_version(people.projet, name="Relecture", by=people.porteuse, at=NOW)
        self.version = versions.ask_for_signatures(version, by=people.porteuse, at=NOW)
        self.signature = signatures.sign(self.version, by=people.membre, at=NOW, second_factor=True)


class World:
    """The cast and those it lacks, each with a browser of their own; every request is undone."""

    def __init__(self) -> None:
        small_world.create_territories()
        self.cast = cast.create()
        self.structure, self.projet = self.cast.structure, self.cast.projet
        self.team = self.structure.organisation
        self.ars = Organisation.objects.get(kind="ars")
        Client().post("/territoires/diagnostic/conserver/", {"communes": "35236"})
        self.diagnosis = KeptDiagnosis.objects.get()
        self.people = self._people()
        self.invitation = self._invitation()
        self.closed = _body("cabinet", "Cabinet fermé", closed_at=NOW)
        self.member = Member.objects.get(structure=self.structure, user=self.people["membre"])
        self.entity = LegalEntity.objects.create(structure=self.structure, form="sisa")
        self.site = Site.objects.create(structure=self.structure, nom="Cabinet", commune="35236")
        self.opened = Opened(self.site)
        self.maturity = Maturity(self.cast)
        self.belongings = Belongings(self.cast, self.entity)
        self.followed = Followed(self.cast)
        self.activity = Activity(self.cast)
        self.between = Between(self.cast)
        self.plan = Plan(self.cast, self.activity.action)
        self.surveys = Surveys(self.cast)
        self.governance = Governance(self.cast)
        self.contracts = Contracts(self.cast, self.entity)
        self.protocols = Protocols(self.cast)
        self.crisis = Crisis(self.cast)
        self.dossiers = Dossiers(self.cast)
        self.connexions = Connexions(self.cast)
        self.commissions = Commissions(self.cast, self.people["commission"])
        self.clients = {name: self._client(user) for name, user in self.people.items()}
        self.cookies = {name: client.cookies.output(header="") for name, client in self.clients.items()}

    def _people(self) -> dict[str, User | None]:
        people = {name: getattr(self.cast, name) for name in (*cast.PARTS, "administrateur") if name != "stranger"}
        people |= {"visiteur": None, "etrangere": self.cast.stranger}
        people |= {name: person(name) for name in (*IN_THE_STRUCTURE, *IN_THE_ARS)}
        people |= {name: person(name) for name in ("delegation", "instructrice_ailleurs")}
        for name, (role, writes) in IN_THE_STRUCTURE.items():
            give(people[name], self.team, role, writes=writes)
        for name, role in IN_THE_ARS.items():
            give(people[name], self.ars, role)
        delegation = _body("delegation", "Délégation d'Ille-et-Vilaine", region="53", departement="35", parent=self.ars)
        give(people["delegation"], delegation, Role.Name.INSTRUCTEUR)
        elsewhere = _body("ars", "ARS Provence-Alpes-Côte d'Azur", region="93")
        give(people["instructrice_ailleurs"], elsewhere, Role.Name.INSTRUCTEUR)
        Member.objects.create(
            structure=self.structure,
            user=people["signataire"],
            nom="Exemple",
            prenom="Signataire",
            metier="infirmier",
            joined_on=TODAY,
        )
        return people

    def _invitation(self) -> Invitation:
        """One that waits for the person without a role, at the address that they verified."""
        stranger = self.cast.stranger
        EmailAddress.objects.create(user=stranger, email=stranger.email, verified=True, primary=True)
        return Invitation.objects.create(
            email=stranger.email,
            organisation=self.team,
            name=Role.Name.MEMBRE,
            secret_hash=hash_of(SECRET),
            invited_by=self.cast.porteuse,
            created_at=NOW,
            expires_at=timezone.now() + LIFETIME,
        )

    def _client(self, user: User | None) -> Client:
        client = Client(raise_request_exception=False)
        if user is not None:
            if needs_second_factor(user):
                Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "0" * 16})
            client.force_login(user)
        return client

    def address(self, route: Route, given: dict[str, Any]) -> str:
        """The address of a route, filled with ``given`` or, by the name of the part, with what the world has."""
        values = {name: self._filled(name, given) for name in re.findall(r"<(?:\w+:)?(\w+)>", route.path)}
        if "(?P<" in route.path:
            return reverse(route.key, kwargs=values)
        return re.sub(r"<(?:\w+:)?(\w+)>", lambda part: str(values[part[1]]), route.path)

    def _filled(self, name: str, given: dict[str, Any]) -> Any:
        wanted = given.get(name, name)
        if wanted in OBJECTS:
            return OBJECTS[wanted](self)
        if name not in given:
            raise KeyError(f"say what « {name} » is: « avec » in attendus.yaml, or OBJECTS in tests/droits/monde.py")
        return wanted

    def ask(self, who: str, method: str, address: str, *, state: str = STATES[0], sent: Any = None) -> str:
        """The answer that a person meets, in the words of the table, or « panne 500 »; nothing of it is kept."""
        with transaction.atomic():
            cache.clear()
            if state != STATES[0]:
                Projet.objects.filter(pk=self.projet.pk).update(state=state)
            self.clients[who].cookies = SimpleCookie(self.cookies[who])
            response = self.clients[who].generic(method, address, **_body_of(method, address, sent or {}))
            answer = word_of(response, method)
            if response.streaming:
                read_to_the_end(response)
            transaction.set_rollback(True)
        return answer


def _body(kind: str, nom: str, **fields: Any) -> Organisation:
    return Organisation.objects.create(kind=kind, nom=nom, created_at=NOW, **fields)


def _body_of(method: str, address: str, sent: dict[str, Any]) -> dict[str, Any]:
    if method == "GET":
        return {}
    if address.startswith(API):
        return {"data": "{}", "content_type": "application/json"}
    encoded = "&".join(f"{name}={value}" for name, value in sent.items())
    return {"data": encoded, "content_type": "application/x-www-form-urlencoded"}


def word_of(response: HttpResponseBase, method: str) -> str:
    """An answer in the words of the table."""
    status = response.status_code
    if status == 401 or (status == 302 and LOGIN.match(response["Location"])):
        return "connexion"
    if status >= 500 or status == 405:
        return f"panne {status}"
    word = {403: "refusé", 404: "caché"}.get(status, "autorisé")
    if method == "GET" and word == "autorisé" and is_read_only(response):
        return "sans formulaire"
    return word


def is_read_only(response: HttpResponseBase) -> bool:
    """Whether a page holds no form that writes."""
    if response.status_code != 200 or response.streaming or "html" not in response.get("Content-Type", ""):
        return False
    main = BELOW_MAIN.search(response.content)
    return main is not None and not POST_FORM.search(main[0])


def agrees(expected: str, met: str) -> bool:
    """Whether what a person met is what the table says: « lecture » is a page without a form that writes."""
    accepted = {"lecture": {"sans formulaire"}, "autorisé": {"autorisé", "sans formulaire"}}
    return met in accepted.get(expected, {expected})


OBJECTS: dict[str, Callable[[World], Any]] = {
    "projet": lambda world: world.projet.pk,
    "structure": lambda world: world.structure.pk,
    "dossier": lambda world: world.dossiers.filed.pk,
    "dossier_decide": lambda world: world.dossiers.decided.pk,
    "decision": lambda world: world.dossiers.decision.pk,
    "commission": lambda world: world.commissions.commission.pk,
    "siege": lambda world: world.commissions.seat.pk,
    "seance": lambda world: world.commissions.open.pk,
    "seance_tenue": lambda world: world.commissions.held.pk,
    "point": lambda world: world.commissions.item.pk,
    "document_de_seance": lambda world: world.commissions.document.pk,
    "dossier_brouillon": lambda world: world.dossiers.draft.pk,
    "demande": lambda world: world.dossiers.consultation.pk,
    "avis": lambda world: world.dossiers.avis.pk,
    "rencontre": lambda world: world.dossiers.visit.pk,
    "organisation": lambda world: world.team.pk,
    "diagnostic": lambda world: world.diagnosis.pk,
    "membre": lambda world: world.member.pk,
    "entite": lambda world: world.entity.pk,
    "site": lambda world: world.site.pk,
    "appartenance": lambda world: world.belongings.belonging.pk,
    "mouvement_de_parts": lambda world: world.belongings.movement.pk,
    "paiement": lambda world: world.belongings.payment.pk,
    "organisme": lambda world: world.belongings.partner.pk,
    "fermeture": lambda world: world.opened.closure.pk,
    "cotation": lambda world: world.maturity.round.pk,
    "amelioration": lambda world: world.maturity.improvement.pk,
    "commentaire": lambda world: world.followed.comment.pk,
    "tache": lambda world: world.followed.task.pk,
    "texte_a_reunir": lambda world: world.followed.conflict.pk,
    "signature": lambda world: world.followed.signature.pk,
    "role": lambda world: Role.objects.get(user=world.people["membre"], organisation=world.team, until=None).pk,
    "invitation": lambda world: world.invitation.pk,
    "secret": lambda _world: SECRET,
    "organisation_fermee": lambda world: world.closed.pk,
    "fiche": lambda world: world.activity.action.pk,
    "etape_d_action": lambda world: world.plan.step.pk,
    "stage": lambda world: world.plan.trainee.pk,
    "enquete": lambda world: world.surveys.survey.pk,
    "enquete_brouillon": lambda world: world.surveys.draft.pk,
    "question_d_enquete": lambda world: world.surveys.question.pk,
    "texte_d_enquete": lambda world: world.surveys.text.pk,
    "secret_d_enquete": lambda world: world.surveys.survey.secret,
    "participation": lambda world: world.surveys.involvement.pk,
    "protocole": lambda world: world.activity.protocol.pk,
    "protocole_a_valider": lambda world: world.protocols.submitted.pk,
    "protocole_en_vigueur": lambda world: world.protocols.published.pk,
    "protocole_retire": lambda world: world.protocols.retired.pk,
    "avis_de_membre": lambda world: world.protocols.opinion.pk,
    "contact_de_crise": lambda world: world.crisis.contact.pk,
    "evenement": lambda world: world.crisis.event.pk,
    "adhesion": lambda world: world.protocols.joined.pk,
    "ligne": lambda world: world.activity.line.pk,
    "reunion": lambda world: world.activity.planned.pk,
    "invite": lambda world: world.activity.guests.pk,
    "reunion_close": lambda world: world.activity.closed.pk,
    "organe": lambda world: world.governance.body.pk,
    "college": lambda world: world.governance.college.pk,
    "regles": lambda world: world.governance.rules.pk,
    "mandat": lambda world: world.governance.mandate.pk,
    "assemblee": lambda world: world.governance.assembly.pk,
    "assemblee_close": lambda world: world.governance.closed.pk,
    "resolution": lambda world: world.governance.election.pk,
    "candidat": lambda world: world.governance.candidate.pk,
    "sondage": lambda world: world.between.poll.pk,
    "lien": lambda world: world.between.link,
    "sujet": lambda world: world.between.topic.pk,
    "suite": lambda world: world.between.follow_up.pk,
    "jeton": lambda world: world.connexions.token.pk,
    "webhook": lambda world: world.connexions.webhook.pk,
    "envoi": lambda world: world.connexions.delivery.pk,
    "document": lambda world: world.contracts.document.pk,
    "outil": lambda world: world.contracts.tool.pk,
    "contrat": lambda world: world.contracts.contract.pk,
    "fonds": lambda world: world.contracts.fund.pk,
    "mouvement": lambda world: world.contracts.movement.pk,
    "inconnu": lambda _world: uuid.UUID(int=0),
}
"""What fills a part of an address, by its name or by the name that « avec » gives it."""
