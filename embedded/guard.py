"""The process that owns the private PostgreSQL and Valkey of one PORTAL_HOME, for as long as somebody uses them.

Users (a `make run`, any number of `manage.py` commands) hold a shared lock on the file `users`. The guard holds
`guard`, and stops both servers once it gets `users` for itself: the kernel frees the lock of a killed user, too.
Started by `embedded.servers`, never by hand.
"""

import argparse
import contextlib
import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

from embedded.home import Home
from embedded.places import find_places
from embedded.postgres import database_url, start_postgres, stop_postgres
from embedded.refusal import Refusal
from embedded.valkey import redis_url, start_valkey, stop_valkey

POLL_SECONDS = 0.1


class Guard:
    """Holds the two servers; `stop` ends them in order, broker first."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.servers: dict[str, subprocess.Popen[bytes]] = {}
        self.asked_to_stop = False

    def start(self, *, durable: bool) -> None:
        places = find_places(self.home)
        self.servers["postgres"] = start_postgres(self.home, places, durable=durable)
        self.servers["valkey"] = start_valkey(self.home, places)
        state = {
            "database_url": database_url(places),
            "redis_url": redis_url(places),
            "pids": {"guard": os.getpid(), **{name: server.pid for name, server in self.servers.items()}},
            "notes": places.notes,
        }
        draft = self.home.servers.with_suffix(".draft")
        draft.write_text(json.dumps(state))
        draft.replace(self.home.servers)

    def watch(self, users_lock: int) -> None:
        """Returns when nobody uses the servers, when asked to stop, or when one of them has ended by itself."""
        while not self.asked_to_stop and not _taken(users_lock):
            for name, server in self.servers.items():
                if server.poll() is not None:
                    end = {"name": name, "returncode": server.returncode}
                    self.home.server_end.write_text(json.dumps(end))
                    return
            time.sleep(POLL_SECONDS)

    def stop(self) -> None:
        if "valkey" in self.servers:
            stop_valkey(self.servers["valkey"])
        if "postgres" in self.servers:
            stop_postgres(self.servers["postgres"])
        self.home.servers.unlink(missing_ok=True)

    def ask_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        self.asked_to_stop = True


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("home", type=Path)
    parser.add_argument(
        "--answer", type=int, required=True, help="file descriptor for one line: a sentence, or nothing"
    )
    parser.add_argument("--not-durable", action="store_true")
    arguments = parser.parse_args()
    if os.fork():  # the starter collects this process at once; the guard goes on alone
        os._exit(0)
    os.setsid()
    os.chdir("/")
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    guard = Guard(Home(arguments.home))
    signal.signal(signal.SIGTERM, guard.ask_to_stop)
    sys.exit(run(guard, arguments.answer, durable=not arguments.not_durable))


def run(guard: Guard, answer: int, *, durable: bool) -> int:
    # Opened first: when this process is killed, the kernel frees `guard` before `users`.
    guard_lock = guard.home.open_lock("guard")
    users_lock = guard.home.open_lock("users")
    fcntl.flock(guard_lock, fcntl.LOCK_EX)
    guard.home.server_end.unlink(missing_ok=True)
    try:
        guard.start(durable=durable)
    except Refusal as refusal:
        guard.stop()
        _tell(answer, str(refusal))
        return 1
    _tell(answer, "")
    guard.watch(users_lock)
    guard.stop()
    # In this order: who gets `users` next must find `guard` free.
    os.close(guard_lock)
    os.close(users_lock)
    return 0


def _tell(answer: int, sentence: str) -> None:
    with contextlib.suppress(BrokenPipeError):  # the starter was killed meanwhile
        os.write(answer, f"{sentence}\n".encode())
    os.close(answer)


def _taken(users_lock: int) -> bool:
    try:
        fcntl.flock(users_lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


if __name__ == "__main__":
    main()
