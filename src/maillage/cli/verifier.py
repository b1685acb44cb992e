"""``maillage verifier``: whether an installation is fit to be opened to others."""

from typing import TYPE_CHECKING, Annotated

import typer

from maillage.cli.common import BAD_INPUT, print_json

if TYPE_CHECKING:
    from maillage.apps.common.deployment.check import Check

Json = Annotated[bool, typer.Option("--json", help="Écrire le résultat en JSON, pour une machine.")]
WIDTH = 11


def verifier(en_json: Json = False) -> None:
    """Vérifier l'installation : réglages, base, dossiers, courriels, antivirus ; code 2 s'il reste à corriger."""
    checks = _all()
    mend = [check for check in checks if check.state == "à corriger"]
    if en_json:
        print_json({"a_corriger": len(mend), "verifications": [check.as_dict() for check in checks]})
    else:
        for check in checks:
            typer.echo(f"{check.state.value:<{WIDTH}} {check.subject} : {check.seen}.")
            if check.todo:
                typer.echo(f"{'':<{WIDTH}} → {check.todo}")
        many = len(mend)
        typer.echo(f"\n{many} point{'s' if many > 1 else ''} à corriger." if many else "\nRien à corriger.")
    if mend:
        raise typer.Exit(BAD_INPUT)


def _all() -> "list[Check]":
    import django

    django.setup()
    from django.utils import timezone

    from maillage.apps.common.deployment.machine_checks import is_reached, machine_checks
    from maillage.apps.common.deployment.settings_checks import settings_checks
    from maillage.apps.common.schema import is_migrated

    checks = [*settings_checks(), *machine_checks(timezone.now())]
    if is_reached() and is_migrated():
        from maillage.apps.accounts.deployment import account_checks

        checks.extend(account_checks())
    return checks
