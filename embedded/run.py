"""`make run`: one process that starts the whole portal, watches it and stops it in order."""

import contextlib
import fcntl
import http.client
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import FrameType
from urllib.parse import urlsplit

from embedded.environment import DEFAULT_PORT, given_servers, portal_environment
from embedded.home import ROOT, Home, home_path, open_home
from embedded.processes import Child, describe_end, start_child, stop_child
from embedded.refusal import Refusal
from embedded.servers import Servers, crashed_server, shared_servers
from embedded.versions import refuse_newer_database

READY_SECONDS = 60.0
POLL_SECONDS = 0.1
TAIL_LINES = 15
PYTHON_MODULE = [sys.executable, "-m"]
# Per worker; each thread keeps a database connection, and granian's own limit of 256 would exceed max_connections.
THREADS = ["--blocking-threads", "8"]


class Stopped(Exception):
    """Somebody pressed Ctrl-C or sent SIGTERM."""


class StopRequest:
    """Remembers the first SIGINT, SIGTERM or SIGHUP; whoever waits looks here."""

    def __init__(self) -> None:
        self.made = False
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._note)

    def _note(self, _number: int, _frame: FrameType | None) -> None:
        self.made = True


@dataclass
class Portal:
    """What is running. Children stop in the reverse of the order in which they were started."""

    home: Home
    env: Mapping[str, str]
    host: str
    port: int
    servers: Servers | None
    stop_request: StopRequest
    children: list[Child] = field(default_factory=list)

    def start(self, name: str, command: Sequence[str]) -> None:
        self.children.append(start_child(self.home, name, command, self.env))

    def check(self) -> None:
        """Raises Stopped when asked to stop, Refusal when a process has ended by itself."""
        if self.stop_request.made:
            raise Stopped
        for child in self.children:
            if child.ended:
                raise Refusal(describe_end(child.name, child.process.returncode) + last_lines(self.home, child.name))
        crash = crashed_server(self.home, self.servers) if self.servers else None
        if crash:
            raise Refusal(crash)

    def stop(self) -> None:
        for child in reversed(self.children):
            stop_child(child)


def main() -> int:
    stop_request = StopRequest()
    home = open_home(home_path(os.environ))
    host, port = os.environ.get("HOST") or "127.0.0.1", _port(os.environ.get("PORT") or DEFAULT_PORT)
    with _only_run(home):
        _refuse_taken_port(host, port)
        with _servers(home) as (database_url, redis_url, servers):
            environ = {**os.environ, "PORT": str(port)}
            env = portal_environment(environ, home, database_url, redis_url)
            home.address.write_text(env["SITE_URL"])
            return supervise(Portal(home, env, host, port, servers, stop_request), _begin)


def supervise(portal: Portal, begin: Callable[[Portal], None]) -> int:
    """Runs until a signal (0) or until something fails (1, after naming it); nothing of `begin` outlives the call."""
    try:
        begin(portal)
        while True:
            portal.check()
            time.sleep(POLL_SECONDS)
    except Stopped:
        print("\nDas Portal wird beendet …", flush=True)
        return 0
    except Refusal as refusal:
        print(refusal, file=sys.stderr, flush=True)
        return 1
    finally:
        portal.stop()


def _begin(portal: Portal) -> None:
    refuse_newer_database(portal.env["DATABASE_URL"])
    logins = _prepare(portal)
    _start_web(portal)
    _wait_until_ready(portal)
    _start_background(portal)
    _greet(portal, logins)


def web_server(host: str, port: int) -> list[str]:
    """The command of the web server; also what is measured."""
    listen = ["--host", host, "--port", str(port)]
    server = ["granian", "--interface", "wsgi", *listen, "--workers", "2", *THREADS, "--no-access-log"]
    return [*PYTHON_MODULE, *server, "portal.wsgi:application"]


def _start_web(portal: Portal) -> None:
    portal.start("web", web_server(portal.host, portal.port))


def _start_background(portal: Portal) -> None:
    """After the web server: four processes loading the portal at once would delay the first page."""
    worker = ["celery", "-A", "portal", "worker", "-c", "2", "--without-gossip", "--without-mingle"]
    beat = ["celery", "-A", "portal", "beat", "-s", str(portal.home.path / "celerybeat-schedule"), "--pidfile="]
    portal.start("worker", [*PYTHON_MODULE, *worker])
    portal.start("beat", [*PYTHON_MODULE, *beat])


def _prepare(portal: Portal) -> list[list[str]]:
    """Migrates, loads catalogue and demo data, collects static files; returns logins as role, address, password."""
    print("Datenbank, Katalog und Beispieldaten werden vorbereitet …", flush=True)
    log = portal.home.log("prepare")
    log.unlink(missing_ok=True)
    child = start_child(portal.home, "prepare", [sys.executable, str(ROOT / "manage.py"), "prepare"], portal.env)
    try:
        while not child.ended:
            portal.check()
            time.sleep(0.02)
    finally:
        stop_child(child)
    if child.process.returncode:
        raise Refusal("Die Vorbereitung ist gescheitert." + last_lines(portal.home, "prepare"))
    lines = log.read_text(errors="replace").splitlines()
    return [line.split("\t")[1:] for line in lines if line.startswith("login\t")]


def _wait_until_ready(portal: Portal) -> None:
    limit = time.monotonic() + READY_SECONDS
    while not _answers(portal):
        portal.check()
        if time.monotonic() > limit:
            raise Refusal(f"Der Webserver antwortet nicht; Näheres steht in {portal.home.log('web')}.")
        time.sleep(POLL_SECONDS)


def _answers(portal: Portal) -> bool:
    target = "127.0.0.1" if portal.host in {"0.0.0.0", "::", ""} else portal.host  # noqa: S104 - compared, not bound
    connection = http.client.HTTPConnection(target, portal.port, timeout=5)
    try:
        connection.request("GET", "/healthz", headers={"Host": urlsplit(portal.env["SITE_URL"]).netloc})
        return connection.getresponse().status < 400
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _greet(portal: Portal, logins: list[list[str]]) -> None:
    print(f"\nDas Portal läuft:  {portal.env['SITE_URL']}\n")
    if logins:
        widths = [max(len(row[column]) for row in logins) for column in (0, 1)]
        print("Anmeldungen der Beispielpersonen (Rolle, E-Mail-Adresse, Kennwort):")
        for role, address, password in logins:
            print(f"  {role:<{widths[0]}}  {address:<{widths[1]}}  {password}")
        print("Verlangt die Anmeldung einen zweiten Faktor, steht der Code dieser Beispielpersonen auf der Seite.")
        print()
    mail = urlsplit(portal.env["EMAIL_URL"])
    print(f"Versandte Nachrichten:  {mail.path if mail.scheme == 'file' else mail.hostname}")
    print(f"Protokolle:             {portal.home.path / 'log'}")
    for note in portal.servers.notes if portal.servers else ():
        print(note)
    print("Beenden mit Strg+C.", flush=True)


@contextlib.contextmanager
def _servers(home: Home) -> Iterator[tuple[str, str, Servers | None]]:
    given = given_servers(os.environ)
    if given is not None:
        yield (*given, None)
        return
    with shared_servers(home) as servers:
        yield servers.database_url, servers.redis_url, servers


@contextlib.contextmanager
def _only_run(home: Home) -> Iterator[None]:
    lock = home.open_lock("run")
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            address = home.address.read_text() if home.address.exists() else "…"
            raise Refusal(f"Mit dem Datenordner {home.path} läuft schon ein Portal: {address}") from None
        yield
    finally:
        os.close(lock)


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        raise Refusal(f"PORT muss eine Zahl von 1 bis 65535 sein, nicht »{text}«.")
    return int(text)


def _refuse_taken_port(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Refusal(
                f"Der Port {port} auf {host} ist nicht frei ({error.strerror}); bitte einen anderen mit PORT angeben."
            ) from error


def last_lines(home: Home, name: str) -> str:
    """The end of a log, as a sentence to append."""
    lines = home.log(name).read_text(errors="replace").splitlines()[-TAIL_LINES:]
    return "".join([f" Letzte Zeilen von {home.log(name)}:", *(f"\n  {line}" for line in lines)])


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Refusal as refusal:
        sys.exit(str(refusal))
