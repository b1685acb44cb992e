"""Addresses of the quality approach of a structure."""

from django.urls import URLPattern, path

from maillage.web.structures.maturity import improving, overview, scoring

ROOT = "structures/<uuid:structure>/qualite/"
ROUND = f"{ROOT}cotations/<uuid:cotation>/"

urlpatterns: list[URLPattern] = [
    path(ROOT, overview.index, name="structure_qualite"),
    path(f"{ROOT}dimensions/", overview.name, name="structure_qualite_dimensions"),
    path(f"{ROOT}cotations/ouvrir/", overview.start, name="structure_qualite_ouvrir"),
    path(ROUND, scoring.one, name="structure_qualite_cotation"),
    path(f"{ROUND}coter/", scoring.give, name="structure_qualite_coter"),
    path(f"{ROUND}retenir/", scoring.settle, name="structure_qualite_retenir"),
    path(f"{ROUND}<slug:acte>/", scoring.act, name="structure_qualite_acte"),
    path(f"{ROOT}ameliorations/noter/", improving.add, name="structure_qualite_ameliorer"),
    path(f"{ROOT}ameliorations/<int:amelioration>/", improving.change, name="structure_qualite_amelioration"),
    path(f"{ROOT}ameliorations/retablir/", improving.put_back, name="structure_qualite_amelioration_retablir"),
    path(
        f"{ROOT}ameliorations/<int:amelioration>/retirer/",
        improving.remove,
        name="structure_qualite_amelioration_retirer",
    ),
    path(f"{ROOT}ameliorations/<int:amelioration>/faite/", improving.finish, name="structure_qualite_faite"),
]
