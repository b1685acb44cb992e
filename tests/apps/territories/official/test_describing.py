"""An indicator loaded by an older version is described again."""

import datetime

import pytest

from maillage.apps.common.models import Event
from maillage.apps.territories.models import Indicator
from maillage.apps.territories.official.describing import describe_again

AT = datetime.datetime(2026, 11, 22, 8, 0, tzinfo=datetime.UTC)
GP = "apl.medecin_generaliste.65_ans"


@pytest.mark.django_db
def test_an_indicator_of_an_official_file_takes_the_words_of_this_version_once():
    old = {"label": "Ancien titre", "unit": "unité", "producer": "DREES", "aggregation": "moyenne", "decimals": 3}
    for code in (GP, "equipement.infirmier", "enquete.locale"):
        Indicator.objects.create(code=code, **old)

    assert describe_again(by="tests", at=AT) == 2
    assert describe_again(by="tests", at=AT) == 0

    found = Indicator.objects.get(pk=GP)
    assert (found.label, found.decimals) == ("Accessibilité aux médecins généralistes (APL, 65 ans et moins)", 2)
    assert "Accessibilité potentielle localisée" in found.method
    assert Indicator.objects.get(pk="equipement.infirmier").unit == "professionnels"
    assert Indicator.objects.get(pk="enquete.locale").label == "Ancien titre"
    assert Event.objects.get(subject_id=GP).before["label"] == "Ancien titre"
