from django.apps import AppConfig


class DossiersConfig(AppConfig):
    name = "maillage.apps.dossiers"
    label = "dossiers"
