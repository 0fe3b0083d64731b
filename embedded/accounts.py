"""Under which account the private servers run: PostgreSQL refuses root, so root uses an account without rights."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from embedded.refusal import Refusal

SYSTEM_ACCOUNT = "zukunftswerkstatt"


@dataclass(frozen=True)
class Account:
    name: str
    uid: int
    gid: int


class ChildIdentity(TypedDict, total=False):
    """The arguments of `subprocess.Popen` that drop root; empty when there is nothing to drop."""

    user: int
    group: int
    extra_groups: list[int]


def identity(account: Account | None) -> ChildIdentity:
    if account is None:
        return {}
    return {"user": account.uid, "group": account.gid, "extra_groups": []}


def server_account(data: Path) -> Account | None:
    """The account for the servers, or None when the caller is not root and simply runs them.

    An existing data folder keeps its owner: root may start a cluster that a person made before.
    """
    if os.geteuid() != 0:
        return None
    owner = data.stat().st_uid if data.exists() else 0
    if owner:
        try:
            return _account(pwd.getpwuid(owner))
        except KeyError:
            raise Refusal(
                f"Der Datenordner {data} gehört einem Konto, das es nicht mehr gibt (Nummer {owner})."
            ) from None
    return _named(SYSTEM_ACCOUNT) or _created() or _nobody()


def may_enter(account: Account | None, folder: Path) -> bool:
    """Whether a process of the account can pass into the folder; asked of the kernel, not worked out from modes."""
    return _succeeds(account, ["/bin/sh", "-c", 'cd -- "$1"', "sh", str(folder)])


def may_execute(account: Account | None, program: Path) -> bool:
    return _succeeds(account, [str(program), "--version"])


def _succeeds(account: Account | None, command: list[str]) -> bool:
    try:
        done = subprocess.run(command, cwd="/", capture_output=True, check=False, **identity(account))
    except OSError:
        return False
    return done.returncode == 0


def _account(entry: pwd.struct_passwd) -> Account:
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def _named(name: str) -> Account | None:
    try:
        return _account(pwd.getpwnam(name))
    except KeyError:
        return None


def _created() -> Account | None:
    program = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if program is None:
        return None
    options = [
        "--system",
        "--no-create-home",
        "--home-dir",
        "/nonexistent",
        "--shell",
        "/usr/sbin/nologin",
        "--user-group",
    ]
    # A failure is answered by the look-up: another portal may have created the account a moment ago.
    subprocess.run([program, *options, SYSTEM_ACCOUNT], capture_output=True, check=False)
    return _named(SYSTEM_ACCOUNT)


def _nobody() -> Account:
    nobody = _named("nobody")
    if nobody is None:
        raise Refusal(f"Das Konto »{SYSTEM_ACCOUNT}« für die Datenbank lässt sich nicht anlegen (useradd fehlt).")
    return nobody
