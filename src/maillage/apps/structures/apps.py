from django.apps import AppConfig


class StructuresConfig(AppConfig):
    name = "maillage.apps.structures"
    label = "structures"
