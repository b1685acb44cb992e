from django.apps import AppConfig


class TerritoriesConfig(AppConfig):
    name = "maillage.apps.territories"
    label = "territories"
