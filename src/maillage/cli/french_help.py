"""The help of every command in French: typer writes its headings in English."""

from collections.abc import Callable
from typing import Any, TypeVar

import typer
from typer.core import TyperCommand, TyperGroup

Function = TypeVar("Function", bound=Callable[..., Any])
USAGE = "Utilisation : "
HELP = "Afficher cette aide et s'arrêter."
HEADINGS = {
    "ARGUMENTS_PANEL_TITLE": "Arguments",
    "OPTIONS_PANEL_TITLE": "Options",
    "COMMANDS_PANEL_TITLE": "Commandes",
    "DEFAULT_STRING": "[défaut : {}]",
    "ENVVAR_STRING": "[variable d'environnement : {}]",
    "REQUIRED_LONG_STRING": "[obligatoire]",
}


class FrenchCommand(TyperCommand):
    """A command whose help is in French."""

    def get_help_option(self, ctx: Any) -> Any:
        """``--help``, explained in French."""
        return _explained(super().get_help_option(ctx))

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """The first line of the help."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix=USAGE)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The help, under French headings."""
        _use_french_headings()
        super().format_help(ctx, formatter)


class FrenchGroup(TyperGroup):
    """A group of commands whose help is in French."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**{**settings, "subcommand_metavar": "COMMANDE [ARGUMENTS]…"})

    def get_help_option(self, ctx: Any) -> Any:
        """``--help``, explained in French."""
        return _explained(super().get_help_option(ctx))

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """The first line of the help."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix=USAGE)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The help, under French headings."""
        _use_french_headings()
        super().format_help(ctx, formatter)


class FrenchTyper(typer.Typer):
    """A group of commands in French, as all its commands are; alone, it prints its help."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**{"cls": FrenchGroup, "no_args_is_help": True, **settings})

    def command(self, name: str | None = None, **settings: Any) -> Callable[[Function], Function]:
        """Register a command."""
        return super().command(name, **{"cls": FrenchCommand, **settings})


def _explained(option: Any) -> Any:
    if option is not None:
        option.help = HELP
    return option


def _use_french_headings() -> None:
    """Rich is heavy, and only the help needs it."""
    from typer import rich_utils

    for name, told in HEADINGS.items():
        setattr(rich_utils, name, told)
