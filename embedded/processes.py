"""Starting, watching and ending child processes so that none outlives its parent."""

import contextlib
import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from embedded.home import ROOT, Home

PR_SET_PDEATHSIG = 1


def die_with_parent(number: signal.Signals) -> Callable[[], None]:
    """For `preexec_fn`: the kernel sends the signal to the child when the thread that started it ends.

    Runs after the change of user (which would clear it). Start such children from the main thread only.
    """
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    parent = os.getpid()

    def ask_kernel() -> None:
        prctl(PR_SET_PDEATHSIG, int(number), 0, 0, 0)
        if os.getppid() != parent:  # the parent died between fork and prctl
            os._exit(1)

    return ask_kernel


def process_alive(pid: int) -> bool:
    """False for a process that has ended, even while nobody has collected it yet."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] not in {"Z", "X"}


def stop_process(process: subprocess.Popen[bytes], number: signal.Signals, patience: float) -> None:
    """Asks with the signal, and kills after `patience` seconds."""
    if process.poll() is not None:
        return
    process.send_signal(number)
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@dataclass(frozen=True)
class Child:
    """A process with a session of its own: Ctrl-C at the terminal reaches the supervisor alone."""

    name: str
    process: subprocess.Popen[bytes]
    patience: float

    @property
    def ended(self) -> bool:
        return self.process.poll() is not None


def start_child(
    home: Home, name: str, command: Sequence[str], env: Mapping[str, str], *, patience: float = 10.0
) -> Child:
    """Output goes to the log of that name. `patience` is how many seconds `stop_child` waits before it kills."""
    with home.open_log(name) as log:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            preexec_fn=die_with_parent(signal.SIGTERM),
        )
    return Child(name, process, patience)


def stop_child(child: Child) -> None:
    """Asks the process itself, then sweeps its whole group: workers of a crashed parent go too."""
    stop_process(child.process, signal.SIGTERM, child.patience)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.process.pid, signal.SIGKILL)
        _wait_for_group(child.process.pid)


def describe_end(name: str, returncode: int | None) -> str:
    if returncode is None:
        return f"Der Prozess »{name}« ist abgestürzt."
    if returncode < 0:
        return f"Der Prozess »{name}« ist abgestürzt (Signal {-returncode})."
    return f"Der Prozess »{name}« hat sich unerwartet beendet (Rückgabewert {returncode})."


def _wait_for_group(group: int, seconds: float = 5.0) -> None:
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        os.killpg(group, 0)  # raises ProcessLookupError once the group is empty
        time.sleep(0.02)
