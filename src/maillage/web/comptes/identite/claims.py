"""What an identity provider says of a person, reduced to what the site uses.

ProConnect: given_name, usual_name, email, siret, sub. Pro Santé Connect: given_name, family_name, SubjectNameID (the
national identifier: « 8 » then the eleven digits of the RPPS number), SubjectRefPro.exercices[].codeProfession.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from maillage.apps.territories.directories.keys import luhn

RPPS_KIND = "8"
RPPS_DIGITS = 11
SIRET_DIGITS = 14


@dataclass(frozen=True)
class Identity:
    """A person as their provider names them; what it does not say is empty."""

    prenom: str
    nom: str
    email: str
    email_verified: bool
    rpps: str
    siret: str
    professions: tuple[str, ...]

    @property
    def kept(self) -> dict[str, Any]:
        """What is kept beside the account: professional numbers only."""
        known = {"rpps": self.rpps, "siret": self.siret, "professions": list(self.professions)}
        return {name: value for name, value in known.items() if value}


def identity_of(claims: Mapping[str, Any]) -> Identity:
    """Read the claims of a verified userinfo (or id_token)."""
    return Identity(
        prenom=_text(claims, "given_name"),
        nom=_text(claims, "usual_name") or _text(claims, "family_name"),
        email=_text(claims, "email").lower(),
        email_verified=claims.get("email_verified") is True,
        rpps=rpps_of(_text(claims, "SubjectNameID")),
        siret=_digits(_text(claims, "siret"), SIRET_DIGITS),
        professions=_professions(claims.get("SubjectRefPro")),
    )


def rpps_of(national: str) -> str:
    """The RPPS number of a national identifier; empty when it is of another kind or its key is wrong.

    >>> rpps_of("810003456786"), rpps_of("10003456786"), rpps_of("012345678")
    ('10003456786', '10003456786', '')
    """
    number = national.removeprefix(RPPS_KIND) if len(national) == RPPS_DIGITS + 1 else national
    number = _digits(number, RPPS_DIGITS)
    return number if number and luhn(number) else ""


def counts_as_second_factor(claims: Mapping[str, Any], trusted: Sequence[str]) -> bool:
    """Whether the way of signing in that an id_token tells (acr, amr) is one that the setting trusts."""
    methods = claims.get("amr")
    told = [claims.get("acr"), *(methods if isinstance(methods, list) else [])]
    return any(method in trusted for method in told if isinstance(method, str))


def _text(claims: Mapping[str, Any], name: str) -> str:
    value = claims.get(name)
    return value.strip() if isinstance(value, str) else ""


def _digits(text: str, length: int) -> str:
    return text if text.isascii() and text.isdecimal() and len(text) == length else ""


def _professions(described: Any) -> tuple[str, ...]:
    """Codes of the professions of « SubjectRefPro », each once."""
    exercices = described.get("exercices") if isinstance(described, dict) else None
    if not isinstance(exercices, list):
        return ()
    codes = [_text(exercice, "codeProfession") for exercice in exercices if isinstance(exercice, dict)]
    return tuple(dict.fromkeys(code for code in codes if code))
