"""A whole structure in a ZIP: its tables, its files, and the same tables to be read in a spreadsheet.

Numbers that a database gives to its rows mean nothing elsewhere: the archive writes the rank of the row instead, so
that two exports of the same structure are the same bytes wherever it lives.
"""

import datetime
import hashlib
import json
import zipfile
from collections.abc import Iterable, Mapping
from typing import IO, Any

from django.db import models, transaction
from django.db.migrations.recorder import MigrationRecorder

from maillage.apps.accounts.models import Organisation, User
from maillage.apps.common.files import storage
from maillage.apps.common.models import StoredFile
from maillage.apps.common.services import record
from maillage.apps.structures.belonging_models import DirectoryChoice
from maillage.apps.structures.models import Structure
from maillage.apps.structures.permissions import check_runs
from maillage.apps.transfer.tables import OWN, SHARED, Table, is_carried, is_person, links, tables
from maillage.apps.transfer.values import plain
from maillage.core.documents.tables import csv_bytes

FORMAT = 1
MANIFEST, PEOPLE, BODY = "maillage.json", "personnes.json", "structure.json"
DATED = (1980, 1, 1, 0, 0, 0)
"""The date of every file of the archive: its bytes depend on the structure only."""
PERSON = "personne:"
NOBODY = DirectoryChoice.Level.PERSONNE

Row = dict[str, Any]


class Gathered:
    """The rows of a structure as the archive writes them, and the people that they name."""

    def __init__(self, structure: Structure) -> None:
        self.structure = structure
        self.found = {table: list(table.rows(structure)) for table in tables()}
        self.shared = {model: self._pointed_to(model) for model in SHARED}
        self.ranks: dict[tuple[type[models.Model], Any], Any] = {}
        for model, rows in self._all():
            for rank, row in enumerate(rows, 1):
                self.ranks[model, row.pk] = self._key(row, rank)
        self.people: dict[Any, str] = {}

    def written(self) -> dict[str, list[Row]]:
        """The rows of each table, by its name."""
        return {model._meta.label_lower: [self._row(each) for each in rows] for model, rows in self._all()}

    def persons(self) -> dict[str, Row]:
        """Who the rows name: first name and name only."""
        known = User.objects.in_bulk(list(self.people))
        return {
            key: {"prenom": known[pk].prenom, "nom": known[pk].nom} for pk, key in self.people.items() if pk in known
        }

    def names(self) -> dict[tuple[Any, Any], str]:
        """What to call each row that has a name, and each person, by their key in the archive."""
        people: dict[tuple[Any, Any], str] = {
            (User, key): f"{row['prenom']} {row['nom']}".strip() for key, row in self.persons().items()
        }
        rows = {(model, self.ranks[model, row.pk]): _called(row) for model, found in self._all() for row in found}
        return people | {key: name for key, name in rows.items() if name}

    def _all(self) -> Iterable[tuple[type[models.Model], list[models.Model]]]:
        yield from self.shared.items()
        yield from ((table.model, rows) for table, rows in self.found.items())

    def _pointed_to(self, model: type[models.Model]) -> list[models.Model]:
        keys = {
            getattr(row, link.attname)
            for table, rows in self.found.items()
            for link in links(table.model)
            if link.related_model is model
            for row in rows
        }
        return list(model._default_manager.filter(pk__in=keys - {None}).order_by("pk"))

    def _key(self, row: models.Model, rank: int) -> Any:
        """What the archive calls a row: its own identifier, that of the row whose part it is, or its rank."""
        field = row._meta.pk
        if field.is_relation:
            return self._linked(field, row.pk)
        return str(row.pk) if isinstance(field, models.UUIDField) else rank

    def _row(self, row: models.Model) -> Row:
        return {field.name: self._value(field, row) for field in row._meta.concrete_fields if is_carried(field)}

    def _value(self, field: "models.Field[Any, Any]", row: models.Model) -> Any:
        value = getattr(row, field.attname)
        if field.primary_key:
            return self.ranks[type(row), value]
        if value is not None and is_person(field):
            return self._person(value)
        if field.is_relation:
            return self._linked(field, value)
        if isinstance(row, StoredFile) and field.name == "uploaded_by" and str(value).startswith(PERSON):
            return self._person(str(value).removeprefix(PERSON), said=True)
        if isinstance(row, DirectoryChoice) and field.name == "telephone" and row.show_telephone == NOBODY:
            return ""
        return None if field.name == "path" and isinstance(row, StoredFile) else plain(field, value)

    def _linked(self, field: "models.Field[Any, Any]", value: Any) -> Any:
        """The key of a row of the archive; a link to what is not in it is left empty."""
        target = field.related_model
        if target is Organisation:
            return str(value) if value == self.structure.organisation_id else None
        return self.ranks.get((target, value)) if isinstance(target, type) else None

    def _person(self, key: Any, *, said: bool = False) -> str:
        known = User.objects.filter(pk=key).values_list("pk", flat=True).first() if said else key
        if known is None:
            return PERSON
        self.people.setdefault(known, f"p{len(self.people) + 1}")
        return f"{PERSON}{self.people[known]}" if said else self.people[known]


def export_structure(structure: Structure, into: IO[bytes], *, by: User, at: datetime.datetime) -> dict[str, int]:
    """Write the ZIP of a structure for who runs it; how many rows of each table. Raises :class:`NotAllowed`."""
    check_runs(by, structure, "exporter toute la structure")
    with transaction.atomic():
        counts = write_structure(structure, into, at=at)
        told = {"lignes": sum(counts.values())}
        record(by=by, at=at, verb="exporter", subject=structure, after=told, scope=str(structure.organisation_id))
    return counts


def write_structure(structure: Structure, into: IO[bytes], *, at: datetime.datetime) -> dict[str, int]:
    """Write the ZIP of a structure; how many rows of each table."""
    gathered = Gathered(structure)
    written = gathered.written()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        _add(archive, MANIFEST, _json(manifest(structure, written, at)))
        _add(archive, BODY, _json(_organisation(structure)))
        _add(archive, PEOPLE, _json(gathered.persons()))
        for label, rows in written.items():
            _add(archive, f"tables/{label}.jsonl", b"".join(_json(row) + b"\n" for row in rows))
        names = gathered.names()
        for table in gathered.found:
            if written[table.label]:
                _add(archive, f"a-lire/{table.label}.csv", _readable(table, written[table.label], names))
        for file in {getattr(each, "sha256", ""): each for each in gathered.shared[StoredFile]}.values():
            _add_file(archive, file)
    return {label: len(rows) for label, rows in written.items()}


def manifest(structure: Structure, written: Mapping[str, list[Row]], at: datetime.datetime) -> Row:
    """What the archive is, and of which version of the tables."""
    return {
        "format": FORMAT,
        "structure": str(structure.pk),
        "nom": structure.nom,
        "exporte_le": at.astimezone(datetime.UTC).isoformat(),
        "migrations": migrations(),
        "lignes": {label: len(rows) for label, rows in written.items()},
    }


def migrations() -> dict[str, str]:
    """The last migration of each app whose tables are in the archive."""
    apps_of_tables = {*OWN, *(model._meta.app_label for model in SHARED)}
    rows = MigrationRecorder.Migration.objects.filter(app__in=apps_of_tables).order_by("name")
    return {row.app: row.name for row in rows}


def _organisation(structure: Structure) -> Row:
    body = structure.organisation
    return {"id": str(body.pk), "nom": body.nom, "region": body.region, "departement": body.departement}


def _readable(table: Table, rows: list[Row], names: Mapping[tuple[Any, Any], str]) -> bytes:
    """The rows for who opens them in a spreadsheet: a link bears the name of what it leads to, when it has one."""
    shown = [each for each in table.fields if is_carried(each) and not isinstance(each, models.BinaryField)]
    lines = [[_said(each, row[each.name], names) for each in shown] for row in rows]
    return csv_bytes([_title(each) for each in shown], lines)


def _said(field: "models.Field[Any, Any]", value: Any, names: Mapping[tuple[Any, Any], str]) -> Any:
    known = names.get((field.related_model, value)) if field.is_relation else None
    return known or _cell(value)


def _title(field: "models.Field[Any, Any]") -> str:
    """How a column is called; a link that has no name of its own, as what it leads to."""
    said, target = str(field.verbose_name), field.related_model
    if isinstance(target, type) and said == field.name.replace("_", " "):
        return str(target._meta.verbose_name)
    return said


def _called(row: models.Model) -> str:
    """The name of a row that has one."""
    known = [getattr(row, name, "") for name in ("prenom", "nom", "title", "product")]
    return " ".join(filter(None, known))


def _cell(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False, sort_keys=True) if isinstance(value, dict | list) else value


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    info = zipfile.ZipInfo(name, DATED)
    info.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(info, content)


def _add_file(archive: zipfile.ZipFile, file: models.Model) -> None:
    if not isinstance(file, StoredFile):
        raise TypeError(type(file).__name__)
    with storage.opened(file.path) as content:
        whole = content.read()
    if hashlib.sha256(whole).hexdigest() == file.sha256:
        _add(archive, f"fichiers/{file.sha256}", whole)


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True).encode()
