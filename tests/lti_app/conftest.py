"""The fixtures of all tests of the tool."""

from tests.lti_app.fixtures import *  # noqa: F403 - pytest finds fixtures by their names in here
