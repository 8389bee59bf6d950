"""What the tests count on when they run side by side."""

import pytest


@pytest.mark.xdist_group("suite")
def test_tests_of_one_group_run_in_one_process(request: pytest.FixtureRequest) -> None:
    if not request.config.getoption("loadgroup", default=False):
        pytest.skip("The tests are not run in groups (--dist loadgroup)")
    assert request.node.nodeid.endswith("@suite"), "demos and browsers of one group would start at once"
