"""From the blocks of one question to a question of the model."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from content.checks import Place
from content.problem import Source
from content.quiz import Feedback, MultipleChoice, Question
from content.readers.quiz_text.answers import KINDS, Answer
from content.readers.quiz_text.blocks import Block
from content.readers.quiz_text.options import QUESTION_OPTIONS, Value, name_of, values_of
from content.readers.quiz_text.report import Report


@dataclass(slots=True)
class Draft:
    """The blocks of one question. ``kind`` is the mark of its first answer; empty until there is one."""

    stem: Block
    options: list[Block]
    kind: str = ""
    answers: list[Answer] = field(default_factory=list)
    feedback: dict[str, Block] = field(default_factory=dict)

    def add_answer(self, block: Block, report: Report) -> None:
        """Take an answer; one of another kind than the first is reported and left out."""
        if not self.kind:
            self.kind = block.mark
        if block.mark == self.kind:
            self.answers.append(Answer(block))
            return
        sentence = f"'{block.written}' begins another kind of answer than '{self.answers[0].block.written}' above it."
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

    def question(self, report: Report) -> Question | None:
        """Return the question; None where its kind is not read yet."""
        kind = KINDS.get(self.kind)
        if kind and kind.build is None:
            remedy = "Write the question as one with choices, or take it out of this file."
            report.error("not-yet", self.answers[0].block.line, f"{kind.words} are not read yet.", remedy)
            return None
        cls, own = kind.build(self.answers) if kind and kind.build else (MultipleChoice, {"choices": ()})
        values = values_of(self.options, QUESTION_OPTIONS, report)
        feedback = Feedback(**{name: block.text for name, block in self.feedback.items()})
        source = report.source(self.stem.line)
        given = self._fitting(values, cls, report)
        return cls(stem=self.stem.text, feedback=feedback, source=source, **given, **own)

    def sources(self, number: int, report: Report) -> dict[Place, Source]:
        """Return where the options and the answers of the question with this number stand."""
        options = {Place(number, QUESTION_OPTIONS[name_of(block)].field): block for block in reversed(self.options)}
        answers = {Place(number, "choices", place): answer.block for place, answer in enumerate(self.answers)}
        return {place: report.source(block.line, block.column) for place, block in (options | answers).items()}

    def _fitting(self, values: Mapping[str, Value], cls: type[Question], report: Report) -> dict[str, Any]:
        """Return the values that this kind of question has a field for; the others are reported."""
        known = {field.name for field in fields(cls)}
        for name, (_, block) in values.items():
            if name not in known:
                sentence = f"'{block.written}' means nothing for this kind of question, and is left out."
                report.warning("idle-option", block.line, sentence, "Remove the line, or change the kind of answer.")
        return {name: value.value for name, value in values.items() if name in known}
