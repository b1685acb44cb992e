from django.apps import AppConfig


class QualityConfig(AppConfig):
    name = "maillage.apps.quality"
    label = "quality"
