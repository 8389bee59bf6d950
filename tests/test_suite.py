"""What the tests count on when they run side by side."""

import os

import pytest


@pytest.mark.xdist_group("suite")
@pytest.mark.skipif("PYTEST_XDIST_WORKER" not in os.environ, reason="The tests run in one process")
def test_tests_of_one_group_run_in_one_process(request: pytest.FixtureRequest) -> None:
    assert request.node.nodeid.endswith("@suite"), "demos and browsers of one group would start at once"
