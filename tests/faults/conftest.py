"""The fixtures of the tests of faults: those of the tool."""

from tests.lti_app.fixtures import *  # noqa: F403 - pytest finds fixtures by their names in here
