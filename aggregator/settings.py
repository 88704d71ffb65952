"""Settings: what the environment and .env say, read once, in cli or daemon, and handed down as plain values.

Secrets live here and nowhere else; they are asked for by the name of their variable and never printed.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from dotenv import dotenv_values
from platformdirs import user_config_path, user_data_path
from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from aggregator.errors import SettingsError

APP = "digest"


class Settings(BaseSettings):
    """One field a variable; docs/settings.md is compared with this table."""

    model_config = SettingsConfigDict(env_file_encoding="utf-8", extra="ignore", frozen=True, env_ignore_empty=True)

    home: Path = Field(
        default_factory=lambda: user_data_path(APP), validation_alias="DIGEST_HOME", description="the data folder"
    )
    config: Path | None = Field(default=None, validation_alias="DIGEST_CONFIG", description="sources.yaml")
    database_url: SecretStr | None = Field(
        default=None, validation_alias="DIGEST_DATABASE_URL", description="another database than digest.db in the data folder"
    )
    writer: Literal["built-in"] | None = Field(
        default=None, validation_alias="DIGEST_WRITER", description="built-in keeps the LLM out even where a key is set"
    )
    contact: str | None = Field(
        default=None,
        pattern=r"^(https?://|mailto:)[\x21-\x7e]{3,200}$",
        validation_alias="DIGEST_CONTACT",
        description="the page or mailto: address that the program names to the sites it reads",
    )

    @property
    def database(self) -> str:
        """The database's SQLAlchemy address."""
        return (
            self.database_url.get_secret_value() if self.database_url else f"sqlite:///{self.home.expanduser() / 'digest.db'}"
        )

    @property
    def digests(self) -> Path:
        """Where rendered digests are written."""
        return self.home.expanduser() / "digests"

    @property
    def backups(self) -> Path:
        """Where the database is copied before a migration."""
        return self.home.expanduser() / "backups"


def config_folder() -> Path:
    """Give the person's configuration folder, where sources.yaml, archetypes.yaml and .env may lie."""
    return user_config_path(APP)


def env_files() -> list[Path]:
    """Give the .env files that are read, the stronger last."""
    return [config_folder() / ".env", Path(".env")]


def load_settings() -> Settings:
    """Read the settings; the environment is stronger than .env. Raises SettingsError with the name of what is wrong."""
    try:
        return Settings(_env_file=tuple(env_files()))  # pyright: ignore[reportCallIssue]  # an argument of pydantic-settings' own
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else "environment"
        expected = first.get("ctx", {}).get("expected")  # there where only certain words will do: none of them is a secret
        told = f"found '{first['input']}', expected {expected}" if expected else first["msg"]
        raise SettingsError(told, where=name, todo="Correct it in the environment or in .env.") from error


class EnvironmentSecrets:
    """Secrets by the name of their variable: the environment first, then the .env files."""

    def __init__(self, environment: Mapping[str, str] | None = None) -> None:
        """Take the environment to read from; by default the process's own, over the .env files."""
        if environment is None:
            merged: dict[str, str] = {}
            for file in env_files():
                merged |= {name: value for name, value in dotenv_values(file).items() if value is not None}
            environment = merged | dict(os.environ)
        self._environment = environment

    def get(self, name: str) -> str | None:
        """Give the secret, or None where it is not set or empty."""
        return self._environment.get(name) or None
