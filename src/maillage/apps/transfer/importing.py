"""A structure taken over from the archive of another installation: the same, or nothing at all."""

import datetime
import hashlib
import json
import uuid
import zipfile
from typing import IO, Any

from django.db import DataError, IntegrityError, models, transaction

from maillage.apps.accounts.models import Organisation, User
from maillage.apps.activity.models import ProtocolVersion
from maillage.apps.common.files import storage
from maillage.apps.common.models import StoredFile
from maillage.apps.common.refused import NotAllowed
from maillage.apps.common.services import record
from maillage.apps.opening.models import Continuity, PublicPage
from maillage.apps.projets.models import Projet
from maillage.apps.structures.models import Structure
from maillage.apps.transfer.exporting import BODY, FORMAT, MANIFEST, PEOPLE, PERSON, migrations
from maillage.apps.transfer.tables import SHARED, is_carried, is_person, tables
from maillage.apps.transfer.values import Unreadable, typed
from maillage.core.kernel.problems import BadInput, Problem

MOST_BYTES = 4_000_000_000
"""What an archive may weigh once open."""
BY_LOT = 500
FILE = "archive"
NO_ADDRESS = "repris.invalid"
"""Where the accounts of the people named in an archive have their address: nobody signs in with them."""

Row = dict[str, Any]
Keys = dict[tuple[type[models.Model], Any], Any]


@transaction.atomic
def take_over(content: IO[bytes], *, by: User, at: datetime.datetime) -> Structure:
    """Write the structure of an archive, with the same identifiers. Whoever answers for the installation does it.

    Its organisation has no person yet: they are invited again. What was shown to others (a shared project, a public
    page, a protocol under a licence) is shown here once someone of the structure says so.

    Raises :class:`NotAllowed`, and :class:`BadInput` when the archive is not one of this version, was changed, or when
    the structure is already here; then nothing is written.
    """
    if not by.is_administrator:
        raise NotAllowed("reprendre une structure")
    with _opened(content) as archive:
        Archive(archive).check()
        structure, kept = Writing(Archive(archive), at).write()
    told = {"lignes": kept}
    record(by=by, at=at, verb="reprendre", subject=structure, after=told, scope=str(structure.organisation_id))
    return structure


class Archive:
    """What is read in an archive."""

    def __init__(self, opened: zipfile.ZipFile) -> None:
        self._opened = opened

    def check(self) -> None:
        """Raise :class:`BadInput` when it is not an archive that this version reads."""
        told = self.read(MANIFEST)
        if told.get("format") != FORMAT:
            raise _wrong("une archive du format 1, faite par « Exporter toute la structure »")
        ours, theirs = migrations(), told.get("migrations")
        if theirs != ours:
            known = theirs if isinstance(theirs, dict) else {}
            apart = sorted(app for app in {*ours, *known} if ours.get(app) != known.get(app))
            raise _wrong(f"une archive de la même version de Maillage (différences : {', '.join(apart)})")
        key = _uuid(told.get("structure"))
        if Structure.objects.filter(pk=key).exists():
            raise _wrong("une structure qui n'est pas déjà dans cette installation")

    def read(self, name: str) -> dict[str, Any]:
        """A JSON object."""
        try:
            found = json.loads(self.bytes_of(name))
        except (ValueError, RecursionError):
            raise _wrong(f"un fichier « {name} » lisible") from None
        if not isinstance(found, dict):
            raise _wrong(f"un objet dans « {name} »")
        return found

    def rows(self, label: str) -> list[Row]:
        """The rows of a table, in their order."""
        lines = self.bytes_of(f"tables/{label}.jsonl").split(b"\n")
        try:
            found = [json.loads(line) for line in lines if line.strip()]
        except (ValueError, RecursionError):
            raise _wrong(f"une table « {label} » lisible") from None
        if not all(isinstance(each, dict) for each in found):
            raise _wrong(f"des lignes dans la table « {label} »")
        return found

    def bytes_of(self, name: str) -> bytes:
        """A file of the archive."""
        try:
            return self._opened.read(name)
        except KeyError:
            raise _wrong(f"un fichier « {name} » dans l'archive") from None
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError):
            raise _wrong(f"un fichier « {name} » entier : l'archive est abîmée") from None


class Writing:
    """The rows of an archive on their way to the database."""

    def __init__(self, archive: Archive, at: datetime.datetime) -> None:
        self.archive, self.at = archive, at
        self.keys: Keys = {}
        self.people: dict[str, User] = {}
        self.later: list[tuple[models.Model, models.ForeignKey[Any, Any], Any]] = []
        self.paths: list[str] = []

    def write(self) -> tuple[Structure, int]:
        """Write everything; the structure, and how many rows."""
        try:
            with transaction.atomic():
                return self._write()
        except (IntegrityError, DataError):
            self._forget_files()
            raise _wrong("des lignes que la base accepte : certaines existent déjà ici, ou se contredisent") from None
        except BaseException:
            self._forget_files()
            raise

    def _write(self) -> tuple[Structure, int]:
        self._add_organisation()
        self._add_people()
        count = 0
        for model in (*SHARED, *(table.model for table in tables())):
            count += self._add(model, self.archive.rows(model._meta.label_lower))
        for row, link, wanted in self.later:
            setattr(row, link.attname, self._key(link, wanted))
            row.save(update_fields=[link.attname])
        self._close_to_others()
        return Structure.objects.get(pk__in=self._of(Structure)), count

    def _close_to_others(self) -> None:
        """What someone elsewhere showed to others is shown here once someone of the structure says so."""
        Projet.objects.filter(pk__in=self._of(Projet), state=Projet.State.PARTAGE).update(
            state=Projet.State.PREPARATION
        )
        PublicPage.objects.filter(pk__in=self._of(PublicPage)).update(published_at=None)
        ProtocolVersion.objects.filter(pk__in=self._of(ProtocolVersion)).update(shared_at=None, licence="")
        links = Continuity.objects.filter(pk__in=self._of(Continuity)).exclude(link="")
        if links.exclude(link__startswith="https://").exists():
            raise _wrong("des liens publics qui commencent par https://")

    def _of(self, model: type[models.Model]) -> list[Any]:
        return [key for (of, _old), key in self.keys.items() if of is model]

    def _add_organisation(self) -> None:
        told = self.archive.read(BODY)
        key = _uuid(told.get("id"))
        if Organisation.objects.filter(pk=key).exists():
            raise _wrong("une organisation qui n'est pas déjà dans cette installation")
        row = Organisation(
            pk=key,
            kind=Organisation.Kind.STRUCTURE,
            nom=str(told.get("nom", ""))[:200],
            region=str(told.get("region", ""))[:3],
            departement=str(told.get("departement", ""))[:3],
            created_at=self.at,
        )
        row.save(force_insert=True)
        self.keys[Organisation, str(key)] = key

    def _add_people(self) -> None:
        for key, told in self.archive.read(PEOPLE).items():
            if not isinstance(told, dict):
                raise _wrong(f"une personne lisible dans « {PEOPLE} »")
            person = User(
                email=f"{uuid.uuid4().hex}@{NO_ADDRESS}",
                prenom=str(told.get("prenom", ""))[:120],
                nom=str(told.get("nom", ""))[:120],
                is_active=False,
                created_at=self.at,
            )
            person.set_unusable_password()
            person.save(force_insert=True)
            self.people[key] = person

    def _add(self, model: type[models.Model], told: list[Row]) -> int:
        built = [self._built(model, rank, row) for rank, row in enumerate(told, 1)]
        rows = model._default_manager.bulk_create(built, batch_size=BY_LOT)
        for before, row in zip(told, rows, strict=True):
            self.keys[model, before.get(_key_name(model))] = row.pk
        return len(rows)

    def _built(self, model: type[models.Model], rank: int, told: Row) -> models.Model:
        row = model()
        for field in model._meta.concrete_fields:
            if not is_carried(field) or (field.primary_key and isinstance(field, models.AutoField)):
                continue
            if field.name not in told:
                raise _wrong(f"une colonne « {field.name} » dans la table « {model._meta.label_lower} »")
            try:
                setattr(row, field.attname, self._value(field, told[field.name], row))
            except (Unreadable, KeyError, TypeError):
                where = f"table « {model._meta.label_lower} », ligne {rank}"
                raise _wrong(f"une valeur lisible pour « {field.verbose_name} » ({where})") from None
        if isinstance(row, StoredFile):
            self._keep(row)
        return row

    def _value(self, field: "models.Field[Any, Any]", value: Any, row: models.Model) -> Any:
        if value is not None and is_person(field):
            return self.people[value].pk
        if isinstance(field, models.ForeignKey):
            if value is not None and (field.related_model, value) not in self.keys and field.null:
                self.later.append((row, field, value))
                return None
            return None if value is None else self._key(field, value)
        if isinstance(row, StoredFile) and field.name == "path":
            return ""
        if isinstance(row, StoredFile) and field.name == "uploaded_by" and str(value).startswith(PERSON):
            person = self.people.get(str(value).removeprefix(PERSON))
            return person.event_actor if person else PERSON
        return typed(field, value)

    def _key(self, link: "models.ForeignKey[Any, Any]", value: Any) -> Any:
        target: Any = link.related_model
        return self.keys[target, value]

    def _keep(self, row: StoredFile) -> None:
        content = self.archive.bytes_of(f"fichiers/{row.sha256}")
        if hashlib.sha256(content).hexdigest() != row.sha256 or len(content) != row.size:
            raise _wrong(f"un fichier « {row.name} » qui n'a pas changé depuis l'export")
        row.path = storage.put(content)
        self.paths.append(row.path)

    def _forget_files(self) -> None:
        for path in self.paths:
            storage.remove(path)


def _key_name(model: type[models.Model]) -> str:
    return str(model._meta.pk.name)


def _opened(content: IO[bytes]) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(content)
    except zipfile.BadZipFile:
        raise _wrong("une archive ZIP faite par « Exporter toute la structure »") from None
    if sum(info.file_size for info in archive.infolist()) > MOST_BYTES:
        raise _wrong("une archive d'au plus 4 Go une fois ouverte")
    return archive


def _uuid(value: Any) -> uuid.UUID:
    try:
        return uuid.UUID(str(value))
    except ValueError:
        raise _wrong("un identifiant de structure lisible") from None


def _wrong(expected: str) -> BadInput:
    return BadInput([Problem(FILE, None, expected)])
