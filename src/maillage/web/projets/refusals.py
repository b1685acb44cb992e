"""What a refused input says beside each field of a form."""

from maillage.core.kernel.problems import BadInput
from maillage.web.territoires.asked import told

Refused = dict[str, str]


def by_field(wrong: BadInput) -> Refused:
    """The sentence of each field; « communes.3 » is told beside the communes. The first of a field wins."""
    found: Refused = {}
    for problem in wrong.problems:
        found.setdefault(problem.field.split(".")[0], told(problem.value, problem.expected))
    return found
