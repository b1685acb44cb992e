from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "maillage.apps.accounts"
    label = "accounts"
