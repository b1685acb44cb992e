"""``maillage organisation``: the bodies that accompany, decide and steer, created by who administers the site."""

from typing import TYPE_CHECKING, Annotated

import typer

from maillage.cli.common import bad_input_told, fail
from maillage.cli.donnees import ready
from maillage.cli.french_help import FrenchTyper

if TYPE_CHECKING:
    from maillage.apps.accounts.models import Organisation, User

organisation = FrenchTyper(help="Créer une ARS, une CPAM, une URPS…, et lister les organisations.")
Kind = Annotated[
    str,
    typer.Argument(metavar="NATURE", help="ars, delegation, cpam, urps, federation, collectivite ou cabinet."),
]
Name = Annotated[str, typer.Argument(metavar="NOM", help="Nom de l'organisation.")]
By = Annotated[str, typer.Option("--par", metavar="ADRESSE", help="Compte d'administrateur du site qui la crée.")]
Region = Annotated[str, typer.Option(help="Code INSEE de la région.")]
Departement = Annotated[str, typer.Option(help="Code INSEE du département.")]
First = Annotated[
    str, typer.Option("--administrateur", metavar="ADRESSE", help="Personne à inviter pour l'administrer.")
]
Roles = Annotated[
    list[str] | None,
    typer.Option(
        "--role",
        metavar="ROLE",
        help="Rôle de plus pour cette personne, par exemple instructeur : elle lira les projets partagés. À répéter.",
    ),
]
Address = Annotated[str, typer.Option(help="Adresse du site, pour le lien de l'invitation.")]


@organisation.command()
def creer(
    nature: Kind,
    nom: Name,
    par: By,
    region: Region = "",
    departement: Departement = "",
    administrateur: First = "",
    role: Roles = None,
    adresse: Address = "http://127.0.0.1:8000",
) -> None:
    """Créer une organisation, et inviter par e-mail la personne qui l'administrera."""
    with ready(), bad_input_told():
        from django.utils import timezone

        from maillage.apps.accounts.opening import account_of
        from maillage.apps.accounts.services import create_organisation
        from maillage.apps.common.refused import NotAllowed

        names = _names(nature, administrateur, role or [])
        by = account_of(par)
        try:
            made = create_organisation(
                kind=nature, nom=nom, region=region, departement=departement, by=by, at=timezone.now()
            )
        except NotAllowed:
            fail([f"{par} n'administre pas ce site : maillage compte administrateur {par}"])
        typer.echo(f"« {made.nom} » est créée.")
        if administrateur:
            _invite(made, administrateur, names, by, adresse)


def _names(kind: str, email: str, more: list[str]) -> list[str]:
    """The roles to offer, each once. Raises :class:`BadInput` for one that this kind has not: nothing is created."""
    from maillage.apps.accounts.models import Organisation
    from maillage.apps.accounts.services import check_role

    if more and not email:
        fail(["--role complète --administrateur : donnez aussi l'adresse de cette personne."])
    if kind in Organisation.Kind.values:
        for name in more:
            check_role(Organisation(kind=kind), name)
    return list(dict.fromkeys(["administrateur", *more]))


def _invite(made: "Organisation", email: str, names: list[str], by: "User", site: str) -> None:
    from django.urls import reverse
    from django.utils import timezone

    from maillage.apps.accounts.invitations import invite

    def link(secret: str) -> str:
        return f"{site.rstrip('/')}{reverse('web:invitation', args=[secret])}"

    at = timezone.now()
    sent = [invite(organisation=made, email=email, name=name, link=link, by=by, at=at) for name in names]
    if any(each.sent_at is None for each in sent):
        fail([f"L'organisation est créée, mais l'e-mail n'est pas parti à {email} : renvoyez-le depuis sa page."])
    typer.echo(f"L'invitation est envoyée à {email}.")
    if len(sent) > 1:
        told = ", ".join(each.get_name_display() for each in sent)
        typer.echo(f"Un e-mail par rôle ({told}) : après le premier, les autres attendent sur sa page d'accueil.")


@organisation.command()
def lister() -> None:
    """Lister les organisations : nature, nom, nombre de personnes, date de fermeture."""
    with ready():
        from django.db.models import Count, Q

        from maillage.apps.accounts.models import Organisation

        people = Count("roles__user", filter=Q(roles__until=None), distinct=True)
        rows = Organisation.objects.annotate(people=people)
        if not rows:
            fail(["Aucune organisation. Pour en créer une : maillage organisation creer --help"])
        for row in rows:
            closed = f", fermée le {row.closed_at:%d/%m/%Y}" if row.closed_at else ""
            typer.echo(f"{row.kind}\t{row.nom}\t{row.people} personne(s){closed}")
