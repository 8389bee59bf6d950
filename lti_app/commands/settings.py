"""The settings that all commands begin with."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from lti_app.config import Config, ConfigError


def settings() -> Config:
    """Return the settings of the environment; a mistake in them ends the command with its sentence."""
    with unusable_settings():
        return Config.from_environment()


@contextmanager
def unusable_settings() -> Iterator[None]:
    """Turn a mistake in the settings into a message and exit code 2."""
    try:
        yield
    except ConfigError as error:
        raise click.UsageError(str(error)) from error
