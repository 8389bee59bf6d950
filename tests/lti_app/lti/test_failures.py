import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import lti_app.app  # every refusal is defined once the whole tool is loaded
from lti_app.lti.failures import LaunchRefused, Refused
from lti_app.lti.login_failures import CookieMissing
from lti_app.lti.registration_failures import RegistrationRefused

GUIDE = (Path(lti_app.app.__file__).parents[1] / "docs/admin/errors.md").read_text(encoding="utf-8")


def below(refusal: type[Refused]) -> Iterator[type[Refused]]:
    for found in refusal.__subclasses__():
        if hasattr(found, "code"):
            yield found
        yield from below(found)


ALL = sorted(below(Refused), key=lambda refusal: refusal.code)
LAUNCH = [refusal for refusal in ALL if issubclass(refusal, LaunchRefused)]


def test_codes_are_unique() -> None:
    assert len({refusal.code for refusal in ALL}) == len(ALL) > 40


@pytest.mark.parametrize("refusal", LAUNCH, ids=lambda refusal: refusal.code)
def test_every_failure_of_a_launch_tells_a_student_what_to_do(refusal: type[LaunchRefused]) -> None:
    assert 400 <= refusal.status < 600
    for text in (refusal.sentence, refusal.remedy):
        assert text.endswith(".")
        assert not re.search(r"\b(JWT|token|nonce|claim|OIDC|kid)\b", text), "words that no student knows"
    assert "instructor" in refusal.remedy or "teach" in refusal.remedy or refusal is CookieMissing


@pytest.mark.parametrize("refusal", ALL, ids=lambda refusal: refusal.code)
def test_every_code_is_explained_in_the_guide_as_on_its_page(refusal: type[Refused]) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)+", refusal.code)
    explained = refusal.remedy if issubclass(refusal, RegistrationRefused) else refusal.why
    assert explained.endswith(".")
    assert f"| `{refusal.code}` | {explained} |" in GUIDE


def test_the_guide_explains_no_code_that_there_is_not() -> None:
    explained = re.findall(r"^\| `([a-z-]+)` \|", GUIDE, re.MULTILINE)
    assert sorted(explained) == sorted([*(refusal.code for refusal in ALL), "fault"])
