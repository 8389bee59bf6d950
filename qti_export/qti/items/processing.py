"""Response processing: the rules by which a delivery engine turns responses into points and feedback."""

from collections.abc import Iterable
from typing import NamedTuple

from lxml import etree

from content.questions import Feedback
from qti_export.qti.dialect import Dialect

RESPONSE = "RESPONSE"
"""The variable of an item's one response; those of several are numbered."""

SCORE, MAX_SCORE, RIGHT, FEEDBACK = "SCORE", "MAXSCORE", "RIGHT", "FEEDBACK"
"""The outcomes: points earned, points there are, how many parts are right, and the feedback to show."""


class Told(NamedTuple):
    """A feedback (Markdown) that is shown where a condition holds; an empty one is not."""

    identifier: str
    condition: etree._Element
    markdown: str


class Expressions:
    """Makes expressions. Each is an element of its own: one that is used twice is made twice."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect

    def of(self, tag: str, *operands: etree._Element, **attributes: str) -> etree._Element:
        """Return an operator with its operands."""
        made = self._dialect.element(tag, **attributes)
        made.extend(operands)
        return made

    def variable(self, identifier: str) -> etree._Element:
        """Return the value of a response or an outcome."""
        return self._dialect.element("variable", identifier=identifier)

    def value(self, base_type: str, text: str) -> etree._Element:
        """Return a fixed value."""
        return self._dialect.element("baseValue", text, baseType=base_type)

    def number(self, number: int) -> etree._Element:
        """Return a whole number as a float, the type of all that is reckoned with."""
        return self.value("float", str(number))

    def is_correct(self, identifier: str = RESPONSE) -> etree._Element:
        """Return the condition that a response is the one declared as right."""
        return self.of("match", self.variable(identifier), self.of("correct", identifier=identifier))

    def is_choice(self, choice: str, identifier: str = RESPONSE) -> etree._Element:
        """Return the condition that this choice is the response."""
        return self.of("match", self.variable(identifier), self.value("identifier", choice))

    def is_mapped(self, identifier: str = RESPONSE) -> etree._Element:
        """Return the condition that a response is one that its mapping gives more than 0."""
        return self.of("gt", self.of("mapResponse", identifier=identifier), self.number(0))


class Processing:
    """The rules of one item, in the making. ``shown`` grows with the feedback that they show: Markdown by identifier.

    Whole numbers of right parts are counted first, and turned into points in one step, so that no share of a point is
    rounded before the engine divides; who has all parts right gets the points as they are written.
    """

    def __init__(self, dialect: Dialect, feedback: Feedback) -> None:
        self.rules = dialect.element("responseProcessing")
        self.shown: dict[str, str] = {}
        self.counts = False
        self._dialect = dialect
        self._feedback = feedback
        self._make = Expressions(dialect)

    def show_general(self) -> None:
        """Show the general feedback, whatever the response is."""
        if self._feedback.general:
            self._show("general", self._feedback.general, self.rules)

    def show_each(self, told: Iterable[Told]) -> None:
        """Show every feedback whose condition holds."""
        for one in told:
            if one.markdown:
                self._show(one.identifier, one.markdown, self._if(one.condition))

    def show_first(self, told: Iterable[Told]) -> None:
        """Show the feedback of the first condition that holds, if it has one."""
        found = list(told)
        if not any(one.markdown for one in found):
            return
        rule = self._dialect.add(self.rules, "responseCondition")
        for one in found:
            branch = self._dialect.add(rule, "responseElseIf" if len(rule) else "responseIf")
            branch.append(one.condition)
            if one.markdown:
                self._show(one.identifier, one.markdown, branch)

    def settle(self, is_right: etree._Element) -> None:
        """Give all the points where the condition holds, else none."""
        self._settle(is_right, None)

    def settle_mapped(self, parts: int) -> None:
        """Give an equal share of the points for each of so many parts; the response's mapping tells how many are right.

        The mapping has no value where there is no response.
        """
        answered = self._make.of("not", self._make.of("isNull", self._make.variable(RESPONSE)))
        self._set(RIGHT, self._make.of("mapResponse", identifier=RESPONSE), self._if(answered))
        self._settle_shares(parts)

    def settle_parts(self, are_right: Iterable[etree._Element]) -> None:
        """Give an equal share of the points for each of the conditions that holds."""
        parts = 0
        for is_right in are_right:
            parts += 1
            more = self._make.of("sum", self._make.variable(RIGHT), self._make.number(1))
            self._set(RIGHT, more, self._if(is_right))
        self._settle_shares(parts)

    def _settle_shares(self, parts: int) -> None:
        self.counts = True
        count = self._make.variable(RIGHT)
        all_right = self._make.of("equal", count, self._make.number(parts), toleranceMode="exact")
        product = self._make.of("product", self._make.variable(MAX_SCORE), self._make.variable(RIGHT))
        self._settle(all_right, self._make.of("divide", product, self._make.number(parts)))

    def _settle(self, is_right: etree._Element, otherwise: etree._Element | None) -> None:
        told = self._feedback
        right = self._if(is_right)
        self._set(SCORE, self._make.variable(MAX_SCORE), right)
        if told.correct:
            self._show("correct", told.correct, right)
        if otherwise is None and not told.incorrect:
            return
        wrong = self._dialect.add(self.rules[-1], "responseElse")
        if otherwise is not None:
            self._set(SCORE, otherwise, wrong)
        if told.incorrect:
            self._show("incorrect", told.incorrect, wrong)

    def _if(self, condition: etree._Element) -> etree._Element:
        branch = self._dialect.add(self._dialect.add(self.rules, "responseCondition"), "responseIf")
        branch.append(condition)
        return branch

    def _set(self, identifier: str, value: etree._Element, rules: etree._Element) -> None:
        self._dialect.add(rules, "setOutcomeValue", identifier=identifier).append(value)

    def _show(self, identifier: str, markdown: str, rules: etree._Element) -> None:
        """Show a feedback beside those that are shown already."""
        self.shown[identifier] = markdown
        outcome = self._dialect.add(rules, "setOutcomeValue", identifier=FEEDBACK)
        together = self._dialect.add(outcome, "multiple")
        self._dialect.add(together, "variable", identifier=FEEDBACK)
        self._dialect.add(together, "baseValue", identifier, baseType="identifier")
