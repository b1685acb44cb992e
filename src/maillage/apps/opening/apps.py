from django.apps import AppConfig


class OpeningConfig(AppConfig):
    name = "maillage.apps.opening"
    label = "opening"
