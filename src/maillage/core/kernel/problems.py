"""Bad input, told the same way by the pages, the API and the command line."""

import difflib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from maillage.core.kernel.french import fold, number

REQUIRED = "un champ obligatoire"
Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong in what was given.

    ``field`` is the path of the field (``professionnels.0.profession``), ``value`` what was given,
    ``expected`` what is accepted and, when there is one, the nearest accepted value; in French.
    """

    field: str
    value: Any
    expected: str

    @property
    def message(self) -> str:
        """One French sentence: which field, which value, what is expected."""
        expected = self.expected.removesuffix(".")
        if self.expected == REQUIRED:
            return f"{self.field} : champ obligatoire, non donné."
        if not self.field and self.value is None:
            return f"Rien n'est donné. Attendu : {expected}."
        if not self.field and isinstance(self.value, dict):
            return f"Des réponses ne vont pas ensemble. Attendu : {expected}."
        if self.value is None:
            return f"{self.field} : rien n'est donné. Attendu : {expected}."
        return f"{self.field or 'situation'} : « {shorten(self.value)} » n'est pas accepté. Attendu : {expected}."

    def as_dict(self) -> dict[str, Any]:
        """The problem as the API and the command line write it; a long value is cut."""
        plain = self.value is None or isinstance(self.value, bool | int | float)
        whole = not self.field and isinstance(self.value, dict)
        value = None if whole else self.value if plain else shorten(self.value)
        return {"champ": self.field, "valeur": value, "attendu": self.expected, "message": self.message}


class BadInput(ValueError):
    """What was given cannot be used; carries every problem found, in the order of the fields."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(problem.message for problem in self.problems))


def shorten(value: Any, limit: int = 60) -> str:
    """The value as a user recognises it (as JSON writes it), cut at ``limit`` characters."""
    text = str(value) if isinstance(value, str | float | int) and not isinstance(value, bool) else _as_json(value)
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _as_json(value: Any) -> str:
    return "rien" if value is None else json.dumps(value, ensure_ascii=False, default=str)


SHORTEST = 3
"""Letters below which the beginning of a word says nothing."""


def nearest(value: str, accepted: Sequence[str]) -> str | None:
    """The accepted word that looks most like ``value``, or ``None`` when none is near.

    >>> nearest("Infirmière", ["infirmier", "medecin_generaliste"]), nearest("kiné", ["masseur_kinesitherapeute"])
    ('infirmier', 'masseur_kinesitherapeute')
    """
    word = fold(str(value)).replace(" ", "_")
    begun = [name for name in accepted if any(part.startswith(word) for part in name.split("_"))]
    if len(word) >= SHORTEST and begun:
        return begun[0]
    found = difflib.get_close_matches(word, accepted, n=1, cutoff=0.6)
    return found[0] if found else None


def read(model: type[Model], data: Any) -> Model:
    """Build ``model`` from ``data`` (a mapping as read from JSON).

    Raises :class:`BadInput` with one problem per field that is wrong.
    """
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise BadInput(problems_of(error)) from None


def problems_of(error: ValidationError) -> list[Problem]:
    """The problems of a pydantic error, in French."""
    return [_problem(details) for details in error.errors(include_url=False)]


def _problem(details: ErrorDetails) -> Problem:
    field = ".".join(str(part) for part in details["loc"])
    value = None if details["type"] == "missing" else details["input"]
    return Problem(field, value, _expected(details))


def _of_pattern(pattern: str) -> str:
    """What a pattern means in words, one that may be empty too."""
    return PATTERNS.get(pattern) or PATTERNS.get(pattern.removeprefix("^$|"), "")


def _expected(details: ErrorDetails) -> str:
    context = details.get("ctx", {})
    kind = details["type"]
    if kind == "literal_error":
        return _choice(details["input"], context["expected"])
    if kind in ("value_error", "assertion_error"):
        return str(context["error"])
    if kind == "string_pattern_mismatch" and (words := _of_pattern(context["pattern"])):
        return words
    template = EXPECTED.get(f"string_{kind}" if isinstance(details["input"], str) else kind) or EXPECTED.get(kind)
    told = {name: _plain(bound) for name, bound in context.items()}
    return template.format(**told) if template else f"une autre valeur ({details['msg']})"


def _plain(bound: Any) -> Any:
    """A bound as it is written in French: « 24 » for 24.0, « 200 000 », « 0,5 »."""
    return number(bound, 6) if isinstance(bound, int | float) and not isinstance(bound, bool) else bound


def _choice(value: Any, expected: str) -> str:
    accepted = [word.strip(" '") for word in expected.replace(" or ", ", ").split(",")]
    near = nearest(str(value), accepted)
    proposal = f" (vouliez-vous dire « {near} » ?)" if near else ""
    return f"l'un de : {', '.join(accepted)}{proposal}"


COMMUNE_CODE = r"^([0-9]{2}|2[ABab])[0-9]{3}$"
EPCI_CODE = r"^[0-9]{9}$"
DEPARTEMENT_CODE = r"^([0-9]{2,3}|2A|2B)$"
REGION_CODE = r"^[0-9]{2}$"
STRUCTURE = "^(esp|msp|cds|ess|cpts)$"
EMAIL = r"^$|^[^@\s]+@[^@\s]+\.[^@\s]+$"
HEADING_CODE = r"^(esp|msp|cds|ess|cpts)\.[a-z_]+$"
PATTERNS = {
    COMMUNE_CODE: "le code INSEE d'une commune (cinq caractères, par exemple 35236)",
    EPCI_CODE: "le SIREN d'un EPCI (neuf chiffres, par exemple 243500741)",
    DEPARTEMENT_CODE: "le code d'un département (par exemple 35, 2A ou 974)",
    REGION_CODE: "le code INSEE d'une région (deux chiffres, par exemple 53)",
    STRUCTURE: "l'un de : esp, msp, cds, ess, cpts",
    EMAIL: "une adresse électronique (par exemple contact@example.org)",
    HEADING_CODE: "le code d'une rubrique : la structure, un point, un nom sans accent (par exemple msp.membres)",
}
"""What a pattern means, in words."""

EXPECTED = {
    "missing": REQUIRED,
    "extra_forbidden": "un champ connu (celui-ci n'existe pas)",
    "greater_than_equal": "un nombre d'au moins {ge}",
    "greater_than": "un nombre supérieur à {gt}",
    "less_than_equal": "un nombre d'au plus {le}",
    "less_than": "un nombre inférieur à {lt}",
    "int_type": "un nombre entier",
    "int_parsing": "un nombre entier",
    "int_from_float": "un nombre entier",
    "float_type": "un nombre",
    "float_parsing": "un nombre",
    "finite_number": "un nombre fini",
    "bool_type": "vrai ou faux (true ou false)",
    "bool_parsing": "vrai ou faux (true ou false)",
    "string_type": "un texte",
    "string_pattern_mismatch": "un texte de la forme {pattern}",
    "string_too_long": "un texte d'au plus {max_length} caractères",
    "string_too_short": "un texte d'au moins {min_length} caractère(s)",
    "list_type": "une liste",
    "too_long": "une liste d'au plus {max_length} éléments",
    "too_short": "une liste d'au moins {min_length} élément(s)",
    "model_type": "un objet JSON",
    "model_attributes_type": "un objet JSON",
    "dict_type": "un objet JSON",
    "uuid_type": "un choix de la liste",
    "uuid_parsing": "un choix de la liste",
    "date_type": "une date de la forme AAAA-MM-JJ",
    "date_parsing": "une date de la forme AAAA-MM-JJ",
    "date_from_datetime_parsing": "une date de la forme AAAA-MM-JJ",
    "date_from_datetime_inexact": "une date de la forme AAAA-MM-JJ, sans heure",
}
