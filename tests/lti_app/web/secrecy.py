"""Quizzes that differ only in what a student must not see, and a walk through everything that a student is sent."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from typing import TypeVar

from sqlalchemy import update
from werkzeug.test import TestResponse

from content.numbers import Exact
from content.questions import (
    Accepted,
    Blank,
    Choice,
    ChoiceQuestion,
    Dropdown,
    Dropdowns,
    Feedback,
    FillInBlanks,
    Matching,
    Numerical,
    Ordering,
    Pair,
    Question,
    ShortAnswer,
    TextBlock,
)
from content.quiz import Part, Pool, Quiz, Section, Seen
from lti_app.models import Attempt, Launch
from tests.lti_app.web.classroom import Classroom

T = TypeVar("T")

SEED = 4  # by which nothing but its order is decided
TOLD = "TOLD"
GIVEN = ("0", "1", "0.5", "7", "pelican", TOLD)
"""What is given as answers: the first places, and all that `with_secrets` makes right."""

NAMED = re.compile(r"(SIDE|ITEM)-\d")
NOISE = re.compile(
    r"(?:X-Request-ID|Date|Expires): .*|<time.*?</time>|<code>\S+ \w{8}</code>|data-(?:ends|now|key)=\"[^\"]*\""
    r"|\"now\":\"[^\"]*\"|\"ends\":\"[^\"]*\""
    # The code, time and signature of a receipt.
    r"|(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}|Submitted: .*|Signature: .*"
)
"""What differs from one request to the next by itself."""

SCORES = re.compile(
    r'<section class="score".*?(?=<div id="grade")|<span class="row-end">.*?</span>|(?<=class="button) quiet'
    r"|Content-Length: \d+",
    re.DOTALL,
)
"""Where a score stands that may be seen, and what follows from it."""


def with_secrets(quiz: Quiz, told: str, *, but: str = "") -> Quiz:
    """Return the quiz with other keys where ``told`` is not empty, and with it as every feedback and hint.

    The question of the id ``but`` stays as it is. Right sides and items stand in another order then, which is their
    key; a student who sees them shuffled cannot know, so `walk` makes them look the same.
    """
    return replace(quiz, parts=tuple(_with_secrets(part, told, but) for part in quiz.parts))


def _with_secrets(part: Part, told: str, but: str) -> Part:
    match part:
        case Section():
            return replace(part, parts=tuple(_with_secrets(one, told, but) for one in part.parts))  # type: ignore[arg-type]
        case Pool():
            return replace(part, questions=tuple(_with_secrets(one, told, but) for one in part.questions))  # type: ignore[arg-type]
        case TextBlock():
            return part
    return part if part.id == but else _question(part, told)


def _question(question: Question, told: str) -> Question:
    feedback = Feedback(general=told, correct=told, incorrect=told)
    bare = replace(question, feedback=feedback, hints=(told,) if told else ())
    answer = told or "pelican"
    match bare:
        case ChoiceQuestion(choices=choices):
            return replace(bare, choices=_choices(choices, told))
        case ShortAnswer():
            return replace(bare, answers=(Accepted(text=answer, feedback=told),))
        case Numerical():
            return replace(bare, answers=(Exact(value=Decimal(7 if told else "0.5"), feedback=told),))
        case Matching(pairs=pairs):
            sides = _turned([f"SIDE-{number}" for number in range(len(pairs))], told)
            made = [Pair(left=pair.left, right=side, feedback=told) for pair, side in zip(pairs, sides, strict=True)]
            return replace(bare, pairs=tuple(made), distractors=())
        case Ordering(items=items):
            return replace(bare, items=_turned([f"ITEM-{number}" for number in range(len(items))], told))
        case FillInBlanks(blanks=blanks):
            return replace(bare, blanks=tuple(Blank(name=blank.name, answers=(answer,)) for blank in blanks))
        case Dropdowns(dropdowns=dropdowns):
            made_of = [Dropdown(name=one.name, choices=_choices(one.choices, told)) for one in dropdowns]
            return replace(bare, dropdowns=tuple(made_of))
    return bare


def _choices(choices: Sequence[Choice], told: str) -> tuple[Choice, ...]:
    key = len(choices) - 1 if told else 0
    return tuple(replace(one, correct=place == key, feedback=told) for place, one in enumerate(choices))


def _turned(some: Sequence[T], told: str) -> tuple[T, ...]:
    return tuple(reversed(some) if told else some)


class Walk:
    """A student who looks at everything, but for a score where one is shown."""

    def __init__(self, classroom: Classroom, quiz: Quiz, name: str) -> None:
        self._database = classroom.database
        self._visitor = classroom.launch(name, quiz_id=quiz.id, resource_link_id=name)
        self._shows_score = quiz.settings.students_see is not Seen.EVERYTHING
        self._seen: list[str] = []

    def take(self) -> list[str]:
        """Take an attempt, submit it, begin another; return every response, comparable with those of another walk."""
        self._get("/")
        self._start()
        page = self._get("/attempts/1")
        for address in sorted(set(re.findall(r'(?:src|href)="(/(?!launches)[^"#]*)"', page))):
            self._see(self._visitor.client.get(address))
        for step in range(self._steps(page)):
            self._answer(self._get("/attempts/1?check=open"))
            self._post("/attempts/1/submit", step=step, go=step + 1)
        self._look_around()
        self._post("/attempts/1/submit", step=self._steps(page) - 1)
        self._post("/attempts/1/submit", step=self._steps(page) - 1, confirmed="yes")
        self._look_around()
        self._start()
        self._get("/attempts/2")
        return [self._comparable(text) for text in self._seen]

    def check(self, question_id: str) -> list[str]:
        """Begin an attempt, and check one question of it; return every response, as `take` does."""
        self._get("/")
        self._start()
        for step in range(self._steps(self._get("/attempts/1"))):
            page = self._get("/attempts/1?check=open")
            self._answer(page)
            if f'name="check" value="{question_id}"' in page:
                self._press_check(page, question_id)
                self._look_around()
                self._answer(page)
            self._post("/attempts/1/submit", step=step, go=step + 1)
        self._look_around()
        return [self._comparable(text) for text in self._seen]

    def _press_check(self, page: str, question_id: str) -> None:
        """Check an answer that a question of any kind takes: places count from 0, but those of an order from 1."""
        own = re.escape(f"q.{question_id}")
        fields = set(re.findall(rf'name="({own}(?:\.\d+)?)"', page))
        step = re.search(r'name="step" value="(\d+)"', page)
        for value in "01":
            sent = dict.fromkeys(fields, value)
            self._post("/attempts/1/submit", step=step and step[1], check=question_id, **sent)
        assert f'data-checked="{question_id}"' in self._get(
            f"/attempts/1?unchecked={question_id}&refused={question_id}"
        )

    def _start(self) -> None:
        """Begin an attempt that asks the same as that of any other walk."""
        self._post("/attempts")
        with self._database.writing() as session:
            launch = session.get_one(Launch, self._visitor.launch_id)
            session.execute(update(Attempt).where(Attempt.user_id == launch.user_id).values(seed=SEED))

    def _steps(self, page: str) -> int:
        found = re.search(r"Question 1 of (\d+)", page)
        return int(found[1]) if found else 1

    def _look_around(self) -> None:
        """Try every address of the attempt, also those that are not for students."""
        own = (
            "/",
            "/attempts/1",
            "/attempts/1?check=open",
            "/attempts/1/result",
            "/attempts/1/receipt",
            "/attempts/1/standing",
            "/grade",
        )
        for path in (
            *own,
            "/teach/",
            "/teach/receipts",
            "/teach/preview",
            "/teach/compare",
            "/teach/students/1/attempts/1",
        ):
            self._get(path)

    def _answer(self, page: str) -> None:
        """Answer every question of the page in several ways, right ones among them."""
        for question_id in re.findall(r'data-question="([^"]+)"', page):
            own = re.escape(f"q.{question_id}")
            fields = sorted(set(re.findall(rf'name="({own}(?:\.\d+)?)"', page)))
            for sequence, value in enumerate(GIVEN):
                response = {name: [value] for name in fields}
                self._see(self._visitor.put(f"/attempts/1/answers/{question_id}", response, sequence))
            file = {f"q.{question_id}": (BytesIO(b"%PDF-1.7"), "my.pdf")}
            self._post(f"/attempts/1/files/{question_id}", **file)
            self._get(f"/attempts/1/files/{question_id}")

    def _get(self, path: str) -> str:
        return self._see(self._visitor.client.get(self._visitor.home + path))

    def _post(self, path: str, **fields: object) -> None:
        self._see(self._visitor.post(path, **fields))

    def _see(self, response: TestResponse) -> str:
        with response:  # which may be a file
            text = response.get_data().decode(errors="replace")
            self._seen.append(f"{response.request.path} {response.status}\n{response.headers}\n{text}")
        return text

    def _comparable(self, text: str) -> str:
        for secret, name in ((self._visitor.launch_id, "LAUNCH"), (self._visitor.csrf_token, "TOKEN")):
            text = text.replace(secret, name)
        if self._shows_score:
            text = SCORES.sub("", text)
        return NAMED.sub(r"\1", NOISE.sub("", text))
