"""The two entities of the rules: a ``professionnel`` and the ``structure`` that gathers several of them."""

from openfisca_core.entities import build_entity

Professionnel = build_entity(
    key="professionnel",
    plural="professionnels",
    label="Professionnel de santé ou du social",
    doc="Une personne qui exerce une profession dans une équipe.",
    is_person=True,
)

Structure = build_entity(
    key="structure",
    plural="structures",
    label="Structure d'exercice coordonné, ou équipe qui veut en devenir une",
    doc="ESP, MSP, centre de santé, ESS ou CPTS : l'équipe, son territoire, son statut.",
    roles=[
        {"key": "associe", "plural": "associes", "label": "Associé", "doc": "Associé de la SISA."},
        {"key": "salarie", "plural": "salaries", "label": "Salarié", "doc": "Salarié de la structure."},
        {
            "key": "adherent",
            "plural": "adherents",
            "label": "Adhérent",
            "doc": "Adhérent de l'association ou du projet.",
        },
        {"key": "vacataire", "plural": "vacataires", "label": "Vacataire", "doc": "Extérieur qui vient en vacation."},
    ],
)

ENTITIES = [Professionnel, Structure]
