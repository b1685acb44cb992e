"""Fetching official files from their addresses: never needed, a file fetched by hand does the same.

A download that stops goes on where it was the next time, if the server still has the same file; the file takes its
name only once it is whole. Nothing of it enters the database.
"""

import contextlib
import json
import os
import re
import shutil
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

from maillage.apps.territories.official.addresses import Address, addresses_of
from maillage.apps.territories.official.registry import OfficialSource, source_of
from maillage.apps.territories.reading.rows import LoadError
from maillage.apps.territories.tables import Report, silent

CATALOGUE = "https://www.data.gouv.fr/api/1/datasets/{dataset}/"
CHUNK = 1 << 18
TIMEOUT = 60
LARGEST_ANSWER = 1 << 26
PART, GONE = 206, 416
RANGE = re.compile(r"bytes (\d+)-\d+/(\d+)")
NO_ADDRESS = "Aucune adresse directe n'est connue pour « {source} »."
BY_HAND = "Le fichier peut être téléchargé à la main{page}, puis chargé : maillage donnees importer {source} FICHIER"
UNREACHABLE = "Téléchargement impossible : {url} ({why})."
CUT = "Le téléchargement de {url} s'est arrêté à {done} octets sur {total}. Relancez la commande : il reprendra là."
NO_ROOM = "Il faut {need} Mo pour {file}, le disque n'en a que {free} : libérez de la place ou donnez un autre dossier."
NO_RESOURCE = "Le jeu « {dataset} » de data.gouv.fr n'a plus de fichier dont le titre ressemble à « {title} »."

Failures = (urllib.error.URLError, HTTPException, TimeoutError, ConnectionError, ValueError)


@dataclass(frozen=True)
class Fetched:
    """A file that arrived; ``goes_along``: it is read with the one before it."""

    path: Path
    goes_along: bool = False


def download(source: str, folder: Path, *, report: Report = silent, catalogue: str = CATALOGUE) -> list[Fetched]:
    """Fetch the files of a source into a folder; a file already there is fetched again.

    Raises :class:`BadInput` when the source does not exist; :class:`LoadError` when a file cannot be fetched, with the
    address, the reason and how to do by hand; what was fetched so far stays, to go on from there.
    """
    kind = source_of(source)
    wanted = addresses_of(source)
    if not wanted:
        raise LoadError(f"{NO_ADDRESS.format(source=source)} {by_hand(kind)}")
    folder.mkdir(parents=True, exist_ok=True)
    try:
        return [Fetched(_fetch(address, folder, report, catalogue), address.goes_along) for address in wanted]
    except LoadError as error:
        raise LoadError(f"{error} {by_hand(kind)}") from error


def by_hand(kind: OfficialSource) -> str:
    """How to do without a network from here."""
    return BY_HAND.format(page=f" ici : {kind.url}" if kind.url else "", source=kind.code)


def _fetch(address: Address, folder: Path, report: Report, catalogue: str) -> Path:
    name, urls = (address.file, address.urls) if address.urls else _newest(address, catalogue)
    faults = []
    for url in urls:
        try:
            return fetch(url, folder / name, report)
        except urllib.error.HTTPError as error:
            error.close()
            faults.append(UNREACHABLE.format(url=url, why=f"réponse {error.code} du serveur"))
        except Failures as error:
            raise LoadError(UNREACHABLE.format(url=url, why=_why(error))) from error
    raise LoadError(" ".join(faults))


def fetch(url: str, path: Path, report: Report = silent) -> Path:
    """Fetch one address into ``path``, going on from what a download that stopped left.

    Raises what urllib raises when the server cannot be reached or refuses, :class:`LoadError` when it stops half way.
    """
    part, seal = path.with_name(f"{path.name}.part"), path.with_name(f"{path.name}.part.json")
    done, known = _left(part, seal, url)
    with _answer(url, done, known) as answer:
        start, total = _span(answer, done)
        _check_room(path, total - start if total else 0)
        _keep_seal(seal, url, answer)
        with part.open("ab" if start else "wb") as file:
            done = _copied(answer, file, start, total, f"{path.name} (Ko)", report)
        changed = answer.headers.get("Last-Modified")
    if total and done < total:
        raise LoadError(CUT.format(url=url, done=done, total=total))
    part.replace(path)
    seal.unlink(missing_ok=True)
    _date(path, changed)
    return path


def _copied(answer: HTTPResponse, file: IO[bytes], done: int, total: int, label: str, report: Report) -> int:
    while True:
        try:
            block = answer.read(CHUNK)
        except (HTTPException, ConnectionError, TimeoutError):
            return done
        if not block:
            return done
        file.write(block)
        done += len(block)
        report(label, done >> 10, total >> 10)


@contextlib.contextmanager
def _answer(url: str, done: int, known: str) -> Iterator[HTTPResponse]:
    """The rest of the file when the server still has the same one, else the whole of it."""
    with contextlib.ExitStack() as stack:
        try:
            asked = {"Range": f"bytes={done}-", "If-Range": known} if done else {}
            answer = stack.enter_context(_opened(url, asked))
        except urllib.error.HTTPError as error:
            if error.code != GONE:
                raise
            error.close()
            answer = stack.enter_context(_opened(url, {}))
        yield answer


@contextlib.contextmanager
def _opened(url: str, headers: dict[str, str]) -> Iterator[HTTPResponse]:
    if urlsplit(url).scheme not in ("http", "https"):
        raise ValueError("adresse qui n'est ni http ni https")
    opener = urllib.request.build_opener()
    opener.addheaders = [("User-Agent", "Maillage"), *headers.items()]
    with opener.open(url, timeout=TIMEOUT) as answer:
        yield answer


def _left(part: Path, seal: Path, url: str) -> tuple[int, str]:
    """How many bytes are there already, and what the server said of that file; nothing when it is another one."""
    try:
        said = json.loads(seal.read_text(encoding="utf-8"))
        size = part.stat().st_size
    except (OSError, ValueError):
        return 0, ""
    return (size, said["version"]) if said.get("url") == url and said.get("version") else (0, "")


def _keep_seal(seal: Path, url: str, answer: HTTPResponse) -> None:
    version = answer.headers.get("ETag") or answer.headers.get("Last-Modified") or ""
    # A weak mark does not promise the same bytes.
    version = "" if version.startswith("W/") else version
    seal.write_text(json.dumps({"url": url, "version": version}), encoding="utf-8")


def _span(answer: HTTPResponse, done: int) -> tuple[int, int]:
    """From which byte the answer starts, and how many the whole file has (0 when the server does not say)."""
    found = RANGE.fullmatch(answer.headers.get("Content-Range", ""))
    if answer.status == PART and found and int(found[1]) == done:
        return done, int(found[2])
    return 0, int(answer.headers.get("Content-Length") or 0)


def _check_room(path: Path, need: int) -> None:
    free = shutil.disk_usage(path.parent).free
    if need > free:
        raise LoadError(NO_ROOM.format(need=need >> 20, file=path.name, free=free >> 20))


def _date(path: Path, changed: str | None) -> None:
    """Give the file the day of its publication: a reader dates it so when nothing else does."""
    if changed:
        with contextlib.suppress(ValueError, TypeError):
            moment = parsedate_to_datetime(changed).timestamp()
            os.utime(path, (moment, moment))


def _newest(address: Address, catalogue: str) -> tuple[str, tuple[str, ...]]:
    """The name and the address of the newest file of a dataset of data.gouv.fr."""
    url = catalogue.format(dataset=address.dataset)
    try:
        with _opened(url, {}) as answer:
            resources = json.loads(answer.read(LARGEST_ANSWER))["resources"]
    except urllib.error.HTTPError as error:
        error.close()
        raise LoadError(UNREACHABLE.format(url=url, why=f"réponse {error.code} du serveur")) from error
    except (*Failures, KeyError, TypeError) as error:
        raise LoadError(UNREACHABLE.format(url=url, why=_why(error))) from error
    titled = [(each, _name(each)) for each in resources]
    found = [
        (str(each.get("last_modified", "")), name, each["url"])
        for each, name in titled
        if re.fullmatch(address.title, str(each.get("title", "")), re.IGNORECASE)
        or re.fullmatch(address.title, name, re.IGNORECASE)
    ]
    if not found:
        raise LoadError(NO_RESOURCE.format(dataset=address.dataset, title=address.title))
    _day, name, newest = max(found)
    return name, (newest,)


def _name(resource: dict[str, str]) -> str:
    return Path(urlsplit(resource.get("url", "")).path).name


def _why(error: Exception) -> str:
    reason = getattr(error, "reason", error)
    if isinstance(reason, TimeoutError):
        return f"pas de réponse en {TIMEOUT} secondes"
    return str(reason) or type(error).__name__
