from collections.abc import Iterator
from decimal import Decimal

import pytest

from lti_app.demo_lms import Activity, Lms, serving_demo_lms
from lti_app.demo_lms.keys import PlatformKey
from tests.lti_app.demo_lms.stub_tool import StubTool, serving_stub_tool

ACTIVITIES = (Activity("7", "Scaling", Decimal(3), {"quiz": "scaling"}), Activity("8", "Serving", Decimal(4)))


@pytest.fixture(scope="session")
def tool() -> Iterator[StubTool]:
    with serving_stub_tool() as tool:
        yield tool


@pytest.fixture(scope="session")
def platform_key() -> PlatformKey:
    """The key of each LMS, as making one takes a moment."""
    return PlatformKey()


@pytest.fixture
def lms(tool: StubTool, platform_key: PlatformKey, monkeypatch: pytest.MonkeyPatch) -> Iterator[Lms]:
    monkeypatch.setattr("lti_app.demo_lms.lms.PlatformKey", lambda: platform_key)
    with serving_demo_lms(tool.registration, ACTIVITIES) as lms:
        yield lms
