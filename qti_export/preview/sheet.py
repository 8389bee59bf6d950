"""A quiz as a sheet to print, in versions, and the answer key of each version. Same quiz and seed, same bytes."""

import base64
from collections.abc import Iterator
from importlib.resources import files

from content.drawing import draw_for
from content.forms import Html, Prose, Shown, tag, text
from content.questions import Question, TextBlock
from content.quiz import Quiz, Section
from content.scoring import format_points
from qti_export.preview.paper import key_on_paper, letter, on_paper

PAPERS = {"a4": "A4", "letter": "letter"}
"""What CSS calls the sizes of paper."""

POLICY = "default-src 'none'; img-src data: https: http:; style-src 'unsafe-inline'"


def sheets(quiz: Quiz, versions: int, seed: int, paper: str) -> Html:
    """Return a page with so many versions of the quiz, each from a new sheet on. ``paper`` is a name in `PAPERS`.

    Version A is the quiz as it is drawn for ``seed``, B for the next number, and so on: the draws of the preview.
    """
    drawn = _drawn(quiz, versions, seed)
    return _document(quiz.title, [_sheet(one, draw, versions) for one, draw in enumerate(drawn)], paper)


def keys(quiz: Quiz, versions: int, seed: int, paper: str) -> Html:
    """Return a page with the answer key of each of these versions."""
    drawn = _drawn(quiz, versions, seed)
    return _document(f"Answer key: {quiz.title}", [_key(one, draw, versions) for one, draw in enumerate(drawn)], paper)


def all_alike(quiz: Quiz, versions: int, seed: int) -> bool:
    """Return whether several versions differ in nothing, since the quiz neither draws nor shuffles."""
    settings = quiz.settings
    same = not (settings.shuffle_answers or settings.shuffle_questions)
    return versions > 1 and same and len({draw.quiz.questions for draw in _drawn(quiz, versions, seed)}) == 1


class _Draw:
    """A quiz as one version has it."""

    def __init__(self, quiz: Quiz, seed: int) -> None:
        self.quiz = draw_for(quiz, seed)
        addresses = {one.name: f"data:{one.type};base64,{base64.b64encode(one.data).decode()}" for one in quiz.media}
        self.prose = Prose(addresses.get)
        self.seed = seed

    def shown(self) -> Shown:
        """Return how its questions are shown."""
        return Shown(quiz=self.quiz, prose=self.prose, seed=self.seed)


def _drawn(quiz: Quiz, versions: int, seed: int) -> list[_Draw]:
    return [_Draw(quiz, seed + number) for number in range(versions)]


def _document(title: str, parts: list[Html], paper: str) -> Html:
    style = (files("qti_export.preview") / "static/sheet.css").read_text(encoding="utf-8")
    head = (
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=POLICY),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", text(title)),
        tag("style", f"@page {{ size: {PAPERS[paper]}; }}\n{style}"),
    )
    return "<!doctype html>\n" + tag("html", tag("head", *head), tag("body", *parts), lang="en") + "\n"


def _head(number: int, draw: _Draw, versions: int, what: str) -> Html:
    name = tag("p", f"Version {letter(number)}", class_="version") if versions > 1 else ""
    return tag("header", tag("h1", what, text(draw.quiz.title)), name)


def _sheet(number: int, draw: _Draw, versions: int) -> Html:
    points = format_points(draw.quiz.points)
    lines = [
        tag("p", tag("span", label), tag("span", class_="line"), after, class_=label.lower())
        for label, after in (("Name", ""), ("Date", ""), ("Points", f" / {points}"))
    ]
    limit = draw.quiz.settings.time_limit
    words = draw.prose.block(draw.quiz.description) + (tag("p", f"Time: {limit} minutes") if limit else "")
    head = _head(number, draw, versions, "") + tag("div", *lines, class_="who")
    return tag("main", head, tag("div", words, class_="prose lead"), *_parts(draw), class_="sheet")


def _parts(draw: _Draw) -> Iterator[Html]:
    number = 0
    for part in draw.quiz.parts:
        if isinstance(part, Section):
            title = tag("h2", text(part.title)) if part.title else ""
            yield tag("div", title, draw.prose.block(part.text), class_="prose section")
        for question in part.parts if isinstance(part, Section) else (part,):
            if isinstance(question, TextBlock):
                title = tag("h3", text(question.title)) if question.title else ""
                yield tag("section", title, on_paper(question, draw.shown()), class_="text")
            elif isinstance(question, Question):
                number += 1
                yield _question(number, question, draw)


def _question(number: int, question: Question, draw: _Draw) -> Html:
    points = f"{format_points(question.points)} {'point' if question.points == 1 else 'points'}"
    label = tag("b", f"{number}.", class_="number")
    body = tag("div", on_paper(question, draw.shown()))
    return tag("section", label, body, tag("span", points, class_="points"), class_="question")


def _key(number: int, draw: _Draw, versions: int) -> Html:
    asked = [question for question in draw.quiz.questions if not isinstance(question, TextBlock)]
    rows = [
        tag(
            "tr",
            tag("th", str(place), scope="row"),
            tag("td", key_on_paper(question, draw.shown()), class_="prose"),
            tag("td", format_points(question.points), class_="points"),
        )
        for place, question in enumerate(asked, start=1)
    ]
    total = tag(
        "tr", tag("th", "All", scope="row"), tag("td"), tag("td", format_points(draw.quiz.points), class_="points")
    )
    table = tag("table", tag("tbody", *rows, total), class_="key")
    return tag("main", _head(number, draw, versions, "Answer key: "), table, class_="sheet")
