"""``quiz.xml``: how the quiz is given, and which question stands in which slot."""

import json
from collections.abc import Iterator

from lxml import etree

from content.prose import to_html
from content.quiz import Quiz, Settings
from qti_export.moodle.backup.files_xml import Files
from qti_export.moodle.backup.ids import MODULE, QUIZ, QUIZ_CONTEXT, entry_id
from qti_export.moodle.backup.marks import total
from qti_export.moodle.backup.names import quiz_name
from qti_export.moodle.backup.plan import Plan, Slot
from qti_export.moodle.backup.records import Value, add_record, add_values, container, html
from qti_export.moodle.backup.settings import attempts, layout, review
from qti_export.xml_text import SLOT
from qti_export.xml_tree import add, element, stream


def document(quiz: Quiz, plan: Plan, files: Files) -> Iterator[bytes]:
    """Yield the file; ``files`` takes note of the images that the description shows."""
    ids = {"id": str(QUIZ), "moduleid": str(MODULE), "contextid": str(QUIZ_CONTEXT)}
    root = element("activity", **ids, modulename="quiz")
    described = {"name": quiz_name(quiz), **html("intro", to_html(quiz.description))}
    described["intro"] = files.link(str(described["intro"]), "mod_quiz", "intro", "0")
    given = {**attempts(quiz.settings), **review(quiz.settings), **layout(quiz.settings)}
    made = add_record(root, "quiz", QUIZ, {**described, **given, **_worth(quiz)})
    container(made, "quiz_grade_items")
    add(container(made, "question_instances"), SLOT)
    _add_sections(made, quiz.settings, plan)
    _add_overall_feedback(made, quiz)
    for nobody_yet in ("overrides", "grades", "attempts"):
        container(made, nobody_yet)
    return stream(root, _slots(plan, quiz.settings))


def _worth(quiz: Quiz) -> dict[str, Value]:
    return {"sumgrades": f"{total(quiz):.5f}", "grade": f"{total(quiz):.5f}"}


def _slots(plan: Plan, settings: Settings) -> Iterator[etree._Element]:
    page = 0
    for number, slot in enumerate(plan.slots, start=1):
        page += settings.one_question_at_a_time or number in plan.headings
        yield _slot(number, slot, page)


def _slot(number: int, slot: Slot, page: int) -> etree._Element:
    """Return the slot of this number. It shows the latest version of a question, or one drawn from a category.

    Sections begin on a new page, as Moodle has it.
    """
    made = element("question_instance", id=str(number))
    values: dict[str, Value] = {
        "quizid": QUIZ,
        "slot": number,
        "page": page,
        "displaynumber": None,
        "requireprevious": False,
        "maxmark": f"{slot.mark:.7f}",
        "quizgradeitemid": None,
    }
    add_values(made, values)
    used: dict[str, Value] = {"usingcontextid": QUIZ_CONTEXT, "component": "mod_quiz", "questionarea": "slot"}
    if slot.category:
        add_record(made, "question_set_reference", number, {**used, **_drawn_from(slot.category)})
    else:
        shown: dict[str, Value] = {"questionbankentryid": entry_id(slot.place), "version": None}
        add_record(made, "question_reference", number, {**used, **shown})
    return made


def _drawn_from(category: int) -> dict[str, Value]:
    """Return the filter as Moodle 4.0 to 4.2 write it; later ones convert it, but their own breaks on the older."""
    condition = {"questioncategoryid": str(category), "includingsubcategories": False}
    return {"questionscontextid": QUIZ_CONTEXT, "filtercondition": json.dumps(condition)}


def _add_sections(parent: etree._Element, settings: Settings, plan: Plan) -> None:
    sections = container(parent, "sections")
    for number, (first, heading) in enumerate(sorted(plan.headings.items()), start=1):
        values: dict[str, Value] = {"firstslot": first, "heading": heading}
        add_record(sections, "section", number, {**values, "shufflequestions": settings.shuffle_questions})


def _add_overall_feedback(parent: etree._Element, quiz: Quiz) -> None:
    """Append the one entry that Moodle itself writes where there is none: empty, for every grade."""
    grades: dict[str, Value] = {"mingrade": "0.00000", "maxgrade": f"{total(quiz) + 1:.5f}"}
    add_record(container(parent, "feedbacks"), "feedback", 1, {**html("feedbacktext", ""), **grades})
