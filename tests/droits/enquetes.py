"""What the team of the small world asks its users: a survey that is open, a draft, a participation with its proof."""

import io

from tests import cast
from tests.droits.plan import PNG

from maillage.apps.quality.models import SurveyText
from maillage.apps.quality.services import involvement, surveys
from maillage.apps.quality.services.answering import answer
from maillage.apps.quality.survey_inputs import InvolvementFields, QuestionFields, SurveyFields

QUESTIONS = (QuestionFields(kind="note", title="Accueil"), QuestionFields(kind="texte", title="Dites"))
LAST = "2099-12-31"


class Surveys:
    """One of each, written by the porteuse."""

    def __init__(self, people: cast.Cast) -> None:
        told = {"by": people.porteuse, "at": cast.NOW}
        fields = SurveyFields(title="Votre avis", closes_on=LAST)
        made = [surveys.create_survey(people.structure, fields, questions=QUESTIONS, **told) for _rank in range(2)]
        self.draft, self.survey = made[0], surveys.open_survey(made[1], **told)
        self.question = self.draft.questions.all()[0]
        answer(self.survey, {str(self.survey.questions.all()[1].pk): ["Merci"]}, at=cast.NOW)
        self.text = SurveyText.objects.get(question__survey=self.survey)
        file = involvement.Proof("compte-rendu.png", io.BytesIO(PNG))
        noted = InvolvementFields(day=cast.TODAY, kind="partenariat", title="Comité des usagers")
        self.involvement = involvement.note_involvement(people.structure, noted, file=file, **told)
