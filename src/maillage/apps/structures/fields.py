"""What is said of a member, as a form or a line of a file gives it: texts, read and checked."""

import datetime
import re
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from maillage.apps.structures.metiers import metier_of, near_metier
from maillage.apps.structures.models import Member
from maillage.apps.territories.directories.keys import rpps_fault
from maillage.core.kernel.french import fold
from maillage.core.kernel.problems import COMMUNE_CODE

FRENCH_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
YES, NO = frozenset({"oui", "o", "1", "vrai", "true", "x"}), frozenset({"non", "n", "0", "faux", "false"})
MODES = {fold(word): mode.value for mode in Member.Mode for word in (mode.value, *mode.label.split(" ou "))} | {
    "liberale": "liberal", "salariee": "salarie", "remplacante": "remplacant", "partenaire": "benevole",
}  # fmt: skip


def _metier(text: Any) -> Any:
    words = str(text or "").strip()
    if not words:
        raise ValueError("un métier (par exemple : infirmier)")
    found = metier_of(words)
    if found is None:
        near = near_metier(words)
        raise ValueError("un métier de la liste" + (f" (vouliez-vous dire « {near} » ?)" if near else ""))
    return found


def _mode(text: Any) -> Any:
    words = fold(str(text or ""))
    if words and words not in MODES:
        raise ValueError("l'un de : libéral, salarié, mixte, remplaçant, bénévole")
    return MODES.get(words, "")


def _rpps(text: Any) -> Any:
    number = "".join(str(text or "").split())
    if number and (fault := rpps_fault(number)):
        raise ValueError(f"un numéro RPPS de onze chiffres, dont la clé est juste ({fault})")
    return number


def _numero_am(text: Any) -> Any:
    number = "".join(str(text or "").split())
    if number and not (number.isascii() and number.isdigit() and len(number) == len("351234567")):
        raise ValueError("un numéro d'assurance maladie de neuf chiffres")
    return number


def email_of(text: Any) -> Any:
    """An e-mail address in small letters, empty when nothing is said."""
    address = str(text or "").strip().lower()
    if address:
        try:
            validate_email(address)
        except ValidationError:
            raise ValueError("une adresse électronique (nom@exemple.fr)") from None
    return address


def _etp(text: Any) -> Any:
    bare = "".join(str("" if text is None else text).split()).replace(",", ".")
    if not bare:
        return None
    try:
        value = Decimal(bare)
    except InvalidOperation:
        raise ValueError("un nombre de 0 à 2 (par exemple 0,8)") from None
    if not (value.is_finite() and 0 <= value <= 2):
        raise ValueError("un nombre de 0 à 2 (par exemple 0,8)")
    return value.quantize(Decimal("0.01"))


def _yes(text: Any) -> Any:
    if isinstance(text, bool):
        return text
    word = fold(str(text or ""))
    if word in YES or not word:
        return True
    if word in NO:
        return False
    raise ValueError("oui ou non")


def day_of(text: Any) -> Any:
    """A day, as « 22/11/2026 » or « 2026-11-22 »; ``None`` when nothing is said."""
    if isinstance(text, datetime.datetime):
        return text.date()
    if text is None or isinstance(text, datetime.date):
        return text
    words = str(text).strip()
    if found := FRENCH_DAY.fullmatch(words):
        words = f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}"
    if not words:
        return None
    try:
        return datetime.date.fromisoformat(words)
    except ValueError:
        raise ValueError("une date (par exemple 22/11/2026)") from None


def text_of(value: Any) -> Any:
    """A text on one line, without what a field cannot hold."""
    return " ".join(str(value or "").replace("\0", "").split())


def _name(value: Any) -> Any:
    if not (text := text_of(value)):
        raise ValueError("un nom")
    return text


class MemberFields(BaseModel):
    """What is said of a member. ``site`` is the key of a site of the structure, ``commune`` a code INSEE."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    nom: Annotated[str, BeforeValidator(_name), Field(max_length=120, title="Nom", validate_default=True)] = ""
    prenom: Annotated[str, BeforeValidator(text_of), Field(max_length=120, title="Prénom")] = ""
    metier: Annotated[str, BeforeValidator(_metier), Field(title="Métier", validate_default=True)] = ""
    mode: Annotated[str, BeforeValidator(_mode), Field(title="Mode d'exercice")] = ""
    rpps: Annotated[str, BeforeValidator(_rpps), Field(title="Numéro RPPS")] = ""
    numero_am: Annotated[str, BeforeValidator(_numero_am), Field(title="Numéro d'assurance maladie")] = ""
    email: Annotated[str, BeforeValidator(email_of), Field(max_length=254, title="Adresse électronique")] = ""
    fonction: Annotated[str, BeforeValidator(text_of), Field(max_length=120, title="Fonction dans l'équipe")] = ""
    etp: Annotated[Decimal | None, BeforeValidator(_etp), Field(title="Équivalent temps plein")] = None
    commune: Annotated[str, Field(pattern=f"^$|{COMMUNE_CODE}", title="Commune d'exercice")] = ""
    site: int | None = Field(None, title="Site")
    is_signatory: Annotated[bool, BeforeValidator(_yes), Field(title="Signe le projet")] = True
    joined_on: Annotated[datetime.date | None, BeforeValidator(day_of), Field(title="Entré le")] = None
