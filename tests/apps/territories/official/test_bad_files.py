"""Whatever file is given to whatever source, it is loaded or refused in French: never a traceback, never a change."""

import contextlib
import io
import zipfile

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.apps.territories.official.conftest import MONDAY

from maillage.apps.territories.models import Facility, GroupMember, Practice, Qpv, Series, Value, Zoning
from maillage.apps.territories.official import services
from maillage.apps.territories.official.registry import codes
from maillage.apps.territories.reading.rows import LoadError

pytestmark = pytest.mark.usefixtures("small_world")


def archive(**members: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as opened:
        for name, data in members.items():
            opened.writestr(name, data)
    return content.getvalue()


def workbook() -> bytes:
    content = io.BytesIO()
    openpyxl.Workbook().save(content)
    return content.getvalue()


BAD = {
    "a.csv": b"a;b\n1;2\n",
    "header.csv": b"CODGEO;DEPCOM;TYPEQU;com_code;GEO;code;code_qp\n",
    "blank.csv": b"\n\n\n",
    "nul.csv": b"CODGEO;MED21\n35236;\x00\n",
    "noise.csv": bytes(range(256)) * 40,
    "noise.xlsx": b"PK\x03\x04" + bytes(range(256)),
    "noise.xls": b"\xd0\xcf\x11\xe0" + bytes(range(256)),
    "noise.parquet": b"PAR1" + bytes(range(256)),
    "liar.parquet": b"CODGEO;MED21\n",
    "empty.xlsx": workbook(),
    "a.json": b'{"features": 3}',
    "b.json": b'[{"x": 1}]',
    "cut.json": b'{"features": [{"properties": {"code_qp": "QN0',
    "null.geojson": b'{"features": [null, 3, {"properties": null, "geometry": {"coordinates": "x"}}]}',
    "empty.zip": archive(),
    "notice.zip": archive(**{"lisezmoi.txt": b"x"}),
    "several.zip": archive(**{"a.csv": b"a;b\n1;2\n", "b.csv": b"c;d\n"}),
    "short.csv": b"CODGEO;LIBGEO;MED21;TYPEQU;NB_EQUIP\n35236\n;;\n35238;x\n",
    "a.gz": b"\x1f\x8b" + b"cut",
}


@pytest.mark.parametrize("source", codes())
@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_in_french_and_changes_nothing(source, name, folder):
    path = folder / name
    path.write_bytes(BAD[name])
    with pytest.raises(LoadError) as refused:
        services.import_file(source, path, by="tests", at=MONDAY)
    assert len(str(refused.value)) > 20
    for model in (Series, Value, Zoning, Qpv, GroupMember, Practice, Facility):
        assert not model.objects.exists()


CELLS = st.sampled_from(
    ["35236", "2a004", "", "x", "12,5", "-1", "s", "QN03501M", "1_ZIP", "2021", "D201", "é", "nan", '"']
)
NAMES = st.sampled_from(
    ["CODGEO", "DEPCOM", "TYPEQU", "NB_EQUIP", "AN", "MED21", "TP6021", "P21_POP0014", "P21_POP", "com_code",
     "zmed_niveau", "med_date_arrete", "code_qp", "insee_com", "INSEE_COM", "Code_TVS", "BV2022", "DENS", "PMUN21",
     "Code commune", "APL aux infirmières", "Population standardisée", "code_commune", "code", "nom", "GEO",
     "origine", "destination", "minutes"]
)  # fmt: skip


@pytest.mark.parametrize("source", codes())
@given(names=st.lists(NAMES, min_size=1, max_size=6), rows=st.lists(st.lists(CELLS, max_size=7), max_size=5))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_table_is_read_or_refused(source, folder, names, rows):
    path = folder / "table_2021.csv"
    lines = [";".join(names), *(";".join(row) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with contextlib.suppress(LoadError):
        assert all(found.written for found in services.verify_file(source, path).loaded)
