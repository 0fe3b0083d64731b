"""The private PostgreSQL and Valkey with real processes: starting, sharing, being killed, coming back."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg2
import pytest
import redis

from embedded.home import ROOT, Home, open_home
from embedded.places import outside, private_folder
from embedded.processes import process_alive
from embedded.refusal import Refusal
from embedded.servers import Servers, crashed_server, shared_servers

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root")


def query(servers: Servers, statement: str) -> object:
    connection = psycopg2.connect(servers.database_url)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else None
    finally:
        connection.close()


def eventually(condition: Callable[[], bool], seconds: float = 15.0) -> bool:
    limit = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > limit:
            return False
        time.sleep(0.05)
    return True


def all_ended(servers: Servers) -> bool:
    return not any(process_alive(pid) for pid in servers.pids.values())


def other_user(home: Home) -> subprocess.Popen[str]:
    """Another process that uses the servers until its input closes; says `ready` once it has them."""
    code = (
        "import sys\nfrom pathlib import Path\nfrom embedded.home import Home\n"
        "from embedded.servers import shared_servers\n"
        "with shared_servers(Home(Path(sys.argv[1])), durable=False) as servers:\n"
        "    print('ready', *servers.pids.values(), flush=True)\n    sys.stdin.read()\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(home.path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline().startswith("ready")
    return process


def end(process: subprocess.Popen[str]) -> None:
    process.communicate()


def test_database_of_first_start_is_portal_in_utf8(servers: Servers) -> None:
    rows = query(servers, "SELECT current_database(), current_setting('server_encoding'), lower('ÄÖ')")
    assert rows == [("portal", "UTF8", "äö")]


def test_valkey_answers(servers: Servers) -> None:
    with redis.Redis.from_url(servers.redis_url) as client:
        assert client.ping()


def test_servers_listen_on_no_network_port(servers: Servers) -> None:
    assert query(servers, "SELECT current_setting('listen_addresses')") == [("",)]


@as_root
def test_servers_of_root_run_under_an_account_without_rights(servers: Servers) -> None:
    owners = {Path(f"/proc/{servers.pids[name]}").stat().st_uid for name in ("postgres", "valkey")}
    assert 0 not in owners


@as_root
def test_stranger_cannot_connect(servers: Servers) -> None:
    folder = servers.database_url.partition("host=")[2]
    done = subprocess.run(["/bin/ls", folder], user=65534, group=65534, extra_groups=[], cwd="/", capture_output=True)
    assert done.returncode != 0
    assert b"Permission denied" in done.stderr


def test_data_survives_a_second_start_and_nothing_runs_between(home: Home) -> None:
    with shared_servers(home, durable=False) as first:
        query(first, "CREATE TABLE kept AS SELECT 7 AS number")
        with redis.Redis.from_url(first.redis_url) as client:
            client.set("kept", "7")
    assert all_ended(first)
    with shared_servers(home, durable=False) as second:
        assert query(second, "SELECT number FROM kept") == [(7,)]
        with redis.Redis.from_url(second.redis_url) as client:
            assert client.get("kept") == b"7"


def test_two_users_share_one_cluster_until_the_last_leaves(home: Home) -> None:
    other = other_user(home)
    with shared_servers(home, durable=False) as shared:
        end(other)
        assert query(shared, "SELECT 1") == [(1,)]
        assert crashed_server(home, shared) is None
    assert all_ended(shared)


def test_first_user_may_leave_before_the_second(home: Home) -> None:
    with shared_servers(home, durable=False) as shared:
        other = other_user(home)
    assert not all_ended(shared)
    assert query(shared, "SELECT 1") == [(1,)]
    end(other)
    assert all_ended(shared)


def test_killed_user_leaves_no_servers_behind(home: Home) -> None:
    other = other_user(home)
    with shared_servers(home, durable=False) as shared:
        pass
    assert not all_ended(shared)
    other.kill()
    end(other)
    assert eventually(lambda: all_ended(shared))


def test_killed_postgres_is_named_and_comes_back_with_its_data(home: Home) -> None:
    with shared_servers(home) as first:
        query(first, "CREATE TABLE kept AS SELECT 7 AS number")
        os.kill(first.pids["postgres"], signal.SIGKILL)
        assert eventually(lambda: not process_alive(first.pids["postgres"]))
        assert crashed_server(home, first) == "Der Prozess »postgres« ist abgestürzt (Signal 9)."
    assert all_ended(first)
    with shared_servers(home, durable=False) as second:
        assert query(second, "SELECT number FROM kept") == [(7,)]


def test_killed_guard_takes_its_servers_along_and_the_next_start_works(home: Home) -> None:
    with shared_servers(home, durable=False) as first:
        os.kill(first.pids["guard"], signal.SIGKILL)
        assert eventually(lambda: all_ended(first))
    with shared_servers(home, durable=False) as second:
        assert query(second, "SELECT 1") == [(1,)]


def test_pid_file_of_a_foreign_process_does_not_hinder(home: Home) -> None:
    with shared_servers(home, durable=False):
        pid_file = home.path / "postgres" / "postmaster.pid"
        content = pid_file.read_text().splitlines()
        owner = pid_file.stat()
    pid_file.write_text("\n".join([str(os.getpid()), *content[1:]]) + "\n")
    os.chown(pid_file, owner.st_uid, owner.st_gid)
    with shared_servers(home, durable=False) as second:
        assert query(second, "SELECT 1") == [(1,)]


def test_cluster_of_another_postgres_version_is_refused_with_both_numbers(home: Home) -> None:
    with shared_servers(home, durable=False):
        pass
    (home.path / "postgres" / "PG_VERSION").write_text("99\n")
    with pytest.raises(Refusal, match=r"gehört zu PostgreSQL 99, vorhanden ist PostgreSQL \d+;"), shared_servers(home):
        pass


def test_folder_with_other_files_is_not_taken_for_a_cluster(home: Home) -> None:
    folder = home.path / "postgres"
    folder.mkdir()
    (folder / "notes.txt").write_text("mine")
    with pytest.raises(Refusal, match="wird nicht angerührt"), shared_servers(home):
        pass
    assert (folder / "notes.txt").read_text() == "mine"


def test_existing_home_keeps_its_mode(home: Home) -> None:
    home.path.chmod(0o755)
    with shared_servers(open_home(home.path), durable=False):
        pass
    assert home.path.stat().st_mode & 0o777 == 0o755


@as_root
def test_home_the_servers_cannot_enter_is_left_alone_and_data_goes_outside(home: Home) -> None:
    home.path.chmod(0o700)
    with shared_servers(home, durable=False) as shared:
        assert query(shared, "SELECT 1") == [(1,)]
    assert home.path.stat().st_mode & 0o777 == 0o700
    assert (outside(home) / "postgres" / "PG_VERSION").exists()
    assert any(str(outside(home)) in note for note in shared.notes)
    home.path.chmod(0o711)
    with shared_servers(home, durable=False) as again:
        assert again.database_url == shared.database_url


def test_socket_of_a_long_path_goes_to_a_private_folder(home: Home) -> None:
    long_home = open_home(home.path / ("langer-name-" * 8))
    with shared_servers(long_home, durable=False) as shared:
        folder = Path(shared.database_url.partition("host=")[2])
        assert query(shared, "SELECT 1") == [(1,)]
        assert not folder.is_relative_to(long_home.path)
        assert folder.stat().st_mode & 0o777 == 0o700
    for leftover in folder.iterdir():
        leftover.unlink()
    folder.rmdir()


@pytest.mark.parametrize("kind", ["link", "open", "file"])
def test_private_folder_somebody_else_prepared_is_refused(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "run"
    if kind == "link":
        path.symlink_to(tmp_path)
    elif kind == "open":
        path.mkdir()
        path.chmod(0o755)
    else:
        path.touch()
    with pytest.raises(Refusal, match="allein gehören"):
        private_folder(path, None)
