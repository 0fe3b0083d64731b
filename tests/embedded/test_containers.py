"""docker-compose.yml against the Compose specification and against the settings the portal reads."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from embedded.home import ROOT

SCHEMA = json.loads((Path(__file__).parent / "compose-spec.json").read_text())
PORTAL_SERVICES = {"web", "worker", "beat", "migrate"}
NO_DEFAULT = ("SECRET_KEY", "SITE_URL", "EMAIL_URL", "POSTGRES_PASSWORD")


@pytest.fixture
def compose() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    return content


def test_compose_file_follows_the_specification(compose: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator(SCHEMA).validate(compose)


def test_schema_refuses_a_misspelt_service_key(compose: dict[str, Any]) -> None:
    compose["services"]["web"]["comand"] = "granian"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(SCHEMA).validate(compose)


def test_every_service_but_the_one_shot_has_a_healthcheck(compose: dict[str, Any]) -> None:
    without = {name for name, service in compose["services"].items() if "healthcheck" not in service}
    assert without == {"migrate"}


def test_portal_services_share_one_image_and_one_environment(compose: dict[str, Any]) -> None:
    services = [compose["services"][name] for name in sorted(PORTAL_SERVICES)]
    assert all(service["image"] == services[0]["image"] for service in services)
    assert all(service["environment"] == services[0]["environment"] for service in services)


def test_environment_holds_only_names_the_settings_read(compose: dict[str, Any]) -> None:
    settings = (ROOT / "portal" / "settings.py").read_text()
    names = compose["services"]["web"]["environment"]
    assert [name for name in names if f'"{name}"' not in settings] == []


@pytest.mark.parametrize("name", NO_DEFAULT)
def test_secret_has_no_default(name: str) -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    assert f"${{{name}:?" in text
    assert f"${{{name}:-" not in text
    assert f"${{{name}}}" not in text


def test_image_does_not_run_as_root() -> None:
    users = [line.split()[1] for line in (ROOT / "Dockerfile").read_text().splitlines() if line.startswith("USER ")]
    assert users[-1:] == ["portal"]
