"""Moodle XML: a file of questions for Moodle's question bank."""

from collections.abc import Iterator

from lxml import etree

from content.prose import to_html
from content.quiz import Quiz
from qti_export.moodle.wording import idnumber, question_name, tag_free
from qti_export.moodle.xml import losses
from qti_export.moodle.xml.questions import add_html, add_text, new_question
from qti_export.report import Exported, report
from qti_export.unwritten import refuse_parts
from qti_export.xml_tree import SLOT, add, element, stream

STEPS = (
    "In the Moodle course open More > Question bank > Import, choose 'Moodle XML format' and this file, and import it.",
    "Add a Quiz activity; on its Questions page add from the question bank all questions of the category of that name.",
    "Set in the Quiz activity's settings how it is given: the file brings the questions only.",
)


def export(quiz: Quiz) -> Exported:
    """Return the question file of a checked quiz that has all its ids."""
    refuse_parts(quiz, "Moodle XML")
    root = element("quiz")
    root.append(_category(quiz))
    add(root, SLOT)
    data = b"".join(stream(root, _questions(quiz)))
    return Exported(data, report("moodle-xml", quiz, losses.of(quiz), STEPS))


def _category(quiz: Quiz) -> etree._Element:
    """Return the entry that puts the questions after it into a category named after the quiz."""
    made = element("question", type="category")
    title = tag_free(" ".join(quiz.title.split())).strip("/ ").replace("/", "//")  # a single slash parts categories
    add_text(made, "category", f"$course$/top/{title or quiz.id}")
    if quiz.description:
        add_html(made, "info", to_html(quiz.description))
    return made


def _questions(quiz: Quiz) -> Iterator[etree._Element]:
    for place, question in enumerate(quiz.questions, start=1):
        made = new_question(question)
        add(made, "shuffleanswers", "true" if quiz.settings.shuffle_answers else "false")
        add_text(made, "name", question_name(question, place, len(quiz.questions)))
        add(made, "idnumber", idnumber(quiz, question))
        yield made
