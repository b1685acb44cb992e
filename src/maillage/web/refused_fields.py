"""What a service refused, told beside the fields of the form that asked."""

from django import forms

from maillage.apps.common.mail_quota import MailProblem
from maillage.apps.common.screening import PatientDataProblem
from maillage.core.kernel.problems import REQUIRED, BadInput, Problem


def tell(form: forms.Form, refused: BadInput) -> None:
    """Put each problem beside its field; above the form when it has no such field."""
    for problem in refused.problems:
        form.add_error(problem.field if problem.field in form.fields else None, _words(problem))


def _words(problem: Problem) -> str:
    if isinstance(problem, PatientDataProblem | MailProblem):
        return problem.expected
    return "Ce champ est obligatoire." if problem.expected == REQUIRED else f"Il faut {problem.expected}."
