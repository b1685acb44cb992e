"""What is read of the claims of a provider, however odd they are."""

import doctest

import pytest

from maillage.web.comptes.identite import claims
from maillage.web.comptes.identite.claims import counts_as_second_factor, identity_of


def test_examples_of_the_module_hold():
    assert doctest.testmod(claims).failed == 0


@pytest.mark.parametrize(
    "odd",
    [
        {"given_name": 3, "email": None, "siret": "12", "SubjectRefPro": "x"},
        {"SubjectRefPro": {"exercices": "x"}, "SubjectNameID": ["8"]},
        {"SubjectRefPro": {"exercices": [None, {"codeProfession": 60}]}},
        {},
    ],
)
def test_claims_of_another_shape_say_nothing(odd):
    identity = identity_of(odd)
    assert identity.kept == {}
    assert (identity.prenom, identity.email, identity.email_verified) == ("", "", False)


@pytest.mark.parametrize(
    ("told", "counts"),
    [
        ({"acr": "eidas2"}, True),
        ({"amr": ["pwd", "mfa"]}, True),
        ({"acr": "eidas1", "amr": ["pwd"]}, False),
        ({"acr": ["eidas2"], "amr": "mfa"}, False),
        ({}, False),
    ],
)
def test_only_the_methods_that_are_trusted_count(told, counts):
    assert counts_as_second_factor(told, ["eidas2", "mfa"]) is counts
    assert counts_as_second_factor(told, []) is False
