from tests.lti_app.fixtures import (
    app,
    browser,
    client,
    config,
    database,
    new_database,
    platform,
    refusals,
    registration,
)

__all__ = [
    "app",
    "browser",
    "client",
    "config",
    "database",
    "new_database",
    "platform",
    "refusals",
    "registration",
]
