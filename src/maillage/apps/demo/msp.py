"""A maison de santé of five sites and eighty professionals, all invented, with a year of life."""

import datetime
from collections.abc import Sequence

from maillage.apps.activity.inputs import ActionFields, ProtocolFields, PublicationFields
from maillage.apps.activity.meeting_inputs import BaseFields
from maillage.apps.activity.plan_inputs import NoteFields, TraineeshipFields
from maillage.apps.activity.services import plan, trainees
from maillage.apps.activity.services.actions import create_action
from maillage.apps.activity.services.around import tell_base
from maillage.apps.activity.services.protocol_life import publish_protocol, submit
from maillage.apps.activity.services.protocols import create_protocol
from maillage.apps.contracts.fields import ContractFields, FundFields, SheetFields, TermsFields
from maillage.apps.contracts.services.contracts import create_contract
from maillage.apps.contracts.services.entities import create_entity
from maillage.apps.contracts.services.funds import create_fund
from maillage.apps.crisis.inputs import PlanFields
from maillage.apps.crisis.services import write_plan
from maillage.apps.demo import life, voices
from maillage.apps.demo.people import people
from maillage.apps.demo.scene import YEAR, Kind, Scene, found, hold_year
from maillage.apps.governance.inputs import BodyFields, MandateFields
from maillage.apps.governance.services.bodies import add_body
from maillage.apps.governance.services.mandates import give_mandate
from maillage.apps.opening.inputs import ContinuityFields, PublicPageFields
from maillage.apps.opening.publishing import write_page
from maillage.apps.opening.services import write_continuity
from maillage.apps.structures.belonging_fields import BelongingFields
from maillage.apps.structures.belongings import begin
from maillage.apps.structures.fields import MemberFields
from maillage.apps.structures.hours import read_day
from maillage.apps.structures.legal_entities import LegalEntityFields
from maillage.apps.structures.models import LegalEntity, Member, Site, Structure
from maillage.apps.structures.sites import SiteFields, add_site
from maillage.apps.structures.team import add_members
from maillage.core.activity.themes import themes
from maillage.core.kernel.problems import read

NOM = "MSP des Cinq Rives"
COMMUNES = ("35236", "35294", "35268", "35285", "35013")
"""Redon and four communes near it, in Ille-et-Vilaine: real places, an invented team."""
PEOPLE = 80
SITES = ("Site du Port", "Site de la Gare", "Site des Halles", "Site du Canal", "Site du Moulin")
SHARES = (
    ("medecin_generaliste", 5), ("infirmier", 5), ("masseur_kinesitherapeute", 3), ("pharmacien", 1), ("sage_femme", 1),
    ("orthophoniste", 1), ("pedicure_podologue", 1), ("dieteticien", 1), ("psychologue", 1),
    ("infirmier_pratique_avancee", 1),
)  # fmt: skip
WEEK = "8h-20h"
SATURDAY = "8h-12h"
THEMES = ("maladies_chroniques", "domicile", "iatrogenie")
PROTOCOLS = (
    ("Plaie qui ne cicatrise pas", "maladies_chroniques"), ("Retour à domicile", "domicile"),
    ("Bilan de médication", "iatrogenie"), ("Repérage de la fragilité", "domicile"),
)  # fmt: skip
ACTIONS = ("Ateliers d'équilibre", "Vaccination de l'automne", "Café des aidants")


def build_msp(scene: Scene, communes: Sequence[str] = COMMUNES, meetings: int | None = None) -> Structure:
    """Build the MSP. Raises :class:`BadInput` when it is there already, or without the communes of France."""
    structure = found(scene, "msp", NOM, communes).structure
    sites = _sites(scene, structure, communes)
    members = _members(scene, structure, sites)
    scene.tell(f"{structure} : {len(members)} personnes, {len(sites)} lieux")
    association, sisa = _entities(scene, structure, members, sites)
    _governance(scene, structure, association, sisa, members)
    _contracts(scene, structure, association, sisa)
    life.equip(scene, structure, sisa, members)
    life.file_papers(scene, structure, association, members[0])
    life.talk(scene, structure, members)
    life.ask_dates(scene, structure, members)
    life.meet_others(scene, structure, members)
    voices.assemble(scene, structure, association)
    voices.ask_patients(scene, structure)
    _work(scene, structure, members)
    _opening(scene, structure, sites)
    circle = members[:12]
    kinds = (
        Kind("staff", "Réunion d'équipe", 2, 45, "12:45", circle),
        Kind("concertation", "Concertation", 4, 60, "12:30", members[:10], THEMES),
        Kind("bureau", "Bureau", 8, 90, "19:00", members[:4]),
    )
    scene.tell(f"{structure} : {hold_year(scene, structure, kinds, meetings)} réunions")
    return structure


def _sites(scene: Scene, structure: Structure, communes: Sequence[str]) -> list[Site]:
    week = {day: read_day(WEEK) for day in range(5)} | {5: read_day(SATURDAY)}
    told = scene.then
    return [
        add_site(structure, SiteFields(nom=nom, commune=communes[rank % len(communes)]), week=week, **told)
        for rank, nom in enumerate(SITES)
    ]


def _members(scene: Scene, structure: Structure, sites: Sequence[Site]) -> list[Member]:
    since = (scene.first_day + datetime.timedelta(days=1)).isoformat()
    rows = [
        read(MemberFields, {**each, "site": sites[rank % len(sites)].pk, "joined_on": since})
        for rank, each in enumerate(people(PEOPLE, SHARES, 2026))
    ]
    return add_members(structure, rows, by=scene.by, at=scene.start)


def _entities(
    scene: Scene, structure: Structure, members: Sequence[Member], sites: Sequence[Site]
) -> tuple[LegalEntity, LegalEntity]:
    told, adherents = scene.then, []
    sheet = {"is_manager": True, "sites": [each.pk for each in sites], "purpose": "Reçoit l'ACI et tient les lieux."}
    association = create_entity(
        structure, _entity("association_1901", "Association des Cinq Rives"), SheetFields(), **told
    )
    sisa = create_entity(structure, _entity("sisa", "SISA des Cinq Rives"), read(SheetFields, sheet), **told)
    for rank, member in enumerate(members):
        since = member.joined_on.isoformat()
        wanted = [(association, "adherent")] + ([(sisa, "associe")] if rank < 30 else [])
        for entity, quality in wanted:
            fields = read(BelongingFields, {"entity": entity.pk, "quality": quality, "since": since})
            row = begin(structure, member, fields, **told)
            adherents += [row] if quality == "adherent" else []
    life.share_out(scene, sisa)
    life.collect(scene, association, adherents, "40")
    return association, sisa


def _entity(form: str, nom: str) -> LegalEntityFields:
    return read(LegalEntityFields, {"form": form, "nom": nom, "state": "constituee", "constituted_on": "2021-03-01"})


def _governance(
    scene: Scene, structure: Structure, association: LegalEntity, sisa: LegalEntity, members: Sequence[Member]
) -> None:
    told = scene.then
    since = scene.first_day.isoformat()
    bodies = (
        ("Bureau de l'association", "bureau", association, ("Présidente", "Trésorier", "Secrétaire")),
        ("Gérance de la SISA", "gerance", sisa, ("Gérante",)),
    )
    for nom, kind, entity, functions in bodies:
        body = add_body(structure, read(BodyFields, {"nom": nom, "kind": kind, "entity": entity.pk}), **told)
        for member, function in zip(members, functions, strict=False):
            fields = {"member": member.pk, "function": function, "since": since}
            give_mandate(body, read(MandateFields, fields), **told)


def _contracts(scene: Scene, structure: Structure, association: LegalEntity, sisa: LegalEntity) -> None:
    told = scene.then
    start = scene.first_day
    terms = {"signed_on": start.isoformat(), "effective_on": start.isoformat()}
    aci = {"kind": "aci_msp", "title": "Accord conventionnel des MSP", "entity": sisa.pk}
    ends = {"ends_on": (start + 5 * YEAR).isoformat()}
    create_contract(structure, read(ContractFields, aci), read(TermsFields, {**terms, **ends}), **told)
    fir = {"kind": "fir", "title": "Convention d'appui au projet", "entity": association.pk}
    soon = {"ends_on": (scene.today + datetime.timedelta(days=120)).isoformat()}
    convention = create_contract(structure, read(ContractFields, fir), read(TermsFields, {**terms, **soon}), **told)
    fund = {"title": "Appui au projet", "entity": association.pk, "contract": convention.pk}
    life.spend(scene, create_fund(structure, read(FundFields, fund), **told))


def _work(scene: Scene, structure: Structure, members: Sequence[Member]) -> None:
    applies = scene.first_day + datetime.timedelta(days=30)
    _protocols(scene, structure, members, applies)
    _actions(scene, structure, members, applies)
    tell_base(structure, BaseFields(year=scene.today.year, patients=900), **scene.then)
    texts = {"alert": "La coordinatrice prévient la cellule.", "cell": "La gérante, une infirmière, un médecin."}
    write_plan(structure, read(PlanFields, texts), **scene.then)


def _protocols(scene: Scene, structure: Structure, members: Sequence[Member], applies: datetime.date) -> None:
    told = scene.then
    titles = {each.code: each.title for each in themes("MSP", "protocole", scene.today)}
    for rank, (title, theme) in enumerate(PROTOCOLS):
        fields = {
            "title": title,
            "theme": titles[theme],
            "content": "Ce que fait chacun est écrit par l'équipe.",
            "pilot": members[0].pk,
        }
        protocol = create_protocol(structure, read(ProtocolFields, fields), **told)
        submit(protocol, members[:3], address="", **told)
        days = {
            "applies_on": applies.isoformat(),
            "review_on": (applies + (1 + rank) * YEAR).isoformat(),
            "how": "Validé en réunion.",
        }
        publish_protocol(protocol, read(PublicationFields, days), **told)


def _actions(scene: Scene, structure: Structure, members: Sequence[Member], applies: datetime.date) -> None:
    told = scene.then
    for rank, title in enumerate(ACTIONS):
        sheet = {"title": title, "pilot": members[rank].pk, "starts_on": applies.isoformat(), "state": "en_cours"}
        action = create_action(structure, read(ActionFields, sheet), **told)
        note = {
            "kind": "public",
            "day": (scene.today - datetime.timedelta(days=40 * (rank + 1))).isoformat(),
            "amount": "12",
        }
        plan.note(action, read(NoteFields, note), by=scene.by, at=scene.now)
    for rank, prenom in enumerate(("Nino", "Olwen")):
        fields = {
            "nom": "Stagiaire", "prenom": prenom, "metier": "infirmier", "supervisor": members[rank].pk,
            "starts_on": applies.isoformat(), "ends_on": (applies + datetime.timedelta(days=35)).isoformat(),
        }  # fmt: skip
        trainees.welcome(structure, read(TraineeshipFields, fields), **told)


def _opening(scene: Scene, structure: Structure, sites: Sequence[Site]) -> None:
    told = scene.then
    for site in sites:
        fields = {
            "unscheduled": True,
            "unscheduled_by": "Chaque jour, un médecin et une infirmière.",
            "derogation": False,
        }
        write_continuity(site, read(ContinuityFields, fields), **told)
    page = {"slug": f"cinq-rives-{str(structure.pk)[:8]}", "intro": "Une équipe inventée, pour essayer Maillage."}
    write_page(structure, read(PublicPageFields, page), **told)
