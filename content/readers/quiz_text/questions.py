"""From the blocks of one question to a question of the model."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from content.checks import Finding, check_question, duplicate_id
from content.problem import Source
from content.questions import Feedback, MultipleChoice, Question
from content.readers.quiz_text.answers import Answer
from content.readers.quiz_text.blocks import Block
from content.readers.quiz_text.kinds import KINDS, UNREAD_KINDS, UnreadKind
from content.readers.quiz_text.options import QUESTION_OPTIONS, Value, values_of
from content.readers.quiz_text.report import Report


@dataclass(slots=True)
class Draft:
    """The blocks of one question, as they come. Its first answer decides how the question is answered."""

    stem: Block
    options: list[Block]
    answers: list[Answer] = field(default_factory=list)
    feedback: dict[str, Block] = field(default_factory=dict)

    def add_answer(self, block: Block, report: Report) -> None:
        """Take an answer; one of another kind than the first is reported and left out."""
        first = self.answers[0].block if self.answers else block
        if block.mark == first.mark:
            self.answers.append(Answer(block))
            return
        sentence = f"'{block.written}' begins another kind of answer than '{first.written}' on line {first.line}."
        report.error("mixed-answers", block.line, sentence, "Give all answers of a question the same kind of mark.")

    def add_feedback(self, block: Block, report: Report) -> None:
        """Take a feedback: three dots below an answer belong to that answer, everything else to the question."""
        of_answer = block.mark == "general" and bool(self.answers)
        earlier = self.answers[-1].feedback if of_answer else self.feedback.get(block.mark)
        if earlier:
            sentence = f"There is a '{block.written}' feedback already, on line {earlier.line}."
            remedy = "Make one text of the two: further paragraphs need no mark, only to be indented."
            report.error("duplicate-feedback", block.line, sentence, remedy)
        elif of_answer:
            self.answers[-1].feedback = block
        else:
            self.feedback[block.mark] = block

    def question(self, ids: dict[str, Source], report: Report) -> Question | None:
        """Return the question, and report what is wrong with it; None where its kind is not read yet.

        ``ids`` says where the ids of the questions above were given; the question's own is added to it.
        """
        mark = self.answers[0].block.mark if self.answers else ""
        if mark in UNREAD_KINDS:
            self._report_unread(UNREAD_KINDS[mark], report)
            return None
        cls, own = KINDS[mark].build(self.answers) if mark else (MultipleChoice, {"choices": ()})
        values = values_of(self.options, QUESTION_OPTIONS, report)
        given = _fitting(values, cls, report)
        feedback = Feedback(**{name: block.text for name, block in self.feedback.items()})
        source = Source(report.file, self.stem.line)
        question = cls(stem=self.stem.text, feedback=feedback, source=source, **given, **own)
        for found in check_question(question):
            block = self._block_of(found, values)
            report.add(found.at(report.source(block.line, block.column) if block else source))
        if "id" in values:
            _note_id(values["id"], ids, report)
        return question

    def _report_unread(self, kind: UnreadKind, report: Report) -> None:
        remedy = "Write the question as one with choices, or take it out of this file."
        report.error("not-yet", self.answers[0].block.line, f"{kind.name} are not read yet.", remedy)

    def _block_of(self, found: Finding, values: Mapping[str, Value]) -> Block | None:
        """Return the block that the finding is about; None where it is about the question as a whole."""
        if found.answer is not None:
            return self.answers[found.answer].block
        return values[found.field].block if found.field in values else None


def _note_id(value: Value, ids: dict[str, Source], report: Report) -> None:
    source = report.source(value.block.line, value.block.column)
    earlier = ids.setdefault(value.value, source)
    if earlier is not source:
        report.add(duplicate_id(value.value, earlier).at(source))


def _fitting(values: Mapping[str, Value], cls: type[Question], report: Report) -> dict[str, Any]:
    """Return the values that questions of this class have a field for; the others are reported."""
    known = {field.name for field in fields(cls)}
    for name, (_, block) in values.items():
        if name not in known:
            sentence = f"'{block.written}' means nothing for this kind of question, and is left out."
            report.warning("idle-option", block.line, sentence, "Remove the line, or change the kind of answer.")
    return {name: value.value for name, value in values.items() if name in known}
