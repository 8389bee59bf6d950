"""Moodle XML: a file of questions for Moodle's question bank."""

from collections.abc import Iterator

from lxml import etree

from content.prose import to_html
from content.questions import Question, TextBlock
from content.quiz import Pool, Quiz, Section
from qti_export.images import image_files
from qti_export.moodle.wording import idnumber, question_name, tag_free
from qti_export.moodle.xml import losses
from qti_export.moodle.xml.images import add_images
from qti_export.moodle.xml.questions import add_html, add_text, new_question
from qti_export.report import Exported, NotExportable, report
from qti_export.xml_text import SLOT
from qti_export.xml_tree import add, element, stream

STEPS = (
    "In the Moodle course open More > Question bank > Import, choose 'Moodle XML format' and this file, and import it.",
    "Add a Quiz activity; on its Questions page add from the question bank all questions of the category of that name.",
    "Set in the Quiz activity's settings how it is given: the file brings the questions only.",
)


def export(quiz: Quiz) -> Exported:
    """Return the question file of a checked quiz that has all its ids.

    Raise NotExportable where a question is worth more than Moodle's columns can hold.
    """
    refusals = tuple(losses.refused(quiz))
    if refusals:
        raise NotExportable(refusals)
    root = element("quiz")
    add(root, SLOT)
    data = b"".join(stream(root, _with_images(quiz)))
    return Exported(data, report("moodle-xml", quiz, losses.of(quiz), STEPS, with_images=True))


def _with_images(quiz: Quiz) -> Iterator[etree._Element]:
    files = image_files(quiz)
    for entry in _entries(quiz):
        if files:
            add_images(entry, files)
        yield entry


def _entries(quiz: Quiz) -> Iterator[etree._Element]:
    """Yield the questions, and before those of the quiz and of each pool the entry of their category.

    All questions after such an entry go into its category, so those after a pool need that of the quiz again.
    """
    current = ""
    for place, (question, pool) in enumerate(_with_pools(quiz), start=1):
        category = path_of(quiz, pool)
        if category != current:
            yield _category(quiz, category, described=not current)
            current = category
        made = new_question(question, quiz.settings.shuffle_answers)
        add_text(made, "name", question_name(question, place, len(quiz.questions)))
        add(made, "idnumber", idnumber(quiz, question))
        yield made


def _with_pools(quiz: Quiz) -> Iterator[tuple[Question, Pool | None]]:
    """Yield each question and the pool that it is in. The text of a section is a question that asks nothing."""
    pool: Pool | None = None
    left = 0
    for part in quiz.all_parts:
        match part:
            case Section():
                if part.text:
                    yield TextBlock(stem=part.text, id=part.id, title=part.title), None
            case Pool():
                pool, left = part, len(part.questions)
            case Question():
                yield part, pool if left > 0 else None
                left -= 1


def path_of(quiz: Quiz, pool: Pool | None = None) -> str:
    """Return the path of the quiz's category, or of that of a pool below it."""
    path = f"$course$/top/{_step(quiz.title) or quiz.id}"
    return path if pool is None else f"{path}/{_step(pool.title) or pool.id}"


def _step(title: str) -> str:
    """Return a title as one step of a path: a single slash parts categories."""
    return tag_free(" ".join(title.split())).strip("/ ").replace("/", "//")


def _category(quiz: Quiz, path: str, *, described: bool) -> etree._Element:
    made = element("question", type="category")
    add_text(made, "category", path)
    if described and quiz.description:
        add_html(made, "info", to_html(quiz.description))
    return made
