"""When a person closes their account: what others were told no longer names them. Their own rows go with it."""

from typing import Any

from django.dispatch import receiver

from maillage.apps.accounts.forgetting import person_forgotten
from maillage.apps.accounts.models import User
from maillage.apps.notifications.models import Notification

FORGOTTEN = "Une personne dont le compte est fermé"


@receiver(person_forgotten)
def name_no_more(*, user: User, **_rest: Any) -> None:
    """Take the name of this person out of what others were told."""
    name = user.full_name
    if not user.nom:
        return
    for row in Notification.objects.filter(title__contains=name).exclude(user=user):
        row.title = row.title.replace(name, FORGOTTEN)[: Notification._meta.get_field("title").max_length]
        row.save(update_fields=["title"])
