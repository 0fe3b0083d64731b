"""Sets up `.venv` from the hashed lock files; only the standard library, because nothing else is there yet."""

import contextlib
import fcntl
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from embedded.home import ROOT
from embedded.refusal import Refusal

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed.json"


def install(kind: str) -> Path:
    """Makes `.venv` hold the packages of `requirements/KIND.txt` and returns its Python.

    `runtime` is part of `dev`. Nothing is done when the stamp of the last installation fits.
    """
    with _one_at_a_time():
        wanted = {name: _fingerprint(name) for name in (("runtime", "dev") if kind == "dev" else ("runtime",))}
        if not wanted.items() <= _installed().items():
            _ensure_venv()
            _install_packages(kind)
            STAMP.write_text(json.dumps(wanted))
        _compile_translations()
    return PYTHON


def is_root() -> bool:
    return os.geteuid() == 0


def apt_install(package: str) -> bool:
    """As root on Debian or Ubuntu, installs the package; False when that is impossible or fails."""
    apt = shutil.which("apt-get")
    if apt is None or not is_root():
        return False
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    print(f"Das Paket {package} wird installiert …", flush=True)
    commands = [[apt, "update"], [apt, "install", "-y", "--no-install-recommends", package]]
    # A failing update may still leave usable lists (one dead source of several), so only the installation counts.
    results = [subprocess.run(command, env=env, capture_output=True, text=True, check=False) for command in commands]
    if results[-1].returncode:
        print((results[0].stderr + results[-1].stderr).strip(), file=sys.stderr)
    return results[-1].returncode == 0


@contextlib.contextmanager
def _one_at_a_time() -> Iterator[None]:
    """`make run` and `make test` started together must not install into each other."""
    with (ROOT / "requirements" / "runtime.txt").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _fingerprint(name: str) -> str:
    lock = (ROOT / "requirements" / f"{name}.txt").read_bytes()
    return f"{sys.version_info.major}.{sys.version_info.minor} {hashlib.sha256(lock).hexdigest()}"


def _installed() -> dict[str, str]:
    """What the stamp says, or nothing when `.venv` does not work (any more)."""
    if not STAMP.exists() or not _runs(PYTHON, "-c", "import django"):
        return {}
    try:
        stamp: dict[str, str] = json.loads(STAMP.read_text())
    except ValueError:
        return {}
    return stamp


def _ensure_venv() -> None:
    version = f"import sys; sys.exit(sys.version_info[:2] != {sys.version_info[:2]})"
    if _runs(PYTHON, "-c", version) and _runs(PYTHON, "-m", "pip", "--version"):
        return
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if importlib.util.find_spec("ensurepip") is None and not apt_install(package):
        raise Refusal(f"Zum Einrichten fehlt das Paket {package}; »apt-get install {package}« (als root) hilft.")
    print("Die Python-Umgebung .venv wird angelegt …", flush=True)
    _require(
        subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=False), "Die Umgebung .venv anzulegen"
    )


def _install_packages(kind: str) -> None:
    print("Die Python-Pakete werden installiert (einmalig, etwa eine Minute) …", flush=True)
    lock = ROOT / "requirements" / f"{kind}.txt"
    options = ["-qq", "--no-input", "--disable-pip-version-check", "--require-hashes"]
    STAMP.unlink(missing_ok=True)
    command = [str(PYTHON), "-m", "pip", "install", *options, "-r", str(lock)]
    _require(subprocess.run(command, check=False), "Die Pakete zu installieren")


def _compile_translations() -> None:
    catalogues = list((ROOT / "locale").glob("*/LC_MESSAGES/django.po"))
    if all(_is_compiled(catalogue) for catalogue in catalogues):
        return
    command = [str(PYTHON), str(ROOT / "manage.py"), "compile_translations"]
    _require(subprocess.run(command, stdout=subprocess.DEVNULL, check=False), "Die Übersetzungen einzurichten")


def _is_compiled(catalogue: Path) -> bool:
    compiled = catalogue.with_suffix(".mo")
    return compiled.exists() and compiled.stat().st_mtime >= catalogue.stat().st_mtime


def _runs(*command: str | Path) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _require(done: subprocess.CompletedProcess[bytes], what: str) -> None:
    if done.returncode:
        raise Refusal(f"{what} ist gescheitert (siehe oben).")
