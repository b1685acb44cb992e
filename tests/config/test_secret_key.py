"""The secret key: given, else local, else refused."""

import stat
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ImproperlyConfigured

from maillage.config.secret_key import LOCAL_HOSTS, local_key, secret_key


def test_the_key_of_the_environment_is_used_and_nothing_is_written(tmp_path):
    path = tmp_path / "secret_key"
    assert secret_key("donnée", path, ["maillage.example"], debug=False) == "donnée"
    assert not path.exists()


def test_a_machine_that_serves_itself_makes_its_key_once_for_its_owner_alone(tmp_path):
    path = tmp_path / "var" / "secret_key"
    key = secret_key("", path, LOCAL_HOSTS, debug=False)
    assert len(key) >= 50
    assert secret_key("", path, LOCAL_HOSTS, debug=False) == key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [child.name for child in path.parent.iterdir()] == ["secret_key"]


def test_starts_at_the_same_moment_share_one_key(tmp_path):
    with ThreadPoolExecutor(4) as pool:
        keys = set(pool.map(lambda _: local_key(tmp_path / "secret_key"), range(8)))
    assert len(keys) == 1


def test_a_site_open_to_others_refuses_to_start_without_a_key(tmp_path):
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY est vide"):
        secret_key("", tmp_path / "secret_key", ["maillage.example"], debug=False)
