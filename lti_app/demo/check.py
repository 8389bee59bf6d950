"""The journey that the demo makes by itself: two students take every quiz, and their grades must come out right."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from fractions import Fraction

import requests
from lxml.html import FormElement
from rich.console import Console
from rich.table import Table

from lti_app.demo.by_hand import Key, all_right, half_wrong, read_key
from lti_app.demo.course import Embedded
from lti_app.demo.processes import Processes
from lti_app.demo.visitor import Visitor, WrongPage

STUDENTS: dict[str, Callable[[list[Key]], list[set[int]]]] = {"ada": all_right, "ben": half_wrong}
TEACHER = "clara"

PATIENCE = 45.0
"""Seconds that a grade may take from the submission of the last quiz to the gradebook."""

ROUNDING = Fraction(1, 10**9)
"""Points are exact in the tool; on their way through JSON they become doubles."""


Grades = dict[tuple[str, str], Fraction]
"""Points by activity and student."""


@dataclass(slots=True)
class Journey:
    """One student's way through one quiz: the points it must give, and what went wrong on the way, if anything."""

    quiz: Embedded
    student: str
    expected: Fraction
    trouble: str = ""

    def verdict(self, arrived: Fraction | None) -> str:
        """Return what became of the grade: ``right``, ``wrong``, ``missing``, or ``not taken``."""
        if self.trouble:
            return "not taken"
        if arrived is None:
            return "missing"
        return "right" if abs(arrived - self.expected) < ROUNDING else "wrong"


def grades_arrive(lms_url: str, quizzes: list[Embedded], processes: Processes, console: Console) -> bool:
    """Take every quiz as every student, wait for the grades, print them; return whether all are right.

    Raise ProcessEnded when one of the processes ends.
    """
    journeys = [_take(lms_url, quiz, student) for quiz in quizzes for student in STUDENTS]
    grades = _wait_for_grades(lms_url, [journey for journey in journeys if not journey.trouble], processes)
    return print_grades(journeys, grades, console)


def print_grades(journeys: list[Journey], grades: Grades, console: Console) -> bool:
    """Print what was expected, what arrived and what went wrong; return whether every grade is right."""
    table = Table("Quiz", "Student", "Expected", "Arrived", "", title="Grades in the gradebook of the demo LMS")
    right = 0
    for journey in journeys:
        arrived = grades.get((journey.quiz.activity_id, journey.student))
        verdict = journey.verdict(arrived)
        right += verdict == "right"
        table.add_row(
            journey.quiz.title,
            journey.student.title(),
            _shown(journey.expected),
            "–" if arrived is None else _shown(arrived),
            f"[{'green' if verdict == 'right' else 'red'}]{verdict}[/]",
        )
    console.print(table)
    for journey in journeys:
        if journey.trouble:
            console.print(f"{journey.quiz.title}, {journey.student.title()}: {journey.trouble}", markup=False)
    console.print(f"{right} of {len(journeys)} grades arrived and are right.")
    return right == len(journeys)


def _shown(points: Fraction) -> str:
    return f"{float(points):.4f}".rstrip("0").rstrip(".")


def _take(lms_url: str, quiz: Embedded, student: str) -> Journey:
    keys = read_key(quiz.path.read_text(encoding="utf-8"))
    answers = STUDENTS[student](keys)
    journey = Journey(
        quiz, student, sum((key.score(picks) for key, picks in zip(keys, answers, strict=True)), Fraction(0))
    )
    try:
        with signed_in(lms_url, student) as visitor:
            launch(visitor, quiz.activity_id)
            _answer(visitor, keys, answers)
    except (WrongPage, requests.RequestException) as error:
        journey.trouble = str(error)
    return journey


@contextmanager
def signed_in(lms_url: str, person: str) -> Iterator[Visitor]:
    """Yield a visitor who is signed in to the LMS as this person."""
    visitor = Visitor()
    visitor.open(lms_url)
    visitor.submit(visitor.form("/sign-in"), [("person", person)])
    yield visitor
    visitor.close()


def launch(visitor: Visitor, activity_id: str) -> None:
    """Open the activity and follow its frame through login and launch to the tool's start page."""
    visitor.open(f"/activities/{activity_id}")
    visitor.open(visitor.first("//iframe").get("src", ""))
    follow(visitor)


def follow(visitor: Visitor) -> None:
    """Send what pages of the LMS send by themselves: the launch, and before it the login, unless that is a redirect."""
    while steps := visitor.page.xpath("//form[@id='post']"):
        visitor.submit(steps[0])


def _answer(visitor: Visitor, keys: list[Key], answers: list[set[int]]) -> None:
    """Start, save every other answer on its own as scripts do, then send the whole form as browsers without them do."""
    visitor.submit(visitor.form("/attempts"))
    form = visitor.form("/submit")
    questions = [one.get("data-question", "") for one in form.xpath(".//*[@data-question]")]
    if len(questions) != len(keys):
        raise WrongPage(f"{visitor.url} shows {len(questions)} questions instead of {len(keys)}")
    headers = {"X-CSRF-Token": form.fields["csrf_token"]}
    fields = [("csrf_token", form.fields["csrf_token"])]
    for place, (question, key, picks) in enumerate(zip(questions, keys, answers, strict=True)):
        _check_choices(visitor, form, question, key)
        values = [str(pick) for pick in sorted(picks)]
        if place % 2:
            document = {"response": {f"q.{question}": values}, "sequence": 1}
            saved = visitor.put(f"{visitor.url}/answers/{question}", document, headers)
            if (saved["saved"], saved["sequence"]) != (True, 1):
                raise WrongPage(f"{visitor.url} answers to a saved answer {saved}")
        fields += [(f"q.{question}", value) for value in values]
    visitor.submit(form, fields)
    if not visitor.url.endswith("/result"):
        raise WrongPage(f"{visitor.url} is not the page of the result")


def _check_choices(visitor: Visitor, form: FormElement, question: str, key: Key) -> None:
    offered = form.xpath(".//input[@name=$name and not(@type='hidden')]/@value", name=f"q.{question}")
    if sorted(map(int, offered)) != list(range(len(key.choices))):
        raise WrongPage(f"{visitor.url} offers the choices {offered} for {question}, which has {len(key.choices)}")


def _wait_for_grades(lms_url: str, journeys: list[Journey], processes: Processes) -> Grades:
    """Return the grades in the gradebook by activity and student, when all have arrived or patience ends."""
    wanted = {(journey.quiz.activity_id, journey.student) for journey in journeys}
    with signed_in(lms_url, TEACHER) as visitor:
        with suppress(TimeoutError):
            processes.wait_until(lambda: wanted <= _grades(visitor).keys(), PATIENCE)
        return _grades(visitor)


def _grades(visitor: Visitor) -> Grades:
    visitor.open("/gradebook")
    cells = visitor.page.xpath("//table[@id='grades']//td[.//data]")
    return {
        (cell.get("data-link"), cell.getparent().get("data-person")): Fraction(cell.find(".//data").get("value"))
        for cell in cells
    }
