"""Checks of the law of the centres de santé (cds.md, §5): manager, antenna, agrément, delays."""

import datetime
from typing import ClassVar, Literal

from maillage.core.dossiers.checks.facts import Facts
from maillage.core.dossiers.checks.registry import Named, Names, Parameters, Quantity, names, quantity, rule
from maillage.core.dossiers.checks.results import Finding
from maillage.core.kernel import french
from maillage.core.projet.schedule import add_months

ASSOCIATES = ("scic",)
REGION = "region"


class ManagerParameters(Parameters):
    """``champ``: the question whose answer is the manager (« association_1901 », « region », « sas »…);
    ``champ_etablissement``: yes when it also runs an établissement de santé; ``champ_associes``: yes when every
    associate of the SCIC could run a centre. The lists and « the région is named » are parameters of the rules."""

    may_be_weak: ClassVar[tuple[str, ...]] = ("a_verifier",)

    champ: str = "gestionnaire"
    champ_etablissement: str = "gestionnaire_d_etablissement"
    champ_associes: str = "scic_associes_autorises"
    autorises: Names = Named(parametre="cds.gestionnaire.autorises")
    a_verifier: Named = Named(parametre="cds.gestionnaire.a_verifier")
    region_nommee: Named = Named(parametre="cds.gestionnaire.region_nommee")


class NonProfitParameters(Parameters):
    """``champ``: yes when the manager has a non-profit purpose. ``champ_gestionnaire`` with ``formes``: forms that are
    non-profit by themselves, so that the question need not be answered."""

    champ: str = "but_non_lucratif"
    champ_gestionnaire: str = "gestionnaire"
    formes: tuple[str, ...] = ()


class AntennaParameters(Parameters):
    """``champ_heures`` (hours a week), ``champ_minutes`` (from the centre), ``champ_sans_autonomie`` and
    ``champ_systeme`` (yes: run by the centre; yes: the same information system; « » when not asked), with the maxima
    ``heures`` and ``minutes``."""

    champ_heures: str = "antenne_heures"
    champ_minutes: str = "antenne_minutes"
    champ_sans_autonomie: str = "antenne_sans_autonomie"
    champ_systeme: str = ""
    heures: Quantity = Named(parametre="cds.antenne.heures")
    minutes: Quantity = Named(parametre="cds.antenne.minutes")


class AgreementParameters(Parameters):
    """``champ``: the question that lists the activities; ``activites`` says which profession or speciality each is.
    ``attendu``: what this dossier asks for, « recepisse » or « agrement »."""

    attendu: Literal["recepisse", "agrement"]
    champ: str = "activites"
    activites: dict[str, str] = {
        "dentaire": "chirurgien_dentiste",
        "orthoptie": "orthoptiste",
        "ophtalmologie": "ophtalmologie",
    }
    professions: Names = Named(parametre="cds.agrement.professions")
    specialites: Names = Named(parametre="cds.agrement.specialites")


class TellingParameters(Parameters):
    """``champ``: the question whose answer is the day of the change; ``jours``: days to tell it."""

    champ: str = "changement_le"
    jours: Quantity = Named(parametre="cds.obligations.declaration_d_un_changement")


class ClosureParameters(Parameters):
    """``champ``: the day when a centre of the same manager was closed; ``champ_oui_non``: whether one was;
    ``annees``: years during which nothing is given to this manager."""

    champ: str = "fermeture_le"
    champ_oui_non: str = "fermeture_prononcee"
    annees: Quantity = Named(parametre="cds.sanctions.interdiction")


@rule("gestionnaire_autorise", ManagerParameters)
def manager(facts: Facts, asked: ManagerParameters) -> Finding:
    """Le gestionnaire est de ceux que la loi autorise à gérer un centre de santé. Les statuts d'un groupement, ou une
    région que la loi ne nomme plus, demandent une vérification : la réponse est « à préciser »."""
    allowed = names(facts, asked.autorises)
    fields = (asked.champ, asked.champ_etablissement, asked.champ_associes)
    who = facts.given(asked.champ)
    if who is None:
        return Finding("inconnu", "Le gestionnaire n'est pas dit.", fields=fields)
    told = f"Gestionnaire : {facts.said(asked.champ)}."
    if facts.told(asked.champ_etablissement):
        return Finding("remplie", f"{told} Il gère un établissement de santé.", fields=fields)
    if who in ASSOCIATES:
        return _associates(facts, asked, told)
    if who == REGION:
        return _region(facts, asked, told)
    if who in allowed:
        return Finding("remplie", told, fields=fields)
    doubtful = facts.figures.get(asked.a_verifier.parametre)
    if doubtful and who in (doubtful.value or ()):
        return Finding("inconnu", told, "Voyez ses statuts.", to_confirm=doubtful.why, fields=fields)
    missing = "La loi n'autorise pas ce gestionnaire, sauf s'il gère aussi un établissement de santé."
    return Finding("manque", told, missing, fields=fields)


@rule("non_lucratif", NonProfitParameters)
def non_profit(facts: Facts, asked: NonProfitParameters) -> Finding:
    """Le centre est à but non lucratif : une clinique privée peut gérer un centre, mais n'a pas cette aide."""
    fields = (asked.champ, asked.champ_gestionnaire)
    told = facts.told(asked.champ)
    if told is None and facts.given(asked.champ_gestionnaire) in asked.formes:
        return Finding("remplie", f"Gestionnaire : {facts.said(asked.champ_gestionnaire)}.", fields=fields)
    if told is None:
        return Finding("inconnu", "Le but lucratif ou non du gestionnaire n'est pas dit.", fields=fields)
    if told:
        return Finding("remplie", "But non lucratif.", fields=fields)
    return Finding("manque", "But lucratif.", "Cette demande est réservée au but non lucratif.", fields=fields)


@rule("antenne", AntennaParameters)
def antenna(facts: Facts, asked: AntennaParameters) -> Finding:
    """L'antenne reste dans les limites de l'arrêté : heures par semaine, minutes depuis le centre, gestion et système
    d'information du centre."""
    hours = _at_most(facts, asked.champ_heures, quantity(facts, asked.heures), "heures par semaine")
    minutes = _at_most(facts, asked.champ_minutes, quantity(facts, asked.minutes), "minutes depuis le centre")
    alone = [_yes(facts, each) for each in (asked.champ_sans_autonomie, asked.champ_systeme) if each]
    rows = [hours, minutes, *alone]
    fields = tuple(
        each
        for each in (asked.champ_heures, asked.champ_minutes, asked.champ_sans_autonomie, asked.champ_systeme)
        if each
    )
    told = " ".join(said for _met, said, _missing in rows)
    missing = " ".join(lack for _met, _said, lack in rows if lack)
    if any(met is False for met, _said, _lack in rows):
        return Finding("manque", told, f"{missing} Au-delà, c'est un centre à part entière.", fields=fields)
    if any(met is None for met, _said, _lack in rows):
        return Finding("inconnu", told, missing, fields=fields)
    return Finding("remplie", told, fields=fields)


@rule("agrement_necessaire", AgreementParameters)
def agreement(facts: Facts, asked: AgreementParameters) -> Finding:
    """Les activités dentaire, ophtalmologique et orthoptique demandent un agrément, et elles seules ; les autres, un
    récépissé. Un centre qui a les deux dépose les deux dossiers."""
    subject = {*names(facts, asked.professions), *names(facts, asked.specialites)}
    chosen = facts.chosen(asked.champ)
    fields = (asked.champ,)
    if not chosen:
        return Finding("inconnu", "Les activités du centre ne sont pas dites.", fields=fields)
    with_it = [each for each in chosen if asked.activites.get(each, each) in subject]
    told = f"Activités : {facts.said(asked.champ)}."
    if asked.attendu == "agrement":
        return _agreement_asked(told, with_it, len(chosen), fields)
    if not with_it:
        return Finding("remplie", f"{told} Aucune ne demande un agrément.", fields=fields)
    if own := [each for each in facts.requests if each.family == "agrement"]:
        given = f"Demande d'agrément : {', '.join(each.number for each in own)}."
        return Finding("remplie", f"{told} {given}", fields=fields)
    missing = "Déposez aussi une demande d'agrément : le récépissé ne couvre que les autres activités."
    return Finding("manque", told, missing, fields=fields)


@rule("delai_de_declaration", TellingParameters)
def telling(facts: Facts, asked: TellingParameters) -> Finding:
    """Le changement est déclaré à temps : le délai court du jour du changement au jour du dépôt, ou à aujourd'hui tant
    que le dossier n'est pas déposé."""
    days = int(quantity(facts, asked.jours))
    changed, fields = facts.date(asked.champ), (asked.champ,)
    if changed is None:
        return Finding("inconnu", "Le jour du changement n'est pas dit.", fields=fields)
    told = facts.filed_on or facts.day
    last = changed + datetime.timedelta(days=days)
    verb = "déclaré" if facts.filed_on else "pas encore déclaré"
    said = f"Changement du {french.day(changed)}, {verb} le {french.day(told)} ; dernier jour : {french.day(last)}."
    if facts.filed_on is None:
        said = f"Changement du {french.day(changed)} ; à déclarer au plus tard le {french.day(last)}."
    if told <= last:
        return Finding("remplie", said, fields=fields)
    late = (told - last).days
    missing = f"La déclaration a {late} {french.plural(late, 'jour')} de retard. Déposez-la quand même."
    return Finding("manque", said, missing, fields=fields)


@rule("delai_de_fermeture", ClosureParameters)
def closure(facts: Facts, asked: ClosureParameters) -> Finding:
    """Aucun centre du même gestionnaire n'a été fermé par une décision dans les années qui précèdent."""
    years, fields = int(quantity(facts, asked.annees)), (asked.champ_oui_non, asked.champ)
    closed, day = facts.told(asked.champ_oui_non), facts.date(asked.champ)
    if closed is False and day is None:
        return Finding("remplie", "Aucun centre de ce gestionnaire n'a été fermé par une décision.", fields=fields)
    if day is None:
        what = "Le jour de la fermeture n'est pas dit." if closed else "Une fermeture passée n'est ni dite ni écartée."
        return Finding("inconnu", what, fields=fields)
    again = add_months(day, 12 * years)
    told = f"Fermeture du {french.day(day)}."
    if facts.day >= again:
        return Finding("remplie", f"{told} Les {years} ans sont passés.", fields=fields)
    missing = f"Rien ne peut être délivré à ce gestionnaire avant le {french.day(again)} ({years} ans)."
    return Finding("manque", told, missing, fields=fields)


def _associates(facts: Facts, asked: ManagerParameters, told: str) -> Finding:
    fields = (asked.champ, asked.champ_associes)
    all_allowed = facts.told(asked.champ_associes)
    if all_allowed is None:
        return Finding("inconnu", told, "Dites si tous ses associés pourraient gérer un centre.", fields=fields)
    if all_allowed:
        return Finding("remplie", f"{told} Tous ses associés pourraient gérer un centre.", fields=fields)
    missing = "Une SCIC ne gère un centre que si tous ses associés pourraient en gérer un : pas une personne physique."
    return Finding("manque", told, missing, fields=fields)


def _region(facts: Facts, asked: ManagerParameters, told: str) -> Finding:
    known = facts.figures.get(asked.region_nommee.parametre)
    if known and known.value is True and not known.why:
        return Finding("remplie", told, fields=(asked.champ,))
    why = "À cette date, la loi ne nomme pas la région parmi les gestionnaires : demandez une vérification juridique."
    return Finding("inconnu", told, why, fields=(asked.champ,))


def _at_most(facts: Facts, field: str, maximum: object, unit: str) -> tuple[bool | None, str, str]:
    value = facts.number(field)
    limit = f"{french.number(float(str(maximum)))} {unit}"
    if value is None:
        return None, f"{unit.capitalize()} : sans réponse.", f"Attendu : {limit} au plus."
    told = f"{french.number(value)} {unit}."
    return (True, told, "") if value <= float(str(maximum)) else (False, told, f"{limit.capitalize()} au plus.")


def _yes(facts: Facts, field: str) -> tuple[bool | None, str, str]:
    told = facts.told(field)
    said = f"{facts.label(field)} : {facts.said(field)}."
    if told is None:
        return None, said, f"Répondez à : {facts.label(field)}."
    return told, said, "" if told else f"« {facts.label(field)} » doit être oui."


def _agreement_asked(told: str, with_it: list[str], count: int, fields: tuple[str, ...]) -> Finding:
    if not with_it:
        missing = "Aucune de ces activités ne demande un agrément : déposez un engagement de conformité."
        return Finding("manque", told, missing, fields=fields)
    rest = count - len(with_it)
    other = " Les autres activités demandent un récépissé : déposez aussi l'engagement de conformité." if rest else ""
    return Finding("remplie", f"{told}{other}", fields=fields)
