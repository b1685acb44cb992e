from importlib import import_module

from django.apps import AppConfig


class DossiersConfig(AppConfig):
    name = "maillage.apps.dossiers"
    label = "dossiers"

    def ready(self) -> None:
        """Listen to what happens to accounts; keep from the log what is internal or in conflict, give it words."""
        import_module("maillage.apps.dossiers.commissions.seats")
        import_module("maillage.apps.dossiers.commissions.hiding")
        import_module("maillage.apps.dossiers.forgetting")
        import_module("maillage.apps.dossiers.internal_acts")
        import_module("maillage.apps.dossiers.log_words")
