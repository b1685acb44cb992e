"""What the legal delay of a kind means, in sentences: how long, from when, what stops it, what silence says."""

import datetime
from collections.abc import Iterator

from maillage.core.dossiers.clock import Clock
from maillage.core.dossiers.definition import Definition, DelayData
from maillage.core.kernel import french

SILENCE = {
    "acceptation": "Sans réponse à la fin du délai, votre demande est acceptée.",
    "refus": "Sans réponse à la fin du délai, votre demande est refusée.",
    "aucun": "Le silence de l'administration ne vaut ni accord ni refus.",
    "a_confirmer": "Ce que vaut le silence de l'administration est à confirmer.",
}
SUSPENDS = (
    "Si des pièces manquent, le délai s'arrête le jour où elles vous sont demandées. Il reprend le jour où vous les "
    "envoyez."
)
STAYS_SUSPENDED = "Il reprend le jour où vous envoyez les pièces. Tant qu'elles n'arrivent pas, il reste suspendu."
NOTHING_SENT = "Si vous n'envoyez rien avant le jour donné, la suite est à confirmer par le service."
NO_DELAY = "Les textes connus ne fixent pas de délai de réponse : à confirmer."
FROM = {"depot": "le jour du dépôt", "complet": "le jour où l'administration déclare le dossier complet"}


def length(delay: DelayData) -> str:
    """« 2 mois », « 15 jours », « à confirmer »."""
    if delay.mois is not None:
        return f"{delay.mois} mois"
    return f"{delay.jours} {french.plural(delay.jours, 'jour')}" if delay.jours is not None else french.UNKNOWN


def brief(definition: Definition) -> str:
    """The delay in a few words, for a list of kinds."""
    delay = definition.delai
    return NO_DELAY if delay is None else f"{length(delay)} depuis {FROM[delay.compte_depuis]}."


def sentences(definition: Definition, due: datetime.date | None, *, is_filed: bool = True) -> tuple[str, ...]:
    """What to tell who files; ``due`` is the last day when it is known, told only once the dossier is filed."""
    return tuple(_sentences(definition.delai, due, is_filed=is_filed))


def while_pieces_are_asked(delay: DelayData | None, clock: Clock | None, today: datetime.date) -> tuple[str, ...]:
    """What a request for missing pieces does to the legal delay, and what follows when nothing is sent.

    ``clock`` as it stands on the day of the request, before or after it is suspended by it.
    """
    return tuple(_while_asked(delay, clock, today))


def _while_asked(delay: DelayData | None, clock: Clock | None, today: datetime.date) -> Iterator[str]:
    if delay is None or clock is None:
        yield NO_DELAY
        yield NOTHING_SENT
        return
    if clock.started is None:
        yield f"Le délai légal n'a pas commencé : il commencera {FROM[delay.compte_depuis]}."
        yield NOTHING_SENT
        return
    if clock.is_over and clock.due is not None:
        yield f"Le délai légal a fini le {french.day(clock.due)} : cette demande ne le suspend pas."
    elif delay.incomplet_suspend:
        yield f"Le délai légal est suspendu depuis le {french.day(clock.suspended_since or today)}."
        yield STAYS_SUSPENDED
    else:
        yield "Aucun texte connu ne suspend le délai légal : cette demande ne l'arrête pas."
        if clock.due is not None:
            yield f"Il finit le {french.day(clock.due)}. {SILENCE[delay.silence]}"
    yield NOTHING_SENT
    yield f"Source : {delay.source}" + (f" ; à confirmer : {delay.a_confirmer}." if delay.a_confirmer else ".")


def _sentences(delay: DelayData | None, due: datetime.date | None, *, is_filed: bool) -> Iterator[str]:
    if delay is None:
        yield NO_DELAY
        return
    yield f"Délai de réponse : {length(delay)}. Il commence {FROM[delay.compte_depuis]}."
    if due is not None:
        yield f"Fin du délai : le {french.day(due)}."
    elif is_filed:
        yield f"Fin du délai : {french.UNKNOWN}."
    if delay.incomplet_suspend:
        yield SUSPENDS
    yield SILENCE[delay.silence]
    if delay.a_confirmer:
        yield f"À confirmer : {delay.a_confirmer}."
