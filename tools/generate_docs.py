"""``make docs``: write the reference pages that the code knows better than a person.

A test compares them with what is committed, and fails when a setting, a parameter or a command is not described.
"""

import ast
import os
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import django
import typer
from tools.dossiers_page import dossiers_page
from tools.droits_page import rights_page
from typer.main import get_command

from maillage.cli.main import app
from maillage.core.kernel import french
from maillage.core.rules.system import PACKS, system
from maillage.core.rules.texts import DatedValue, ParameterText

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "docs" / "reference"
SETTINGS = ROOT / "src" / "maillage" / "config" / "settings.py"
NOTICE = "<!-- Page écrite par « make docs ». Ne la modifiez pas à la main. -->\n\n"
IDENTITY = {
    "URL": "Adresse de {0} (fournisseur OpenID Connect), ou de sa description `/.well-known/…`.",
    "CLIENT_ID": "Identifiant que {0} a donné à cette installation. Sans lui, le bouton n'est pas montré.",
    "SECRET": "Secret que {0} a donné avec l'identifiant.",
    "SCOPE": "Ce que l'on demande à {0} de la personne, séparé par des virgules.",
    "ACR": "Niveaux d'authentification demandés à {0} (`acr_values`), séparés par des virgules.",
    "SECOND_FACTOR": "Valeurs de `acr` ou de `amr` par lesquelles {0} dit avoir vérifié un second facteur, et que l'on "
    "croit. Vide : le second facteur est toujours demandé ici.",
}
"""The settings of an identity provider, whichever it is."""
DESCRIPTIONS = {
    "ALLOWED_HOSTS": "Noms sous lesquels le site répond, séparés par des virgules. Sans elle, cette machine seulement.",
    "CSRF_TRUSTED_ORIGINS": "Adresses complètes (`https://…`) d'où un formulaire peut venir, derrière un relais.",
    "DATABASE_URL": "Base de données : `sqlite:///chemin` ou `postgres://utilisateur:mot_de_passe@hôte:port/base`. "
    "Sans elle, un fichier SQLite dans `MAILLAGE_VAR`.",
    "DEBUG": "`true` montre le détail des erreurs dans le navigateur. Jamais sur un site ouvert.",
    "FILE_MEGABYTES": "Taille la plus grande d'un fichier déposé, en mégaoctets (20 sans elle).",
    "HSTS_SECONDS": "Combien de secondes un navigateur retient que le site ne se lit qu'en https (un an sans elle).",
    "HTTPS": "`true` ou `false` : le site se lit en https, derrière un relais qui écrit `X-Forwarded-Proto`. "
    "Sans elle : oui, dès que `ALLOWED_HOSTS` ouvre le site à d'autres que cette machine.",
    "LOG_LEVEL": "Niveau du journal : `DEBUG`, `INFO`, `WARNING` ou `ERROR`.",
    "MAILLAGE_ADRESSE": "Adresse du site, écrite dans les e-mails des notifications. Sans elle : `https://` et le "
    "premier nom de `ALLOWED_HOSTS`, ou cette machine.",
    "MAILLAGE_API_PAR_MINUTE": "Nombre d'appels à l'API qu'un jeton peut faire en une minute (120 sans elle).",
    "MAILLAGE_WEBHOOKS_PRIVES": "`true` permet d'envoyer les webhooks à une adresse d'un réseau privé, et en http. "
    "Sur un intranet seulement : sans elle, ces adresses sont refusées.",
    "MAILLAGE_CLAMAV": "Antivirus ClamAV qui lit les fichiers déposés : `hôte:port` ou chemin d'une prise. "
    "Sans elle, aucun.",
    "MAILLAGE_SOURCE_URL": "l’adresse où le code de cette instance est offert, montrée dans les mentions",
    "MAILLAGE_VAR": "Dossier de ce que le site écrit : base SQLite, clé secrète, fichiers statiques. "
    "Sans elle, `var/` dans le projet.",
    "SECRET_KEY": "Clé de signature, longue et aléatoire. Obligatoire dès que `ALLOWED_HOSTS` ouvre le site à d'autres "
    "que cette machine ; sinon, une clé est tirée au sort et gardée dans `MAILLAGE_VAR/secret_key`.",
    "EMAIL_FROM": "Expéditeur des e-mails, par exemple `Maillage <ne-pas-repondre@exemple.fr>`.",
    "EMAIL_URL": "Serveur de messagerie : `smtp://`, `submission://` (STARTTLS) ou `smtps://`, puis "
    "`utilisateur:mot_de_passe@hôte:port`. Sans elle, les e-mails sont des fichiers de `MAILLAGE_VAR/courriels`.",
    "MAIL_PER_ACCOUNT": "Nombre de messages qu'un compte peut envoyer à d'autres par jour : invitations, relances, "
    "mentions (300 sans elle).",
    "MAIL_PER_ORGANISATION": "Le même nombre pour toute une organisation (1 000 sans elle).",
    "LOGIN_BY_CODE": "`true` permet d’entrer par un code reçu par e-mail, sans mot de passe.",
    **{
        f"{code}_{name}": told.format(provider)
        for code, provider in (("PROCONNECT", "ProConnect"), ("PSC", "Pro Santé Connect"))
        for name, told in IDENTITY.items()
    },
    "SECRET_KEY_FALLBACKS": "Anciennes clés, séparées par des virgules, qui lisent encore ce qu'elles ont chiffré.",
    "SESSION_DAYS": "Durée en jours d'une session dont on a demandé de se souvenir (14 sans elle).",
    "TRUSTED_PROXY_COUNT": "Nombre de relais à vous devant le site : l'adresse du visiteur est lue dans "
    "`X-Forwarded-For` à ce rang depuis la fin. 0 sans elle : celle de la connexion.",
    "PORT": "Port de `make run` et de `maillage serve` (8000 sans elle).",
}


def main() -> None:
    """Write every page."""
    for name, page in PAGES.items():
        (REFERENCE / name).write_text(NOTICE + page(), encoding="utf-8")
        print(f"docs/reference/{name}")


def settings_page() -> str:
    """The variables of the environment, read from the code of the settings."""
    rows = [f"| `{name}` | {DESCRIPTIONS[name]} |" for name in sorted({*settings_names(), "PORT"})]
    return (
        "# Réglages\n\n"
        "Maillage se règle par des variables d'environnement, ou par un fichier `.env` à la racine du projet. "
        "Une valeur mal écrite arrête le démarrage.\n\n"
        "| Variable | Rôle |\n|---|---|\n" + "\n".join(rows) + "\n"
    )


def settings_names() -> Iterator[str]:
    """Names given to ``env.something("NAME", …)`` in the settings."""
    for node in ast.walk(ast.parse(SETTINGS.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("env.") and node.args:
            name = node.args[0]
            if isinstance(name, ast.Constant) and isinstance(name.value, str):
                yield name.value


def commands_page() -> str:
    """Every command, with its arguments and options."""
    body = "\n".join(_command(path, command) for path, command in commands())
    return f"# Commandes\n\n`maillage --help` les liste ; chacune accepte `--help`.\n\n{body}"


def commands() -> Iterator[tuple[str, Any]]:
    """The commands that do something, each with its full name."""
    return _leaves("maillage", get_command(app))


def _leaves(path: str, command: Any) -> Iterator[tuple[str, Any]]:
    below = getattr(command, "commands", None)
    if below is None:
        yield path, command
        return
    for name, child in sorted(below.items()):
        yield from _leaves(f"{path} {name}", child)


def _command(path: str, command: Any) -> str:
    rows = "\n".join(_parameter(parameter) for parameter in command.params if parameter.name != "help")
    table = f"\n| Argument | Rôle |\n|---|---|\n{rows}\n" if rows else ""
    return f"## `{path}`\n\n{' '.join(command.help.split())}\n{table}"


def _parameter(parameter: Any) -> str:
    positional = isinstance(parameter, typer.core.TyperArgument)
    names = parameter.name.upper() if positional else ", ".join((*parameter.opts, *parameter.secondary_opts))
    default = (
        "" if parameter.required or parameter.default in (None, False, "") else f" Sans elle : {parameter.default}."
    )
    variable = f" Variable : `{parameter.envvar}`." if parameter.envvar else ""
    return f"| `{names}` | {parameter.help or ''}{default}{variable} |"


def parameters_page() -> str:
    """Every national parameter with its values, then what each region changes."""
    sections = [
        f"## `{scheme}`\n\n{_table(list(texts))}"
        for scheme, texts in groupby(system().texts(), key=lambda text: text.path.split(".")[0])
    ]
    regional = [f"## Région : {name}\n\n{_table(_changed_by(name))}" for name in pack_names()]
    return (
        "# Paramètres\n\n"
        "Les valeurs des textes, par date. Une valeur « à confirmer » n'est pas établie : elle n'est jamais remplacée "
        "par 0. Confiance : **A** plusieurs sources ou le texte officiel, **B** une source, **C** incertain.\n\n"
        + "\n".join([*sections, *regional])
    )


def pack_names() -> list[str]:
    """Codes of the regional policies."""
    return sorted(path.parent.name for path in PACKS.glob("*/pack.yaml"))


def _changed_by(pack: str) -> list[ParameterText]:
    return [text for text in system(pack).texts() if text.pack == pack]


def _table(texts: list[ParameterText]) -> str:
    rows = "\n".join(
        f"| `{text.path}` | {text.label} | {text.unit} | {' ; '.join(_value(value) for value in text.values)} |"
        for text in texts
    )
    return f"| Chemin | Paramètre | Unité | Valeurs |\n|---|---|---|---|\n{rows}\n"


def _value(dated: DatedValue) -> str:
    since = f"{dated.since:%d/%m/%Y}"
    if dated.value is None:
        return f"depuis le {since} : à confirmer"
    confidence = f" ({dated.confidence})" if dated.confidence else ""
    return f"depuis le {since} : {shown(dated.value)}{confidence}"


def shown(value: Any) -> str:
    """A value of a parameter as a person reads it."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, int | float):
        return french.number(value, decimals=6)
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


PAGES: dict[str, Callable[[], str]] = {
    "reglages.md": settings_page,
    "commandes.md": commands_page,
    "parametres.md": parameters_page,
    "droits.md": rights_page,
    "dossiers.md": dossiers_page,
}

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maillage.config.settings")
    django.setup()
    main()
