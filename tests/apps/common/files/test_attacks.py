"""What an attacker deposits: nothing of it is kept, and the refusal says what to do."""

import io
import struct
import zipfile
import zlib

import pytest
from tests.apps.common.files.conftest import TYPES, archive, docx, image, kept, pdf

from maillage.apps.common.files import archives, storage
from maillage.apps.common.files.names import clean_name
from maillage.core.kernel.problems import BadInput

pytestmark = pytest.mark.django_db
HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
DECLARATION = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>'
REMOTE = (
    '<Relationships><Relationship Type="x/attachedTemplate" Target="http://x/" TargetMode="External"/></Relationships>'
)


def png_header(width: int, height: int) -> bytes:
    """A PNG that announces a size and holds one byte."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack("!L", len(data)) + kind + data + struct.pack("!L", zlib.crc32(kind + data))

    header = struct.pack("!LLBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


def zip_that_overlaps() -> bytes:
    """Many names for the same packed bytes, as in the small bombs."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", TYPES)
        packed.writestr("word/document.xml", b"0" * 1_000_000)
        big = packed.infolist()[1]
        for number in range(200):
            copy = zipfile.ZipInfo(f"word/{number}.xml")
            for name in ("header_offset", "compress_size", "file_size", "CRC", "compress_type", "flag_bits"):
                setattr(copy, name, getattr(big, name))
            packed.filelist.append(copy)
            packed.NameToInfo[copy.filename] = copy
    return target.getvalue()


ATTACKS = {
    "html named pdf": (HTML, "contrat.pdf", "sorte acceptée"),
    "html named txt": (HTML, "note.txt", "sorte acceptée"),
    "svg": (SVG, "logo.svg", "sorte acceptée"),
    "svg after spaces": (b"   \n" + SVG, "logo.png", "sorte acceptée"),
    "program": (b"MZ\x90\x00", "outil.docx", "sorte acceptée"),
    "script": (b"#!/bin/sh\nrm -rf /", "note.txt", "sorte acceptée"),
    "pdf then archive": (pdf() + archive({"a": "b"}), "contrat.pdf", "abîmé"),
    "html then archive": (HTML + docx("a"), "projet.docx", "sorte acceptée"),
    "archive then html": (docx("a") + HTML, "projet.docx", "sorte acceptée"),
    "plain archive": (archive({"a.txt": "a"}), "projet.docx", "sorte acceptée"),
    "archive with a way out": (
        archive({"[Content_Types].xml": TYPES, "word/document.xml": "<a/>", "../x": "b"}),
        "projet.docx",
        "sorte",
    ),
    "half a pdf": (pdf()[:-40], "contrat.pdf", "abîmé"),
    "half a docx": (docx("a" * 5000)[:-60], "projet.docx", "abîmé"),
    "half an image": (image(size=(300, 300), compress_level=0)[:-2000], "photo.png", "abîmé"),
    "broken pdf": (b"%PDF-1.7\n1 0 obj <<>> \n%%EOF", "contrat.pdf", "abîmé"),
    "locked pdf": (pdf(lock="x"), "contrat.pdf", "mot de passe"),
    "pdf with a program": (pdf(script="app.alert(1)"), "contrat.pdf", "programme"),
    "macro": (docx("a", word__vbaProject_dot_bin=b"x"), "projet.docm", "macro"),
    "control": (docx("a", word__activeX__activeX1_dot_xml="<a/>"), "projet.docx", "macro"),
    "remote template": (docx("a", word___rels__settings_dot_xml_dot_rels=REMOTE), "projet.docx", "macro"),
    "entities": (docx("a", word__styles_dot_xml=DECLARATION), "projet.docx", "déplie"),
    "docx of zeros": (docx("a", word__media__a_dot_xml=b"0" * (80 << 20)), "projet.docx", "déplie"),
    "overlapping entries": (zip_that_overlaps(), "projet.docx", "déplie"),
    "50 000 x 50 000": (png_header(50_000, 50_000), "plan.png", "trop grande"),
    "10 000 x 10 000": (png_header(10_000, 10_000), "plan.png", "trop grande"),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_attacks_is_refused_and_not_kept(put, attack):
    content, name, told = ATTACKS[attack]
    with pytest.raises(BadInput, match=told):
        put(content, name)
    assert list(storage.every()) == []


def test_an_archive_never_says_more_than_its_number_of_entries(put, monkeypatch):
    monkeypatch.setattr(archives, "MOST_ENTRIES", 2)
    with pytest.raises(BadInput, match="déplie"):
        put(docx("a", b="c"), "projet.docx")


def test_a_locked_office_file_is_refused_with_the_reason(put):
    content = bytearray(docx("a"))
    central = content.rfind(b"PK\x01\x02")
    content[central + 8] |= 1
    with pytest.raises(BadInput, match="mot de passe"):
        put(bytes(content), "projet.docx")


def test_a_picture_that_is_also_a_page_is_only_a_picture_once_kept(put):
    stored = put(image("PNG") + HTML, "photo.html")
    assert stored.name == "photo.png"
    assert b"script" not in kept(stored)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("..\\..\\windows\\system.ini", "system.pdf"),
        ("/", "fichier.pdf"),
        ("", "fichier.pdf"),
        (".htaccess", "fichier.pdf"),
        ("contrat\u202efdp.exe", "contratfdp.pdf"),
        ("con\u0000trat\r\n.pdf", "contrat.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ('a"b<c>d|e.pdf', "a_b_c_d_e.pdf"),
        ("e\u0301te\u0301 2026.pdf", "été 2026.pdf"),
        ("a" * 300 + ".pdf", "a" * 120 + ".pdf"),
        ("Projet de santé (v2), d'équipe.final.docx", "Projet de santé (v2), d'équipe.final.pdf"),
    ],
)
def test_a_name_is_made_harmless(given, shown):
    assert clean_name(given, "pdf") == shown
