"""A PDF is kept as it is (it may be signed): it must be whole, open, and hold no program.

It is read in a process of its own (:mod:`pdf_process`), bounded in time and in memory: a small PDF may ask for hours.
"""

import json
import signal
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

from maillage.apps.common.files import pdf_process
from maillage.apps.common.files.refusals import DAMAGED, refused

START, END = b"%PDF-", b"%%EOF"
MOST_PAGES = 2_000
WORK, WAIT = 5, 12
"""Seconds of work of the process, and on the clock when the machine is busy."""
PROTECTED = "Ce PDF est protégé par un mot de passe : enregistrez-le sans protection, puis déposez-le."
PROGRAM = (
    "Ce PDF contient un programme ou ouvre autre chose que lui-même. Imprimez-le en PDF depuis votre lecteur, puis "
    "déposez le résultat."
)
TOO_LONG = "Ce PDF a plus de 2 000 pages : déposez-le en plusieurs fichiers."
TOO_SLOW = (
    "Ce PDF demande trop de travail pour être lu : il n'est pas gardé. Imprimez-le en PDF depuis votre lecteur, puis "
    "déposez le résultat."
)


@dataclass(frozen=True)
class PdfRead:
    """An accepted PDF. ``text``: what was read within the bounds (nothing of a scan); ``is_signed``: as far as seen."""

    pages: int
    text: str
    is_signed: bool


def read_pdf(content: bytes, *, pages: int, characters: int) -> PdfRead:
    """A PDF with the words of its first pages. Raises ``BadInput`` when cut, damaged, protected, or running something.

    A document whose words take too long to read is accepted, with those that were read.
    """
    after = content.rpartition(END)[2]
    if not content.startswith(START) or END not in content or after.strip(b"\r\n\t \x00"):
        raise refused(DAMAGED)
    lines, was_ended = _asked(content, pages, characters)
    if not lines:
        raise refused(TOO_SLOW if was_ended else DAMAGED)
    head = lines[0]
    if head.get("protege"):
        raise refused(PROTECTED)
    if head["pages"] > MOST_PAGES:
        raise refused(TOO_LONG)
    if head["programme"]:
        raise refused(PROGRAM)
    text = "\n".join(line["mots"] for line in lines if "mots" in line)
    return PdfRead(head["pages"], text, any(line.get("signe") for line in lines))


def _asked(content: bytes, pages: int, characters: int) -> tuple[list[dict[str, Any]], bool]:
    """The whole lines that the process wrote, and whether it was ended for its time."""
    bounds = [str(bound) for bound in (WORK, pages, characters)]
    # « -P »: the folder of the program is not one of modules. The program and its arguments are ours.
    command = [sys.executable, "-P", pdf_process.__file__, *bounds]
    try:
        done = subprocess.run(  # noqa: S603
            command, input=content, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=WAIT, check=False
        )
    except subprocess.TimeoutExpired as late:
        written, was_ended = late.stdout or b"", True
    else:
        written, was_ended = done.stdout, done.returncode in (-signal.SIGXCPU, -signal.SIGKILL)
    return [json.loads(line) for line in written.split(b"\n")[:-1]], was_ended
