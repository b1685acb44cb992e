"""Addresses of the tokens and of the webhooks of an organisation."""

from django.urls import include, path

from maillage.web.connexions import tokens, webhooks

_of_one = [
    path("jetons/", tokens.list_tokens, name="jetons"),
    path("jetons/nouveau/", tokens.new_token, name="jeton_nouveau"),
    path("jetons/<uuid:jeton>/revoquer/", tokens.revoke_token, name="jeton_revoquer"),
    path("webhooks/", webhooks.list_webhooks, name="webhooks"),
    path("webhooks/nouveau/", webhooks.new_webhook, name="webhook_nouveau"),
    path("webhooks/<uuid:webhook>/", webhooks.one_webhook, name="webhook"),
    path("webhooks/<uuid:webhook>/retirer/", webhooks.remove_webhook, name="webhook_retirer"),
    path("webhooks/<uuid:webhook>/envois/<uuid:envoi>/", webhooks.send_again, name="webhook_renvoyer"),
    path("webhooks/<uuid:webhook>/<slug:acte>/", webhooks.act_on_webhook, name="webhook_acte"),
]
urlpatterns = [path("organisations/<uuid:organisation>/", include(_of_one))]
