"""What can be set from outside: environment variables that begin with PAGES_."""

import re
from dataclasses import fields
from enum import StrEnum
from typing import Annotated

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from pages_graphql.core.limits import Limits

SECRET_BYTES = 32
"""How many bytes a secret has at least: what HS256 asks for (RFC 7518, section 3.2)."""


class Profile(StrEnum):
    """Where the service runs."""

    DEVELOPMENT = "development"
    PRODUCTION = "production"


class Engine(StrEnum):
    """What executes queries."""

    COMPILED = "compiled"
    CORE = "core"


class LogFormat(StrEnum):
    """Who reads the logs."""

    JSON = "json"
    CONSOLE = "console"


class LogLevel(StrEnum):
    """From which level on something is logged."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class Settings(BaseSettings):
    """The settings of one process."""

    model_config = SettingsConfigDict(env_prefix="PAGES_", frozen=True, extra="ignore", env_ignore_empty=True)

    profile: Profile = Profile.PRODUCTION
    database_url: str = "sqlite+aiosqlite:///var/pages.db"
    engine: Engine = Engine.COMPILED
    pool_size: int = Field(default=10, ge=1, le=1_000)
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65_535)
    default_tenant: str = "demo"
    answer_cache_mib: int = Field(default=64, ge=0, le=65_536)
    cache_control: str = Field(default="no-cache", pattern=r"[\w=, -]+", max_length=200)
    cors_origins: Annotated[tuple[str, ...], NoDecode] = ()

    jwt_secret: SecretStr | None = None
    jwt_jwks_url: str | None = None
    jwt_issuer: str | None = None
    jwt_audience: str | None = None
    metrics_token: SecretStr | None = None

    log_level: LogLevel = LogLevel.INFO
    log_format: LogFormat | None = None

    max_request_bytes: int = Field(default=16 * 1024 * 1024, ge=1_024)
    max_query_tokens: int = Field(default=10_000, ge=100)
    max_query_depth: int = Field(default=30, ge=10, le=200)
    max_query_fields: int = Field(default=5_000, ge=100)
    max_query_aliases: int = Field(default=200, ge=1)

    max_title: int = Field(default=Limits.max_title, ge=1)
    max_slug: int = Field(default=Limits.max_slug, ge=1, le=Limits.max_slug)
    max_body_bytes: int = Field(default=Limits.max_body_bytes, ge=0)
    max_blocks: int = Field(default=Limits.max_blocks, ge=0)
    max_block_bytes: int = Field(default=Limits.max_block_bytes, ge=2)
    max_tree_depth: int = Field(default=Limits.max_tree_depth, ge=1)
    max_path_bytes: int = Field(default=Limits.max_path_bytes, ge=1, le=Limits.max_path_bytes)
    max_menu_items: int = Field(default=Limits.max_menu_items, ge=0)
    max_menu_depth: int = Field(default=Limits.max_menu_depth, ge=1, le=48)

    @field_validator("database_url")
    @classmethod
    def _has_a_driver_we_speak(cls, url: str) -> str:
        if not url.startswith(("sqlite+aiosqlite:///", "postgresql+psycopg://")):
            raise ValueError("it begins with sqlite+aiosqlite:/// or postgresql+psycopg://")
        return url

    @field_validator("cors_origins", mode="before")
    @classmethod
    def _is_a_list(cls, origins: object) -> object:
        return tuple(filter(None, re.split(r"[,\s]+", origins))) if isinstance(origins, str) else origins

    @field_validator("jwt_secret")
    @classmethod
    def _cannot_be_guessed(cls, secret: SecretStr | None) -> SecretStr | None:
        if secret is not None and len(secret.get_secret_value().encode()) < SECRET_BYTES:
            raise ValueError(f"it has at least {SECRET_BYTES} bytes")
        return secret

    @field_validator("jwt_jwks_url")
    @classmethod
    def _is_a_web_address(cls, url: str | None) -> str | None:
        if url is not None and not url.startswith(("https://", "http://")):
            raise ValueError("it begins with https:// (or http://)")
        return url

    @property
    def is_development(self) -> bool:
        """Whether this is a developer's own machine."""
        return self.profile is Profile.DEVELOPMENT

    @property
    def limits(self) -> Limits:
        """What inputs may hold."""
        return Limits(**{limit.name: getattr(self, limit.name) for limit in fields(Limits)})
