"""Workers of a Dask cluster: one that stands already (« tcp://… ») or some processes of this machine (« local:2 »)."""

import contextlib
from collections.abc import Callable, Generator, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from maillage.core.kernel.problems import BadInput, Problem

if TYPE_CHECKING:
    from distributed import Client

EXPECTED = "tcp://adresse:port d'un planificateur Dask, ou local:N (N processus de cette machine)"
CONNECT_SECONDS = 5
START_SECONDS = 60
"""Until the processes of this machine answer, even one that is busy."""
MEMORY = "3GiB"
"""What a process of this machine may take."""


class Cluster:
    """The tasks go to the workers of a Dask client; what they share is sent once."""

    def __init__(self, client: "Client") -> None:
        self.client = client

    def run(self, task: Callable[..., None], names: Sequence[str], *shared: Any) -> Generator[None, None, None]:
        """Submit a task per name; an error of one of them is raised here and drops the others."""
        from distributed import as_completed

        sent = [self.client.scatter(value, broadcast=True, hash=False) for value in shared]
        futures = [self.client.submit(task, name, *sent, pure=False) for name in names]
        try:
            for future in as_completed(futures):
                future.result()
                yield
        finally:
            self.client.cancel(futures)


@contextlib.contextmanager
def cluster(address: str) -> Iterator[Cluster]:
    """The workers at ``address``. Raises :class:`BadInput` when Dask is not installed or nobody answers."""
    try:
        from distributed import Client, LocalCluster
    except ImportError:
        needed = "une installation avec l'extra « grille » (Dask) : pip install maillage[grille]"
        raise BadInput([Problem("--scheduler", address, needed)]) from None
    with contextlib.ExitStack() as opened:
        if address.startswith("local:"):
            target: Any = opened.enter_context(
                LocalCluster(
                    n_workers=_processes(address), threads_per_worker=1, memory_limit=MEMORY, dashboard_address=None
                )
            )
        else:
            target = address
        seconds = CONNECT_SECONDS if target is address else START_SECONDS
        yield Cluster(opened.enter_context(_client(Client, target, address, seconds)))


def _client(make: Callable[..., "Client"], target: Any, address: str, seconds: int) -> "Client":
    try:
        return make(target, timeout=seconds)
    except (OSError, ValueError, TimeoutError):
        raise BadInput([Problem("--scheduler", address, f"{EXPECTED} ; rien ne répond à cette adresse")]) from None


def _processes(address: str) -> int:
    number = address.removeprefix("local:")
    if not (number.isascii() and number.isdecimal()) or not 1 <= int(number) <= 64:
        raise BadInput([Problem("--scheduler", address, EXPECTED)])
    return int(number)
