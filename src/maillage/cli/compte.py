"""``maillage compte``: the first account of an installation, its administrators, who lost a second factor."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from maillage.cli.common import bad_input_told, fail
from maillage.cli.donnees import ready
from maillage.cli.french_help import FrenchTyper

if TYPE_CHECKING:
    from maillage.apps.accounts.models import User

compte = FrenchTyper(help="Ouvrir, fermer un compte, nommer un administrateur.")
BY = "commande"
Email = Annotated[str, typer.Argument(metavar="ADRESSE", help="Adresse électronique du compte.")]
Prenom = Annotated[str, typer.Option(help="Prénom.")]
Nom = Annotated[str, typer.Option(help="Nom.")]
Administrates = Annotated[bool, typer.Option("--administrateur", help="Lui confier l'administration du site.")]
ByLink = Annotated[
    bool, typer.Option("--lien", help="Écrire un lien pour choisir le mot de passe, au lieu de le demander ici.")
]
Address = Annotated[str, typer.Option(help="Adresse du site, pour le lien.")]
Remove = Annotated[bool, typer.Option("--retirer", help="Retirer l'administration au lieu de la donner.")]
Reopen = Annotated[bool, typer.Option("--rouvrir", help="Rouvrir le compte au lieu de le fermer.")]
NEXT = "Un second facteur lui sera demandé à la première connexion."


@compte.command()
def creer(
    adresse_electronique: Email,
    prenom: Prenom = "",
    nom: Nom = "",
    administrateur: Administrates = False,
    lien: ByLink = False,
    adresse: Address = "http://127.0.0.1:8000",
) -> None:
    """Ouvrir un compte dont l'adresse est tenue pour vérifiée ; le mot de passe est demandé, ou lu à l'entrée."""
    with ready(), bad_input_told():
        from django.utils import timezone

        from maillage.apps.accounts.opening import open_account

        user = open_account(
            email=adresse_electronique,
            prenom=prenom,
            nom=nom,
            password=None if lien else _password(),
            is_administrator=administrateur,
            by=BY,
            at=timezone.now(),
        )
        typer.echo(f"Le compte {user.email} est ouvert.")
        if administrateur:
            typer.echo(NEXT)
        if lien:
            typer.echo(f"Lien pour choisir le mot de passe, valable trois jours :\n{_link(user, adresse)}")


@compte.command("administrateur")
def administrator(adresse_electronique: Email, retirer: Remove = False) -> None:
    """Confier l'administration du site à un compte, ou la lui retirer."""
    with ready(), bad_input_told():
        from django.utils import timezone

        from maillage.apps.accounts.opening import account_of, set_administrator

        user = account_of(adresse_electronique)
        set_administrator(user=user, administers=not retirer, by=BY, at=timezone.now())
        typer.echo(f"{user.email} {'n’administre plus' if retirer else 'administre maintenant'} le site.")
        if not retirer:
            typer.echo(NEXT)


@compte.command()
def fermer(adresse_electronique: Email, rouvrir: Reopen = False) -> None:
    """Fermer un compte : ses sessions s'arrêtent aussitôt. Rien n'est effacé."""
    with ready(), bad_input_told():
        from django.utils import timezone

        from maillage.apps.accounts.opening import account_of, set_open

        user = account_of(adresse_electronique)
        set_open(user=user, is_open=rouvrir, by=BY, at=timezone.now())
        typer.echo(f"Le compte {user.email} est {'rouvert' if rouvrir else 'fermé'}.")


@compte.command()
def depanner(adresse_electronique: Email) -> None:
    """Retirer les seconds facteurs d'une personne qui les a tous perdus ; vérifiez d'abord que c'est bien elle."""
    with ready(), bad_input_told():
        from django.utils import timezone

        from maillage.apps.accounts.opening import account_of, forget_second_factors

        user = account_of(adresse_electronique)
        count = forget_second_factors(user=user, by=BY, at=timezone.now())
        typer.echo(f"{user.email} entre avec son mot de passe seul ({count} moyens retirés).")


def _password() -> str:
    """Asked twice on a terminal, without showing it; a line of the standard input otherwise."""
    if not sys.stdin.isatty():
        if password := sys.stdin.readline().rstrip("\r\n"):
            return password
        fail(["Il manque le mot de passe à l'entrée standard ; ou demandez un lien par --lien."])
    password = str(typer.prompt("Mot de passe", hide_input=True))
    if typer.prompt("Le même, une seconde fois", hide_input=True) != password:
        fail(["Les deux mots de passe ne sont pas les mêmes : rien n'est fait."])
    return password


def _link(user: "User", site: str) -> str:
    """Where the owner of an account chooses a password, once."""
    from allauth.account.forms import default_token_generator
    from allauth.account.utils import user_pk_to_url_str
    from django.urls import reverse

    key = [user_pk_to_url_str(user), default_token_generator.make_token(user)]
    return f"{site.rstrip('/')}{reverse('account_reset_password_from_key', args=key)}"
