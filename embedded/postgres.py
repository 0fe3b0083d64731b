"""A private PostgreSQL on a unix socket, made from the programs of a wheel or of PG_BIN_DIR."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

import psycopg2

from embedded.accounts import identity
from embedded.home import Home
from embedded.places import Places
from embedded.processes import die_with_parent, process_alive, stop_process
from embedded.refusal import Refusal

DATABASE = "portal"
ROLE = "portal"
START_SECONDS = 60.0
STOP_SECONDS = 30.0
NOT_DURABLE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


def database_url(places: Places) -> str:
    return f"postgresql://{ROLE}@/{DATABASE}?host={quote(str(places.sockets), safe='/')}"


def start_postgres(home: Home, places: Places, *, durable: bool) -> subprocess.Popen[bytes]:
    """Returns the postmaster once the database `portal` answers; makes cluster and database on the first start.

    `durable=False` gives up safety against power loss for speed, for tests. Raises Refusal with one sentence.
    """
    if places.data.exists() and not os.access(places.data, os.R_OK | os.W_OK | os.X_OK):
        raise Refusal(f"Der Datenordner {places.data} gehört einem anderen Konto.")
    if not (places.data / "PG_VERSION").exists():
        _make_cluster(home, places, durable=durable)
    _check_version(places)
    _end_orphan(places)
    settings = [
        "listen_addresses=",
        f"unix_socket_directories={places.sockets}",
        "unix_socket_permissions=0700",
        "shared_buffers=128MB",
        "max_connections=100",
        *(() if durable else NOT_DURABLE),
    ]
    command = [str(places.postgres_programs / "postgres"), "-D", str(places.data)]
    for setting in settings:
        command += ["-c", setting]
    with home.open_log("postgres") as log:
        process = subprocess.Popen(
            command,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=_environment(),
            preexec_fn=die_with_parent(signal.SIGINT),
            **identity(places.account),
        )
    try:
        _wait_until_ready(home, places, process)
    except BaseException:
        stop_postgres(process)
        raise
    return process


def stop_postgres(process: subprocess.Popen[bytes]) -> None:
    """A fast shutdown: open transactions are rolled back, everything committed is on disk."""
    stop_process(process, signal.SIGINT, STOP_SECONDS)


def _environment() -> dict[str, str]:
    # Nothing of the caller's: PGDATA, PGOPTIONS or a locale that is not installed would change the server.
    return {"PATH": os.defpath, "LC_ALL": "C.UTF-8"}


def _make_cluster(home: Home, places: Places, *, durable: bool) -> None:
    """initdb works in a draft folder that is renamed at the end, so a start cut short leaves no half cluster."""
    if places.data.exists() and any(places.data.iterdir()):
        raise Refusal(
            f"Im Ordner {places.data} liegt etwas, das keine PostgreSQL-Datenbank ist; er wird nicht angerührt."
        )
    for leftover in places.data.parent.glob(".postgres-draft-*"):
        shutil.rmtree(leftover)
    draft = Path(tempfile.mkdtemp(dir=places.data.parent, prefix=".postgres-draft-"))
    if places.account is not None:
        os.chown(draft, places.account.uid, places.account.gid)
    options = ["--encoding=UTF8", "--locale=C.UTF-8", "--auth=trust", f"--username={ROLE}", "--no-instructions"]
    if not durable:
        options.append("--no-sync")
    with home.open_log("postgres") as log:
        done = subprocess.run(
            [str(places.postgres_programs / "initdb"), *options, "-D", str(draft)],
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=_environment(),
            check=False,
            **identity(places.account),
        )
    if done.returncode:
        raise Refusal(
            f"Die Datenbank lässt sich in {places.data} nicht anlegen; Näheres steht in {home.log('postgres')}."
        )
    draft.rename(places.data)


def _check_version(places: Places) -> None:
    data = (places.data / "PG_VERSION").read_text().strip()
    program = places.postgres_programs / "postgres"
    answer = subprocess.run([str(program), "--version"], cwd="/", capture_output=True, text=True, check=True).stdout
    major = answer.split()[2].split(".")[0]
    if data != major:
        raise Refusal(
            f"Die Datenbank in {places.data} gehört zu PostgreSQL {data}, vorhanden ist PostgreSQL {major}; "
            "bitte das passende PostgreSQL mit PG_BIN_DIR angeben oder die Daten übertragen."
        )


def _end_orphan(places: Places) -> None:
    """Clears what a killed run left: a postmaster without a guard, or a pid file whose number is another program's now.

    The caller holds the guard's lock, so no living guard owns that postmaster.
    """
    pid_file = places.data / "postmaster.pid"
    if not pid_file.exists():
        return
    pid = int(pid_file.read_text().splitlines()[0])
    try:
        ours = Path(f"/proc/{pid}/cwd").resolve() == places.data.resolve() and process_alive(pid)
    except OSError:
        ours = False
    if not ours:
        pid_file.unlink()
        return
    for number in (signal.SIGINT, signal.SIGQUIT):
        os.kill(pid, number)
        limit = time.monotonic() + STOP_SECONDS / 2
        while process_alive(pid) and time.monotonic() < limit:
            time.sleep(0.05)


def _wait_until_ready(home: Home, places: Places, process: subprocess.Popen[bytes]) -> None:
    limit = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < limit:
        try:
            connection = psycopg2.connect(host=str(places.sockets), user=ROLE, dbname="postgres")
        except psycopg2.OperationalError:
            time.sleep(0.03)
            continue
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
            if cursor.fetchone() is None:
                cursor.execute(f"CREATE DATABASE {DATABASE} TEMPLATE template0 ENCODING 'UTF8'")
        connection.close()
        return
    raise Refusal(f"Die Datenbank ist nicht gestartet; Näheres steht in {home.log('postgres')}.")
