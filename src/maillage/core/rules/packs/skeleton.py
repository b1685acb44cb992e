"""The beginning of a regional policy: a commented ``pack.yaml`` and one parameter, to be changed by hand."""

import re
from pathlib import Path

from maillage.core.kernel.problems import BadInput, Problem
from maillage.core.rules.regions import REGIONS

CODE = re.compile(r"[a-z][a-z0-9_]{1,39}", re.ASCII)
NOT_CHOSEN = "00"

DESCRIPTION = """\
# Politique d'une région. Chaque ligne dit d'où elle vient : sans source, elle n'est pas écrite.
# Guide : docs/guides/packs.md. Vérifier : maillage packs verifier DOSSIER
code: {code}                      # le nom de ce dossier
nom: {name}
libelle: "Politique régionale : {name}"
regions: ["{region}"]                 # codes INSEE, entre guillemets
partiel: true                     # seules quelques règles sont écrites ; false quand toutes le sont
avertissement: >-
  Seules les règles écrites ici sont connues ; le reste suit les règles nationales. Vérifiez auprès de l'ARS.

# Ce qu'une région ajoute au texte d'une étape nationale.
etapes:
  ESP:
    federer:
      precision: "Une phrase ajoutée à la description de l'étape."

# Qui aide, à quelle étape. nature : methode, consultant, argent, contrat ou decision.
# Une ligne de même id qu'une ligne nationale la remplace.
accompagnements:
  - id: esp_projet_indemnite
    structure: ESP                # ESP, MSP, CDS, ESS ou CPTS
    etape: projet
    qui: L'ARS de la région
    nature: argent
    aide: indemnise le temps passé à écrire le projet
    parametre: financements.esp.fir   # où est le montant ; sans cette ligne, aucun montant n'est annoncé
    borne: plafond                # exact ou plafond
    documents: [Projet de santé simplifié]
    avis: La commission régionale # qui donne un avis ; ligne facultative
    decide: L'ARS de la région
    depuis: 2026-01-01            # jusqu_a: 2026-12-31 quand la fin est connue
    source: Titre du document de l'ARS (année)
    confiance: B                  # A : plusieurs sources ; B : une seule ; C : incertain

# L'argent. Une ligne de même id qu'une ligne nationale la remplace.
financements:
  - id: esp_fir
    structure: ESP
    libelle: Aide de la région aux équipes de soins primaires
    payeur: L'ARS de la région
    nature: fonctionnement
    unite: par an et par équipe
    parametre: financements.esp.fir
    borne: plafond
    depuis: 2026-01-01
    conditions: [Équipe reconnue, Association loi 1901]
    explication: Ce que l'aide paie, en une phrase.

# Appels à projets. Un jour qui n'est pas connu est null : l'appel s'affiche alors « dates à confirmer », jamais ouvert.
appels:
  - id: exemple
    libelle: Titre de l'appel à projets
    objet: Ce qu'il finance, en une phrase.
    payeur: L'ARS de la région
    ouvert_le: null
    ferme_le: null
    public: [ESP, MSP]
    territoires: [Zone d'intervention prioritaire]
    documents: [Dossier de candidature]
    adresse: null                 # l'adresse de la page de l'appel, https://…
    source: Titre de la page (année)
    confiance: B

# Des organismes seulement, jamais le numéro d'une personne.
contacts:
  - organisme: L'ARS de la région
    genre: ars
    role: Valide les projets, finance et accompagne
    telephone: null
    email: null
    web: null
    source: Titre de la page (année)
"""

FIGURE = """\
# Un fichier par quantité, au même chemin que le paramètre national. Guide : docs/guides/ecrire-un-parametre.md
description: Aide du fonds d'intervention régional à une équipe de soins primaires
metadata:
  unite: euros par an et par équipe
  verifie_le: 2026-11-22          # le jour où vous avez relu la valeur dans son texte
values:
  2026-01-01:
    value: null                   # un nombre quand il est publié ; null, jamais 0, quand il ne l'est pas
    metadata:
      motif: le montant n'est pas publié
      reference:
        - title: Titre du document de l'ARS (année)
          href: null
"""


def write_skeleton(folder: Path, region: str = NOT_CHOSEN) -> tuple[Path, ...]:
    """Write the beginning of a pack in a new folder, and give its files.

    Raises :class:`BadInput` when the name of the folder is not one of a pack, when the folder holds something, or when
    the region does not exist.
    """
    code = folder.resolve().name
    if not CODE.fullmatch(code):
        raise BadInput([Problem("DOSSIER", code, "un nom en minuscules, sans accent ni tiret (exemple : occitanie)")])
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadInput([Problem("DOSSIER", str(folder), "un dossier nouveau ou vide : rien n'est écrasé")])
    if region != NOT_CHOSEN and region not in REGIONS:
        listed = ", ".join(f"{number} {name}" for number, name in REGIONS.items())
        raise BadInput([Problem("--region", region, f"un code INSEE : {listed}")])
    name = REGIONS.get(region, "Nom de la région")
    files = {
        folder / "pack.yaml": DESCRIPTION.format(code=code, region=region, name=name),
        folder / "parametres" / "financements" / "esp" / "fir.yaml": FIGURE,
    }
    for file, text in files.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return tuple(files)
