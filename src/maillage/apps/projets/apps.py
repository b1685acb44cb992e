from django.apps import AppConfig


class ProjetsConfig(AppConfig):
    name = "maillage.apps.projets"
    label = "projets"
