"""Which questions lie in which category of the bank, and what each slot of the quiz shows."""

from dataclasses import dataclass, field
from decimal import Decimal

from content.questions import Question, TextBlock
from content.quiz import Pool, Quiz, Section
from qti_export.moodle.backup.ids import QUIZ_CATEGORY, TOP_CATEGORY
from qti_export.moodle.backup.marks import mark, rounded
from qti_export.moodle.backup.names import quiz_name
from qti_export.moodle.wording import tag_free


@dataclass(slots=True)
class Category:
    """A category of questions: its id, that of the one above it, its name, and the places (from 1) of its questions."""

    number: int
    parent: int
    name: str
    places: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in the quiz: the question at ``place`` in the bank, or one drawn from a ``category``."""

    mark: Decimal
    place: int = 0
    category: int = 0


@dataclass(slots=True)
class Plan:
    """The bank and the slots; ``headings`` are the titles of sections by the number of their first slots."""

    questions: list[Question] = field(default_factory=list)
    categories: list[Category] = field(default_factory=list)
    slots: list[Slot] = field(default_factory=list)
    headings: dict[int, str] = field(default_factory=dict)

    def add(self, question: Question, category: Category) -> int:
        """Put the question into the bank and return its place."""
        self.questions.append(question)
        category.places.append(len(self.questions))
        return len(self.questions)


def plan(quiz: Quiz) -> Plan:
    """Return where everything goes. A section's text becomes a description in its first slot."""
    made = Plan(categories=[Category(QUIZ_CATEGORY, TOP_CATEGORY, quiz_name(quiz))])
    for part in quiz.parts:
        if isinstance(part, Section):
            made.headings[len(made.slots) + 1] = tag_free(part.title)
            if part.text:
                _place(made, TextBlock(stem=part.text, id=part.id, title=part.title))
            for inner in part.parts:
                _place(made, inner)
            made.headings[len(made.slots) + 1] = ""
        else:
            _place(made, part)
    made.headings.pop(len(made.slots) + 1, None)  # nothing follows the last section
    made.headings.setdefault(1, "")
    return made


def _place(made: Plan, part: Question | Pool) -> None:
    if isinstance(part, Pool):
        number = QUIZ_CATEGORY + len(made.categories)
        category = Category(number, QUIZ_CATEGORY, tag_free(part.title) or f"Pool {len(made.categories)}")
        made.categories.append(category)
        for question in part.questions:
            made.add(question, category)
        made.slots += [Slot(rounded(part.points), category=number)] * part.pick
    else:
        made.slots.append(Slot(mark(part), place=made.add(part, made.categories[0])))
