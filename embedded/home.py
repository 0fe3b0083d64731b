"""PORTAL_HOME: the folder that keeps database, broker, mail, media, logs and locks of one portal."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from embedded.refusal import Refusal

ROOT = Path(__file__).resolve().parent.parent
LOG_LIMIT_BYTES = 5_000_000
PRIVATE_FOLDERS = ("locks", "log", "mail", "media")


@dataclass(frozen=True)
class Home:
    """Paths inside an existing PORTAL_HOME; `path` is absolute."""

    path: Path

    @property
    def mail(self) -> Path:
        return self.path / "mail"

    @property
    def secret_key(self) -> Path:
        return self.path / "secret_key"

    @property
    def address(self) -> Path:
        """Holds the SITE_URL of the last `make run`, so that `manage.py` builds the same links."""
        return self.path / "address"

    @property
    def servers(self) -> Path:
        """What the guard of the private servers tells about them, as JSON; there while they run."""
        return self.path / "servers.json"

    @property
    def server_end(self) -> Path:
        """Which private server ended by itself, as JSON."""
        return self.path / "servers.end.json"

    def log(self, name: str) -> Path:
        return self.path / "log" / f"{name}.log"

    def open_log(self, name: str) -> BinaryIO:
        """Opens the log for appending; what has grown past 5 MB is kept once as `NAME.log.1`."""
        path = self.log(name)
        if path.exists() and path.stat().st_size > LOG_LIMIT_BYTES:
            path.replace(path.with_suffix(".log.1"))
        return path.open("ab")

    def open_lock(self, name: str) -> int:
        """A file descriptor for `fcntl.flock`; closing it releases the lock. Children do not inherit it."""
        return os.open(self.path / "locks" / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def home_path(environ: Mapping[str, str]) -> Path:
    """PORTAL_HOME made absolute, or `.local` beside the code; nothing is created."""
    return Path(environ.get("PORTAL_HOME") or ROOT / ".local").absolute()


def open_home(path: Path) -> Home:
    """Creates what is missing, and refuses a folder that cannot be written. A folder that was there keeps its mode.

    Root's own folder lets others pass through (0711), because the database then runs under an account of its own; the
    folders inside are private all the same.
    """
    try:
        if not path.exists():
            path.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True)
        for name in PRIVATE_FOLDERS:
            folder = path / name
            if not folder.exists():
                folder.mkdir(mode=0o700)
            probe = folder / f".probe-{os.getpid()}"
            probe.touch()
            probe.unlink()
    except OSError as error:
        raise Refusal(
            f"In den Datenordner {path} kann nicht geschrieben werden ({error.strerror}); "
            "bitte einen anderen Ordner mit PORTAL_HOME angeben."
        ) from error
    return Home(path)
