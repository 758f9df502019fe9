"""One writer at a time: a lock file beside the store, held as long as a run lasts.

The system gives the lock back when the process ends, however it ends, so that a killed run leaves
nothing to tidy up.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dragoman.errors import OutputError


@contextmanager
def only_writer(path: Path) -> Iterator[None]:
    """Hold the writer's place of a store.

    Raises:
        OutputError: another process holds it, or there is no writing here.
    """
    lock = path.with_name(path.name + ".lock")
    descriptor = _take(lock, path)
    try:
        os.ftruncate(descriptor, 0)
        os.write(descriptor, str(os.getpid()).encode())
        yield
    finally:
        # Removed while held, so that nobody else's is; `_take` sees when its file is gone.
        if sys.platform != "win32":
            lock.unlink(missing_ok=True)
        os.close(descriptor)


def _take(lock: Path, path: Path) -> int:
    while True:
        try:
            descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            reason = error.strerror or str(error)
            raise OutputError(
                f"{path}: cannot be written ({reason}); name another --store"
            ) from error
        if not _lock(descriptor):
            holder = os.read(descriptor, 20).decode(errors="replace") or "unknown"
            os.close(descriptor)
            raise OutputError(
                f"{path}: another run is writing to it (process {holder}); "
                "wait until it ends, or name another --store"
            )
        try:
            if os.path.samestat(os.fstat(descriptor), lock.stat()):
                return descriptor
        except FileNotFoundError:
            pass
        os.close(descriptor)  # its last holder removed it between our opening and our locking


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> bool:
        # A byte far behind the process number, which others must be able to read.
        os.lseek(descriptor, 1 << 20, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(descriptor, 0, os.SEEK_SET)
        return True

else:
    import fcntl

    def _lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
