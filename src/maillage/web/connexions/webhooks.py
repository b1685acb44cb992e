"""The webhooks of an organisation: their list, one with the history of what was sent, what can be done with it."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from maillage.apps.accounts.models import Organisation
from maillage.apps.connections import webhooks
from maillage.apps.connections.models import Delivery, Webhook
from maillage.core.kernel.problems import BadInput
from maillage.web.connexions.forms import WebhookForm
from maillage.web.connexions.tokens import form_page, not_kept
from maillage.web.organisations.access import for_managers, person
from maillage.web.refused_fields import tell

BY_PAGE = 25
Act = Callable[[HttpRequest, Webhook], HttpResponse]


@require_safe
@for_managers
def list_webhooks(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Each webhook: its address, and what came of the last message."""
    rows = webhooks.webhooks_of(person(request), organisation).prefetch_related("deliveries")
    shown = [{"webhook": each, "dernier": next(iter(each.deliveries.all()), None)} for each in rows]
    return render(request, "connexions/webhooks.html", {"organisation": organisation, "lignes": shown})


@form_page
@for_managers
def new_webhook(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """The form; then the secret, shown once."""
    form = WebhookForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            made, secret = webhooks.create(
                organisation, url=given["adresse"], events=given["evenements"], by=person(request), at=timezone.now()
            )
        except BadInput as refused:
            tell(form, refused)
        else:
            return _secret(request, made, secret)
    context = {"organisation": organisation, "form": form}
    return render(request, "connexions/webhook_nouveau.html", context, status=422 if form.errors else 200)


@form_page
@for_managers
def one_webhook(request: HttpRequest, organisation: Organisation, webhook: uuid.UUID) -> HttpResponse:
    """Its settings, its acts, what was sent to it."""
    found = _found(request, organisation, webhook)
    given = request.POST if request.method == "POST" else None
    form = WebhookForm(given, initial={"adresse": found.url, "evenements": found.events})
    if form.is_valid():
        url, events = form.cleaned_data["adresse"], form.cleaned_data["evenements"]
        try:
            webhooks.change(found, url=url, events=events, by=person(request), at=timezone.now())
        except BadInput as refused:
            tell(form, refused)
        else:
            messages.success(request, "Le webhook est enregistré.")
            return redirect("web:webhook", organisation.pk, found.pk)
    page = Paginator(found.deliveries.all(), BY_PAGE).get_page(request.GET.get("page"))
    context = {"organisation": organisation, "webhook": found, "form": form, "page": page}
    return render(request, "connexions/webhook.html", context, status=422 if form.errors else 200)


@require_POST
@for_managers
def act_on_webhook(request: HttpRequest, organisation: Organisation, webhook: uuid.UUID, acte: str) -> HttpResponse:
    """Try it, give it another secret, stop it, start it again."""
    act = ACTS.get(acte)
    if act is None:
        raise Http404
    return act(request, _found(request, organisation, webhook))


@form_page
@for_managers
def remove_webhook(request: HttpRequest, organisation: Organisation, webhook: uuid.UUID) -> HttpResponse:
    """What removing does, then the act."""
    found = _found(request, organisation, webhook)
    if request.method != "POST":
        return render(request, "connexions/webhook_retirer.html", {"organisation": organisation, "webhook": found})
    webhooks.remove(found, by=person(request), at=timezone.now())
    messages.success(request, "Le webhook est retiré.")
    return redirect("web:webhooks", organisation.pk)


@require_POST
@for_managers
def send_again(request: HttpRequest, organisation: Organisation, webhook: uuid.UUID, envoi: uuid.UUID) -> HttpResponse:
    """Send a message again, now."""
    found = _found(request, organisation, webhook)
    delivery = get_object_or_404(Delivery, webhook=found, pk=envoi)
    sent = webhooks.retry(delivery, by=person(request), at=timezone.now())
    return _told(request, found, sent)


def _try(request: HttpRequest, webhook: Webhook) -> HttpResponse:
    return _told(request, webhook, webhooks.test(webhook, by=person(request), at=timezone.now()))


def _rotate(request: HttpRequest, webhook: Webhook) -> HttpResponse:
    return _secret(request, webhook, webhooks.rotate(webhook, by=person(request), at=timezone.now()))


def _stop(request: HttpRequest, webhook: Webhook) -> HttpResponse:
    webhooks.stop(webhook, by=person(request), at=timezone.now())
    messages.success(request, "Le webhook est arrêté : rien ne lui est plus envoyé.")
    return redirect("web:webhook", webhook.organisation_id, webhook.pk)


def _start_again(request: HttpRequest, webhook: Webhook) -> HttpResponse:
    webhooks.start_again(webhook, by=person(request), at=timezone.now())
    messages.success(request, "Le webhook reprend : ce qui attendait part dans la minute.")
    return redirect("web:webhook", webhook.organisation_id, webhook.pk)


ACTS: dict[str, Act] = {"essayer": _try, "secret": _rotate, "arreter": _stop, "reprendre": _start_again}


def _secret(request: HttpRequest, webhook: Webhook, secret: str) -> HttpResponse:
    told = {"organisation": webhook.organisation, "webhook": webhook, "secret": secret}
    return not_kept(render(request, "connexions/webhook_secret.html", told))


def _told(request: HttpRequest, webhook: Webhook, sent: Delivery) -> HttpResponse:
    if sent.error:
        messages.error(request, f"Le message n'est pas reçu. {sent.error}")
    else:
        messages.success(request, f"Le message est reçu : le logiciel a répondu {sent.status}.")
    return redirect("web:webhook", webhook.organisation_id, webhook.pk)


def _found(request: HttpRequest, organisation: Organisation, identifier: uuid.UUID) -> Webhook:
    found = webhooks.webhook_in(person(request), organisation, identifier)
    if found is None:
        raise Http404
    return found
