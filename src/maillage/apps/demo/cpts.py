"""A CPTS of size 3: four hundred members, three hundred meetings a year, all invented."""

import datetime
from collections.abc import Sequence

from maillage.apps.activity.inputs import ActionFields
from maillage.apps.activity.services.actions import create_action
from maillage.apps.contracts.fields import ContractFields, SheetFields, TermsFields
from maillage.apps.contracts.services.contracts import create_contract
from maillage.apps.contracts.services.entities import create_entity
from maillage.apps.crisis.inputs import PlanFields
from maillage.apps.crisis.services import write_plan
from maillage.apps.demo import life, voices
from maillage.apps.demo.people import people
from maillage.apps.demo.scene import YEAR, Kind, Scene, found, hold_year
from maillage.apps.governance.inputs import BodyFields, MandateFields
from maillage.apps.governance.services.bodies import add_body
from maillage.apps.governance.services.mandates import give_mandate
from maillage.apps.structures.belonging_fields import BelongingFields
from maillage.apps.structures.belongings import begin
from maillage.apps.structures.fields import MemberFields
from maillage.apps.structures.legal_entities import LegalEntityFields
from maillage.apps.structures.models import LegalEntity, Member, Structure
from maillage.apps.structures.team import add_members
from maillage.apps.territories.models import Commune
from maillage.core.kernel.problems import BadInput, Problem, read

NOM = "CPTS du Grand Large"
EPCI = "200069409"
"""Saint-Brieuc Armor Agglomération: a size 3 by its inhabitants; a real place, an invented team."""
PEOPLE = 400
SHARES = (
    ("medecin_generaliste", 6), ("infirmier", 6), ("masseur_kinesitherapeute", 4), ("pharmacien", 3), ("sage_femme", 1),
    ("orthophoniste", 1), ("chirurgien_dentiste", 2), ("pedicure_podologue", 1), ("psychologue", 1),
    ("assistant_social", 1),
)  # fmt: skip
CRISIS = {"alert": "La coordinatrice prévient la cellule.", "cell": "La présidente, une pharmacienne, un infirmier."}
GROUPS = (
    "Accès aux soins", "Parcours insuffisance cardiaque", "Prévention des chutes", "Crise sanitaire", "Santé mentale",
    "Accueil des nouveaux professionnels",
)  # fmt: skip


def build_cpts(scene: Scene, communes: Sequence[str] = (), meetings: int | None = None) -> Structure:
    """Build the CPTS, on the communes of its EPCI unless others are given. Raises :class:`BadInput` as the MSP."""
    structure = found(scene, "cpts", NOM, communes or _communes())
    members = _members(scene, structure.structure)
    team = structure.structure
    scene.tell(f"{team} : {len(members)} personnes")
    association = _association(scene, team, members)
    _governance(scene, team, association, members)
    _plan(scene, team, association, members)
    life.equip(scene, team, association, members)
    life.file_papers(scene, team, association, members[0])
    life.talk(scene, team, members)
    life.ask_dates(scene, team, members)
    life.meet_others(scene, team, members)
    voices.assemble(scene, team, association)
    voices.ask_patients(scene, team)
    write_plan(team, read(PlanFields, CRISIS), **scene.then)
    circles = [members[rank * 14 : rank * 14 + 14] for rank in range(len(GROUPS))]
    kinds = [Kind("groupe", title, 1, 60, "12:30", circle) for title, circle in zip(GROUPS, circles, strict=True)]
    kinds.append(Kind("bureau", "Bureau", 4, 90, "19:30", members[:8]))
    scene.tell(f"{team} : {hold_year(scene, team, kinds, meetings)} réunions")
    return team


def _communes() -> list[str]:
    codes = list(Commune.objects.filter(epci=EPCI).order_by("code").values_list("code", flat=True))
    if not codes:
        raise BadInput([Problem("communes", EPCI, "les communes de France : maillage donnees preparer")])
    return codes


def _members(scene: Scene, structure: Structure) -> list[Member]:
    since = (scene.first_day + datetime.timedelta(days=1)).isoformat()
    rows = [
        read(MemberFields, {**each, "is_signatory": False, "joined_on": since}) for each in people(PEOPLE, SHARES, 3)
    ]
    return add_members(structure, rows, by=scene.by, at=scene.start)


def _association(scene: Scene, structure: Structure, members: Sequence[Member]) -> LegalEntity:
    told = scene.then
    identity = {"form": "association_1901", "nom": "Association de la CPTS du Grand Large", "state": "constituee"}
    association = create_entity(structure, read(LegalEntityFields, identity), SheetFields(), **told)
    rows = []
    for member in members:
        since = member.joined_on.isoformat()
        fields = read(BelongingFields, {"entity": association.pk, "quality": "adherent", "since": since})
        rows.append(begin(structure, member, fields, **told))
    life.collect(scene, association, rows, "20")
    return association


def _governance(scene: Scene, structure: Structure, association: LegalEntity, members: Sequence[Member]) -> None:
    told = scene.then
    bodies = (
        ("Conseil d'administration", "conseil", ["Administratrice"] * 15),
        ("Bureau", "bureau", ["Présidente", "Vice-président", "Trésorière", "Secrétaire"]),
    )
    until = (scene.today + datetime.timedelta(days=75)).isoformat()
    for nom, kind, functions in bodies:
        body = add_body(structure, read(BodyFields, {"nom": nom, "kind": kind, "entity": association.pk}), **told)
        for member, function in zip(members, functions, strict=False):
            fields = {
                "member": member.pk,
                "function": function,
                "since": scene.first_day.isoformat(),
                "until": until,
            }
            give_mandate(body, read(MandateFields, fields), **told)


def _plan(scene: Scene, structure: Structure, association: LegalEntity, members: Sequence[Member]) -> None:
    told = scene.then
    start = scene.first_day
    terms = {
        "signed_on": start.isoformat(),
        "effective_on": start.isoformat(),
        "ends_on": (start + 5 * YEAR).isoformat(),
    }
    aci = {"kind": "aci_cpts", "title": "Accord conventionnel des CPTS", "entity": association.pk}
    create_contract(structure, read(ContractFields, aci), read(TermsFields, terms), **told)
    for rank, title in enumerate(GROUPS):
        sheet = {"title": title, "pilot": members[rank * 14].pk, "starts_on": start.isoformat(), "state": "en_cours"}
        create_action(structure, read(ActionFields, sheet), **told)
