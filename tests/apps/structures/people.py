"""A small directory: a doctor with two sites, a nurse in Redon, a physiotherapist in Rennes."""

from maillage.apps.territories.models import DataSource, Practice

MARTIN, PETIT, DURAND = "10000000017", "10000000025", "10000000033"
"""Numbers whose key is right."""
ROWS = (
    (MARTIN, "MARTIN", "Claire", "medecin_generaliste", "L", "Cabinet de la gare", "35236"),
    (MARTIN, "MARTIN", "Claire", "medecin_generaliste", "S", "Centre hospitalier", "35238"),
    (PETIT, "LE PETIT", "Noé", "infirmier", "L", "Cabinet infirmier", "35236"),
    (DURAND, "DURAND", "Zoé", "masseur_kinesitherapeute", "L", "", "35238"),
)


def load_directory() -> None:
    source = DataSource.objects.get(key="communes")
    for rpps, nom, prenom, metier, mode, site, commune in ROWS:
        Practice.objects.create(
            source=source, rpps=rpps, nom=nom, prenom=prenom, metier=metier, profession="10", mode=mode, site=site,
            commune=commune,
        )  # fmt: skip
