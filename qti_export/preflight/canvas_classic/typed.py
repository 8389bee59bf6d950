"""Traps of what is typed in Classic Quizzes: short answers and numbers.

The importer's own sources: FillInTheBlank, NumericInteraction.
"""

from collections.abc import Iterator

from lxml import etree

from qti_export.preflight.canvas_classic.question import BLANKS, ESSAY, ITEM, NUMERICAL, SHORT, Question
from qti_export.preflight.model import Effect
from qti_export.preflight.qti12 import NUMBER, to_number
from qti_export.preflight.rules import Said

COMPARED = ("varequal", "vargte", "vargt", "varlte", "varlt")


@ITEM.trap("classic-case", Effect.CHANGES, "Capital and small letters count alike, whatever the file says.")
def _case(question: Question) -> Iterator[Said]:
    if question.kind in (SHORT, BLANKS) and any(
        (one.get("case") or "").lower() == "yes" for condition in question.item.conditions for one in condition.named
    ):
        yield Said("That the case of letters matters is not kept.", "Ask so that it does not matter.")


@ITEM.trap(
    "classic-short-answer-no-key", Effect.CHANGES, "A short answer question that accepts nothing becomes an essay."
)
def _short_answer_no_key(question: Question) -> Iterator[Said]:
    if question.said == SHORT and question.kind == ESSAY:
        yield Said("It accepts no answer: it becomes an essay, graded by hand.", "Name the accepted answers.")


@ITEM.trap("classic-essay-answers", Effect.NOTES, "Answers in an essay are kept, but not used.")
def _essay_answers(question: Question) -> Iterator[Said]:
    if question.said == ESSAY and any(condition.named for condition in question.item.conditions):
        yield Said("The essay's answers are not used: somebody grades it.", "Make it a short answer, if they count.")


@ITEM.trap(
    "classic-number-lost",
    Effect.VANISHES,
    "A number is read only from three shapes of conditions: any other answer is lost.",
)
def _number_lost(question: Question) -> Iterator[Said]:
    for test in _tests(question):
        if not _is_read(test):
            yield Said(
                "Canvas does not read an answer from a condition of this shape: it is lost.",
                "Write <or><varequal/><and><vargte/><varlte/></and></or>, or <vargte/><varlte/> for a range.",
                test,
            )


def _tests(question: Question) -> Iterator[etree._Element]:
    if question.kind == NUMERICAL:
        for condition in question.item.conditions:
            if condition.earns and condition.test is not None:
                yield condition.test


def _is_read(test: etree._Element) -> bool:
    if test.find("or") is not None:
        low = test.find("or/and/vargte") if test.find("or/and/vargt") is None else test.find("or/and/vargt")
        return test.find("or/varequal") is not None and low is not None and test.find("or/and/varlte") is not None
    within = test if test.find("and") is None else test.find("and")
    return within is not None and within.find("vargte") is not None and within.find("varlte") is not None


@ITEM.trap(
    "classic-number-comma",
    Effect.CHANGES,
    "A decimal comma ends the number, '1,5' becomes 1.0; what is no number becomes 0.",
)
def _number_comma(question: Question) -> Iterator[Said]:
    for test in _tests(question):
        for node in test.iter(*COMPARED):
            text = (node.text or "").strip()
            if not NUMBER.fullmatch(text):
                yield Said(f"'{text}' is read as {to_number(text)}.", "Write it with a decimal point.", node)


@ITEM.trap(
    "classic-number-margin", Effect.CHANGES, "A margin is that of the upper bound, below the number as above it."
)
def _number_margin(question: Question) -> Iterator[Said]:
    for test in _tests(question):
        exact, low, high = (test.findtext(f"or//{name}") for name in ("varequal", "vargte", "varlte"))
        if exact and low and high:
            above, below = to_number(high) - to_number(exact), to_number(exact) - to_number(low)
            if abs(above - below) > 1e-9 * max(1.0, abs(above), abs(to_number(exact))):
                sentence = f"The margin is {below:g} below and {above:g} above: in Canvas it is {above:g} both ways."
                yield Said(sentence, "Write a range instead.", test)


@ITEM.trap(
    "classic-number-precision",
    Effect.NOTES,
    "A lower bound written as vargt instead of vargte can make a precision of what is a margin.",
)
def _number_precision(question: Question) -> Iterator[Said]:
    for test in _tests(question):
        if test.find("or/and/vargt") is not None:
            yield Said(
                "With 'vargt' Canvas may take the margin for a number of significant digits (10 ± 0.5 is one).",
                "Write 'vargte' where a margin is meant.",
                test,
            )
