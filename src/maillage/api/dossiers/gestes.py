"""The acts that a token may do: for each, the scope, the body, the service. Deciding is not one of them."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, get_args

from maillage.api.dossiers import bodies
from maillage.apps.accounts.models import User
from maillage.apps.connections.tokens import ADVISE, FILE, REVIEW
from maillage.apps.dossiers import advice, depositing, drafting, exchanging, labels, reviewing
from maillage.apps.dossiers.calling import Caller, actors_for, may_answer, may_write_draft
from maillage.apps.dossiers.models import AvisRequest, Dossier, Label
from maillage.apps.dossiers.queries import definition_of
from maillage.apps.dossiers.refusals import refused
from maillage.core.dossiers import path
from maillage.core.dossiers.definition import Actor, Verb

Do = Callable[[Caller, Dossier, Any, datetime.datetime], object]
ACTOR_OF: dict[str, Actor] = {FILE: "deposant", REVIEW: "instructeur"}
OPEN_PHASES = frozenset(Dossier.Phase.values) - {Dossier.Phase.BROUILLON, Dossier.Phase.CLOS}


@dataclass(frozen=True)
class Geste:
    """An act: its name in the address, its words, its scopes, its body, what does it. One of the path has the name of
    its verb."""

    code: str
    title: str
    scopes: tuple[str, ...]
    body: type[bodies.Corps]
    do: Do


def is_entitled(geste: Geste, caller: Caller, dossier: Dossier) -> bool:
    """Whether the rights of a caller on a dossier let them do this, wherever it stands."""
    if geste.code == "repondre":
        return may_write_draft(caller, dossier)
    if geste.code == "donner_avis":
        return any(may_answer(caller, each) for each in _asked(dossier))
    actors = actors_for(caller, dossier)
    return any(ACTOR_OF[scope] in actors for scope in geste.scopes)


def may_do(geste: Geste, caller: Caller, dossier: Dossier) -> bool:
    """Whether a caller may do this now: their rights, and where the dossier stands."""
    if not is_entitled(geste, caller, dossier):
        return False
    if geste.code not in get_args(Verb):
        return geste.code == "repondre" or dossier.phase in OPEN_PHASES
    actors = actors_for(caller, dossier)
    return any(each.verb == geste.code for each in path.possible(definition_of(dossier), dossier.state, actors))


def _deposit(caller: Caller, dossier: Dossier, _body: Any, at: datetime.datetime) -> object:
    return depositing.deposit(dossier, by=caller.person, at=at)


def _amend(caller: Caller, dossier: Dossier, _body: Any, at: datetime.datetime) -> object:
    return depositing.amend(dossier, by=caller.person, at=at)


def _complete(caller: Caller, dossier: Dossier, _body: Any, at: datetime.datetime) -> object:
    return depositing.complete(dossier, by=caller.person, at=at)


def _withdraw(caller: Caller, dossier: Dossier, body: bodies.Retrait, at: datetime.datetime) -> object:
    return depositing.withdraw(dossier, reason=body.motif, by=caller.person, at=at)


def _answer(caller: Caller, dossier: Dossier, body: bodies.Reponses, at: datetime.datetime) -> object:
    return drafting.write_answers(dossier, body.reponses, body.revision, by=caller.person, at=at)


def _declare_complete(caller: Caller, dossier: Dossier, _body: Any, at: datetime.datetime) -> object:
    return reviewing.declare_complete(dossier, by=caller.person, at=at)


def _ask_pieces(caller: Caller, dossier: Dossier, body: bodies.DemandeEcrite, at: datetime.datetime) -> object:
    items = [reviewing.AskedPiece(each.code, each.libelle, each.precision) for each in body.pieces]
    return reviewing.ask_pieces(dossier, items, text=body.texte, answer_by=body.avant_le, by=caller.person, at=at)


def _propose(caller: Caller, dossier: Dossier, body: bodies.Proposition, at: datetime.datetime) -> object:
    return reviewing.propose(dossier, note=body.note, by=caller.person, at=at)


def _send_back(caller: Caller, dossier: Dossier, body: bodies.Renvoi, at: datetime.datetime) -> object:
    return reviewing.send_back(dossier, reason=body.motif, by=caller.person, at=at)


def _classify(caller: Caller, dossier: Dossier, body: bodies.Classement, at: datetime.datetime) -> object:
    return reviewing.classify(dossier, reason=body.motif, by=caller.person, at=at)


def _assign(caller: Caller, dossier: Dossier, body: bodies.Attribution, at: datetime.datetime) -> object:
    holder = None
    if body.responsable is not None:
        holder = User.objects.filter(pk=body.responsable).first()
        if holder is None or not reviewing.reviewers_of(dossier).filter(pk=holder.pk).exists():
            raise refused(
                "responsable", "Aucune personne de cet identifiant n'instruit les dossiers de cette autorité."
            )
    return reviewing.assign(dossier, holder, seen=dossier.holder_id, by=caller.person, at=at)


def _label(caller: Caller, dossier: Dossier, body: bodies.Etiquettes, at: datetime.datetime) -> object:
    authority, by = dossier.authority, caller.person
    if authority is None:
        raise refused("etiquette", "Ce dossier n'est pas encore déposé.")
    for name in body.ajouter:
        labels.put_label(dossier, labels.make_label(authority, name, by=by, at=at), by=by, at=at)
    for label in Label.objects.filter(organisation=authority, name__in=body.retirer):
        labels.take_label_off(dossier, label, by=by, at=at)
    return None


def _write(caller: Caller, dossier: Dossier, body: bodies.MessageEcrit, at: datetime.datetime) -> object:
    return exchanging.write_message(dossier, body.texte, internal=body.interne, by=caller.person, at=at)


def _advise(caller: Caller, dossier: Dossier, body: bodies.AvisDonne, at: datetime.datetime) -> object:
    asked = _asked(dossier).filter(pk=body.avis).first()
    if asked is None or not may_answer(caller, asked):
        raise refused("avis", "Aucun avis de cet identifiant n'est demandé ici à votre organisation.")
    return advice.give(asked, sense=body.sens, text=body.texte, by=caller.person, at=at)


def _asked(dossier: Dossier) -> Any:
    rows = AvisRequest.objects.filter(consultation__dossier=dossier, withdrawn_at=None)
    return rows.select_related("consultation__dossier__structure__organisation", "organisation")


_FILE, _REVIEW = (FILE,), (REVIEW,)
GESTES: dict[str, Geste] = {
    each.code: each
    for each in (
        Geste("repondre", "Répondre au formulaire", _FILE, bodies.Reponses, _answer),
        Geste("deposer", "Déposer le dossier", _FILE, bodies.CorpsVide, _deposit),
        Geste("amender", "Déposer une version corrigée", _FILE, bodies.CorpsVide, _amend),
        Geste("completer", "Envoyer les compléments", _FILE, bodies.CorpsVide, _complete),
        Geste("retirer", "Retirer le dossier", _FILE, bodies.Retrait, _withdraw),
        Geste("attribuer", "Confier le dossier à qui instruit", _REVIEW, bodies.Attribution, _assign),
        Geste("etiqueter", "Poser et retirer des étiquettes", _REVIEW, bodies.Etiquettes, _label),
        Geste("declarer_complet", "Déclarer le dossier complet", _REVIEW, bodies.CorpsVide, _declare_complete),
        Geste("demander_pieces", "Demander des pièces", _REVIEW, bodies.DemandeEcrite, _ask_pieces),
        Geste("proposer", "Proposer à la décision", _REVIEW, bodies.Proposition, _propose),
        Geste("renvoyer", "Renvoyer à l'instruction", _REVIEW, bodies.Renvoi, _send_back),
        Geste("classer", "Classer sans suite", _REVIEW, bodies.Classement, _classify),
        Geste("ecrire", "Écrire un message", (FILE, REVIEW), bodies.MessageEcrit, _write),
        Geste("donner_avis", "Rendre un avis demandé", (ADVISE,), bodies.AvisDonne, _advise),
    )
}
