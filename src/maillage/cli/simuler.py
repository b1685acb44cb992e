"""``maillage simuler aci-msp``: the ACI of one MSP, or of many at once."""

import contextlib
import gc
import itertools
import multiprocessing
import os
import shutil
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO

import typer

from maillage.cli.common import (
    STANDARD_INPUT,
    Compact,
    Example,
    Schema,
    bad_input_told,
    explained,
    fail,
    json_bytes,
    print_input,
    print_json,
    read_bytes,
)
from maillage.cli.french_help import FrenchTyper

if TYPE_CHECKING:
    from maillage.core.kernel.problems import BadInput
    from maillage.core.rules.aci_msp.situation import SituationAciMsp

CHUNK = 5_000
"""Lines computed together: enough for the arrays to pay, few enough to stay in memory."""
Numbered = list[tuple[int, bytes]]
Done = tuple[list[str], Path]
"""What is wrong in some lines, and the file of the answers of the others."""
BUFFER = 1 << 20
NOTHING_GIVEN = (
    "Il manque SITUATION.json (une situation) ou --lot FICHIER.jsonl (une situation par ligne). "
    "--exemple en écrit une, --schema dit chaque champ."
)
BOTH_GIVEN = "Donnez SITUATION.json ou --lot FICHIER.jsonl, pas les deux."
EMPTY = "Le fichier est vide : donnez une situation par ligne."
ONLY_WITH_BATCH = "--sortie, --ignorer-erreurs et --detail ne vont qu'avec --lot."

simuler = FrenchTyper(help="Simuler une rémunération.")
SituationFile = Annotated[
    Path | None,
    typer.Argument(metavar="SITUATION.json", help="Le fichier de la situation, ou « - » pour l'entrée standard."),
]
Batch = Annotated[
    Path | None,
    typer.Option("--lot", metavar="FICHIER.jsonl", help="Une situation par ligne ; « - » pour l'entrée standard."),
]
Output = Annotated[
    Path | None,
    typer.Option("--sortie", metavar="SORTIE.jsonl", help="Où écrire les résultats du lot, une ligne par situation."),
]
KeepErrors = Annotated[
    bool,
    typer.Option(
        "--ignorer-erreurs", help="Écrire les erreurs d'une ligne à sa place, au lieu de refuser tout le lot."
    ),
]
Detail = Annotated[
    bool,
    typer.Option(
        "--detail",
        help="Garder dans chaque ligne du lot les paramètres et leurs textes, le calcul des sommes et la liste des "
        "gains (six fois plus long).",
    ),
]


@simuler.callback()
def simulators() -> None:
    """Simuler une rémunération."""


@simuler.command("aci-msp")
def aci_msp(
    situation: SituationFile = None,
    lot: Batch = None,
    sortie: Output = None,
    ignorer_erreurs: KeepErrors = False,
    detail: Detail = False,
    schema: Schema = False,
    exemple: Example = False,
    compact: Compact = False,
) -> None:
    """Simuler l'ACI d'une MSP pour une année, chaque euro expliqué."""
    if schema or exemple:
        show_input(schema=schema, compact=compact)
    elif (situation is None) == (lot is None):
        fail([BOTH_GIVEN if lot else NOTHING_GIVEN])
    elif lot is not None:
        simulate_file(lot, sortie, keep_errors=ignorer_erreurs, detail=detail)
    elif sortie or ignorer_erreurs or detail:
        fail([ONLY_WITH_BATCH])
    elif situation is not None:
        print_json(simulate_one(read_bytes(situation)), compact=compact)


def show_input(*, schema: bool, compact: bool) -> None:
    """What the simulator takes: its schema, or an example that it accepts."""
    from maillage.core.rules.aci_msp.example import EXAMPLE
    from maillage.core.rules.aci_msp.situation import SituationAciMsp

    print_input(SituationAciMsp, EXAMPLE, schema=schema, compact=compact)


def simulate_one(raw: bytes) -> dict[str, Any]:
    """The answer to one situation. Exits with code 2 when it is refused."""
    from maillage.core.kernel.json_input import read_json
    from maillage.core.rules.aci_msp.simulation import simulate
    from maillage.core.rules.aci_msp.situation import SituationAciMsp

    with bad_input_told():
        return simulate(read_json(SituationAciMsp, raw)).as_dict()


def simulate_file(source: Path, target: Path | None, *, keep_errors: bool, detail: bool) -> None:
    """Simulate every line of ``source`` into ``target`` (the standard output when ``None``).

    The result replaces ``target`` only when every line has been computed: nothing is ever half written.
    Exits with code 2, every wrong line told, when one is refused and ``keep_errors`` is false.
    """
    if target is not None and target.is_dir():
        fail([f"{target} : c'est un dossier ; donnez le nom du fichier à écrire."])
    if target is not None and not target.parent.exists():
        fail([f"{target.parent} : ce dossier n'existe pas ; créez-le, ou donnez un autre chemin à --sortie."])
    with _opened(source) as lines, _written_at_the_end(target) as out:
        refused = simulate_lines(lines, out, keep_errors=keep_errors, detail=detail)
        if refused and not keep_errors:
            fail(refused)
    if refused:
        typer.echo(f"{len(refused)} erreur(s), écrites à la place des résultats.", err=True)


def simulate_lines(lines: Iterable[bytes], out: BinaryIO, *, keep_errors: bool, detail: bool) -> list[str]:
    """Simulate JSON lines in their order; returns what is wrong, « ligne 12 : … », one message per problem.

    Blank lines are skipped. A refused line gives a line of errors when ``keep_errors``; else, from the first
    refusal on, lines are only checked. ``detail`` keeps the parameters of each indicator.
    """
    refused: list[str] = []
    numbered = ((number, line) for number, line in enumerate(map(bytes.strip, lines), 1) if line)
    chunks = iter(lambda: list(itertools.islice(numbered, CHUNK)), [])
    first = next(chunks, None)
    if first is None:
        fail([EMPTY])
    with tempfile.TemporaryDirectory() as folder:
        for told, answers in _computed(first, chunks, Path(folder), detail=detail):
            refused += told
            if keep_errors or not refused:
                with answers.open("rb") as part:
                    shutil.copyfileobj(part, out, BUFFER)
            answers.unlink()
    return refused


def _computed(first: Numbered, others: Iterator[Numbered], folder: Path, *, detail: bool) -> Iterator[Done]:
    """Every chunk, in order; more than one chunk is shared between the processors.

    Answers go through files: a hundred thousand of them weigh a gigabyte, which a pipe would carry slowly.
    """
    second = next(others, None)
    if second is None:
        yield compute(first, folder, detail)
        return
    workers = os.cpu_count() or 1
    waiting: deque[Future[Done]] = deque()
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn")) as pool:
        for chunk in itertools.chain([first, second], others):
            waiting.append(pool.submit(compute, chunk, folder, detail))
            if len(waiting) > 2 * workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def compute(lines: Numbered, folder: Path, detail: bool) -> Done:
    """What is wrong in these lines, and their answers as JSON lines in a file of ``folder``."""
    answers = folder / f"{lines[0][0]}.jsonl"
    with _collector_paused(), answers.open("wb") as out:
        chunk = [(number, _read(line)) for number, line in lines]
        told = [message for number, given in chunk for message in _told(number, given)]
        out.writelines(answer + b"\n" for answer in _answers(chunk, detail=detail))
    return told, answers


@contextlib.contextmanager
def _collector_paused() -> Iterator[None]:
    """No search for cycles among the many objects of a chunk: they have none, and go with their last reference."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _read(line: bytes) -> "SituationAciMsp | BadInput":
    from maillage.core.kernel.json_input import read_json
    from maillage.core.kernel.problems import BadInput
    from maillage.core.rules.aci_msp.situation import SituationAciMsp

    try:
        return read_json(SituationAciMsp, line)
    except BadInput as refused:
        return refused


def _told(number: int, given: "SituationAciMsp | BadInput") -> list[str]:
    from maillage.core.kernel.problems import BadInput

    problems = given.problems if isinstance(given, BadInput) else ()
    return [f"ligne {number} : {problem.message}" for problem in problems]


def _answers(chunk: "list[tuple[int, SituationAciMsp | BadInput]]", *, detail: bool) -> Iterator[bytes]:
    """The answer of each line of a chunk, in order, as JSON; the accepted ones are computed together."""
    from maillage.core.kernel.problems import BadInput
    from maillage.core.rules.aci_msp.simulation import simulate_batch

    computed = iter(simulate_batch([given for _, given in chunk if not isinstance(given, BadInput)]))
    for number, given in chunk:
        if isinstance(given, BadInput):
            refused = {"ligne": number, "erreurs": [problem.as_dict() for problem in given.problems]}
            yield json_bytes(refused, compact=True)
        else:
            yield next(computed).as_json(parameters=detail)


@contextlib.contextmanager
def _opened(source: Path) -> Iterator[Iterable[bytes]]:
    """The lines of a file or of the standard input, with a progress bar on the standard error."""
    if source == STANDARD_INPUT:
        with _progress(None) as advance:
            yield _counted(typer.get_binary_stream("stdin"), advance)
        return
    with explained(source):
        file = source.open("rb")
    with file, _progress(source.stat().st_size) as advance:
        yield _counted(file, advance)


def _counted(lines: Iterable[bytes], advance: Callable[[int], None]) -> Iterator[bytes]:
    for line in lines:
        yield line
        advance(len(line))


@contextlib.contextmanager
def _progress(total: int | None) -> Iterator[Callable[[int], None]]:
    """A bar that counts bytes, shown only on a terminal."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task("Simulation", total=total)
        yield lambda size: bar.advance(task, size)


@contextlib.contextmanager
def _written_at_the_end(target: Path | None) -> Iterator[BinaryIO]:
    """A file that becomes ``target`` (or goes to the standard output) only when the block succeeds."""
    if target is None:
        with tempfile.TemporaryFile() as spool:
            yield spool
            spool.seek(0)
            shutil.copyfileobj(spool, typer.get_binary_stream("stdout"))
        return
    partial = target.with_name(target.name + ".partiel")
    try:
        with explained(target):
            file = partial.open("wb")
        with file:
            yield file
        with explained(target):
            partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
