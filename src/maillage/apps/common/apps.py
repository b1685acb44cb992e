from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "maillage.apps.common"
    label = "common"
