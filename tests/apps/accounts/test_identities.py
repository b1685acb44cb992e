"""The RPPS number is believed from Pro Santé Connect alone."""

import pytest
from allauth.socialaccount.models import SocialAccount
from tests.cast import person

from maillage.apps.accounts.identities import rpps_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("provider", "kept", "expected"),
    [
        ("psc", {"rpps": "10003456786"}, "10003456786"),
        ("psc", {}, None),
        ("proconnect", {"rpps": "10003456786"}, None),
    ],
)
def test_the_number_comes_from_the_provider_that_vouches_for_it(provider, kept, expected):
    user = person("porteuse")
    SocialAccount.objects.create(user=user, provider=provider, uid="1", extra_data=kept)
    assert rpps_of(user) == expected


def test_who_linked_nothing_has_no_number():
    assert rpps_of(person("porteuse")) is None
