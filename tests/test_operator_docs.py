"""The operator's guide names what there is."""

import re
from pathlib import Path

from prometheus_client import Counter, Gauge, Histogram

from lti_app.config import NAMES
from lti_app.services import metrics
from lti_app.web.student.answers import LARGEST_SUBMISSION

DOCS = Path(__file__).parent.parent / "docs" / "operator"


def test_every_setting_stands_in_the_guide() -> None:
    assert set(re.findall(r"^\| `(QUIZFERRY_[A-Z_]+)`", (DOCS / "install.md").read_text(), re.MULTILINE)) == NAMES


def test_the_proxy_lets_through_what_students_may_hand_in() -> None:
    (megabytes,) = re.findall(r"client_max_body_size (\d+)m;", (DOCS / "proxy.md").read_text())
    assert int(megabytes) * 2**20 >= LARGEST_SUBMISSION


def test_every_metric_stands_in_the_guide() -> None:
    told = set(re.findall(r"^\| `(quizferry_[a-z_]+?)(?:_total)?[`{]", (DOCS / "metrics.md").read_text(), re.MULTILINE))
    counted = {one._name for one in vars(metrics).values() if isinstance(one, Counter | Gauge | Histogram)}
    assert counted | {"quizferry_outbox_grades", "quizferry_outbox_age_seconds", "quizferry_platform_info"} == told


def test_links_lead_somewhere() -> None:
    for page in (*DOCS.glob("*.md"), *(DOCS.parent / "instructor" / name for name in ("embed.md", "grades.md"))):
        for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text()):
            assert (page.parent / link).exists(), f"{page.name}: {link}"


def test_every_event_of_the_audit_trail_stands_in_the_guide() -> None:
    code = "".join(path.read_text() for path in (DOCS.parent.parent / "lti_app").rglob("*.py"))
    called = re.findall(r"record\(\s*[^;]{0,60}?\"([a-z_]+\.[a-z_]+)\"(?: if [^,]+else \"([a-z_.]+)\")?", code)
    events = {name for names in called for name in names if name}
    assert len(events) >= 10
    assert events <= set(re.findall(r"`([a-z_]+\.[a-z_]+)`", (DOCS / "audit.md").read_text()))
