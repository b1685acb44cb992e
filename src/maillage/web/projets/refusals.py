"""What a refused input says beside each field of a form."""

from maillage.apps.common.screening import PatientDataProblem
from maillage.core.kernel.problems import BadInput
from maillage.web.territoires.asked import told

Refused = dict[str, str]


def by_field(wrong: BadInput) -> Refused:
    """The sentence of each field; « communes.3 » is told beside the communes. The first of a field wins."""
    found: Refused = {}
    for problem in wrong.problems:
        is_screened = isinstance(problem, PatientDataProblem)
        sentence = problem.expected if is_screened else told(problem.value, problem.expected)
        found.setdefault(problem.field.split(".")[0], sentence)
    return found
