"""The environment `portal/settings.py` reads, worked out for a machine where nobody has set anything."""

import contextlib
import os
import secrets
from collections.abc import Iterator, Mapping, Sequence

from embedded.home import Home, home_path, open_home
from embedded.refusal import Refusal

DEFAULT_PORT = "8000"
SENDER = "ZukunftsWerkstatt INDUSTRIE <portal@localhost>"

# Commands that open no database; every other one gets the private servers.
WITHOUT_SERVERS = frozenset(
    {
        "--help",
        "--version",
        "-h",
        "collectstatic",
        "compile_translations",
        "diffsettings",
        "draw_panel",
        "findstatic",
        "help",
        "opinions",
        "rank_data",
        "startapp",
        "update_translations",
        "version",
    }
)


def given_servers(environ: Mapping[str, str]) -> tuple[str, str] | None:
    """DATABASE_URL and REDIS_URL when both are set, None when neither is; one alone is refused."""
    database, broker = environ.get("DATABASE_URL", ""), environ.get("REDIS_URL", "")
    if bool(database) != bool(broker):
        missing = "REDIS_URL" if database else "DATABASE_URL"
        raise Refusal(f"{missing} fehlt: DATABASE_URL und REDIS_URL bitte beide setzen oder beide weglassen.")
    return (database, broker) if database else None


def portal_environment(environ: Mapping[str, str], home: Home, database_url: str, redis_url: str) -> dict[str, str]:
    """The whole environment for a process of the portal; what the caller has set is kept."""
    defaults = {
        "SECRET_KEY": _secret_key(home),
        "SITE_URL": _site_url(environ, home),
        "EMAIL_URL": home.mail.as_uri(),
        "DEFAULT_FROM_EMAIL": SENDER,
        "PORTAL_DEMO": "1",
    }
    fixed = {"DATABASE_URL": database_url, "REDIS_URL": redis_url, "PORTAL_HOME": str(home.path)}
    return {**defaults, **environ, **fixed}


def placeholders() -> dict[str, str]:
    """Values for a tool that loads the settings and opens neither database nor broker; nothing on disk is touched."""
    return {
        "DATABASE_URL": "postgresql://portal@/portal?host=/nonexistent",
        "REDIS_URL": "unix:///nonexistent/valkey.sock",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "SITE_URL": f"http://127.0.0.1:{DEFAULT_PORT}",
        "EMAIL_URL": "file:///nonexistent",
        "DEFAULT_FROM_EMAIL": SENDER,
    }


@contextlib.contextmanager
def local_environment(arguments: Sequence[str]) -> Iterator[None]:
    """Completes `os.environ` for one `manage.py` command, unless the caller brings DATABASE_URL or SECRET_KEY.

    `arguments` is `sys.argv`. The private servers are found or, for the length of the command, started. A command that
    needs no server needs no setting either: what is missing is filled in, whatever the caller has set.
    """
    command = arguments[1] if len(arguments) > 1 else "help"
    if command in WITHOUT_SERVERS or "--help" in arguments:
        os.environ.update({**placeholders(), **os.environ})
        yield
        return
    if os.environ.get("DATABASE_URL") or os.environ.get("SECRET_KEY"):
        yield
        return
    from embedded.servers import shared_servers  # needs the installed packages; the commands above need it not

    home = open_home(home_path(os.environ))
    with shared_servers(home) as servers:
        os.environ.update(portal_environment(os.environ, home, servers.database_url, servers.redis_url))
        yield


def _secret_key(home: Home) -> str:
    """Made once per home; 0600. Two first starts at once agree on the one that was written."""
    with contextlib.suppress(FileExistsError):
        draft = home.path / f".secret_key-{os.getpid()}"
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(50))
        try:
            os.link(draft, home.secret_key)
        finally:
            draft.unlink()
    return home.secret_key.read_text().strip()


def _site_url(environ: Mapping[str, str], home: Home) -> str:
    if environ.get("PORT"):
        return f"http://127.0.0.1:{environ['PORT']}"
    if home.address.exists():
        return home.address.read_text().strip()
    return f"http://127.0.0.1:{DEFAULT_PORT}"
