"""The forms of the organisations."""

from collections.abc import Iterable, Sequence

from django import forms

from maillage.apps.accounts.models import Organisation, Role, User
from maillage.apps.accounts.permissions import ROLES_OF_KIND, may_create_organisation
from maillage.apps.territories.models import Departement, Region

Kind = Organisation.Kind
ROLE_HELP: dict[Role.Name, str] = {
    Role.Name.PORTEUR: "écrit le projet, invite, partage, demande les signatures",
    Role.Name.COORDINATEUR: "écrit le projet, invite, partage, demande les signatures",
    Role.Name.GERANT: "écrit le projet, invite, partage, demande les signatures",
    Role.Name.TRESORIER: "écrit dans le projet, dont le budget",
    Role.Name.MEMBRE: "lit, commente, signe s'il est de l'équipe",
    Role.Name.SIGNATAIRE: "lit, commente et signe",
    Role.Name.ACCOMPAGNATEUR: "aide l'équipe : lit et commente",
    Role.Name.INSTRUCTEUR: "lit les projets partagés de son territoire",
    Role.Name.PILOTE: "lit les projets partagés de sa région",
    Role.Name.COMMISSION: "siège dans une commission",
    Role.Name.ADMINISTRATEUR: "invite, donne et retire les rôles de l'organisation",
}
"""What each role allows, in a few words."""
PEN = frozenset({Role.Name.MEMBRE, Role.Name.SIGNATAIRE, Role.Name.ACCOMPAGNATEUR})
"""The roles to which the pen is given apart: the others write, or have nothing to write."""


def roles_of(organisation: Organisation) -> list[tuple[str, str]]:
    """The roles that can be offered, each with what it allows."""
    names = [name for name in Role.Name if name in ROLES_OF_KIND[organisation.kind]]
    return [(name.value, f"{name.label.capitalize()} — {ROLE_HELP[name]}") for name in names]


class RoleForm(forms.Form):
    """A role, and the pen for a role that does not write by itself."""

    role = forms.ChoiceField(label="Rôle", error_messages={"required": "Choisissez un rôle."})
    ecriture = forms.BooleanField(
        label="Peut aussi écrire dans le projet",
        help_text="Pour un membre, un signataire ou un accompagnateur : les autres rôles écrivent déjà.",
        required=False,
    )

    def __init__(self, organisation: Organisation, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came
        choices = roles_of(organisation)
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type
        field.choices = [("", "Choisissez"), *choices]
        if organisation.kind != Kind.STRUCTURE:
            del self.fields["ecriture"]

    @property
    def writes(self) -> bool:
        """Whether the pen is given."""
        return bool(self.cleaned_data.get("ecriture")) and self.cleaned_data["role"] in PEN


class InvitationForm(RoleForm):
    """Whom to invite, to which role."""

    email = forms.EmailField(
        label="Adresse électronique",
        help_text="La personne reçoit un lien, valable 14 jours. Elle n'a pas besoin d'avoir déjà un compte.",
        error_messages={
            "required": "Écrivez l'adresse de la personne à inviter.",
            "invalid": "Il faut une adresse électronique, par exemple prenom.nom@exemple.fr.",
        },
    )
    field_order = ["email", "role", "ecriture"]


class NameForm(forms.Form):
    """The name of an organisation."""

    nom = forms.CharField(label="Nom", max_length=200, error_messages={"required": "Écrivez le nom."})


class OrganisationForm(forms.Form):
    """A new organisation; ``email`` is that of its first administrateur, when it is not who creates it."""

    nature = forms.ChoiceField(label="Nature", error_messages={"required": "Choisissez une nature."})
    nom = forms.CharField(label="Nom", max_length=200, error_messages={"required": "Écrivez le nom."})
    region = forms.ChoiceField(
        label="Région", required=False, help_text="Obligatoire pour une ARS, une CPAM, une URPS."
    )
    departement = forms.ChoiceField(
        label="Département", required=False, help_text="Obligatoire pour une délégation ou une CPAM."
    )
    email = forms.EmailField(
        label="Adresse de son premier administrateur",
        required=False,
        help_text="Cette personne est invitée par e-mail ; elle invitera les autres.",
        error_messages={"invalid": "Il faut une adresse électronique, par exemple prenom.nom@exemple.fr."},
    )

    def __init__(self, by: User, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came
        kinds = kinds_for(by)
        self._choices("nature", [(kind.value, kind.label.capitalize()) for kind in kinds], empty=len(kinds) > 1)
        if kinds == [Kind.CABINET]:
            for name in ("region", "departement", "email"):
                del self.fields[name]
            return
        self._choices("region", Region.objects.order_by("nom").values_list("code", "nom"))
        self._choices("departement", Departement.objects.order_by("nom").values_list("code", "nom"))

    def _choices(self, name: str, choices: Iterable[tuple[str, str]], *, empty: bool = True) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type
        field.choices = [*([("", "Choisissez")] if empty else []), *choices]


def kinds_for(by: User) -> Sequence[Organisation.Kind]:
    """The kinds that a person may create here: a structure is created with its project."""
    return [kind for kind in Kind if kind != Kind.STRUCTURE and may_create_organisation(by, kind)]
