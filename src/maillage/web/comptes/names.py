"""What creating an account asks beyond allauth's fields. Apart: allauth reads it before its own forms."""

from typing import Any

from django import forms
from django.http import HttpRequest

from maillage.apps.common.screening import OF_A_NAME, PatientData, screened


class NamesForm(forms.Form):
    """First name and name, as colleagues know them."""

    prenom = forms.CharField(
        label="Prénom", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    nom = forms.CharField(label="Nom", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "family-name"}))
    field_order = ["prenom", "nom", "email", "password1"]

    def clean(self) -> dict[str, Any]:
        """Stop what is not a name: a number of social security, a day of birth."""
        cleaned = super().clean() or self.cleaned_data
        try:
            screened({name: str(cleaned.get(name) or "") for name in ("prenom", "nom")}, kinds=OF_A_NAME)
        except PatientData as refused:
            for problem in refused.problems:
                self.add_error(problem.field, problem.expected)
        return cleaned

    def signup(self, request: HttpRequest, user: Any) -> None:
        """Write the names on the account just made."""
        user.prenom = self.cleaned_data["prenom"].strip()
        user.nom = self.cleaned_data["nom"].strip()
        user.save(update_fields=["prenom", "nom"])
