"""The forms of tokens and webhooks."""

import datetime

from django import forms
from django.utils import timezone

from maillage.apps.accounts.models import Organisation, User
from maillage.apps.connections.events import EVENTS
from maillage.apps.connections.tokens import LONGEST, scopes_of

USUAL = datetime.timedelta(days=180)
"""How long a token is proposed for."""
DAY = "%Y-%m-%d"


class TokenForm(forms.Form):
    """A new token: the scopes are those that the roles of its author allow."""

    nom = forms.CharField(
        label="Nom du logiciel",
        max_length=80,
        help_text="Pour le reconnaître ici et dans le journal. Par exemple : tableau de bord de l'ARS.",
        error_messages={"required": "Écrivez un nom."},
    )
    portees = forms.MultipleChoiceField(
        label="Ce qu'il peut faire",
        widget=forms.CheckboxSelectMultiple,
        help_text="Donnez le moins possible : un jeton de plus se crée quand il le faut.",
        error_messages={"required": "Cochez au moins une portée."},
    )
    fin = forms.DateField(
        label="Valable jusqu'au",
        widget=forms.DateInput({"type": "date"}, DAY),
        help_text="Ce jour compris ; un an au plus.",
        error_messages={"required": "Choisissez un jour.", "invalid": "Écrivez une date, par exemple 2027-05-31."},
    )

    def __init__(self, by: User, organisation: Organisation, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came
        field, end = self.fields["portees"], self.fields["fin"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - tells the type
        self.offered = scopes_of(by, organisation)
        field.choices = [(code, f"{scope.title} : {scope.help}") for code, scope in self.offered.items()]
        today = timezone.localdate()
        end.initial = today + USUAL
        end.widget.attrs |= {"min": today.isoformat(), "max": (today + LONGEST).isoformat()}

    @property
    def offers_nothing(self) -> bool:
        """Whether the roles of the author allow no scope."""
        return not self.offered


class WebhookForm(forms.Form):
    """Where to send, and what."""

    adresse = forms.CharField(
        label="Adresse du logiciel",
        max_length=500,
        help_text="Une adresse https qui se trouve sur Internet, par exemple https://exemple.fr/maillage.",
        widget=forms.TextInput({"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Écrivez une adresse."},
    )
    evenements = forms.MultipleChoiceField(
        label="Ce qui lui est dit",
        widget=forms.CheckboxSelectMultiple,
        choices=[(code, f"{words[0].upper()}{words[1:]}") for code, words in EVENTS.items()],
        error_messages={"required": "Cochez au moins un événement."},
    )
