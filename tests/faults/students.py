"""Students who answer over HTTP and do not give up: each request is sent until it is acknowledged."""

import hashlib
import hmac
import random
import threading
import time
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count

import requests

from lti_app.config import Config
from lti_app.lti.claims import LaunchClaims
from lti_app.models import Role
from lti_app.services.launches import open_launch
from lti_app.web.cookies import launch_cookie
from tests.lti_app.school import ALL_RIGHT, HALF_RIGHT, School

NONE_RIGHT = {"depth": [0], "salts": [1], "wet": [1]}
POINTS = {"all": Decimal(4), "half": Decimal("1.6666666667"), "none": Decimal(0)}
RESPONSES = {"all": ALL_RIGHT, "half": HALF_RIGHT, "none": NONE_RIGHT}

PATIENCE = 300  # seconds for one request, while servers come and go


@dataclass
class Student:
    """``plan`` are the attempts to make; ``submitted`` and ``saved`` what the tool acknowledged."""

    name: str
    launch_id: str
    cookie: tuple[str, str]
    plan: list[str]
    submitted: list[str] = field(default_factory=list)
    saved: dict[tuple[int, str], list[int]] = field(default_factory=dict)

    @property
    def points(self) -> Decimal:
        """The highest of the acknowledged submissions."""
        return max(POINTS[kind] for kind in self.submitted)

    def work(self, origin: str) -> None:
        """Make the attempts of the plan."""
        token = hmac.new(self.cookie[1].encode(), b"csrf", hashlib.sha256).hexdigest()
        home = f"{origin}/launches/{self.launch_id}"
        for number, kind in zip(count(1), self.plan, strict=False):
            self._insist("POST", f"{home}/attempts", data={"csrf_token": token})
            for sequence, (question, picks) in enumerate(RESPONSES[kind].items(), 1):
                body = {"response": {f"q.{question}": list(map(str, picks))}, "sequence": sequence}
                url = f"{home}/attempts/{number}/answers/{question}"
                self._insist("PUT", url, json=body, headers={"X-CSRF-Token": token})
                self.saved[number, question] = picks
            self._insist("POST", f"{home}/attempts/{number}/submit", data={"csrf_token": token, "confirmed": "yes"})
            self.submitted.append(kind)

    def _insist(self, method: str, url: str, **arguments: object) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                response = requests.request(
                    method,
                    url,
                    cookies=dict([self.cookie]),
                    allow_redirects=False,
                    timeout=20,
                    **arguments,  # type: ignore[arg-type]
                )
            except requests.RequestException:
                pass
            else:
                if response.status_code < 400:
                    return
                assert response.status_code >= 500, f"{method} {url}: {response.status_code} {response.text[:500]}"
            threading.Event().wait(0.1)
        raise AssertionError(f"{method} {url} was not acknowledged")


def launch_students(school: School, number: int, chance: random.Random) -> list[Student]:
    """Have so many students launch; what they will do is by chance."""
    students = []
    for index in range(number):
        plan = chance.sample(list(POINTS), k=chance.choice((1, 2, 3)))
        students.append(_launch(school, school.config, f"student{index}", plan))
    return students


def _launch(school: School, config: Config, name: str, plan: list[str]) -> Student:
    with school.database.writing() as session:
        link = school.link(session)
        claims = LaunchClaims(
            registration_id=link.course.deployment.registration_id,
            deployment_id=link.course.deployment_id,
            context_id=link.course.context_id,
            sub=name,
            name=name,
            role=Role.LEARNER,
            resource_link_id=link.resource_link_id,
            lineitem_url=link.lineitem_url,
        )
        opened = open_launch(session, claims, config)
    return Student(name, opened.launch.id, (launch_cookie(config, opened.launch.id), opened.secret), plan)
