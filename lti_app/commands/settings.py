"""The settings that all commands begin with."""

import click

from lti_app.config import Config, ConfigError


def settings() -> Config:
    """Return the settings of the environment; a mistake in them ends the command with its sentence."""
    try:
        return Config.from_environment()
    except ConfigError as error:
        raise click.UsageError(str(error)) from error
