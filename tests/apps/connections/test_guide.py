"""What the guide gives to copy works: the check of a signature is the one of the page."""

import re
from pathlib import Path
from typing import Any

import pytest

from maillage.apps.connections.delivering import WAITS
from maillage.apps.connections.events import EVENTS
from maillage.apps.connections.signing import new_secret, signature

GUIDE = (Path(__file__).parents[3] / "docs" / "guides" / "brancher-un-logiciel.md").read_text("utf-8")
NOW = 1_795_352_400


@pytest.fixture(scope="module")
def check() -> Any:
    """The function of the page."""
    [code] = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)
    names: dict[str, Any] = {}
    exec(code, names)  # noqa: S102 - it is ours
    return names["vient_de_maillage"]


def test_the_function_of_the_guide_knows_our_messages(check):
    secret, body = new_secret(), b'{"id":"1"}'
    signed = signature(secret, NOW, body)
    assert check(secret, signed, body, NOW + 10)
    for wrong in (
        (new_secret(), signed, body, NOW), (secret, signed, body + b" ", NOW), (secret, signed, body, NOW + 301),
        (secret, signed.replace(str(NOW), str(NOW + 1)), body, NOW), (secret, "", body, NOW),
        (secret, f"t={NOW}", body, NOW), (secret, "t=²,v1=0", body, NOW),
    ):  # fmt: skip
        assert not check(*wrong)


def test_the_guide_names_every_event_and_every_wait():
    assert [code for code in EVENTS if f"`{code}`" not in GUIDE] == []
    assert [round(each.total_seconds() / 60) for each in WAITS] == [1, 5, 30, 120, 720, 1440]
    assert "1 minute, 5, 30, 2 heures, 12 et 24" in GUIDE
