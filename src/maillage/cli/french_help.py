"""The help of every command in French: typer writes its headings in English."""

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import typer
from typer.core import TyperCommand, TyperGroup

from maillage.core.kernel.typed_numbers import plain_number

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
    "RANGE_STRING": "",
}

KINDS = {int: "NOMBRE", float: "NOMBRE", Path: "FICHIER"}
"""What an option takes, when its own word does not say it."""


class FrenchCommand(TyperCommand):
    """A command whose help is in French, and whose numbers are plain: typer takes « 1_0 » for ten."""

    def parse_args(self, ctx: Any, args: list[str]) -> Any:
        """Read what is typed. Raises :class:`typer.BadParameter` for a number that is not a plain one."""
        _check_numbers(self, ctx, args)
        return super().parse_args(ctx, args)

    def get_help_option(self, ctx: Any) -> Any:
        """``--help``, explained in French."""
        return _explained(super().get_help_option(ctx))

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """The first line of the help."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix=USAGE)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The help, under French headings."""
        _speak_french(self, ctx)
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
        _speak_french(self, ctx)
        super().format_help(ctx, formatter)


class FrenchTyper(typer.Typer):
    """A group of commands in French, as all its commands are; alone, it prints its help."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**{"cls": FrenchGroup, "no_args_is_help": True, **settings})

    def command(self, name: str | None = None, **settings: Any) -> Callable[[Function], Function]:
        """Register a command."""
        return super().command(name, **{"cls": FrenchCommand, **settings})


def _check_numbers(command: Any, ctx: Any, args: list[str]) -> None:
    numeric = {name: each for each in command.params if _is_number(each) for name in each.opts}
    for place, word in enumerate(args):
        name, _, value = word.partition("=")
        if name in numeric and (value or args[place + 1 :]):
            try:
                plain_number(value or args[place + 1])
            except ValueError:
                kind = "integer" if numeric[name].type_descriptor.annotation is int else "number"
                raise typer.BadParameter(f"not a valid {kind}", ctx=ctx, param=numeric[name]) from None


def _is_number(parameter: Any) -> bool:
    described = getattr(parameter, "type_descriptor", None)
    return getattr(described, "annotation", None) in (int, float)


def _explained(option: Any) -> Any:
    if option is not None:
        option.help = HELP
    return option


def _speak_french(command: Any, ctx: Any) -> None:
    """Say headings and types in French, once the help is asked: rich is heavy, and nothing else needs it."""
    from typer import rich_utils

    for name, told in HEADINGS.items():
        setattr(rich_utils, name, told)
    for parameter in command.get_params(ctx):
        parameter.display_type_rich = functools.partial(_shown, _taken(parameter))


def _shown(words: str, **_context: Any) -> str:
    return words


def _taken(parameter: Any) -> str:
    """What a parameter takes, in French: nothing for a flag, nor for an argument, whose name says it."""
    kind = getattr(getattr(parameter, "type_descriptor", None), "annotation", bool)
    if parameter.param_type_name == "argument" or kind is bool:
        return ""
    low, high = getattr(parameter, "min", None), getattr(parameter, "max", None)
    bounds = "" if low is None or high is None else f" de {low} à {high}"
    return (parameter.metavar or KINDS.get(kind, "TEXTE")) + bounds
