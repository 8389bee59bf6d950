"""The parts of a quiz as elements of QTI, in file order."""

from collections.abc import Iterator

from content.problem import Problem
from content.questions import Question, TextBlock
from content.quiz import Part, Pool, Quiz, Section
from qti_export.canvas import images
from qti_export.canvas.items import new_item, section_head
from qti_export.canvas.losses.refusals import refused
from qti_export.xml_text import Xml, element


class Contents:
    """Writes the parts one by one. ``refusals`` grows with them: what Canvas could not take of those written so far.

    Every ident begins with ``prefix``, which no other quiz has: Canvas makes one question of two items that share an
    ident. No id holds ``__``, so no two pairs of ids join to the same ident; and two ids stay far below 252
    characters, where Canvas, which names files after idents, gives up the whole import.
    """

    def __init__(self, quiz: Quiz, prefix: str) -> None:
        self._quiz = quiz
        self._prefix = prefix
        self._numbers = _numbers(quiz)
        self._image_link = images.links(quiz)
        self.refusals: list[Problem] = []

    def as_quiz(self) -> Iterator[Xml]:
        """Yield items and groups. A section dissolves into its parts, behind an item with its title and text."""
        for part in _without_sections(self._quiz.parts):
            match part:
                case Section():
                    yield self._checked(section_head(part, self._ident(part)), part)
                case Pool():
                    yield self._group(part)
                case Question():
                    yield self._item(part)

    def as_bank(self) -> Iterator[Xml]:
        """Yield the items of all questions, wherever they stand."""
        yield from map(self._item, self._quiz.questions)

    def _group(self, pool: Pool) -> Xml:
        """Return a section of which Canvas makes a group; it gives every question the group's points."""
        selection = element(
            "selection",
            element("selection_number", str(pool.pick)),
            element("selection_extension", element("points_per_item", f"{pool.points:f}")),
        )
        items = map(self._item, pool.questions)
        title = pool.title or pool.id
        return element(
            "section", element("selection_ordering", selection), *items, ident=self._ident(pool), title=title
        )

    def _item(self, question: Question) -> Xml:
        number = self._numbers.get(question.id)
        title = question.title or (f"Question {number}" if number else "Text")
        return self._checked(new_item(question, self._ident(question), title), question)

    def _checked(self, item: Xml, part: Question | Section) -> Xml:
        if self._quiz.media:
            item = images.relinked(item, self._image_link)
        self.refusals.extend(refused(item, part))
        return item

    def _ident(self, part: Part) -> str:
        return f"{self._prefix}__{part.id}"


def _numbers(quiz: Quiz) -> dict[str, int]:
    asked = (question.id for question in quiz.questions if not isinstance(question, TextBlock))
    return {id_: number for number, id_ in enumerate(asked, start=1)}


def _without_sections(parts: tuple[Part, ...]) -> Iterator[Part]:
    """Yield the parts flat; a section that has a title or a text comes before its own."""
    for part in parts:
        if not isinstance(part, Section):
            yield part
            continue
        if part.title or part.text:
            yield part
        yield from part.parts
