"""What is declared to simulate a practice at a distance (see ``core/rules/telesante/situation.py``)."""

from maillage.core.rules.simulation.inputs import input_variables
from maillage.core.rules.telesante.situation import SituationTelesante

globals().update(input_variables(SituationTelesante, __name__))
