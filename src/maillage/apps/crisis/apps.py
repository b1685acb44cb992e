from django.apps import AppConfig


class CrisisConfig(AppConfig):
    name = "maillage.apps.crisis"
    label = "crisis"
