"""What creating an account asks beyond allauth's fields. Apart: allauth reads it before its own forms."""

from typing import Any

from django import forms
from django.http import HttpRequest


class NamesForm(forms.Form):
    """First name and name, as colleagues know them."""

    prenom = forms.CharField(
        label="Prénom", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    nom = forms.CharField(label="Nom", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "family-name"}))
    field_order = ["prenom", "nom", "email", "password1"]

    def signup(self, request: HttpRequest, user: Any) -> None:
        """Write the names on the account just made."""
        user.prenom = self.cleaned_data["prenom"].strip()
        user.nom = self.cleaned_data["nom"].strip()
        user.save(update_fields=["prenom", "nom"])
