"""The kinds of things that a person is told of, and how often an e-mail tells them when nobody chose otherwise."""

from dataclasses import dataclass
from typing import Literal, get_args

from maillage.apps.notifications.models import Preference

Kind = Literal[
    "depot", "complements", "pieces_demandees", "retrait", "message", "note", "attribution", "avis_demande",
    "avis_rendu", "seance", "avis_commission", "a_decider", "decision", "notification_decision", "condition",
    "echeance_proche", "echeance_passee", "silence", "webhook_arrete", "protocole_a_valider", "semaine_structure",
]  # fmt: skip
CODES: tuple[Kind, ...] = get_args(Kind)
AUSSITOT, JOUR, SEMAINE = Preference.Rhythm.AUSSITOT, Preference.Rhythm.JOUR, Preference.Rhythm.SEMAINE


@dataclass(frozen=True)
class KindOfNews:
    """A line of the page of preferences: when it happens, in words, and the rhythm of its mails by default."""

    title: str
    when: str
    rhythm: Preference.Rhythm
    is_letter: bool = False
    """A letter of the week: one has it every week, or never."""

    @property
    def rhythms(self) -> list[tuple[str, str]]:
        """What one may choose."""
        every: list[tuple[str, str]] = [(each.value, str(each.label)) for each in Preference.Rhythm]
        return [each for each in every if not self.is_letter or each[0] in (SEMAINE, Preference.Rhythm.JAMAIS)]


KINDS: dict[Kind, KindOfNews] = {
    "depot": KindOfNews("Dépôt", "Un dossier est déposé, ou déposé à nouveau.", JOUR),
    "pieces_demandees": KindOfNews("Pièces demandées", "Il manque des pièces à votre dossier.", AUSSITOT),
    "complements": KindOfNews("Compléments reçus", "Les pièces que vous aviez demandées sont arrivées.", JOUR),
    "retrait": KindOfNews("Retrait", "Un dossier est retiré par qui l’a déposé.", JOUR),
    "message": KindOfNews("Messages", "Quelqu’un vous écrit sur un dossier.", AUSSITOT),
    "note": KindOfNews("Notes internes", "Une note est écrite pour l’instruction.", JOUR),
    "attribution": KindOfNews("Attribution", "Un dossier vous est confié, ou vous est retiré.", AUSSITOT),
    "avis_demande": KindOfNews("Avis demandé", "Votre avis est demandé, ou attendu.", AUSSITOT),
    "avis_rendu": KindOfNews("Avis rendu", "Un avis que vous aviez demandé est rendu.", JOUR),
    "seance": KindOfNews("Séances", "Une séance de commission est fixée, déplacée ou annulée.", AUSSITOT),
    "avis_commission": KindOfNews("Avis de la commission", "La commission s’est prononcée.", JOUR),
    "a_decider": KindOfNews("À décider", "Un dossier attend votre décision.", AUSSITOT),
    "decision": KindOfNews("Décision", "Une décision est enregistrée.", AUSSITOT),
    "notification_decision": KindOfNews("Notification", "La décision vous est notifiée.", AUSSITOT),
    "condition": KindOfNews("Conditions", "Une condition arrive à son terme, ou est remplie.", JOUR),
    "echeance_proche": KindOfNews("Échéance proche", "Un délai finit bientôt.", JOUR),
    "echeance_passee": KindOfNews("Échéance passée", "Un délai est dépassé.", AUSSITOT),
    "silence": KindOfNews("Silence gardé", "Le délai est passé sans réponse : le silence vaut décision.", AUSSITOT),
    "webhook_arrete": KindOfNews("Webhook arrêté", "Un logiciel relié à votre organisation ne répond plus.", AUSSITOT),
    "semaine_structure": KindOfNews(
        "La semaine de la structure",
        "Chaque lundi : les réunions, les échéances, ce qui vous attend.",
        SEMAINE,
        is_letter=True,
    ),
    "protocole_a_valider": KindOfNews("Protocole à valider", "Un protocole de votre équipe attend votre avis.", JOUR),
}
