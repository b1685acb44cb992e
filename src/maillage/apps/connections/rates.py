"""How many calls a token may make in a minute, counted in the cache that every process of the site shares."""

import datetime

from django.conf import settings
from django.core.cache import cache
from django.db import transaction

from maillage.apps.connections.models import ApiToken

MINUTE = 60


def wait_of(token: ApiToken, at: datetime.datetime) -> int:
    """Count a call. Zero when it may go on; otherwise, how many seconds to wait.

    The cache is a table of the same database: calls of one token are counted one after the other, under its row.
    """
    seconds = int(at.timestamp())
    key = f"api:{token.pk}:{seconds // MINUTE}"
    with transaction.atomic():
        ApiToken.objects.select_for_update(no_key=True).only("pk").get(pk=token.pk)
        made = int(cache.get(key, 0))
        if made >= settings.API_PER_MINUTE:
            return MINUTE - seconds % MINUTE
        cache.set(key, made + 1, 2 * MINUTE)
    return 0
