import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException

from embedded.home import ROOT

START_SECONDS = 30.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_server(port: int, env: dict[str, str]) -> Iterator[int]:
    """The web server as in production, with one worker so that the load generator has a core of its own; its pid."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers", "1"]
    with subprocess.Popen(
        [*command, "--no-access-log", "portal.wsgi:application"], cwd=ROOT, env=env, stdout=subprocess.DEVNULL
    ) as server:
        try:
            wait_until_ready(port)
            yield server.pid
        finally:
            server.terminate()


def wait_until_ready(port: int) -> None:
    limit = time.monotonic() + START_SECONDS
    while time.monotonic() < limit:
        connection = HTTPConnection("127.0.0.1", port, timeout=2)
        try:
            connection.request("GET", "/readyz")
            if connection.getresponse().status == 200:
                return
        except (OSError, HTTPException):
            time.sleep(0.1)
        finally:
            connection.close()
    raise RuntimeError("The server did not answer.")
