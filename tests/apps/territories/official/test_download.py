"""Fetching an official file: whole, cut and gone on with, changed, refused, without a network."""

import socket
from pathlib import Path

import pytest
from tests.apps.territories.official.served_files import served

from maillage.apps.territories.official import addresses, download
from maillage.apps.territories.official.addresses import Address
from maillage.apps.territories.official.registry import SOURCES, codes
from maillage.apps.territories.reading.rows import LoadError
from maillage.core.kernel.problems import BadInput

BODY = bytes(range(256)) * 4_000


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with served() as what:
        what.bodies["/fichier.csv"] = BODY
        yield what


@pytest.fixture
def source(monkeypatch, server):
    """A source with one file at these addresses of the server."""

    def known(*paths, **said):
        urls = tuple(f"{server.address}{path}" for path in paths)
        monkeypatch.setattr(download, "addresses_of", lambda _source: [Address("fichier.csv", urls, **said)])

    known("/fichier.csv")
    return known


def left(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_file_arrives_whole_and_dated(server, source, tmp_path):
    reports = []
    (found,) = download.download("rpps", tmp_path, report=lambda *told: reports.append(told))
    assert found.path.read_bytes() == BODY
    assert left(tmp_path) == ["fichier.csv"]
    assert int(found.path.stat().st_mtime) == 1_741_521_600
    assert reports[-1] == ("fichier.csv (Ko)", 1000, 1000)


def test_a_download_that_stops_goes_on_where_it_was(server, source, tmp_path):
    server.hang_up_after = 300_000
    with pytest.raises(LoadError, match=r"300000 octets sur 1024000\. Relancez la commande"):
        download.download("rpps", tmp_path)
    assert "fichier.csv" not in left(tmp_path)
    server.hang_up_after = None
    (found,) = download.download("rpps", tmp_path)
    assert found.path.read_bytes() == BODY
    assert server.asked[-1] == ("/fichier.csv", "bytes=300000-")
    assert left(tmp_path) == ["fichier.csv"]


def test_a_file_that_changed_since_is_fetched_from_its_start(server, source, tmp_path):
    server.hang_up_after = 300_000
    with pytest.raises(LoadError):
        download.download("rpps", tmp_path)
    server.hang_up_after, server.version = None, '"v2"'
    server.bodies["/fichier.csv"] = b"nouveau"
    (found,) = download.download("rpps", tmp_path)
    assert found.path.read_bytes() == b"nouveau"


def test_what_is_left_of_another_address_is_not_used(server, source, tmp_path):
    server.hang_up_after = 300_000
    with pytest.raises(LoadError):
        download.download("rpps", tmp_path)
    server.hang_up_after = None
    server.bodies["/autre.csv"] = b"autre"
    source("/autre.csv")
    (found,) = download.download("rpps", tmp_path)
    assert found.path.read_bytes() == b"autre"


def test_a_part_that_is_already_whole_is_fetched_again_rather_than_refused(server, source, tmp_path):
    server.hang_up_after = 0
    with pytest.raises(LoadError):
        download.download("rpps", tmp_path)
    (tmp_path / "fichier.csv.part").write_bytes(BODY)
    server.hang_up_after = None
    (found,) = download.download("rpps", tmp_path)
    assert found.path.read_bytes() == BODY


def test_a_former_file_stays_while_the_new_one_does_not_arrive(server, source, tmp_path):
    (tmp_path / "fichier.csv").write_bytes(b"ancien")
    server.hang_up_after = 10
    with pytest.raises(LoadError):
        download.download("rpps", tmp_path)
    assert (tmp_path / "fichier.csv").read_bytes() == b"ancien"


def test_the_next_address_is_tried_when_one_is_gone(server, source, tmp_path):
    source("/disparu.csv", "/fichier.csv")
    (found,) = download.download("rpps", tmp_path)
    assert found.path.read_bytes() == BODY


def test_an_address_that_is_gone_is_told_with_the_way_by_hand(server, source, tmp_path):
    source("/disparu.csv")
    with pytest.raises(LoadError) as told:
        download.download("finess", tmp_path)
    message = str(told.value)
    assert "/disparu.csv (réponse 404 du serveur)" in message
    assert "https://www.data.gouv.fr/datasets/finess-structures-1/" in message
    assert "maillage donnees importer finess FICHIER" in message


def test_without_a_network_the_address_the_reason_and_the_way_by_hand_are_told(monkeypatch, tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/fichier.csv"
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.setattr(download, "addresses_of", lambda _source: [Address("fichier.csv", (url,))])
    with pytest.raises(LoadError) as told:
        download.download("rpps", tmp_path)
    assert f"Téléchargement impossible : {url}" in str(told.value)
    assert "maillage donnees importer rpps FICHIER" in str(told.value)


def test_the_newest_file_of_a_dataset_is_taken(server, monkeypatch, tmp_path):
    server.catalogue(
        **{
            "finess-structures-mensuel-202607.json.gz": "2026-08-01",
            "finess-structures-mensuel-202608.json.gz": "2026-09-01",
            "finess-structures-journalier-20260909.json.gz": "2026-09-09",
        }
    )
    server.bodies["/finess-structures-mensuel-202608.json.gz"] = b"aout"
    wanted = Address(dataset="finess-structures-1", title=r"finess-structures-mensuel-.*\.json\.gz")
    monkeypatch.setattr(download, "addresses_of", lambda _source: [wanted])
    (found,) = download.download("finess", tmp_path, catalogue=f"{server.address}/catalogue")
    assert (found.path.name, found.path.read_bytes()) == ("finess-structures-mensuel-202608.json.gz", b"aout")


def test_a_dataset_without_the_file_wanted_is_told(server, monkeypatch, tmp_path):
    server.catalogue(autre="2026-08-01")
    monkeypatch.setattr(download, "addresses_of", lambda _source: [Address(dataset="jeu", title="x.*")])
    with pytest.raises(LoadError, match="Le jeu « jeu »"):
        download.download("finess", tmp_path, catalogue=f"{server.address}/catalogue")


def test_an_answer_that_is_not_a_catalogue_is_told(server, monkeypatch, tmp_path):
    server.bodies["/catalogue"] = b"<html>"
    monkeypatch.setattr(download, "addresses_of", lambda _source: [Address(dataset="jeu", title="x.*")])
    with pytest.raises(LoadError, match="/catalogue"):
        download.download("finess", tmp_path, catalogue=f"{server.address}/catalogue")


def test_an_address_that_is_no_web_address_is_refused(monkeypatch, tmp_path):
    monkeypatch.setattr(download, "addresses_of", lambda _source: [Address("f", (Path(__file__).as_uri(),))])
    with pytest.raises(LoadError, match="ni http ni https"):
        download.download("rpps", tmp_path)


def test_a_source_without_address_says_where_its_page_is(tmp_path):
    with pytest.raises(LoadError, match="Aucune adresse directe"):
        download.download("tvs", tmp_path)


def test_an_unknown_source_is_refused(tmp_path):
    with pytest.raises(BadInput, match="finess"):
        download.download("fines", tmp_path)


def test_a_disk_without_room_is_told_before_the_download(server, source, tmp_path, monkeypatch):
    monkeypatch.setattr(download.shutil, "disk_usage", lambda _path: type("Usage", (), {"free": 10})())
    with pytest.raises(LoadError, match="libérez de la place"):
        download.download("rpps", tmp_path)


def test_every_address_is_of_a_known_source_and_safe():
    known = {code: addresses.addresses_of(code) for code in codes()}
    assert sum(map(len, known.values())) == sum(map(len, addresses._all().values()))
    for rows in known.values():
        for row in rows:
            assert row.urls or (row.dataset and row.title)
            assert all(url.startswith("https://") for url in row.urls)
            assert row.file or row.dataset
    assert {"rpps", "finess", "apl", "bpe"} <= {code for code, rows in known.items() if rows}
    assert len(SOURCES) == len(known)
