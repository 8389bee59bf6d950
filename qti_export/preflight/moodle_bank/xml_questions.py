"""Traps of a question in Moodle XML.

The importer's own sources: question/format/xml/format.php and the question types' save functions.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from urllib.parse import unquote

from lxml import etree

from qti_export.preflight.markup import plain, shortened
from qti_export.preflight.model import Arrival, Effect
from qti_export.preflight.moodle_bank.grades import is_listed
from qti_export.preflight.moodle_bank.xml_question import CLOZE, EMBEDDED, GRADED, Question
from qti_export.preflight.numbers import decimal
from qti_export.preflight.rules import Rules, Said

PLACED = {"gapselect", "ddwtos", "ddimageortext", "ddmarker"}
TYPES = GRADED | EMBEDDED | PLACED | {"matching", "ordering", "essay", "description", "random", "randomsamatch"}
NAME_MAX_LENGTH = 255
PLUGINFILE = re.compile(r"@@PLUGINFILE@@/([^\"'<>?#\s]+)")
STAR = re.compile(r"(?<!\\)\*")
FEEDBACK = ("generalfeedback", "correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")

ITEM: Rules[Question] = Rules("moodle")

STOPS = "Moodle stops the import here: this question and those behind it are missing."
LOST_BY_STOP = frozenset({"xml-few-choices", "xml-no-full-answer", "xml-not-a-number", "xml-few-items"})
"""What goes wrong only when a question is saved: those before it are there already."""


@ITEM.trap(
    "xml-unknown-type",
    Effect.KILLS,
    "A question of a type that Moodle does not know is an error: with 'Stop on error' nothing is imported.",
)
def _unknown_type(question: Question) -> Iterator[Said]:
    if question.type not in TYPES:
        yield Said(f"Moodle knows no type '{question.type}': nothing is imported.", "Take the question out.")


@ITEM.trap("xml-no-name", Effect.KILLS, "A question without a name element is an error.")
def _no_name(question: Question) -> Iterator[Said]:
    if question.node.find("name/text") is None:
        yield Said("The question has no name element: it is an error.", "Add <name><text>...</text></name>.")


@ITEM.trap(
    "xml-long-name", Effect.CHANGES, "A name of more than 255 characters is shortened, and tags are taken out of it."
)
def _long_name(question: Question) -> Iterator[Said]:
    if len(question.name) > NAME_MAX_LENGTH:
        yield Said(f"The name's {len(question.name)} characters are cut to 255.", "Shorten it.")
    elif plain(question.name) != " ".join(question.name.split()) and "<" in question.name:
        yield Said("The tags are taken out of the name.", "Write it without tags.")


@ITEM.trap(
    "xml-grade",
    Effect.KILLS,
    "A grade that is not on Moodle's list (33.33, 37, 9.09) is an error: with 'Stop on error' nothing is imported.",
)
def _grade(question: Question) -> Iterator[Said]:
    for answer in question.answers if question.type in GRADED else ():
        percent = decimal(answer.get("fraction") or "0")
        if percent is None or not is_listed(percent):
            sentence = f"The grade {answer.get('fraction')} is not on Moodle's list: nothing is imported."
            yield Said(sentence, "Write 33.33333, 16.66667 and so on, or choose 'Nearest grade' in the form.", answer)


@ITEM.trap(
    "xml-few-choices",
    Effect.VANISHES,
    "A choice with fewer than two answers stops the import: those behind it are missing.",
    drops=True,
)
def _few_choices(question: Question) -> Iterator[Said]:
    if question.type == "multichoice" and len([one for one in question.answers if _shown(one)]) < 2:
        yield Said(f"It has fewer than two choices. {STOPS}", "Give it two choices.")


@ITEM.trap(
    "xml-no-full-answer",
    Effect.VANISHES,
    "A short answer without one of 100 % stops the import: those behind it are missing.",
    drops=True,
)
def _no_full_answer(question: Question) -> Iterator[Said]:
    if question.type == "shortanswer" and Decimal(100) not in question.fractions:
        yield Said(f"No answer earns 100 %. {STOPS}", "Give one of them 100.")


@ITEM.trap(
    "xml-not-a-number",
    Effect.VANISHES,
    "A numerical answer that is no number is a database error: it stops the import.",
    drops=True,
)
def _not_a_number(question: Question) -> Iterator[Said]:
    for answer in question.answers if question.type == "numerical" else ():
        text = (answer.findtext("text") or "").strip()
        if text != "*" and "," not in text and decimal(text) is None:
            yield Said(f"'{shortened(text)}' is no number. {STOPS}", "Write a number.", answer)


@ITEM.trap(
    "xml-few-items",
    Effect.VANISHES,
    "Ordering with fewer than two items ends the import, which reports success: those behind it are missing.",
    drops=True,
)
def _few_items(question: Question) -> Iterator[Said]:
    if question.type == "ordering" and len(question.answers) < 2:
        yield Said(f"It has fewer than two items. {STOPS}", "Give it two items.")


@ITEM.trap("xml-comma", Effect.CHANGES, "A decimal comma is left out: 3,14 becomes 314.")
def _comma(question: Question) -> Iterator[Said]:
    for answer in question.answers if question.type == "numerical" else ():
        for text in (answer.findtext("text") or "", answer.findtext("tolerance") or ""):
            if "," in text:
                yield Said(f"'{text.strip()}' becomes {text.strip().replace(',', '')}.", "Use a point.", answer)


@ITEM.trap(
    "xml-idnumber-twice", Effect.VANISHES, "Of two questions of a category with one ID number the second loses it."
)
def _idnumber_twice(question: Question) -> Iterator[Said]:
    if question.idnumber and question.idnumber in question.siblings:
        yield Said(f"Another question has the ID number '{question.idnumber}': this one loses it.", "Change one.")


@ITEM.trap("xml-empty-answer", Effect.VANISHES, "Choices without a text are dropped.")
def _empty_answer(question: Question) -> Iterator[Said]:
    for answer in question.answers if question.type == "multichoice" else ():
        if not _shown(answer):
            yield Said("A choice without text is dropped.", "Write a text for it.", answer)


def _shown(answer: etree._Element) -> bool:
    return bool((answer.findtext("text") or "").strip())


@ITEM.trap(
    "xml-no-full-choice",
    Effect.CHANGES,
    "A single choice without one of 100 % is imported without a warning: nobody gets all points.",
)
def _no_full_choice(question: Question) -> Iterator[Said]:
    if question.type == "multichoice" and question.is_single and max(question.fractions, default=Decimal(0)) < 100:
        yield Said("No choice earns 100 %: nobody gets all points.", "Give one of them 100.")


@ITEM.trap(
    "xml-shares",
    Effect.CHANGES,
    "Shares of several right choices that do not add up to 100 are imported without a warning.",
)
def _shares(question: Question) -> Iterator[Said]:
    total = sum((one for one in question.fractions if one > 0), Decimal(0))
    if question.type == "multichoice" and not question.is_single and total < Decimal("99.9"):
        yield Said(f"The right choices add up to {total:f} %: nobody gets all points.", "Let them add up to 100.")


@ITEM.trap("xml-tick-all", Effect.NOTES, "Where wrong choices cost nothing who ticks everything gets all the points.")
def _tick_all(question: Question) -> Iterator[Said]:
    wrong = [one for one in question.fractions if one <= 0]
    if question.type == "multichoice" and not question.is_single and wrong and not any(one < 0 for one in wrong):
        yield Said("Who ticks everything gets all the points.", "Give wrong choices negative grades.")


@ITEM.trap(
    "xml-true-false-words",
    Effect.CHANGES,
    "The answers of true/false must read true and false; others are taken by their order, with a warning.",
)
def _true_false_words(question: Question) -> Iterator[Said]:
    texts = [(one.findtext("text") or "").strip().lower() for one in question.answers]
    if question.type == "truefalse" and sorted(texts) != ["false", "true"]:
        yield Said(f"The answers are {', '.join(texts)}: they are taken by order.", "Write true and false.")


@ITEM.trap(
    "xml-picture-missing", Effect.VANISHES, "A picture must be in a file element right beside the text that shows it."
)
def _picture_missing(question: Question) -> Iterator[Said]:
    for text in question.node.iter("text"):
        parent = text.getparent()
        names = set() if parent is None else {one.get("name") for one in parent.iterfind("file")}
        for name in PLUGINFILE.findall(text.text or ""):
            if unquote(name) not in names and name not in names:
                yield Said(f"'{unquote(name)}' is not beside the text that shows it.", "Add its <file> there.", text)


@ITEM.trap("xml-hidden", Effect.CHANGES, "That a question is hidden is not read: it arrives like the others.")
def _hidden(question: Question) -> Iterator[Said]:
    if (question.node.findtext("hidden") or "0").strip() == "1":
        yield Said("The question is hidden in the file; it arrives visible.", "Delete it, if it is an old one.")


@ITEM.trap(
    "xml-few-pairs",
    Effect.NOTES,
    "Matching with fewer than two pairs or three choices arrives, but cannot be saved in Moodle's form.",
)
def _few_pairs(question: Question) -> Iterator[Said]:
    pairs = list(question.node.iterfind("subquestion"))
    stems = [one for one in pairs if (one.findtext("text") or "").strip()]
    if question.type == "matching" and (len(stems) < 2 or len(pairs) < 3):
        yield Said("It has fewer than two pairs or three choices.", "Add a pair or a distractor before editing it.")


@ITEM.trap(
    "xml-cloze-grade",
    Effect.CHANGES,
    "The mark of embedded answers is the sum of their weights, whatever the default grade says.",
)
def _cloze_grade(question: Question) -> Iterator[Said]:
    said = decimal(question.node.findtext("defaultgrade"))
    total = question.weight
    if question.is_embedded and said is not None and said != total:
        yield Said(f"The question's mark is {total}, not {said:f}.", "Set it on the quiz's Questions page.")


@ITEM.trap("xml-cloze-empty", Effect.CHANGES, "Embedded answers without any are a text that asks nothing.")
def _cloze_empty(question: Question) -> Iterator[Said]:
    if question.is_embedded and not CLOZE.search(question.text):
        yield Said("There is no embedded answer in its text.", "Write one, such as {1:SHORTANSWER:=Paris}.")


@ITEM.trap("xml-star", Effect.NOTES, "A * in an accepted answer stands for any text.")
def _star(question: Question) -> Iterator[Said]:
    for answer in question.answers if question.type == "shortanswer" else ():
        text = (answer.findtext("text") or "").strip()
        if STAR.search(text) and text != "*":
            yield Said(f"In '{shortened(text)}' the * stands for any text.", r"Write \* for the sign.", answer)


@ITEM.trap("xml-ordering-version", Effect.NOTES, "Ordering needs Moodle 4.4, or the plugin of that name.")
def _ordering_version(question: Question) -> Iterator[Said]:
    if question.type == "ordering":
        yield Said("Moodle has ordering since 4.4.", "Ask your admin which version you have.")


def arrival(question: Question) -> Arrival:
    """Return what becomes of the question."""
    points = decimal(question.node.findtext("defaultgrade"))
    own = Decimal(0) if question.type == "description" else points if points is not None else Decimal(1)
    kept = [tag for tag in FEEDBACK if (question.node.findtext(f"{tag}/text") or "").strip()]
    told = len([one for one in question.answers if (one.findtext("feedback/text") or "").strip()])
    return Arrival(
        where=question.place(None),
        title=question.name or shortened(plain(question.text)),
        kind=question.type,
        points=Decimal(question.weight) if question.is_embedded else own,
        key=tuple(question.key()),
        feedback=(*(tag.removesuffix("feedback") for tag in kept), *([f"of {told} answers"] if told else [])),
        findings=tuple(ITEM.findings(question)),
    )
