from django.apps import AppConfig


class ActivityConfig(AppConfig):
    name = "maillage.apps.activity"
    label = "activity"
