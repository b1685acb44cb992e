"""What a service refused, told beside the fields of the form that asked."""

from django import forms

from maillage.core.kernel.problems import REQUIRED, BadInput


def tell(form: forms.Form, refused: BadInput) -> None:
    """Put each problem beside its field; above the form when it has no such field."""
    for problem in refused.problems:
        words = "Ce champ est obligatoire." if problem.expected == REQUIRED else f"Il faut {problem.expected}."
        form.add_error(problem.field if problem.field in form.fields else None, words)
