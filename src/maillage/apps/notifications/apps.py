from importlib import import_module

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "maillage.apps.notifications"
    label = "notifications"

    def ready(self) -> None:
        """Listen to what happens to accounts."""
        import_module("maillage.apps.notifications.forgetting")
