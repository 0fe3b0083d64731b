"""Using the private PostgreSQL and Valkey of one PORTAL_HOME together with other commands."""

import contextlib
import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

from embedded.home import ROOT, Home
from embedded.processes import describe_end, process_alive
from embedded.refusal import Refusal


@dataclass(frozen=True)
class Servers:
    """`pids` maps guard, postgres and valkey to process numbers; `notes` are sentences for the person to read."""

    database_url: str
    redis_url: str
    pids: dict[str, int]
    notes: tuple[str, ...]


@contextlib.contextmanager
def shared_servers(home: Home, *, durable: bool = True) -> Iterator[Servers]:
    """Finds the running servers of this home or starts them; whoever leaves last waits until they have stopped."""
    users = home.open_lock("users")
    try:
        with _one_at_a_time(home):
            fcntl.flock(users, fcntl.LOCK_SH)
            if not _guard_running(home):
                _start_guard(home, durable=durable)
            servers = _read(home)
        try:
            yield servers
        finally:
            _leave(home, users, servers)
    finally:
        os.close(users)


def crashed_server(home: Home, servers: Servers) -> str | None:
    """A sentence naming the server that has ended by itself, or None while both run."""
    gone = [name for name in ("postgres", "valkey") if not process_alive(servers.pids[name])]
    if not gone:
        return None
    limit = time.monotonic() + 1.0
    while time.monotonic() < limit:
        with contextlib.suppress(OSError, ValueError):
            end = json.loads(home.server_end.read_text())
            return describe_end(end["name"], end["returncode"])
        time.sleep(0.05)
    return describe_end(gone[0], None)


@contextlib.contextmanager
def _one_at_a_time(home: Home) -> Iterator[None]:
    lock = home.open_lock("start")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _guard_running(home: Home) -> bool:
    return not _free(home, "guard")


def _free(home: Home, name: str) -> bool:
    lock = home.open_lock(name)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(lock)
    return True


def _start_guard(home: Home, *, durable: bool) -> None:
    read_end, write_end = os.pipe()
    command = [sys.executable, "-m", "embedded.guard", str(home.path), "--answer", str(write_end)]
    if not durable:
        command.append("--not-durable")
    # The caller's PGHOST, PGOPTIONS and so on are meant for another database.
    env = {name: value for name, value in os.environ.items() if not name.startswith("PG") or name == "PG_BIN_DIR"}
    with home.open_log("servers") as log:
        subprocess.run(
            command,
            cwd=ROOT,
            env=env,
            pass_fds=[write_end],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            check=False,
        )
    os.close(write_end)
    with os.fdopen(read_end, encoding="utf-8") as answer:
        line = answer.readline()
    if not line:
        raise Refusal(f"Datenbank und Valkey sind nicht gestartet; Näheres steht in {home.log('servers')}.")
    if line.strip():
        raise Refusal(line.strip())


def _read(home: Home) -> Servers:
    state = json.loads(home.servers.read_text())
    return Servers(state["database_url"], state["redis_url"], state["pids"], tuple(state["notes"]))


def _leave(home: Home, users: int, servers: Servers) -> None:
    """Nobody enters or leaves meanwhile, so only the guard can compete for the lock on `users`."""
    with _one_at_a_time(home):
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if _shared(users):  # others are still there
                return
        else:
            with contextlib.suppress(ProcessLookupError):
                os.kill(servers.pids["guard"], signal.SIGTERM)
        guard = home.open_lock("guard")
        try:
            fcntl.flock(guard, fcntl.LOCK_EX)  # the guard frees it once both servers have stopped
            _wait_for_end(servers.pids["guard"])
        finally:
            os.close(guard)


def _wait_for_end(pid: int, seconds: float = 5.0) -> None:
    limit = time.monotonic() + seconds
    while process_alive(pid) and time.monotonic() < limit:
        time.sleep(0.005)


def _shared(users: int) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
