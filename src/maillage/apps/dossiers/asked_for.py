"""What a filed dossier asks for and who asks it, in a few lines: read by the authority before anything else."""

from dataclasses import dataclass

from maillage.apps.accounts.models import User
from maillage.apps.dossiers.frozen import content_of, last_deposit
from maillage.apps.dossiers.models import Dossier
from maillage.apps.dossiers.queries import definition_of
from maillage.apps.territories.queries import names_of

MOST_COMMUNES = 12
MOST_ANSWERS = 8


@dataclass(frozen=True)
class Answered:
    """A question and its answer, in words."""

    question: str
    answer: str


@dataclass(frozen=True)
class AskedFor:
    """``main`` are the first mandatory questions that were answered, ``rest`` the others."""

    filer: str
    contact: User | None
    communes: tuple[str, ...]
    more_communes: int
    main: tuple[Answered, ...]
    rest: tuple[Answered, ...]


def asked_for(dossier: Dossier) -> AskedFor:
    """As the last deposit has it: what is written since then is not asked yet."""
    deposit = last_deposit(dossier)
    content = deposit.content if deposit and deposit.content.get("formulaire") else content_of(dossier)
    needed = {each.code for each in definition_of(dossier).champs if each.obligatoire}
    told = [(each["code"], Answered(each["question"], each["reponse"])) for each in content["formulaire"]]
    main = [each for code, each in told if code in needed][:MOST_ANSWERS]
    communes = _communes(dossier)
    return AskedFor(
        filer=dossier.filer.nom,
        contact=deposit.by if deposit else None,
        communes=tuple(communes[:MOST_COMMUNES]),
        more_communes=max(len(communes) - MOST_COMMUNES, 0),
        main=tuple(main),
        rest=tuple(each for _code, each in told if each not in main),
    )


def _communes(dossier: Dossier) -> list[str]:
    codes = list(dossier.structure.communes.values_list("code", flat=True))
    names = names_of(codes)
    return [names.get(code, code) for code in codes]
