"""``questions.xml``: the quiz's own question bank: a top category, below it that of the quiz, and one for each pool."""

from collections.abc import Iterator

from lxml import etree

from content.prose import to_html
from content.questions import Question
from content.quiz import Quiz
from qti_export.moodle.backup.files_xml import Files
from qti_export.moodle.backup.ids import MODULE, QUIZ_CONTEXT, TOP_CATEGORY, Numbers, entry_id
from qti_export.moodle.backup.marks import mark
from qti_export.moodle.backup.names import tag_names
from qti_export.moodle.backup.plan import Category, Plan
from qti_export.moodle.backup.question_types import Placed, QuestionType, question_type
from qti_export.moodle.backup.question_types.base import Part
from qti_export.moodle.backup.records import Value, add_record, add_values, container, html
from qti_export.moodle.wording import idnumber, question_name
from qti_export.xml_text import DECLARATION, SLOT
from qti_export.xml_tree import add, element, fill

MODULE_LEVEL = 70
"""The level of a quiz's own context."""


def document(quiz: Quiz, plan: Plan, files: Files) -> Iterator[bytes]:
    """Yield the file, one question after the other; ``files`` takes note of the images that they show."""
    numbers = Numbers(len(plan.questions))
    yield DECLARATION + b"<question_categories>\n"
    yield from fill(_category(quiz, Category(TOP_CATEGORY, 0, "top")), ())
    for category in plan.categories:
        entries = (entry for place in category.places for entry in _entries(quiz, plan, category, place, numbers))
        yield from fill(_category(quiz, category), _with_images(entries, files))
    yield b"</question_categories>\n"


def _with_images(entries: Iterator[etree._Element], files: Files) -> Iterator[etree._Element]:
    for entry in entries:
        files.link_all(entry)
        yield entry


def _category(quiz: Quiz, category: Category) -> etree._Element:
    """Return a category for entries to be filled in. Without one that is called ``top`` the others hang in the air."""
    made = element("question_category", id=str(category.number))
    where: dict[str, Value] = {
        "contextid": QUIZ_CONTEXT,
        "contextlevel": MODULE_LEVEL,
        "contextinstanceid": MODULE,
    }
    rest: dict[str, Value] = {
        "stamp": f"quizferry+{quiz.id}+{category.number}",
        "parent": category.parent,
        "sortorder": 999 if category.parent else 0,
        "idnumber": None,
    }
    add_values(made, {"name": category.name, **where, **html("info", ""), **rest})
    add(container(made, "question_bank_entries"), SLOT)
    return made


def _entries(quiz: Quiz, plan: Plan, category: Category, place: int, numbers: Numbers) -> Iterator[etree._Element]:
    """Yield the entry of the question at this place, then those of its parts."""
    question = plan.questions[place - 1]
    type_ = question_type(question, Placed(entry_id(place), quiz.settings.shuffle_answers, numbers))
    name = question_name(question, place, len(plan.questions))
    values = {**_named(name), **_texts(question, type_), **_marks(f"{mark(question):.7f}", type_)}
    stamp = f"quizferry+{quiz.id}+{question.id}"
    entry, made = _entry(entry_id(place), category, idnumber(quiz, question), {**values, **_made_by_nobody(stamp)})
    if type_.plugin is not None:
        made.append(type_.plugin)
    _add_hints(made, question, numbers)
    _add_tags(made, question, numbers)
    yield entry
    for part in type_.parts:
        yield _part(part, entry_id(place), category, name, f"{stamp}+{part.number}")


def _part(part: Part, parent: int, category: Category, name: str, stamp: str) -> etree._Element:
    values = {
        **_named(name, parent),
        **html("questiontext", part.code),
        **html("generalfeedback", ""),
        **_marks("1.0000000", QuestionType(part.name, "", None, penalty="0.0000000")),
    }
    entry, made = _entry(part.number, category, None, {**values, **_made_by_nobody(stamp)})
    made.append(part.plugin)
    container(made, "question_hints")
    container(made, "tags")
    return entry


def _entry(
    number: int, category: Category, named: str | None, values: dict[str, Value]
) -> tuple[etree._Element, etree._Element]:
    """Return an entry of the bank, and in it the question, of which there is one version."""
    entry = element("question_bank_entry", id=str(number))
    add_values(entry, {"questioncategoryid": category.number, "idnumber": named, "ownerid": 0})
    latest: dict[str, Value] = {"version": 1, "status": "ready"}
    version = add_record(container(entry, "question_version"), "question_versions", number, latest)
    return entry, add_record(container(version, "questions"), "question", number, values)


def _named(name: str, parent: int = 0) -> dict[str, Value]:
    return {"parent": parent, "name": name}


def _texts(question: Question, type_: QuestionType) -> dict[str, Value]:
    return {**html("questiontext", type_.text), **html("generalfeedback", to_html(question.feedback.general))}


def _marks(points: str, type_: QuestionType) -> dict[str, Value]:
    return {"defaultmark": points, "penalty": type_.penalty, "qtype": type_.name, "length": type_.length}


def _made_by_nobody(stamp: str) -> dict[str, Value]:
    return {"stamp": stamp, "timecreated": 0, "timemodified": 0, "createdby": 0, "modifiedby": 0}


def _add_hints(parent: etree._Element, question: Question, numbers: Numbers) -> None:
    hints = container(parent, "question_hints")
    for hint in question.hints:
        values: dict[str, Value] = {"shownumcorrect": False, "clearwrong": False, "options": None}
        add_record(hints, "question_hint", numbers.new_hint(), {**html("hint", to_html(hint)), **values})


def _add_tags(parent: etree._Element, question: Question, numbers: Numbers) -> None:
    tags = container(parent, "tags")
    for name, as_written in tag_names(question).items():
        tag = add_record(tags, "tag", numbers.tag(name), {"name": name, "rawname": as_written})
        tag.set("contextid", str(QUIZ_CONTEXT))
