from django.apps import AppConfig


class DiagnosticsConfig(AppConfig):
    name = "maillage.apps.diagnostics"
    label = "diagnostics"
