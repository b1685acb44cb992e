"""The words that tell a patient from a professional, a name from something else. Without accents, as `plain` writes.

First names: the most given in France since 1930, written by us from memory of the published rankings; a name that is
missing only makes the screen need another sign (a civility, capitals).
"""

import re
from pathlib import Path

DATA = Path(__file__).parent / "data"


def _words(name: str) -> frozenset[str]:
    return frozenset((DATA / name).read_text(encoding="ascii").split())


CIVILITY = (
    r"(?:M\.|Mr\.?|MR\.?|M|Mme\.?|MME\.?|Mlle\.?|MLLE\.?|Mrs|Monsieur|Madame|Mademoiselle|MONSIEUR|MADAME|mme|mlle"
    r"|monsieur|madame|mr\.?)"
)
PATIENT = (
    r"(?:[Pp]atiente?|PATIENTE?|[Rr]esidente?|[Uu]sagere?|[Bb]eneficiaire|[Mm]alade|[Pp]t|[Pp]te|[Ee]nfant|[Bb]ebe"
    r"|[Nn]ourrisson|[Pp]etite?|[Jj]eune|[Aa]ssuree?)"
)
PROFESSIONS = (
    "infirmier[es]?", "infirmieres?", "ide", "idel", "ipa", "iade", "ibode", "medecins?", "generaliste", "pediatre",
    "cardiologue", "psychiatre", "geriatre", "gynecologue", "dermatologue", "ophtalmologue", "radiologue", "chirurgien",
    "chirurgienne", "chirurgien-dentiste", "dentiste", "pharmacienn?e?s?", "biologiste", "sage-femme", "maieuticien",
    "kine", "kinesitherapeute", "masseur", "masseuse", "orthophoniste", "orthoptiste", "podologue", "pedicure",
    "psychologue", "ergotherapeute", "psychomotricienn?e?", "dieteticienn?e?", "osteopathe", "opticienn?e?",
    "audioprothesiste", "aide-soignante?", "auxiliaire", "assistante?", "secretaire", "coordinateur", "coordinatrice",
    "coordonnateur", "coordonnatrice", "president", "presidente", "vice-president", "vice-presidente", "tresorier",
    "tresoriere", "gerante?", "cogerante?", "associee?", "directeur", "directrice", "maire", "adjointe?", "elue?",
    "conseiller", "conseillere", "chargee?", "cheff?e?", "responsable", "referente?", "deleguee?", "cadre", "prefete?",
    "sous-prefete?", "senateur", "senatrice", "deputee?", "architecte", "notaire", "avocate?", "comptable", "experte?",
    "expert-comptable", "formateur", "formatrice", "animateur", "animatrice", "mediateur", "mediatrice", "educateur",
    "educatrice", "interne", "externe", "etudiante?", "stagiaire", "benevole", "facilitateur", "facilitatrice",
    "representante?", "porteur", "porteuse", "signataire", "membre", "instructeur", "instructrice", "pilote",
    "inspecteur", "inspectrice", "attachee?", "ingenieure?", "consultante?", "juriste", "agente?", "salariee?",
    "remplacante?", "collaborateur", "collaboratrice", "administrateur", "administratrice", "enseignante?",
    "professeure?", "chercheur", "chercheuse", "travailleur social", "travailleuse sociale", "praticienn?e?",
    "ambulanciere?", "preparateur", "preparatrice", "rpps", "adeli", "cpam", "ars", "urps", "vice-doyen", "doyen",
)  # fmt: skip
PROFESSION = rf"(?:{'|'.join(sorted(PROFESSIONS, key=len, reverse=True))})"
TITLES = (
    r"(?:[Dd]rs?\.?|DR\.?|[Dd]octeure?s?|[Pp]r\.?|[Pp]rofesseure?|[Mm]e|[Mm]aitre|[Mm]gr|[Ss]oeur|[Pp]ere|[Ss]aint"
    r"|[Ss]ainte)"
)
THINGS = re.compile(
    r"\b(?:projets?|association|msp|cpts|esp|ess|structure|maison|idee|equipe|centre|reseau|collectif|federation"
    r"|cabinet"
    r"|initiative|action|demarche|communaute|sisa|gcs|scm|pole|dispositif|commune|hopital|clinique|convention"
    r"|accord|loi"
    r"|plateforme|outil|partenariat|union|groupement|societe|besoin|reflexion|dynamique|cooperation|organisation)\b",
    re.IGNORECASE,
)
NOT_NAMES = _words("pas_des_noms.txt")
"""Capitalised words that are not the name of a person."""
FIRST_NAMES = _words("prenoms.txt")
SICK = (
    r"(?:diabetique|hypertendue?|insuffisante? (?:renal|cardiaque|respiratoire)e?|dementee?|alcoolique|depressi[fv]e?"
    r"|epileptique|asthmatique|dialysee?|hospitalisee?|operee?|amputee?|alitee?|paraplegique|tetraplegique"
    r"|schizophrene"
    r"|toxicomane|grabataire|en fin de vie|en soins palliatifs|enceinte|denutrie?|sous (?:insuline|avk"
    r"|anticoagulants?"
    r"|chimiotherapie|morphine|oxygene|antidepresseurs?|tutelle|curatelle)|atteinte? (?:de|d'|du)|souffr(?:e"
    r"|ant) (?:de|d'|du)"
    r"|suivie? (?:pour|par le cmp)|traitee? pour|porteuse? (?:de la maladie|d'une? (?:maladie|pathologie|pacemaker"
    r"|cancer))"
    r"|presente (?:une? )?(?:escarre|plaie|demence|diabete|cancer|insuffisance|depression|trouble)s?"
    r"|a fait une? (?:[a-z]+ )?(?:chute|malaise|fausse couche|avc|infarctus|crise|tentative|hemorragie)"
    r"|a (?:fait une? )?(?:chutee?\b|chute\b|avc|infarctus)|a (?:un|son|le) (?:cancer|diabete|alzheimer)"
    r"|decedee? (?:d'|de|des)|(?<=[(,] )(?:VIH|VHC|BPCO|SEP|SLA|HTA|Alzheimer|Parkinson)|(?<=\()(?:VIH|VHC|BPCO|SEP"
    r"|SLA|HTA|Alzheimer|Parkinson)|a ete (?:vue?|adressee?|hospitalisee?"
    r"|operee?) (?:pour|en|aux|a|par))"
)
"""What is said of someone who is cared for."""
OFFICE = re.compile(
    r"\b(?:subventions?|ars|demarches?[ -]simplifiees?|finess|agrement|permis|detr|dsil|feder|leader|marche"
    r"|procedure|litige"
    r"|demande|appel a projets?|candidature|convention|cpam|urssaf|urps|region|departement|prefecture|instruction"
    r"|fir|paie"
    r"|assurance|sinistre|tribunal|greffe|comptable|fournisseur|facture|devis|financement|labellisation|inpi|rna"
    r"|cpts|msp)\b",
    re.IGNORECASE,
)
"""What makes a record that of an office, not of a patient."""
