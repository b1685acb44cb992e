"""What a CPTS declares to simulate its contract (see ``core/rules/aci_cpts/situation.py``)."""

from maillage.core.rules.aci_cpts.situation import SituationAciCpts
from maillage.core.rules.simulation.inputs import input_variables

globals().update(input_variables(SituationAciCpts, __name__))
