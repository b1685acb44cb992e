"""What a refused input says beside each field of a form."""

from maillage.apps.common.mail_quota import MailProblem
from maillage.apps.common.screening import TOO_LONG, PatientDataProblem, TooLong
from maillage.core.kernel.problems import BadInput, Problem
from maillage.web.territoires.asked import told

Refused = dict[str, str]


def by_field(wrong: BadInput) -> Refused:
    """The sentence of each field; « communes.3 » is told beside the communes. The first of a field wins."""
    found: Refused = {}
    for problem in wrong.problems:
        found.setdefault(problem.field.split(".")[0], _sentence(problem))
    return found


def _sentence(problem: Problem) -> str:
    if isinstance(problem, TooLong):
        return TOO_LONG
    is_sentence = isinstance(problem, PatientDataProblem | MailProblem)
    return problem.expected if is_sentence else told(problem.value, problem.expected)
