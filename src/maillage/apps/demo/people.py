"""Invented people: names drawn from lists of ours, always the same for the same seed; no number of anybody."""

import random
from collections.abc import Iterator, Sequence
from typing import Any

from maillage.core.kernel.french import fold

PRENOMS = (
    "Alix", "Anaïs", "Armel", "Aziliz", "Bastien", "Bérénice", "Camille", "Célestin", "Clarisse", "Corentin",
    "Delphine", "Edwige", "Élouan", "Émeline", "Enora", "Fantine", "Félix", "Gaël", "Garance", "Gwenola", "Hortense",
    "Ilan", "Inès", "Jasmin", "Joséphine", "Klervi", "Lazare", "Léonie", "Lilian", "Lison", "Loïg", "Lucille",
    "Maëlys", "Malo", "Marin", "Maxence", "Mélisande", "Nahel", "Nolwenn", "Octave", "Ombeline", "Orianne", "Perrine",
    "Quentin", "Rozenn", "Sacha", "Salomé", "Sidonie", "Soizic", "Tanguy", "Thaïs", "Tristan", "Valentin", "Yaël",
    "Youenn", "Zélie",
)  # fmt: skip
NOMS = (
    "Abgrallou", "Aubrevoie", "Bellenoue", "Bois-Joly", "Bréhandic", "Brisevent", "Cadoudic", "Castelnoir",
    "Chantepluie", "Clairmarais", "Corbanel", "Coëtlogue", "Dambrelin", "Delorneau", "Drévalan", "Éméraud",
    "Fauvernier", "Ferrandou", "Fontbrune", "Garancelle", "Grandlieue", "Guérandic", "Hautecombe", "Jarnevel",
    "Kerdraval", "Kermorgat", "Lacombrade", "Landévoise", "Lanvollec", "Lavaudière", "Le Brévic", "Le Dantelec",
    "Longuépée", "Maisonvert", "Malestrac", "Marcellane", "Montrevert", "Morvanic", "Noirmontel", "Orsevaux",
    "Pellemarie", "Penvarec", "Plessivert", "Quemerault", "Querlévant", "Ravenelle", "Roquebise", "Rosmadel",
    "Saint-Gralon", "Sauvegrain", "Talhouarnec", "Tréganel", "Trévidal", "Valdorge", "Vauzelande", "Villebrune",
)  # fmt: skip
DOMAIN = "demo.example"
"""A domain that nobody can own: no message sent there reaches anybody."""


def people(count: int, shares: Sequence[tuple[str, int]], seed: int) -> Iterator[dict[str, Any]]:
    """``count`` people as a form gives them; ``shares``: métiers and their weight. No two bear the same name.

    One in seven gave no address, as in a real team. Raises ``ValueError`` when there are not names enough.
    """
    chance = random.Random(seed)  # noqa: S311 - invented people, not a secret
    names = [(prenom, nom) for prenom in PRENOMS for nom in NOMS]
    if count > len(names):
        raise ValueError(f"at most {len(names)} invented people")
    metiers = [metier for metier, weight in shares for _each in range(weight)]
    for rank, (prenom, nom) in enumerate(chance.sample(names, count)):
        address = f"{fold(prenom)}.{fold(nom)}@{DOMAIN}".replace(" ", "-")
        yield {
            "prenom": prenom,
            "nom": nom,
            "metier": metiers[rank % len(metiers)],
            "mode": "liberal",
            "email": "" if chance.random() < 1 / 7 else address,
        }
