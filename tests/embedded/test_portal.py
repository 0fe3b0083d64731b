"""The whole portal as `make run` starts it: from nothing to the first page, and again with the same data."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import psycopg2
import pytest

from embedded.home import ROOT, Home
from embedded.processes import process_alive

SECOND_START_SECONDS = 15
SECOND_START_COMMANDS = 10
"""On a machine that is busy with other things a start may take longer, but no longer than so many commands."""
CREATE_TABLE = """
from django.conf import settings
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("CREATE TABLE kept AS SELECT 7 AS number")
print(settings.SITE_URL)
"""


class Run:
    """One `make run`; `greeting` is what it printed until it was ready."""

    def __init__(self, environment: dict[str, str]) -> None:
        started = time.monotonic()
        command = [sys.executable, "-m", "embedded.run"]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        self.greeting = ""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.greeting += line
            if line.startswith("Beenden mit"):
                break
        else:
            pytest.fail(self.process.communicate()[1])
        self.seconds = time.monotonic() - started

    def result(self) -> tuple[int, str]:
        """Waits for the end: exit code and what was printed to stderr."""
        _, errors = self.process.communicate(timeout=60)
        return self.process.returncode, errors


@pytest.fixture
def environment(bare_environment: dict[str, str], home: Home) -> Iterator[dict[str, str]]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    yield {**bare_environment, "PORT": str(port)}
    for pid in processes_of(home):
        os.kill(pid, signal.SIGKILL)


def processes_of(home: Home) -> dict[int, str]:
    """Command lines of the living processes that name this home there or in their environment."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        pid = int(folder.name)
        try:
            command, environment = (folder / "cmdline").read_bytes(), (folder / "environ").read_bytes()
        except OSError:
            continue
        if os.fsencode(home.path) in command + environment and process_alive(pid) and pid != os.getpid():
            found[pid] = command.replace(b"\0", b" ").decode(errors="replace")
    return found


def kept_number(home: Home) -> object:
    connection = psycopg2.connect(json.loads(home.servers.read_text())["database_url"])
    with connection, connection.cursor() as cursor:
        cursor.execute("SELECT number FROM kept")
        row = cursor.fetchone()
    connection.close()
    return row


def test_portal_runs_from_nothing_stops_without_trace_and_comes_back(environment: dict[str, str], home: Home) -> None:
    address = f"http://127.0.0.1:{environment['PORT']}"
    first = Run(environment)
    assert f"Das Portal läuft:  {address}" in first.greeting
    assert f"Versandte Nachrichten:  {home.mail}" in first.greeting
    assert "@" in first.greeting.partition("Kennwort):")[2]
    with urlopen(f"{address}/readyz", timeout=10) as answer:  # noqa: S310 - our own address
        assert answer.status == 200
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", CREATE_TABLE]
    began = time.monotonic()
    done = subprocess.run(
        command, cwd=ROOT, env={**environment, "PORT": ""}, capture_output=True, text=True, check=False
    )
    one_command = time.monotonic() - began
    assert (done.returncode, done.stdout.strip()) == (0, address), done.stderr
    first.process.send_signal(signal.SIGTERM)
    assert first.result() == (0, "")
    assert processes_of(home) == {}

    second = Run(environment)
    assert second.seconds < max(SECOND_START_SECONDS, SECOND_START_COMMANDS * one_command)
    assert kept_number(home) == (7,)
    workers = [pid for pid, command_line in processes_of(home).items() if "celery -A portal worker" in command_line]
    os.kill(min(workers), signal.SIGKILL)
    code, errors = second.result()
    assert code == 1
    assert errors.startswith("Der Prozess »worker« ist abgestürzt (Signal 9).")
    assert processes_of(home) == {}
