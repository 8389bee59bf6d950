"""One student's attempts against a plain model of them: whatever the order of things, both agree."""

import tempfile
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlalchemy import select

from content.scoring import score_quiz
from lti_app.models import Answer, Attempt, Database, Launch
from lti_app.models.migrations import upgrade
from lti_app.services.attempts import list_attempts, start_attempt, submit_attempt
from lti_app.services.responses import InvalidResponse
from lti_app.services.saving import AttemptOver, save_answer, save_answers
from tests.lti_app.school import QUIZ, open_school

MOST_PICKS = {"depth": 1, "salts": 4, "wet": 1}
RESPONSES = {
    question.id: st.lists(
        st.integers(0, 3 if question.id == "salts" else 1), unique=True, max_size=MOST_PICKS[question.id]
    )
    for question in QUIZ.questions
}
IMPOSSIBLE = st.sampled_from([("depth", [0, 1]), ("depth", [2]), ("wet", [-1]), ("salts", [1, 1]), ("nothing", [])])
PAGES = st.fixed_dictionaries({}, optional=RESPONSES)
CHANGES = st.sampled_from(sorted(RESPONSES)).flatmap(lambda id_: st.tuples(st.just(id_), RESPONSES[id_]))


@cache
def new_database() -> bytes:
    """The file of a database with all tables; making one takes a moment."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/new.db")
        upgrade(database)
        database.close()
        return (Path(folder) / "new.db").read_bytes()


class AttemptLife(RuleBasedStateMachine):
    """``attempts`` is the model: for each attempt the saved responses with their sequences, and its points."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        path = Path(self.folder.name) / "school.db"
        path.write_bytes(new_database())
        self.school = open_school(f"sqlite:///{path}", lineitem_url="https://lms.example.edu/lineitems/1")
        self.launch_id = self.school.student()
        self.attempts: list[dict[str, Any]] = []
        self.grades = 0

    def teardown(self) -> None:
        self.school.database.close()
        self.folder.cleanup()

    @property
    def runs(self) -> bool:
        return bool(self.attempts) and self.attempts[-1]["points"] is None

    @rule()
    def start(self) -> None:
        with self.school.database.writing() as session:
            attempt = start_attempt(session, session.get_one(Launch, self.launch_id))
        if not self.runs:
            self.attempts.append({"saved": {}, "points": None})
        assert attempt.number == len(self.attempts)

    @precondition(lambda self: self.attempts)
    @rule(number=st.integers(1, 3), change=CHANGES, sequence=st.integers(0, 5))
    def save(self, number: int, change: tuple[str, list[int]], sequence: int) -> None:
        number = min(number, len(self.attempts))
        model = self.attempts[number - 1]
        question_id, response = change
        try:
            with self.school.database.writing() as session:
                acknowledged = save_answer(session, self.attempt(session, number), question_id, response, sequence)
        except AttemptOver:
            assert model["points"] is not None
            return
        assert model["points"] is None
        stored = model["saved"].get(question_id, ([], 0))[1]
        assert (acknowledged.stands, acknowledged.sequence) == (sequence >= stored, max(stored, sequence))
        if sequence >= stored:
            model["saved"][question_id] = (sorted(response), sequence)

    @precondition(lambda self: self.runs)
    @rule(page=PAGES)
    def save_page(self, page: dict[str, list[int]]) -> None:
        with self.school.database.writing() as session:
            save_answers(session, self.attempt(session, len(self.attempts)), page)
        self.take_page(self.attempts[-1], page)

    @precondition(lambda self: self.runs)
    @rule(change=IMPOSSIBLE, page=PAGES)
    def send_nonsense(self, change: tuple[str, list[int]], page: dict[str, list[int]]) -> None:
        question_id, response = change
        for send in (
            lambda session, attempt: save_answer(session, attempt, question_id, response, 9),
            lambda session, attempt: save_answers(session, attempt, {**page, question_id: response}),
            lambda session, attempt: submit_attempt(session, attempt, {**page, question_id: response}),
        ):
            try:
                with self.school.database.writing() as session:
                    send(session, self.attempt(session, len(self.attempts)))
            except InvalidResponse:
                continue
            raise AssertionError("nonsense was taken")

    @precondition(lambda self: self.attempts)
    @rule(number=st.integers(1, 3), page=st.none() | PAGES)
    def submit(self, number: int, page: dict[str, list[int]] | None) -> None:
        number = min(number, len(self.attempts))
        with self.school.database.writing() as session:
            submit_attempt(session, self.attempt(session, number), page)
        model = self.attempts[number - 1]
        if model["points"] is not None:
            return
        self.take_page(model, page or {})
        responses = {question_id: frozenset(response) for question_id, (response, _) in model["saved"].items()}
        best = max((one["points"] for one in self.attempts if one["points"] is not None), default=Fraction(-1))
        model["points"] = score_quiz(QUIZ, responses).points
        self.grades += model["points"] > best

    @invariant()
    def the_database_holds_what_the_model_holds(self) -> None:
        with self.school.database.reading() as session:
            link = self.school.link(session)
            attempts = list_attempts(session, link.id, 1)
            assert [one.points for one in attempts] == [one["points"] for one in self.attempts]
            for attempt, model in zip(attempts, self.attempts, strict=True):
                answers = session.scalars(select(Answer).where(Answer.attempt_id == attempt.id))
                assert {one.question_id: (one.response, one.sequence) for one in answers} == model["saved"]
                assert (attempt.submitted_at is None) == (model["points"] is None)

    @invariant()
    def each_better_score_is_wanted_once(self) -> None:
        assert [row.wanted_revision for row in self.school.passbacks()] == [self.grades] * (self.grades > 0)

    def attempt(self, session: Any, number: int) -> Attempt:
        return session.scalars(select(Attempt).where(Attempt.number == number)).one()

    @staticmethod
    def take_page(model: dict[str, Any], page: dict[str, list[int]]) -> None:
        for question_id, response in page.items():
            stored, sequence = model["saved"].get(question_id, (None, 0))
            if stored != sorted(response):
                model["saved"][question_id] = (sorted(response), sequence + 1)


TestAttemptLife = AttemptLife.TestCase
TestAttemptLife.settings = settings(max_examples=15, stateful_step_count=20, deadline=None)
