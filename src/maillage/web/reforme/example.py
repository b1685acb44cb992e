"""An example of reform to start from: a hypothesis, not a project of anyone, and invented structures said to be so."""

REFORM = """libelle: "Hypothèse : le point de l'ACI des MSP à 8 €"
description: Pour voir ce que change la valeur du point.
simulateur: aci-msp
a_partir_du: 2026-01-01
parametres:
  aci_msp.valeur_du_point: 8
"""
TEAM = (
    '"annee": 2026, "amplitude_horaire": 12, "samedi_matin": true, "soins_non_programmes": true, "plan_crise": true, '
    '"coordination": true, "si_standard": true'
)
SITUATIONS = "\n".join(
    f'{{"nom": "Exemple {name}", "patientele": {patients}, "associes": {members}, {TEAM}}}'
    for name, patients, members in (("A", 2500, 6), ("B", 6000, 12), ("C", 11000, 22))
)
