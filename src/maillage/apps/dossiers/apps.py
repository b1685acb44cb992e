from importlib import import_module

from django.apps import AppConfig


class DossiersConfig(AppConfig):
    name = "maillage.apps.dossiers"
    label = "dossiers"

    def ready(self) -> None:
        """Listen to what happens to accounts; keep from the log what a conflict of interest hides, give it words."""
        import_module("maillage.apps.dossiers.commissions.seats")
        import_module("maillage.apps.dossiers.commissions.hiding")
        import_module("maillage.apps.dossiers.forgetting")
        import_module("maillage.apps.dossiers.log_words")
