"""Small files that would become huge, or one endless line, are refused before they fill the memory."""

import gzip
import io
import tracemalloc
import zipfile

import polars as pl
import pytest
from tests.apps.territories.official.written import write_workbook

from maillage.apps.territories.official import services, unpacking
from maillage.apps.territories.official.files import open_file
from maillage.apps.territories.reading.rows import LoadError

MEGA = 1 << 20


def zipped(path, **members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)
    return path


def refused(source, path):
    tracemalloc.start()
    try:
        with pytest.raises(LoadError) as error:
            services.verify_file(source, path)
        assert tracemalloc.get_traced_memory()[1] < 100 * MEGA
    finally:
        tracemalloc.stop()
    return str(error.value)


@pytest.fixture(autouse=True)
def places(small_world):
    """Files are read with the communes of the small world."""


def test_an_archive_that_inflates_too_much_is_refused_with_what_to_do(tmp_path):
    told = refused("bpe", zipped(tmp_path / "bombe.zip", bpe__csv=b"a" * (150 * MEGA)))
    assert "bpe.csv" in told
    assert "décompressez-le et donnez le fichier déplié" in told


def test_a_size_that_lies_changes_nothing(tmp_path):
    path = zipped(tmp_path / "bombe.zip", bpe__csv=b"DEPCOM;TYPEQU\n" + b"35236;D201\n" * (14 * MEGA))
    content = path.read_bytes()
    real = (14 + 11 * 14 * MEGA).to_bytes(4, "little")
    assert content.count(real) == 2
    path.write_bytes(content.replace(real, (1_000).to_bytes(4, "little")))
    assert "coupé ou illisible" in refused("bpe", path)


def test_a_file_of_gzip_that_inflates_too_much_is_refused(tmp_path):
    path = tmp_path / "bpe.csv.gz"
    path.write_bytes(gzip.compress(b"DEPCOM;TYPEQU\n" + b"35236;D201\n" * (14 * MEGA)))
    assert "se déplient en plus de" in refused("bpe", path)


@pytest.mark.parametrize("source", ["bpe", "rpps", "finess", "temps", "populations-ages"])
def test_an_endless_line_is_refused_packed_or_not(tmp_path, source):
    line = b"0123456789ABCDEF;" * MEGA
    (tmp_path / "long.csv").write_bytes(line)
    assert "une ligne dépasse 8,4 Mo" in refused(source, tmp_path / "long.csv")
    assert "une ligne dépasse 8,4 Mo" in refused(source, zipped(tmp_path / "long.zip", long__csv=line))


def test_a_workbook_that_inflates_too_much_is_refused_alone_or_in_an_archive(tmp_path):
    book = zipped(tmp_path / "bombe.xlsx", **{"xl/workbook__xml": b"<a/>", "xl/sheet__xml": b" " * (150 * MEGA)})
    assert "bombe.xlsx" in refused("densite", book)
    assert "bombe.xlsx" in refused("densite", zipped(tmp_path / "b.zip", bombe__xlsx=book.read_bytes()))


def test_a_table_of_times_packed_is_bounded_too(tmp_path):
    lines = b"origine,destination,minutes\n" + b"35236,35294,10.0\n" * (9 * MEGA)
    assert "se déplient en plus de" in refused("temps", zipped(tmp_path / "temps.zip", temps__csv=lines))


def test_what_must_be_held_whole_is_bounded(tmp_path, monkeypatch):
    held = io.BytesIO()
    pl.DataFrame({"origine": ["35236"], "destination": ["35294"], "minutes": [3.0]}).write_parquet(held)
    path = zipped(tmp_path / "temps.zip", temps__parquet=held.getvalue())
    assert services.verify_file("temps", path).loaded[0].read == 1
    monkeypatch.setattr(unpacking, "LARGEST_IN_MEMORY", 100)
    assert "trop pour être lu d'un seul tenant" in refused("temps", path)


def test_an_ordinary_packed_file_is_read_to_its_end(tmp_path):
    content = b"".join(b"%d;x\n" % line for line in range(300_000))
    for path in (zipped(tmp_path / "a.zip", a__csv=content), tmp_path / "a.csv.gz", tmp_path / "a.csv"):
        if path.suffix != ".zip":
            path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
        with open_file(path).member.open() as raw:
            assert raw.read() == content
    book = write_workbook(tmp_path / "b.xlsx", {"a": [["x"], [1]]})
    with open_file(zipped(tmp_path / "b.zip", b__xlsx=book.read_bytes())).member.seekable() as raw:
        assert raw.read() == book.read_bytes()


def test_a_cell_far_from_the_others_is_refused_before_the_sheet_is_held(tmp_path):
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    book = zipped(tmp_path / "loin.xlsx", **{"xl/workbook__xml": "<a/>", "xl/worksheets/sheet1__xml": rows})
    assert "très loin des autres (XFD1048576)" in refused("densite", book)
