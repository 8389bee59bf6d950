"""Traps of a question in a Moodle backup, and what it becomes.

The importer's own sources: restore_qtype_plugin and the question types.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from urllib.parse import unquote

from lxml import etree

from qti_export.preflight.markup import plain, shortened
from qti_export.preflight.model import Arrival, Effect, Place
from qti_export.preflight.moodle_backup.backup import Backup
from qti_export.preflight.moodle_backup.packages import AGAIN
from qti_export.preflight.moodle_bank.grades import is_listed
from qti_export.preflight.moodle_bank.xml_questions import PLUGINFILE
from qti_export.preflight.numbers import NUMBER, decimal
from qti_export.preflight.rules import Rules, Said

TYPES = {
    *[
        "multichoice",
        "truefalse",
        "numerical",
        "shortanswer",
        "match",
        "essay",
        "ordering",
        "multianswer",
        "description",
        "gapselect",
    ],
    *[
        "ddwtos",
        "calculated",
        "calculatedsimple",
        "calculatedmulti",
        "ddimageortext",
        "ddmarker",
        "random",
        "randomsamatch",
    ],
}
FORMATS = ("questiontextformat", "generalfeedbackformat")
ANSWER_MAX_LENGTH = 255


@dataclass(frozen=True)
class Question:
    """A question of the bank that is not within another."""

    backup: Backup
    node: etree._Element

    def place(self, node: etree._Element | None) -> Place:
        """Return where an element stands."""
        return self.backup.place(self.node if node is None else node)

    def said(self, name: str) -> str:
        """Return a plain value."""
        return (self.node.findtext(name) or "").strip()

    @cached_property
    def answers(self) -> list[etree._Element]:
        """Its answers."""
        return [one for one in self.node.iter("answer") if one.find("answertext") is not None]


ITEM: Rules[Question] = Rules("moodle")


@ITEM.trap(
    "backup-question-type",
    Effect.VANISHES,
    "A question type that the site lacks is restored, but the quiz cannot be attempted.",
    drops=True,
)
def _question_type(question: Question) -> Iterator[Said]:
    if question.said("qtype") not in TYPES:
        yield Said(f"Moodle itself has no type '{question.said('qtype')}'.", "Ask your admin for its plugin.")


@ITEM.trap(
    "backup-random", Effect.VANISHES, "A question of the type random is refused by Moodle 5.1 and later.", drops=True
)
def _random(question: Question) -> Iterator[Said]:
    if question.said("qtype") == "random":
        yield Said("Random questions of the old kind are refused.", AGAIN)


@ITEM.trap("backup-ordering", Effect.NOTES, "Ordering needs Moodle 4.4, or the plugin of that name.")
def _ordering(question: Question) -> Iterator[Said]:
    if question.said("qtype") == "ordering":
        yield Said("On Moodle before 4.4 a quiz with ordering cannot be attempted.", "Ask your admin.")


@ITEM.trap("backup-plugin", Effect.KILLS, "A question without the records of its type is broken.")
def _plugin(question: Question) -> Iterator[Said]:
    name = question.said("qtype")
    if name in TYPES - {"description", "random"} and question.node.find(f"plugin_qtype_{name}_question") is None:
        yield Said(f"It has no records of the type {name}.", AGAIN)


@ITEM.trap(
    "backup-format", Effect.CHANGES, "A text without a format is one in Moodle's own, which changes its line ends."
)
def _text_format(question: Question) -> Iterator[Said]:
    for name in FORMATS:
        if question.node.find(name) is None:
            yield Said(f"{name} is missing: its line ends change.", AGAIN)


@ITEM.trap(
    "backup-grade",
    Effect.CHANGES,
    "A grade that is not on Moodle's list counts, but the form to edit the question changes it.",
)
def _grade(question: Question) -> Iterator[Said]:
    if question.said("qtype") not in {"ordering", "gapselect", "ddwtos"}:
        for answer in question.answers:
            fraction = decimal(answer.findtext("fraction"))
            if fraction is not None and not is_listed(fraction * 100):
                sentence = f"The grade {fraction * 100:f} % is not on Moodle's list: editing the question changes it."
                yield Said(sentence, "Do not edit it, or use a grade of the list.", answer)


@ITEM.trap("backup-number", Effect.CHANGES, "A numerical answer that is no number cannot be given.")
def _number(question: Question) -> Iterator[Said]:
    for answer in question.answers if question.said("qtype") == "numerical" else ():
        text = (answer.findtext("answertext") or "").strip()
        if text != "*" and not NUMBER.fullmatch(text):
            yield Said(f"'{shortened(text)}' is no number.", "Write it with a decimal point.", answer)


@ITEM.trap("backup-true-false", Effect.CHANGES, "The answers of true/false must be those that its record names.")
def _true_false(question: Question) -> Iterator[Said]:
    answers = {one.get("id"): one for one in question.answers}
    for record in question.node.iter("truefalse"):
        if not {record.findtext("trueanswer"), record.findtext("falseanswer")} <= set(answers):
            yield Said("Its record names answers that it does not have.", AGAIN, record)


@ITEM.trap(
    "backup-pick-too-long",
    Effect.KILLS,
    "The right side of a pair has at most 255 characters: a longer one kills the restore.",
)
def _pick_too_long(question: Question) -> Iterator[Said]:
    for match in question.node.iter("match"):
        if len(match.findtext("answertext") or "") > ANSWER_MAX_LENGTH:
            yield Said("A right side has more than 255 characters: the restore dies.", "Shorten it.", match)


@ITEM.trap(
    "backup-parts",
    Effect.VANISHES,
    "Embedded answers are questions of their own: those that the sequence names must be in the file.",
)
def _parts(question: Question) -> Iterator[Said]:
    for record in question.node.iter("multianswer"):
        sequence = (record.findtext("sequence") or "").split(",")
        missing = [one for one in sequence if one not in question.backup.question_ids]
        if missing:
            yield Said(f"{len(missing)} of its parts are not in the file.", AGAIN, record)


@ITEM.trap("backup-picture-absent", Effect.VANISHES, "A picture that a text shows must be listed in files.xml.")
def _picture_absent(question: Question) -> Iterator[Said]:
    for node in question.node.iter("questiontext", "generalfeedback", "answertext", "feedback", "hint"):
        for name in PLUGINFILE.findall(node.text or ""):
            if unquote(name) not in question.backup.stored_names:
                yield Said(f"'{unquote(name)}' is not in files.xml.", AGAIN, node)


def arrival(question: Question, points: Decimal | None) -> Arrival:
    """Return what becomes of the question; ``points`` are those of its slot, None where it has none."""
    told = len([one for one in question.answers if plain(one.findtext("feedback") or "")])
    whole = ["general"] if plain(question.said("generalfeedback")) else []
    combined = ("correct", "partiallycorrect", "incorrect")
    whole += [name for name in combined if any(plain(one.text or "") for one in question.node.iter(f"{name}feedback"))]
    return Arrival(
        where=question.place(None),
        title=question.said("name"),
        kind=question.said("qtype"),
        points=points if points is not None else decimal(question.said("defaultmark")),
        key=tuple(_key(question)),
        feedback=(*whole, *([f"of {told} answers"] if told else [])),
        findings=tuple(ITEM.findings(question)),
    )


def _key(question: Question) -> Iterator[str]:
    if question.said("qtype") in {"multichoice", "truefalse", "shortanswer", "numerical"}:
        for answer in question.answers:
            fraction = decimal(answer.findtext("fraction")) or Decimal(0)
            text = shortened(plain(answer.findtext("answertext") or ""))
            if fraction > 0:
                yield text if fraction == 1 else f"{text} ({(fraction * 100).normalize():f} %)"
    for match in question.node.iter("match"):
        if left := plain(match.findtext("questiontext") or ""):
            yield shortened(f"{left}: {plain(match.findtext('answertext') or '')}")
