"""What a professional declares to see the aids (see ``core/rules/aides/situation.py``)."""

from maillage.core.rules.aides.situation import SituationAides
from maillage.core.rules.simulation.inputs import input_variables

globals().update(input_variables(SituationAides, __name__))
