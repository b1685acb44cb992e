from django.apps import AppConfig


class ComptesConfig(AppConfig):
    name = "maillage.web.comptes"
    label = "comptes"

    def ready(self) -> None:
        """Listen to what allauth does, for the log and for the session."""
        from maillage.web.comptes import journal

        journal.listen()
