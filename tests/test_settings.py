"""Settings, and that each is described."""

import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from pages_graphql.core.limits import Limits
from pages_graphql.settings import Settings

REFERENCE = Path(__file__).parents[1] / "docs" / "reference" / "settings.md"


def described() -> dict[str, str]:
    """Each setting in the reference, and its default as it is written there."""
    rows = re.findall(r"^\| `PAGES_(\w+)` \| (.*?) \|", REFERENCE.read_text(), re.MULTILINE)
    return {name.lower(): default.strip("`") for name, default in rows}


def test_every_setting_is_described_and_no_other() -> None:
    assert described().keys() == Settings.model_fields.keys()


def test_defaults_are_as_described() -> None:
    settings = Settings()
    written = {"none": None, "any": None, "by profile": None}
    for name, default in described().items():
        value: Any = getattr(settings, name)
        assert (value or None) == (written[default] if default in written else type(value)(default)), name


def test_the_environment_sets_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAGES_MAX_TITLE", "10")
    monkeypatch.setenv("PAGES_PORT", "")
    monkeypatch.setenv("PAGES_CORS_ORIGINS", "https://a.example, https://b.example")
    settings = Settings()
    assert settings.limits == Limits(max_title=10)
    assert settings.port == 8000
    assert settings.cors_origins == ("https://a.example", "https://b.example")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("profile", "staging"),
        ("database_url", "mysql://localhost/pages"),
        ("database_url", "postgresql://localhost/pages"),
        ("jwt_secret", "x" * 31),
        ("jwt_jwks_url", "file:///keys"),
        ("port", "65536"),
        ("max_slug", "256"),
        ("max_path_bytes", "2001"),
        ("log_level", "loud"),
    ],
)
def test_wrong_values_are_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"PAGES_{name.upper()}", value)
    with pytest.raises(ValidationError) as caught:
        Settings()
    assert [fault["loc"] for fault in caught.value.errors()] == [(name,)]


def test_secrets_are_not_shown() -> None:
    assert "0123" not in repr(Settings.model_validate({"jwt_secret": "0123" * 8, "metrics_token": "0123"}))
