"""A private Valkey on a unix socket: broker and cache of one portal."""

import signal
import socket
import subprocess
import time

from embedded.accounts import identity
from embedded.home import Home
from embedded.places import Places
from embedded.processes import die_with_parent, stop_process
from embedded.refusal import Refusal

START_SECONDS = 20.0
STOP_SECONDS = 10.0


def redis_url(places: Places) -> str:
    return f"unix://{places.valkey_socket}"


def start_valkey(home: Home, places: Places) -> subprocess.Popen[bytes]:
    """Returns the server once it answers PING. It saves every 5 minutes and when stopped; nothing the portal cannot
    rebuild lives in it.
    """
    options = {
        "port": "0",
        "unixsocket": str(places.valkey_socket),
        "unixsocketperm": "700",
        "dir": str(places.broker_data),
        "save": "300 1",
        "appendonly": "no",
        "daemonize": "no",
    }
    command = [str(places.valkey_program)]
    for name, value in options.items():
        command += [f"--{name}", value]
    with home.open_log("valkey") as log:
        process = subprocess.Popen(
            command,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env={"LC_ALL": "C.UTF-8"},
            preexec_fn=die_with_parent(signal.SIGTERM),
            **identity(places.account),
        )
    limit = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < limit:
        if _answers(places):
            return process
        time.sleep(0.02)
    stop_valkey(process)
    raise Refusal(f"Valkey ist nicht gestartet; Näheres steht in {home.log('valkey')}.")


def stop_valkey(process: subprocess.Popen[bytes]) -> None:
    stop_process(process, signal.SIGTERM, STOP_SECONDS)


def _answers(places: Places) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(1.0)
        try:
            connection.connect(str(places.valkey_socket))
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
        except OSError:
            return False
