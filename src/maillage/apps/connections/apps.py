from django.apps import AppConfig


class ConnectionsConfig(AppConfig):
    name = "maillage.apps.connections"
    label = "connections"
