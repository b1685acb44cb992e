"""What an équipe de soins primaires declares to simulate its money (see ``core/rules/esp/situation.py``)."""

from maillage.core.rules.esp.situation import SituationEsp
from maillage.core.rules.simulation.inputs import input_variables

globals().update(input_variables(SituationEsp, __name__))
