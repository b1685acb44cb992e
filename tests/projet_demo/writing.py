"""What the demo projects say: paragraphs on places, themes and métiers, put together heading by heading."""

PLACES = (
    "Brévalan", "Kerdenoal", "Saint-Avoye-le-Haut", "Trémelin", "La Chapelle-aux-Saules", "Pont-Rouzic", "Loguivel",
    "Sainte-Maudez", "Plourivo-les-Bois", "Guernevez", "Le Faou-d'Argol", "Coatmeur",
)  # fmt: skip
PLACE = (
    "À {place}, les habitants se rendent d'abord à la pharmacie et chez l'infirmière de la place : c'est là que"
    " l'équipe apprend qu'une personne ne sort plus, qu'un aidant s'épuise ou qu'un rendez-vous de spécialiste "
    "n'a jamais été pris. La mairie prête une salle deux après-midi par mois. Le médecin le plus proche exerce "
    "au chef-lieu du canton, à un quart d'heure par une route que la neige et les travaux ferment parfois.",
    "Les échanges tenus à {place} avec les élus et les associations ont fait ressortir trois demandes : obtenir"
    " une réponse le jour même quand l'état de santé inquiète, ne pas raconter son histoire à chaque porte, et "
    "garder à domicile les personnes qui le souhaitent. L'équipe s'est engagée à revenir chaque année dire ce "
    "qui a été fait, ce qui ne l'a pas été, et pourquoi.",
)
THEMES = (
    ("Les soins non programmés", "une demande de soins dans la journée"),
    ("Le suivi des personnes diabétiques", "un diabète déséquilibré"),
    ("La sortie d'hôpital", "un retour à domicile après une hospitalisation"),
    ("La perte d'autonomie", "une fragilité repérée à domicile"),
    ("La santé de l'enfant", "un retard de langage ou de croissance"),
    ("La santé mentale", "une souffrance psychique exprimée en consultation"),
    ("Les plaies chroniques", "une plaie qui ne cicatrise pas"),
    ("La vaccination", "un carnet de vaccination incomplet"),
    ("Les violences faites aux femmes", "des violences révélées ou soupçonnées"),
    ("La douleur du dos", "une lombalgie qui dure plus de six semaines"),
    ("La fin de vie", "un accompagnement palliatif à domicile"),
    ("Les addictions", "une consommation qui met la santé en danger"),
)
THEME = (
    "Devant {sign}, chacun sait ce qu'il fait et qui il prévient. Le professionnel qui repère la situation en "
    "parle à la personne et recueille son accord ; il prévient le médecin traitant par la messagerie sécurisée "
    "de santé et inscrit le point à l'ordre du jour de la réunion suivante si la situation est complexe. "
    "L'infirmière ou la coordinatrice rappelle la personne sous deux jours ouvrés.",
    "Le protocole précise les critères d'entrée, les gestes de chacun, les délais et les signes qui imposent "
    "d'appeler le service d'accès aux soins. Il tient en deux pages, il est daté, et il est revu chaque année "
    "par celles et ceux qui l'appliquent. Les remplaçants et les étudiants le reçoivent le jour de leur "
    "arrivée.",
    "Le bilan annuel compte les situations, jamais les personnes : combien de fois le protocole a servi, dans "
    "quel délai, ce qui a manqué. Les résultats sont présentés à l'assemblée, puis discutés avec les "
    "partenaires du territoire.",
)
METIERS = (
    ("medecin_generaliste", "Les médecins généralistes", "le diagnostic, la décision et le suivi au long cours"),
    ("infirmier", "Les infirmières et les infirmiers", "les soins à domicile, le repérage et l'éducation à la santé"),
    ("infirmier_pratique_avancee", "L'infirmière en pratique avancée", "le suivi des maladies chroniques stabilisées"),
    ("masseur_kinesitherapeute", "Les masseurs-kinésithérapeutes", "la rééducation et la prévention des chutes"),
    ("pharmacien", "Les pharmaciens", "le bilan de médication, la vaccination et l'orientation au comptoir"),
    ("sage_femme", "La sage-femme", "la grossesse, la contraception et le suivi gynécologique de prévention"),
    ("orthophoniste", "Les orthophonistes", "le langage de l'enfant et les suites d'accident vasculaire"),
    ("pedicure_podologue", "Le pédicure-podologue", "le pied de la personne diabétique et l'appareillage"),
    ("dieteticien", "La diététicienne", "l'alimentation des personnes malades et les ateliers de groupe"),
    ("psychologue", "La psychologue", "l'écoute, le soutien et l'orientation vers le soin psychique"),
)
METIER = (
    "{name} apportent au projet {part}. Leur temps de réunion est inscrit à l'agenda commun et indemnisé selon "
    "la règle votée par l'assemblée. Chaque année, la réunion du métier dit ce qui a changé dans la pratique, "
    "ce qui pèse et ce qu'elle propose d'essayer l'année suivante."
)
RULES = (
    "une réunion de concertation chaque mois, avec un ordre du jour envoyé trois jours avant",
    "une réunion de bureau chaque trimestre, dont le compte rendu est partagé dans la semaine",
    "une assemblée chaque année, ouverte aux élus et aux associations de patients",
    "un registre des événements indésirables, relu sans chercher de coupable",
)
NAMES = (
    "Abgrall Anaïg", "Barazer Bleuenn", "Cariou Corentin", "Derrien Dorig", "Evanno Enora", "Floc'h Fanch",
    "Guivarc'h Gaëlle", "Hamon Hervé", "Izel Ivona", "Jaouen Judikaël", "Kerbrat Katell", "Le Bihan Loeiza",
    "Menguy Malo", "Nédélec Nolwenn", "Ollivier Olier", "Pennec Paol", "Quéré Quiteria", "Riou Rozenn",
    "Salaün Soazig", "Tanguy Tugdual", "Uguen Uriell", "Vaillant Virginie", "Wallon Wenna", "Yvinec Youna",
)  # fmt: skip
QUOTE = "« Avant, chacun gardait ses inquiétudes. Maintenant, je sais qui appeler. » Une infirmière de l'équipe."
EXPENSES = (
    ("Coordination : salaire et charges", "42000"), ("Logiciel partagé : abonnement", "9600"),
    ("Indemnités de réunion des professionnels", "18500"), ("Formation commune aux protocoles", "6400"),
    ("Location de la salle de réunion", "3600"), ("Ateliers de prévention : intervenants", None),
    ("Petit matériel partagé", "2800"), ("Comptabilité et assurance", "4100"),
)  # fmt: skip
INCOMES = (
    ("Accord conventionnel : part fixe", None), ("Accord conventionnel : part variable", None),
    ("Agence régionale de santé : aide au démarrage", "35000"), ("Conférence des financeurs : ateliers", "8000"),
    ("Commune : mise à disposition de la salle", "3600"), ("Cotisations des membres", "4800"),
)  # fmt: skip
