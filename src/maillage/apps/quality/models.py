"""How a structure listens and improves: each subject keeps its rows in a module of its own."""

from maillage.apps.quality.maturity_models import Improvement as Improvement
from maillage.apps.quality.maturity_models import MaturityConsensus as MaturityConsensus
from maillage.apps.quality.maturity_models import MaturityDimension as MaturityDimension
from maillage.apps.quality.maturity_models import MaturityRound as MaturityRound
from maillage.apps.quality.maturity_models import MaturityScore as MaturityScore
from maillage.apps.quality.survey_models import Survey as Survey
from maillage.apps.quality.survey_models import SurveyAnswer as SurveyAnswer
from maillage.apps.quality.survey_models import SurveyQuestion as SurveyQuestion
from maillage.apps.quality.survey_models import SurveyText as SurveyText
from maillage.apps.quality.survey_models import UserInvolvement as UserInvolvement
