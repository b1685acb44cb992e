"""What is said of the premises to simulate their money (see ``core/rules/immobilier/situation.py``)."""

from maillage.core.rules.immobilier.situation import SituationImmobilier
from maillage.core.rules.simulation.inputs import input_variables

globals().update(input_variables(SituationImmobilier, __name__))
