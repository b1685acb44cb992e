"""How a structure listens and improves: each subject keeps its rows in a module of its own."""

from maillage.apps.quality.survey_models import Survey as Survey
from maillage.apps.quality.survey_models import SurveyAnswer as SurveyAnswer
from maillage.apps.quality.survey_models import SurveyQuestion as SurveyQuestion
from maillage.apps.quality.survey_models import SurveyText as SurveyText
from maillage.apps.quality.survey_models import UserInvolvement as UserInvolvement
