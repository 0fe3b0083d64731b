"""What `make run` says before it starts anything, and how it stops what it started."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from embedded.home import ROOT, Home, open_home
from embedded.processes import process_alive, start_child, stop_child
from embedded.refusal import Refusal

STAND_IN = 'cd "$PORTAL_HOME"; trap "echo $0 >> order; exit 0" TERM; echo $$ > $0.pid; while :; do sleep 0.02; done'
SUPERVISOR = """
import os, sys
from embedded.home import Home
from embedded.run import Portal, StopRequest, supervise
from pathlib import Path
home = Home(Path(sys.argv[1]))

def begin(portal):
    for name in ("web", "worker", "beat"):
        portal.start(name, ["/bin/sh", "-c", sys.argv[2], name])

sys.exit(supervise(Portal(home, os.environ, "127.0.0.1", 0, None, StopRequest()), begin))
"""


def refused(environment: dict[str, str], **changes: str) -> str:
    """Runs the supervisor where it must refuse; returns its only line."""
    done = subprocess.run(
        [sys.executable, "-m", "embedded.run"],
        cwd=ROOT,
        env={**environment, **changes},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    return done.stderr.strip()


def test_taken_port_is_one_sentence(bare_environment: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
        assert refused(bare_environment, PORT=port).startswith(f"Der Port {port} auf 127.0.0.1 ist nicht frei")


@pytest.mark.parametrize("port", ["0", "65536", "acht", "-1", "²"])
def test_impossible_port_is_one_sentence(bare_environment: dict[str, str], port: str) -> None:
    assert refused(bare_environment, PORT=port) == f"PORT muss eine Zahl von 1 bis 65535 sein, nicht »{port}«."


def test_home_that_cannot_be_written_is_one_sentence(bare_environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    line = refused(bare_environment, PORTAL_HOME=str(tmp_path / "file" / "home"))
    assert line.startswith(f"In den Datenordner {tmp_path / 'file' / 'home'} kann nicht geschrieben werden")


@pytest.mark.parametrize("given", ["DATABASE_URL", "REDIS_URL"])
def test_one_server_address_alone_is_one_sentence(bare_environment: dict[str, str], given: str) -> None:
    assert "bitte beide setzen oder beide weglassen" in refused(bare_environment, PORT="18999", **{given: "x://y"})


def test_second_run_on_one_home_names_the_first(bare_environment: dict[str, str], home: Home) -> None:
    home.address.write_text("http://127.0.0.1:8765")
    lock = home.open_lock("run")
    fcntl.flock(lock, fcntl.LOCK_EX)
    try:
        assert refused(bare_environment).endswith("läuft schon ein Portal: http://127.0.0.1:8765")
    finally:
        os.close(lock)


def test_unreachable_database_is_one_sentence(bare_environment: dict[str, str]) -> None:
    addresses = {"DATABASE_URL": "postgresql://x@127.0.0.1:1/x", "REDIS_URL": "redis://127.0.0.1:1"}
    assert refused(bare_environment, PORT="18999", **addresses).startswith(
        "Die Datenbank aus DATABASE_URL antwortet nicht"
    )


def supervisor(home: Home) -> tuple[subprocess.Popen[str], dict[str, int]]:
    """A real supervisor over three stand-ins, and the process numbers of those."""
    process = subprocess.Popen(
        [sys.executable, "-c", SUPERVISOR, str(home.path), STAND_IN],
        cwd=ROOT,
        env={**os.environ, "PORTAL_HOME": str(home.path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    pids: dict[str, int] = {}
    limit = time.monotonic() + 20
    while len(pids) < 3:
        assert time.monotonic() < limit
        for name in ("web", "worker", "beat"):
            file = home.path / f"{name}.pid"
            if file.exists() and file.read_text().strip():
                pids[name] = int(file.read_text())
        time.sleep(0.02)
    return process, pids


def test_crashed_child_is_named_and_ends_the_rest(home: Home) -> None:
    process, pids = supervisor(home)
    os.kill(pids["worker"], signal.SIGKILL)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == 1
    assert errors.startswith("Der Prozess »worker« ist abgestürzt (Signal 9).")
    assert not any(process_alive(pid) for pid in pids.values())


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_signal_stops_beat_then_worker_then_web(home: Home, number: signal.Signals) -> None:
    process, pids = supervisor(home)
    process.send_signal(number)
    _, errors = process.communicate(timeout=30)
    assert (process.returncode, errors) == (0, "")
    assert (home.path / "order").read_text().split() == ["beat", "worker", "web"]
    assert not any(process_alive(pid) for pid in pids.values())


def test_children_of_a_killed_supervisor_end(home: Home) -> None:
    process, pids = supervisor(home)
    process.kill()
    process.communicate(timeout=30)
    limit = time.monotonic() + 10
    while any(process_alive(pid) for pid in pids.values()):
        assert time.monotonic() < limit
        time.sleep(0.02)


def test_child_that_ignores_the_request_is_killed_with_its_own_children(home: Home) -> None:
    script = "trap '' TERM; sleep 600 & echo $! > grandchild; wait"
    command = ["/bin/sh", "-c", f"cd {home.path}; {script}"]
    child = start_child(home, "stubborn", command, os.environ, patience=0.2)
    grandchild = home.path / "grandchild"
    while not grandchild.exists() or not grandchild.read_text().strip():
        time.sleep(0.02)
    stop_child(child)
    assert child.process.returncode == -signal.SIGKILL
    assert not process_alive(int(grandchild.read_text()))


def test_log_that_has_grown_is_kept_once(home: Home) -> None:
    home.log("web").write_bytes(b"x" * 5_000_001)
    home.open_log("web").close()
    assert home.log("web").stat().st_size == 0
    assert (home.path / "log" / "web.log.1").stat().st_size == 5_000_001


def test_home_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Refusal, match="PORTAL_HOME"):
        open_home(tmp_path / "file" / "home")
