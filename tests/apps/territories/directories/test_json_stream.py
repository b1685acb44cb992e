"""Reading a JSON document piece by piece."""

import io
import json

import pytest

from maillage.apps.territories.directories import json_stream
from maillage.apps.territories.reading.rows import LoadError

DOCUMENT = {
    "version": "é",
    "count": 12345,
    "empty": [],
    "items": [{"a": [1, 2, {"b": "]}"}]}, "x" * 30, -1.5e3, None],
    "last": {"k": True},
}
EXPECTED = [
    ("version", "é"),
    ("count", 12345),
    *(("items", item) for item in DOCUMENT["items"]),
    ("last", {"k": True}),
]


def read(text, name="flux.json"):
    return list(json_stream.members(io.BytesIO(text.encode()), name))


@pytest.mark.parametrize("size", [1, 2, 3, 7, 50, 10_000])
@pytest.mark.parametrize("indent", [None, 2])
def test_members_and_items_come_one_by_one_whatever_the_pieces(monkeypatch, size, indent):
    monkeypatch.setattr(json_stream, "CHUNK", size)
    assert read(json.dumps(DOCUMENT, indent=indent, ensure_ascii=False)) == EXPECTED


def test_an_empty_object_has_no_member():
    assert read(" {} ") == []


@pytest.mark.parametrize("text", ["", "[1]", '{"a": 1', '{"a": [1, 2', '{"a" 1}', '{"a": [1 2]}', '{"a": tru}'])
def test_a_document_that_is_cut_or_faulty_is_refused_by_its_name(text):
    with pytest.raises(LoadError, match=r"flux\.json est coupé"):
        read(text)


def test_the_text_of_a_fault_does_not_fill_the_memory(monkeypatch):
    monkeypatch.setattr(json_stream, "CHUNK", 10)
    monkeypatch.setattr(json_stream, "LARGEST", 100)
    with pytest.raises(LoadError):
        read('{"a": [' + "x" * 10_000 + "]}")


def test_bytes_that_are_not_utf8_are_refused():
    with pytest.raises(LoadError, match="UTF-8"):
        list(json_stream.members(io.BytesIO('{"a": "é"}'.encode("latin-1")), "flux.json"))
