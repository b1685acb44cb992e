"""Where people are heard in both demonstrations: the assembly of the year, the next one, a survey of the patients."""

import datetime

from maillage.apps.activity.services.meetings import write_report
from maillage.apps.demo.scene import ZONE, Scene
from maillage.apps.governance.inputs import AssemblyFields, BodyFields, ResolutionFields, RulesFields, VoicesFields
from maillage.apps.governance.models import Assembly, Body
from maillage.apps.governance.services.assemblies import call_assembly, note_presences
from maillage.apps.governance.services.bodies import add_body, add_rules
from maillage.apps.governance.services.minutes import seal_minutes
from maillage.apps.governance.services.votes import add_resolution, count_voices
from maillage.apps.quality.services.answering import answer
from maillage.apps.quality.services.surveys import close_survey, create_survey, open_survey
from maillage.apps.quality.survey_inputs import QuestionFields, SurveyFields
from maillage.apps.structures.models import LegalEntity, Structure
from maillage.core.kernel.problems import read

STATUTES = {
    "nom": "Décisions ordinaires",
    "article": "Article 12 des statuts (inventés)",
    "notice_days": "15",
    "quorum": "1/4",
    "quorum_counts": "representes",
    "quorum_by_college": "non",
    "remote_counts": "oui",
    "powers_most": "2",
    "majority": "1/2",
    "majority_of": "exprimes",
}
"""What the invented statutes of a demonstration say."""
VOTED = ("Approuver les comptes de l'année", "Fixer la cotisation de l'année à venir")
HELD, NEXT, NOTICE = 40, 30, 20
"""Days: since the last assembly, before the next one, and from the call to the day."""
QUESTIONS = (
    {"kind": "choix", "title": "Avez-vous eu un rendez-vous quand il le fallait ?", "choices": "Oui\nNon"},
    {"kind": "note", "title": "Les explications étaient-elles claires ?"},
)
ANSWERS = 23


def assemble(scene: Scene, structure: Structure, entity: LegalEntity) -> None:
    """An assembly held and sealed, and the next one called, under statutes that the team typed."""
    told = scene.then
    fields = {"nom": f"Assemblée générale ({entity.nom})", "kind": "assemblee", "entity": entity.pk}
    body = add_body(structure, read(BodyFields, fields), **told)
    add_rules(body, read(RulesFields, STATUTES), **told)
    _hold(scene, _called(scene, structure, body, scene.today - datetime.timedelta(days=HELD)))
    _called(scene, structure, body, scene.today + datetime.timedelta(days=NEXT))


def _called(scene: Scene, structure: Structure, body: Body, day: datetime.date) -> Assembly:
    fields = {
        "body": body.pk,
        "title": f"Assemblée générale {day.year}",
        "day": day.isoformat(),
        "hour": "19:30",
        "minutes": "120",
        "place": "Salle des fêtes",
        "agenda": "\n".join(VOTED),
    }
    at = min(_evening(day - datetime.timedelta(days=NOTICE)), scene.now)
    assembly = call_assembly(structure, read(AssemblyFields, fields), zone=ZONE, by=scene.by, at=at)
    for title in VOTED:
        add_resolution(assembly, read(ResolutionFields, {"title": title}), by=scene.by, at=at)
    return assembly


def _hold(scene: Scene, assembly: Assembly) -> None:
    """Most come; the voices of those who are there are counted by a show of hands."""
    at = _evening(assembly.meeting.starts_at.astimezone(ZONE).date()) + datetime.timedelta(hours=2)
    voters = list(assembly.voters.order_by("pk"))
    here = [each.member_id for rank, each in enumerate(voters) if rank % 3]
    note_presences(assembly, dict.fromkeys(here, "present"), by=scene.by, at=at)
    for resolution in assembly.resolutions.all():
        against, without = scene.chance.randint(0, len(here) // 8), scene.chance.randint(0, len(here) // 8)
        voices = VoicesFields(pour=len(here) - against - without, contre=against, abstention=without)
        count_voices(resolution, voices, by=scene.by, at=at)
    write_report(assembly.meeting, "La présidente rappelle l'année, puis chaque point est voté.", by=scene.by, at=at)
    seal_minutes(assembly, by=scene.by, at=at)


def ask_patients(scene: Scene, structure: Structure) -> None:
    """A survey of the autumn, answered by some twenty people, closed."""
    start = scene.now - datetime.timedelta(days=60)
    last = (start + datetime.timedelta(days=30)).date().isoformat()
    fields = {"title": "Votre accueil", "closes_on": last, "intro": "Deux questions, une minute, sans votre nom."}
    questions = [read(QuestionFields, each) for each in QUESTIONS]
    survey = create_survey(structure, read(SurveyFields, fields), questions=questions, by=scene.by, at=start)
    survey = open_survey(survey, by=scene.by, at=start)
    choice, mark = (str(each.pk) for each in survey.questions.order_by("position"))
    for rank in range(ANSWERS):
        given = {choice: [scene.chance.choice(("Oui", "Oui", "Oui", "Non"))], mark: [str(3 + rank % 3)]}
        answer(survey, given, at=start + datetime.timedelta(days=rank))
    close_survey(survey, by=scene.by, at=start + datetime.timedelta(days=29))


def _evening(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(19, 30), ZONE)
