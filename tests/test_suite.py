"""What the tests count on when they run side by side."""

import pytest


@pytest.mark.xdist_group("suite")
def test_tests_of_one_group_run_in_one_process(request: pytest.FixtureRequest) -> None:
    if not request.config.getoption("loadgroup", default=False):
        pytest.skip("The tests are not run in groups (--dist loadgroup)")
    assert request.node.nodeid.endswith("@suite"), "demos and browsers of one group would start at once"


def test_the_names_of_tests_are_short(request: pytest.FixtureRequest) -> None:
    longest = max((item.nodeid for item in request.session.items), key=len)
    assert len(longest) < 1_000, f"{longest[:200]}... goes to and fro between processes, and each line names it"
