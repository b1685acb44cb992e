"""Whether the person proved who they are by a second factor just now, which signing asks."""

import time

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

FRESH = 15 * 60
"""How long a second factor stands for a signature (seconds)."""


def confirmed_just_now(request: HttpRequest) -> bool:
    """Whether this session was confirmed by a second factor less than a quarter of an hour ago."""
    oldest = time.time() - FRESH
    return any(
        each["method"] == "mfa" and each["at"] >= oldest for each in get_authentication_records(request, request.user)
    )


def has_one(request: HttpRequest) -> bool:
    """Whether the account of the person has a second factor."""
    return bool(is_mfa_enabled(request.user))


def ask(request: HttpRequest) -> HttpResponse:
    """Go and prove it, or set a second factor up, then come back to this page."""
    page = "mfa_reauthenticate" if has_one(request) else "mfa_index"
    return redirect(f"{reverse(page)}?{urlencode({'next': request.get_full_path()})}")
