from collections.abc import Iterator
from decimal import Decimal

import pytest

from lti_app.demo_lms import Activity, Lms, serving_demo_lms
from tests.lti_app.demo_lms.stub_tool import StubTool, serving_stub_tool

ACTIVITIES = (Activity("7", "Scaling", Decimal(3), {"quiz": "scaling"}), Activity("8", "Serving", Decimal(4)))


@pytest.fixture(scope="session")
def tool() -> Iterator[StubTool]:
    with serving_stub_tool() as tool:
        yield tool


@pytest.fixture
def lms(tool: StubTool) -> Iterator[Lms]:
    with serving_demo_lms(tool.registration, ACTIVITIES) as lms:
        yield lms
