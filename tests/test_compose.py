"""What compose.yaml promises: valid, without secrets, and nothing serves before the migrations have run."""

import re
from pathlib import Path
from typing import Any

import yaml
from check_jsonschema.builtin_schemas import get_builtin_schema
from jsonschema import Draft202012Validator

ROOT = Path(__file__).parents[1]
COMPOSE = ROOT / "compose.yaml"


def services() -> dict[str, Any]:
    return yaml.safe_load(COMPOSE.read_text())["services"]


def test_follows_the_compose_specification() -> None:
    validator = Draft202012Validator(get_builtin_schema("vendor.compose-spec"))
    assert [error.message for error in validator.iter_errors(yaml.safe_load(COMPOSE.read_text()))] == []


def test_the_specification_would_notice_a_misspelt_key() -> None:
    validator = Draft202012Validator(get_builtin_schema("vendor.compose-spec"))
    compose = yaml.safe_load(COMPOSE.read_text())
    compose["services"]["pages"]["helthcheck"] = {}
    assert not validator.is_valid(compose)


def test_the_service_waits_for_a_database_and_its_migrations() -> None:
    assert services()["postgres"]["healthcheck"]
    assert services()["migrate"]["depends_on"] == {"postgres": {"condition": "service_healthy"}}
    assert services()["pages"]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
    assert services()["migrate"]["restart"] == "no"


def test_secrets_come_from_the_environment_and_may_not_be_missing() -> None:
    secret = re.compile(r"(SECRET|PASSWORD|TOKEN)\b.*")
    lines = [line for line in COMPOSE.read_text().splitlines() if secret.search(line) and not line.startswith("#")]
    assert lines
    assert [line for line in lines if not re.search(r"\$\{PAGES_\w+:\?\}", line)] == []


def test_the_image_is_built_from_what_the_repository_holds_and_runs_as_nobody() -> None:
    recipe = services()["pages"]["build"]["dockerfile_inline"]
    sources = [word for line in re.findall(r"^COPY (.*) \S+$", recipe, re.MULTILINE) for word in line.split()]
    assert [name for name in sources if not (ROOT / name).exists()] == []
    assert "USER nobody" in recipe
    assert "--require-hashes -r requirements/serve.txt" in recipe
    assert services()["migrate"]["build"] == services()["pages"]["build"]
