import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def manage(*arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
    """manage.py in a process of its own under production settings; an empty value takes a variable away."""
    env = {
        **os.environ,
        "SECRET_KEY": "p" * 30 + "0123456789abcdefghijklmnopqrstuvwxyz",
        "SITE_URL": "https://portal.example",
        "EMAIL_URL": "smtp+tls://user:pass@mail.example:587",
        **changes,
    }
    env = {name: value for name, value in env.items() if value}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )


def test_the_deployment_check_is_silent() -> None:
    done = manage("check", "--deploy", "--fail-level", "INFO")
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout + done.stderr


@pytest.mark.parametrize("name", ["SECRET_KEY", "SITE_URL"])
def test_a_missing_value_is_named_in_a_sentence(name: str) -> None:
    done = manage("check", **{name: ""})
    assert done.returncode != 0
    assert f"Die Umgebungsvariable {name} fehlt" in done.stderr


def test_production_shows_no_demonstration() -> None:
    done = manage(
        "shell", "-c", "from django.conf import settings; print(settings.DEMO, settings.DEBUG)", PORTAL_DEMO=""
    )
    assert done.stdout.splitlines()[-1] == "False False"


@pytest.mark.parametrize(("site", "seen"), [("https://portal.example", "192.0.2.7"), ("http://127.0.0.1", "10.0.0.1")])
def test_attempts_are_counted_by_the_address_the_proxy_saw(site: str, seen: str) -> None:
    """What visitors write into X-Forwarded-For themselves stands further left, or is not believed at all."""
    program = (
        "from django.test import RequestFactory; from stakeholders.adapter import AccountAdapter;"
        "request = RequestFactory().get('/', REMOTE_ADDR='10.0.0.1', HTTP_X_FORWARDED_FOR='203.0.113.9, 192.0.2.7');"
        "print(AccountAdapter(request).get_client_ip(request))"
    )
    done = manage("shell", "--no-imports", "-c", program, SITE_URL=site)
    assert done.stdout.splitlines()[-1] == seen, done.stderr
