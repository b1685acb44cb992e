"""The door to the real official files: found, skipped loudly, or failing when their folder was promised."""

import pytest
from _pytest.outcomes import Failed, Skipped
from tests import official


def test_a_file_of_the_folder_is_given(tmp_path, monkeypatch):
    monkeypatch.setenv(official.VARIABLE, str(tmp_path))
    (tmp_path / "a.csv").write_text("x")
    assert official.official("a.csv") == tmp_path / "a.csv"


def test_without_a_folder_the_test_is_skipped_and_says_which_file_it_wanted(tmp_path, monkeypatch):
    monkeypatch.delenv(official.VARIABLE, raising=False)
    monkeypatch.setattr(official, "BESIDE", tmp_path / "nulle-part")
    with pytest.raises(Skipped, match=r"NON VÉRIFIÉ SUR LES DONNÉES RÉELLES : a\.csv"):
        official.official("a.csv")


def test_a_folder_that_was_promised_and_lacks_the_file_is_a_failure(tmp_path, monkeypatch):
    monkeypatch.setenv(official.VARIABLE, str(tmp_path))
    with pytest.raises(Failed, match=r"a\.csv"):
        official.official("a.csv")
