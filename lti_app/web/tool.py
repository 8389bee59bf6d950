"""What every page of the running tool can reach."""

from dataclasses import dataclass

from flask import current_app

from lti_app.config import Config
from lti_app.lti.keysets import KeySets
from lti_app.services import Database


@dataclass(frozen=True, slots=True)
class Tool:
    """One running tool: its settings, its database, and the platforms' keys as last fetched."""

    config: Config
    database: Database
    key_sets: KeySets


def tool() -> Tool:
    """Return the tool whose request this is."""
    found: Tool = current_app.extensions["quizferry"]
    return found
