"""The page of a quiz: its problems, its questions to answer, and what became of the answers."""

from collections.abc import Iterator
from dataclasses import dataclass

from content.drawing import draw_for
from content.forms import Fields, Html, Prose, Shown, controls, key_of, response_of, tag, text
from content.problem import Problem
from content.questions import Question, TextBlock
from content.quiz import Quiz, Section
from content.scoring import QuizScore, Response, Score, format_points, score_quiz
from qti_export.preview.document import Document
from qti_export.report import percent

STYLES_OF_FORMS = ("colours", "prose", "question", "fields", "controls", "ground")
"""The style sheets of `content.forms`, in their order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What a page is asked for: which draw of the quiz, and the fields of the sent form, if one was sent."""

    seed: int
    fields: Fields | None = None


def page(document: Document, visit: Visit, *, answers: bool) -> Html:
    """Return the page. With ``answers`` the key stands below each question; without, none is in it before scoring.

    Raise ValueError for fields that the page could not have sent.
    """
    quiz = document.quiz
    title = quiz.title if quiz else document.file.name
    main = [_problems(document.problems)]
    if quiz:
        main.append(_quiz(quiz, visit, answers=answers, scorable=not document.has_errors))
    head = (
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("title", text(f"Preview: {title}")),
        tag("link", rel="icon", href="data:,"),
        *(tag("link", rel="stylesheet", href=f"/{name}.css") for name in (*STYLES_OF_FORMS, "preview")),
        tag("script", type="module", src="/preview.js"),
    )
    bar = tag("header", tag("p", "Preview of ", tag("strong", text(document.file.name))), _draws(visit), class_="bar")
    body = tag("body", bar, tag("main", *main), data_version=document.version)
    return "<!doctype html>\n" + tag("html", tag("head", *head), body, lang="en")


def _draws(visit: Visit) -> Html:
    return tag("p", tag("a", "Another draw", href=f"/?seed={visit.seed + 1}"))


def _problems(problems: tuple[Problem, ...]) -> Html:
    if not problems:
        return ""
    rows = [
        tag(
            "li",
            tag("strong", f"Line {problem.source.line}: " if problem.source.line else "The file: "),
            text(problem.sentence),
            " ",
            tag("span", text(problem.remedy), class_="remedy"),
            class_=str(problem.severity),
        )
        for problem in problems
    ]
    count = f"{len(problems)} problem{'s' if len(problems) > 1 else ''} in this text"
    return tag("section", tag("h2", count), tag("ul", *rows), class_="problems")


def _quiz(quiz: Quiz, visit: Visit, *, answers: bool, scorable: bool) -> Html:
    try:
        drawn = draw_for(quiz, visit.seed)
    except ValueError:
        return ""  # a pool that picks more than it has is one of the problems
    responses = _responses(drawn, visit)
    score = score_quiz(drawn, responses) if scorable and visit.fields is not None else None
    made = _Questions(drawn, visit.seed, responses, score, answers=answers)
    head = tag("h1", text(quiz.title)) + tag("div", made.prose.block(quiz.description), class_="prose lead")
    button = tag("button", "Score my answers", class_="button", disabled=not scorable)
    why = "" if scorable else tag("p", "Settle the errors above to have answers scored.", class_="hint")
    form = tag("form", *made.all(), tag("p", button), why, method="post", action=f"/?seed={visit.seed}", id="quiz")
    return head + _facts(drawn) + (_result(score) if score else "") + form


def _responses(quiz: Quiz, visit: Visit) -> dict[str, Response]:
    if visit.fields is None:
        return {}
    return {question.id: response_of(question, visit.fields, quiz, visit.seed) for question in quiz.questions}


def _facts(quiz: Quiz) -> Html:
    settings = quiz.settings
    asked = sum(not isinstance(question, TextBlock) for question in quiz.questions)
    facts = {
        "Questions": str(asked),
        "Points": format_points(quiz.points),
        "To pass": percent(settings.pass_mark) if settings.pass_mark is not None else "",
        "Minutes": str(settings.time_limit or ""),
        "Attempts": str(settings.attempts or ""),
    }
    return tag("dl", *(tag("div", tag("dt", name), tag("dd", text(value))) for name, value in facts.items() if value))


def _result(score: QuizScore) -> Html:
    reached = f"{format_points(score.points)} of {format_points(score.possible)} points"
    words = [tag("h2", text(reached))]
    if score.passed or (score.passed is False and not score.needs_grading):
        words.append(tag("p", "Passed" if score.passed else "Not passed", class_="right" if score.passed else "wrong"))
    if score.needs_grading:
        words.append(tag("p", "What a person grades is not counted yet."))
    return tag("section", *words, class_="result", id="result")


class _Questions:
    """The questions of a drawn quiz in their order, numbered."""

    def __init__(
        self, quiz: Quiz, seed: int, responses: dict[str, Response], score: QuizScore | None, *, answers: bool
    ) -> None:
        self.prose = Prose(lambda name: media_address(quiz, name))
        self._quiz, self._seed, self._responses, self._answers = quiz, seed, responses, answers
        scores = score.scores if score else ()
        self._scores = dict(zip((question.id for question in quiz.questions), scores, strict=False))
        self._number = 0

    def all(self) -> Iterator[Html]:
        """Yield each part."""
        for part in self._quiz.parts:
            if isinstance(part, Section):
                title = tag("h2", text(part.title), class_="section-title") if part.title else ""
                yield title + tag("div", self.prose.block(part.text), class_="prose")
                yield from (self._one(one) for one in part.parts if isinstance(one, Question))
            elif isinstance(part, Question):
                yield self._one(part)

    def _one(self, question: Question) -> Html:
        score = self._scores.get(question.id)
        shown = Shown(
            quiz=self._quiz,
            prose=self.prose,
            seed=self._seed,
            response=self._responses.get(question.id),
            score=score,
        )
        form = controls(question, shown)
        if isinstance(question, TextBlock):
            title = tag("h2", text(question.title), class_="section-title") if question.title else ""
            return tag("section", title, form, class_="text")
        self._number += 1
        hints = [
            tag("details", tag("summary", f"Hint {number}"), tag("div", self.prose.block(hint), class_="prose"))
            for number, hint in enumerate(question.hints, start=1)
        ]
        parts = (self._head(question, score, answered=shown.response is not None), form, *hints, *self._told(score))
        return tag("fieldset", *parts, self._key(question, score), class_="question", data_question=question.id)

    def _head(self, question: Question, score: Score | None, *, answered: bool) -> Html:
        number = tag("legend", f"Question {self._number}")
        word, kind = _verdict(score, answered=answered) if score else ("", "")
        worth = f"{format_points(score.points)} of " if score and not score.needs_grading else ""
        points = f"{worth}{format_points(question.points)} {'point' if question.points == 1 else 'points'}"
        return number + tag("p", tag("span", word, class_=f"verdict {kind}"), tag("span", points), class_="worth")

    def _told(self, score: Score | None) -> Iterator[Html]:
        told = score.feedback if score else None
        for markdown in (told.correct, told.incorrect, told.general) if told else ():
            if markdown:
                yield tag("div", self.prose.block(markdown), class_="prose told")

    def _key(self, question: Question, score: Score | None) -> Html:
        """Return the key where it is asked for, or where a student would see it: below what is not wholly right."""
        missed = score is not None and not score.is_right and self._quiz.settings.show_correct_answers
        lines = key_of(question, self.prose) if self._answers or missed else []
        if not lines:
            return ""
        rows = [tag("li", line, class_="prose") for line in lines]
        return tag(
            "div", tag("p", "Right answer" if len(rows) == 1 else "Right answers"), tag("ul", *rows), class_="key"
        )


def _verdict(score: Score, *, answered: bool) -> tuple[str, str]:
    if score.needs_grading:
        return "A person grades this", "partly"
    if not answered:
        return "No answer", "none"
    if score.is_right:
        return "Right", "right"
    return ("Partly right", "partly") if score.fraction else ("Wrong", "wrong")


def media_address(quiz: Quiz, name: str) -> str | None:
    """Return where the page finds an image of the quiz: by its number, so that no address can lead elsewhere."""
    numbers = {media.name: number for number, media in enumerate(quiz.media)}
    return f"/media/{numbers[name]}" if name in numbers else None
