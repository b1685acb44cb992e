"""Addresses of the surveys of a structure and of what it does with its users."""

from django.urls import URLPattern, path

from maillage.web.structures.surveys import building, results, users

ENQUETES = "structures/<uuid:structure>/qualite/enquetes/"
ENQUETE = f"{ENQUETES}<uuid:enquete>/"
USAGERS = "structures/<uuid:structure>/qualite/usagers/"
PARTICIPATION = f"{USAGERS}<uuid:participation>/"

urlpatterns: list[URLPattern] = [
    path(ENQUETES, building.index, name="structure_qualite_enquetes"),
    path(f"{ENQUETES}nouvelle/", building.new, name="structure_qualite_enquetes_nouvelle"),
    path(f"{ENQUETES}retablir/", building.put_back, name="structure_qualite_enquetes_retablir"),
    path(ENQUETE, results.one, name="structure_qualite_enquetes_une"),
    path(f"{ENQUETE}modifier/", building.edit, name="structure_qualite_enquetes_modifier"),
    path(f"{ENQUETE}affiche/", results.poster, name="structure_qualite_enquetes_affiche"),
    path(f"{ENQUETE}saisir/", results.paper, name="structure_qualite_enquetes_saisir"),
    path(f"{ENQUETE}questions/", building.add_question, name="structure_qualite_enquetes_questions"),
    path(
        f"{ENQUETE}questions/retablir/",
        building.put_question_back,
        name="structure_qualite_enquetes_question_retablir",
    ),
    path(
        f"{ENQUETE}questions/<uuid:question>/modifier/",
        building.change_question,
        name="structure_qualite_enquetes_question_modifier",
    ),
    path(
        f"{ENQUETE}questions/<uuid:question>/<slug:acte>/",
        building.act_on_question,
        name="structure_qualite_enquetes_question",
    ),
    path(f"{ENQUETE}textes/<uuid:texte>/<slug:acte>/", results.read_text, name="structure_qualite_enquetes_texte"),
    path(f"{ENQUETE}<slug:acte>/", building.act, name="structure_qualite_enquetes_acte"),
    path(USAGERS, users.index, name="structure_qualite_usagers"),
    path(f"{USAGERS}nouvelle/", users.new, name="structure_qualite_usagers_nouvelle"),
    path(f"{USAGERS}retablir/", users.put_back, name="structure_qualite_usagers_retablir"),
    path(PARTICIPATION, users.edit, name="structure_qualite_usagers_une"),
    path(f"{PARTICIPATION}retirer/", users.remove, name="structure_qualite_usagers_retirer"),
    path(f"{PARTICIPATION}preuve/", users.proof, name="structure_qualite_usagers_preuve"),
]
