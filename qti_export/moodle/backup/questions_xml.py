"""``questions.xml``: the quiz's own question bank, a top category and below it the one with the questions."""

from collections.abc import Iterator

from lxml import etree

from content.prose import to_html
from content.questions import Question
from content.quiz import Quiz
from qti_export.moodle.backup.ids import MODULE, QUIZ_CATEGORY, QUIZ_CONTEXT, TOP_CATEGORY, Numbers, entry_id
from qti_export.moodle.backup.marks import mark
from qti_export.moodle.backup.names import quiz_name, tag_names
from qti_export.moodle.backup.question_types import Placed, question_type
from qti_export.moodle.backup.records import Value, add_record, add_values, container, html
from qti_export.moodle.wording import idnumber, question_name
from qti_export.xml_tree import DECLARATION, SLOT, add, element, fill

MODULE_LEVEL = 70
"""The level of a quiz's own context."""


def document(quiz: Quiz) -> Iterator[bytes]:
    """Yield the file, one question after the other."""
    yield DECLARATION + b"<question_categories>\n"
    yield from fill(_category(quiz, TOP_CATEGORY, "top", parent=0), ())
    yield from fill(_category(quiz, QUIZ_CATEGORY, quiz_name(quiz), parent=TOP_CATEGORY), _entries(quiz))
    yield b"</question_categories>\n"


def _category(quiz: Quiz, number: int, name: str, *, parent: int) -> etree._Element:
    """Return a category for entries to be filled in. Without one that is called ``top`` the others hang in the air."""
    made = element("question_category", id=str(number))
    where: dict[str, Value] = {
        "contextid": QUIZ_CONTEXT,
        "contextlevel": MODULE_LEVEL,
        "contextinstanceid": MODULE,
    }
    rest: dict[str, Value] = {
        "stamp": f"quizferry+{quiz.id}+{number}",
        "parent": parent,
        "sortorder": 999 if parent else 0,
        "idnumber": None,
    }
    add_values(made, {"name": name, **where, **html("info", ""), **rest})
    add(container(made, "question_bank_entries"), SLOT)
    return made


def _entries(quiz: Quiz) -> Iterator[etree._Element]:
    numbers = Numbers()
    for place, question in enumerate(quiz.questions, start=1):
        entry = element("question_bank_entry", id=str(entry_id(place)))
        named: dict[str, Value] = {
            "questioncategoryid": QUIZ_CATEGORY,
            "idnumber": idnumber(quiz, question),
            "ownerid": 0,
        }
        add_values(entry, named)
        latest: dict[str, Value] = {"version": 1, "status": "ready"}
        version = add_record(container(entry, "question_version"), "question_versions", entry_id(place), latest)
        _add_question(container(version, "questions"), quiz, place, numbers)
        yield entry


def _add_question(parent: etree._Element, quiz: Quiz, place: int, numbers: Numbers) -> None:
    question = quiz.questions[place - 1]
    type_ = question_type(question, Placed(entry_id(place), quiz.settings.shuffle_answers, numbers))
    made = add_record(
        parent,
        "question",
        entry_id(place),
        {
            "parent": 0,
            "name": question_name(question, place, len(quiz.questions)),
            **html("questiontext", to_html(question.stem)),
            **html("generalfeedback", to_html(question.feedback.general)),
            "defaultmark": f"{mark(question):.7f}",
            "penalty": type_.penalty,
            "qtype": type_.name,
            "length": 1,
            "stamp": f"quizferry+{quiz.id}+{question.id}",
            "timecreated": 0,
            "timemodified": 0,
            "createdby": 0,
            "modifiedby": 0,
        },
    )
    made.append(type_.plugin)
    container(made, "question_hints")
    _add_tags(made, question, numbers)


def _add_tags(parent: etree._Element, question: Question, numbers: Numbers) -> None:
    tags = container(parent, "tags")
    for name, as_written in tag_names(question).items():
        tag = add_record(tags, "tag", numbers.tag(name), {"name": name, "rawname": as_written})
        tag.set("contextid", str(QUIZ_CONTEXT))
