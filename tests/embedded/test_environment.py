import os
import subprocess
import sys
from pathlib import Path

import pytest

from embedded.environment import given_servers, portal_environment
from embedded.home import ROOT, Home
from embedded.refusal import Refusal
from embedded.servers import shared_servers


def manage(environment: dict[str, str], *arguments: str) -> str:
    command = [sys.executable, "-W", "error", "manage.py", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_secret_key_is_made_once_and_private(home: Home) -> None:
    first = portal_environment({}, home, "d", "r")["SECRET_KEY"]
    assert len(first) >= 50
    assert home.secret_key.stat().st_mode & 0o777 == 0o600
    assert portal_environment({}, home, "d", "r")["SECRET_KEY"] == first


def test_what_the_caller_has_set_is_kept(home: Home) -> None:
    given = {"SITE_URL": "https://portal.example", "SECRET_KEY": "given", "PORTAL_DEMO": "0"}
    assert given.items() <= portal_environment(given, home, "d", "r").items()


def test_address_follows_the_port_and_then_the_last_run(home: Home) -> None:
    assert portal_environment({}, home, "d", "r")["SITE_URL"] == "http://127.0.0.1:8000"
    home.address.write_text("http://127.0.0.1:8123")
    assert portal_environment({}, home, "d", "r")["SITE_URL"] == "http://127.0.0.1:8123"
    assert portal_environment({"PORT": "8456"}, home, "d", "r")["SITE_URL"] == "http://127.0.0.1:8456"


def test_given_servers_are_both_or_none() -> None:
    assert given_servers({}) is None
    assert given_servers({"DATABASE_URL": "a", "REDIS_URL": "b"}) == ("a", "b")
    with pytest.raises(Refusal, match="REDIS_URL fehlt"):
        given_servers({"DATABASE_URL": "a"})


def test_command_without_database_starts_nothing(bare_environment: dict[str, str], tmp_path: Path) -> None:
    environment = {**bare_environment, "PORTAL_HOME": str(tmp_path / "untouched")}
    manage(environment, "diffsettings")
    assert not (tmp_path / "untouched").exists()


def test_command_without_database_needs_no_setting_beside_a_given_server(bare_environment: dict[str, str]) -> None:
    given = {"DATABASE_URL": "postgresql://portal@127.0.0.1:1/none", "REDIS_URL": "redis://127.0.0.1:1/0"}
    assert "SITE_URL" in manage({**bare_environment, **given}, "diffsettings")


def test_command_starts_the_database_for_its_own_length(bare_environment: dict[str, str], home: Home) -> None:
    code = "from django.db import connection as c; c.ensure_connection(); print(c.settings_dict['NAME'])"
    assert manage(bare_environment, "shell", "--no-imports", "-c", code) == "portal"
    assert not home.servers.exists()


def test_command_finds_the_running_database(bare_environment: dict[str, str], home: Home) -> None:
    code = (
        "from django.db import connection as c\n"
        "with c.cursor() as cursor:\n"
        "    cursor.execute('SELECT pg_postmaster_start_time()::text')\n"
        "    print(cursor.fetchone()[0])\n"
    )
    with shared_servers(home, durable=False) as servers:
        first, second = (manage(bare_environment, "shell", "--no-imports", "-c", code) for _ in range(2))
        assert first == second
        assert os.path.exists(f"/proc/{servers.pids['postgres']}")  # noqa: PTH110 - a process, not a file
