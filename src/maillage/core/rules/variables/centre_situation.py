"""What a centre de santé declares to its simulator (see ``core/rules/cds/situation.py``)."""

from maillage.core.rules.cds.situation import SituationCds
from maillage.core.rules.simulation.inputs import input_variables

globals().update(input_variables(SituationCds, __name__))
