from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "maillage.apps.governance"
    label = "governance"
