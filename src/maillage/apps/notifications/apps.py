from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "maillage.apps.notifications"
    label = "notifications"
