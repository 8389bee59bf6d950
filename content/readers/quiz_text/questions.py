"""From the blocks of one question, or of one text between questions, to a question of the model."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal
from functools import cache
from typing import Any

from content.checks import Finding, check_question
from content.problem import Source
from content.questions import Feedback, MultipleChoice, Question, TextBlock
from content.readers.quiz_text.answers import Answer, Built
from content.readers.quiz_text.blocks import Block
from content.readers.quiz_text.ids import Ids
from content.readers.quiz_text.kinds import KINDS
from content.readers.quiz_text.options import QUESTION_OPTIONS, TEXT_OPTIONS, Value, name_of, values_of
from content.readers.quiz_text.report import Report

LACKS = frozenset({"no-key", "too-few-pairs", "too-few-choices", "bad-blank", "idle-blank"})
"""What a question may seem to lack only because an answer could not be read."""


@dataclass(slots=True)
class Draft:
    """The blocks of one question, as they come. Its first answer decides how the question is answered."""

    stem: Block
    options: list[Block]
    answers: list[Answer] = field(default_factory=list)
    feedback: dict[str, Block] = field(default_factory=dict)
    hints: list[Block] = field(default_factory=list)

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
        elif of_answer and not KINDS[self.answers[-1].block.mark].feedback:
            sentence = "An answer of this kind cannot have a feedback of its own."
            remedy = "Move it above the first answer to make it the feedback of the question."
            report.error("misplaced-feedback", block.line, sentence, remedy)
        elif of_answer:
            self.answers[-1].feedback = block
        else:
            self.feedback[block.mark] = block

    def question(self, points: Decimal, ids: Ids, report: Report) -> Question:
        """Return the question, and report what is wrong with it. It is worth so many points where it does not say."""
        built = self._built(report)
        values = values_of(self.options, QUESTION_OPTIONS, report)
        known = _fields_of(built.cls)  # type: ignore[arg-type]  # mypy takes a class with a hash for its instances
        source = Source(report.file, self.stem.line)
        question = built.cls(
            stem=self.stem.text,
            feedback=Feedback(**{name: block.text for name, block in self.feedback.items()}),
            hints=tuple(hint.text for hint in self.hints if hint.text),
            source=source,
            **{"points": points, **_fitting(values, known, report)},
            **built.fields,
        )
        for found in check_question(question):
            if not (built.broken and found.code in LACKS):
                block = self._block_of(found, built, values)
                report.add(found.at(report.source(block.line, block.column) if block else source))
        ids.note(values.get("id"), report)
        return question

    def _built(self, report: Report) -> Built:
        if self.answers:
            return KINDS[self.answers[0].block.mark].build(self.answers, report)
        return Built(MultipleChoice, {"choices": ()}, [])

    def _block_of(self, found: Finding, built: Built, values: Mapping[str, Value]) -> Block | None:
        """Return the block that the finding is about; None where it is about the question as a whole."""
        if found.answer is not None:
            return built.blocks[found.answer]
        return values[found.field].block if found.field in values else None


@dataclass(slots=True)
class TextDraft:
    """The blocks of a text between questions: ``Text title:``, ``Text:`` or both, in this order."""

    options: list[Block]
    blocks: list[Block]

    @property
    def has_only_title(self) -> bool:
        """Whether the text may still come."""
        return len(self.blocks) == 1 and name_of(self.blocks[0]) == "text title"

    def question(self, _points: Decimal, ids: Ids, report: Report) -> Question:
        """Return the text block, and report what is wrong with it."""
        values = values_of(self.options, QUESTION_OPTIONS, report)
        words = values_of(self.blocks, TEXT_OPTIONS, report)
        given = _fitting(values, {"id", "tags", "outcomes", "needs_review"}, report)
        source = Source(report.file, self.blocks[0].line)
        texts: dict[str, Any] = {"stem": "", **{name: value.value for name, value in words.items()}}
        made = TextBlock(source=source, **texts, **given)
        empty = {TEXT_OPTIONS[name_of(block)].field for block in self.blocks} - words.keys()
        for found in check_question(made):
            if found.field in empty:
                continue  # it is reported already that nothing stands behind its mark
            value = (values | words).get(found.field)
            report.add(found.at(report.source(value.block.line, value.block.column) if value else source))
        ids.note(values.get("id"), report)
        return made


@cache
def _fields_of(kind: type[Question]) -> frozenset[str]:
    return frozenset(field.name for field in fields(kind))


def _fitting(values: Mapping[str, Value], known: Collection[str], report: Report) -> dict[str, Any]:
    """Return the values of the fields that this kind of question has; the others are reported."""
    for name, (_, block) in values.items():
        if name not in known:
            sentence = f"'{block.written}' means nothing for this kind of question, and is left out."
            report.warning("idle-option", block.line, sentence, "Remove the line, or change the kind of answer.")
    return {name: value.value for name, value in values.items() if name in known}
