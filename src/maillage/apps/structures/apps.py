from importlib import import_module

from django.apps import AppConfig


class StructuresConfig(AppConfig):
    name = "maillage.apps.structures"
    label = "structures"

    def ready(self) -> None:
        """Listen to what happens to accounts."""
        import_module("maillage.apps.structures.linking")
