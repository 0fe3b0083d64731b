"""The whole portal as real processes for the journeys: web server, worker, beat, with demo data and a mail folder."""

import email
import email.policy
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import psycopg2

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0


@dataclass(frozen=True)
class Stack:
    address: str
    mail: Path
    database: str
    bounces: Path
    """The Maildir in which the mail server lays what comes back."""

    def mails_to(self, address: str) -> list[EmailMessage]:
        """What has been delivered to an address so far, oldest first."""
        found = []
        for path in sorted(self.mail.glob("*.eml"), key=lambda file: file.stat().st_mtime_ns):
            message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            if address in str(message["To"]):
                found.append(message)
        return found

    def wait_for_mail(self, address: str, subject: str, words: str = "", patience: float = PATIENCE) -> EmailMessage:
        """The newest mail to an address with these words in subject and text; fails when none comes in time.

        Without words the mail of an earlier story with the same subject would do, while the own is still on its way.
        """

        def arrived() -> EmailMessage | None:
            fitting = [mail for mail in self.mails_to(address) if subject in str(mail["Subject"])]
            told = [mail for mail in fitting if words in plain_text(mail)]
            return told[-1] if told else None

        return wait_for(arrived, f"mail »{subject}« with »{words}« to {address}", patience)


Found = TypeVar("Found")


def wait_for(look: Callable[[], Found | None], what: str, patience: float = PATIENCE) -> Found:
    limit = time.monotonic() + patience
    while time.monotonic() < limit:
        found = look()
        if found:
            return found
        time.sleep(0.2)
    raise AssertionError(f"Waited {patience:.0f} s in vain for {what}.")


def plain_text(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def link_in(message: EmailMessage, part: str) -> str:
    """The first address in a mail that contains `part`."""
    found = re.search(rf"https?://\S*{re.escape(part)}\S*", plain_text(message))
    assert found, plain_text(message)
    return found.group()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def programs(port: int, home: Path) -> dict[str, list[str]]:
    """Name and command line of every process of a portal."""
    python = [sys.executable, "-m"]
    web = ["--interface", "wsgi", "--port", str(port), "--workers", "1", "portal.wsgi:application"]
    return {
        "web": [*python, "granian", *web],
        "worker": [*python, "celery", "-A", "portal", "worker", "-c", "1", "--without-gossip", "--without-mingle"],
        "beat": [*python, "celery", "-A", "portal", "beat", "-s", str(home / "beat"), "--pidfile="],
    }


@contextmanager
def running_stack(home: Path) -> Iterator[Stack]:
    """Start everything on a database of its own; nothing is left behind afterwards."""
    port = free_port()
    number = process_number()
    database = create_database(f"journeys_{number}")
    address = f"http://127.0.0.1:{port}"
    env = {
        **os.environ,
        "DATABASE_URL": database,
        "REDIS_URL": own_broker(number),
        "SITE_URL": address,
        "PORTAL_HOME": str(home),
        "EMAIL_URL": (home / "mail").as_uri(),
        "BOUNCE_FOLDER": str(home / "bounces"),
        "PORTAL_DEMO": "1",
        "PYTHONWARNINGS": "default",
    }
    prepare = [sys.executable, "manage.py", "prepare"]
    done = subprocess.run(prepare, cwd=ROOT, env=env, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    processes = []
    try:
        for name, command in programs(port, home).items():
            with (home / f"{name}.log").open("wb") as log:
                processes.append(subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log))
        wait_for(lambda: answers(f"{address}/readyz"), "the web server")
        yield Stack(address=address, mail=home / "mail", database=database, bounces=home / "bounces")
    finally:
        for process in reversed(processes):
            process.terminate()
        for process in processes:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2) as response:  # noqa: S310  (our own address)
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def process_number() -> int:
    """1 without pytest-xdist; each of its processes has a running portal of its own."""
    return 1 + int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))


def own_broker(number: int) -> str:
    """A database of the session's broker beside the first: counts of failed sign-ins and queues are not shared."""
    given = os.environ["REDIS_URL"]
    return f"{given}?db={number}" if given.startswith("unix:") else urlsplit(given)._replace(path=f"/{number}").geturl()


def create_database(name: str) -> str:
    """A fresh database beside the one of the session; returns its address."""
    given = os.environ["DATABASE_URL"]
    connection = psycopg2.connect(given)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {name}")
    connection.close()
    return urlsplit(given)._replace(path=f"/{name}").geturl()
