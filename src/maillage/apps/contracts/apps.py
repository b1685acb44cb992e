from django.apps import AppConfig


class ContractsConfig(AppConfig):
    name = "maillage.apps.contracts"
    label = "contracts"
