import re
from pathlib import Path

import pytest

from lti_app.lti import failures
from lti_app.lti.failures import LaunchRefused

CLASSES = sorted(LaunchRefused.__subclasses__(), key=lambda failure: failure.code)
GUIDE = Path(__file__).parents[3] / "docs/admin/register.md"


def test_codes_are_unique() -> None:
    assert len({failure.code for failure in CLASSES}) == len(CLASSES) > 20


@pytest.mark.parametrize("failure", CLASSES, ids=lambda failure: failure.code)
def test_every_failure_says_what_is_wrong_whom_to_ask_and_stands_in_the_guide(failure: type[LaunchRefused]) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)+", failure.code)
    assert 400 <= failure.status < 600
    for text in (failure.sentence, failure.remedy):
        assert text.endswith(".")
        assert not re.search(r"\b(JWT|token|nonce|claim|OIDC|kid)\b", text), "words that no student knows"
    assert "instructor" in failure.remedy or failure is failures.CookieMissing
    assert f"`{failure.code}`" in GUIDE.read_text(encoding="utf-8")
