from django.apps import AppConfig


class DigitalConfig(AppConfig):
    name = "maillage.apps.digital"
    label = "digital"
