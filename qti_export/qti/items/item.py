"""An item in the making: what the items of all kinds share."""

from collections.abc import Iterable, Mapping, Sequence

from lxml import etree

from content.prose import to_html
from content.questions import Essay, FileUpload, Question
from qti_export.qti.dialect import Dialect
from qti_export.qti.items.processing import FEEDBACK, MAX_SCORE, RESPONSE, RIGHT, SCORE, Expressions, Processing
from qti_export.qti.xhtml import Writer
from qti_export.xml_tree import add


class Item:
    """Each kind fills an item: its ``body`` and its ``processing``, made with ``dialect`` and ``make``.

    ``shuffles`` says whether the quiz shuffles the choices of its questions.
    """

    def __init__(self, question: Question, dialect: Dialect, writer: Writer, *, shuffles: bool) -> None:
        self.dialect = dialect
        self.make = Expressions(dialect)
        self.body = dialect.element("itemBody")
        self.processing = Processing(dialect, question.feedback)
        self.shuffles = "true" if shuffles else "false"
        self._question = question
        self._writer = writer
        self._responses: list[etree._Element] = []

    def add_stem(self) -> None:
        """Append the question's text to the body."""
        self.add_blocks(to_html(self._question.stem, math="mathml"))

    def add_blocks(self, html: str, interactions: Sequence[etree._Element] = ()) -> None:
        """Append HTML to the body, with the interactions in their places."""
        self._writer.blocks(self.body, html, interactions)

    def add_inline(self, parent: etree._Element, markdown: str) -> None:
        """Append Markdown to a choice: a single paragraph comes without its ``p``."""
        self._writer.flow(parent, to_html(markdown, inline=True, math="mathml"))

    def interaction(self, tag: str, **attributes: str) -> etree._Element:
        """Append the interaction of the item's one response to the body, and return it."""
        return self.dialect.add(self.body, tag, responseIdentifier=RESPONSE, **attributes)

    def declare(
        self,
        base_type: str,
        cardinality: str = "single",
        *,
        correct: Iterable[str] = (),
        mapped: Mapping[str, int] | None = None,
        case_sensitive: bool | None = None,
        identifier: str = RESPONSE,
    ) -> None:
        """Declare a response: its right value or values, and what each value is mapped to (all others to 0)."""
        attributes = {"identifier": identifier, "cardinality": cardinality, "baseType": base_type}
        declared = self.dialect.element("responseDeclaration", **attributes)
        if values := list(correct):
            right = self.dialect.add(declared, "correctResponse")
            for value in values:
                self.dialect.add(right, "value", value)
        if mapped is not None:
            case = {} if case_sensitive is None else {"caseSensitive": "true" if case_sensitive else "false"}
            mapping = self.dialect.add(declared, "mapping", lowerBound="0", defaultValue="0")
            for key, number in mapped.items():
                self.dialect.add(mapping, "mapEntry", mapKey=key, mappedValue=str(number), **case)
        self._responses.append(declared)

    def finished(self, identifier: str, title: str, *, is_graded: bool) -> etree._Element:
        """Return the whole item, its parts in the order of the schema. ``is_graded`` says whether it earns points."""
        self._add_hints()
        root = self.dialect.root(
            "assessmentItem", identifier=identifier, title=title, adaptive="false", timeDependent="false"
        )
        root.extend(self._responses)
        if is_graded:
            self._add_outcomes(root)
        root.append(self.body)
        if len(self.processing.rules):
            root.append(self.processing.rules)
        for feedback, markdown in self.processing.shown.items():
            self._add_modal(root, feedback, markdown)
        return root

    def _add_hints(self) -> None:
        """Append a button for each hint, which shows it and costs nothing."""
        hints = self._question.hints
        for number, hint in enumerate(hints, start=1):
            label = f"Hint {number}" if len(hints) > 1 else "Hint"
            html = to_html(hint, math="mathml")
            if self.dialect.hyphened:
                details = add(add(self.body, "div"), "details")
                add(details, "summary", label)
                self._writer.blocks(details, html)
            else:
                self._writer.flow(self.dialect.add(self.body, "infoControl", title=label), html)

    def _add_outcomes(self, root: etree._Element) -> None:
        points = f"{self._question.points:f}"
        by_person = isinstance(self._question, Essay | FileUpload) and self.dialect.has_external_scoring
        scored = {"externalScored": "human"} if by_person else {}
        self._add_outcome(root, SCORE, "0", normalMaximum=points, normalMinimum="0", **scored)
        self._add_outcome(root, MAX_SCORE, points)
        if self.processing.counts:
            self._add_outcome(root, RIGHT, "0")
        if self.processing.shown:
            attributes = {"identifier": FEEDBACK, "cardinality": "multiple", "baseType": "identifier"}
            self.dialect.add(root, "outcomeDeclaration", **attributes)

    def _add_outcome(self, root: etree._Element, identifier: str, value: str, **attributes: str) -> None:
        attributes = {"identifier": identifier, "cardinality": "single", "baseType": "float", **attributes}
        made = self.dialect.add(root, "outcomeDeclaration", **attributes)
        self.dialect.add(self.dialect.add(made, "defaultValue"), "value", value)

    def _add_modal(self, root: etree._Element, identifier: str, markdown: str) -> None:
        attributes = {"outcomeIdentifier": FEEDBACK, "identifier": identifier, "showHide": "show"}
        modal = self.dialect.add(root, "modalFeedback", **attributes)
        parent = self.dialect.add(modal, "contentBody") if self.dialect.hyphened else modal
        self._writer.flow(parent, to_html(markdown, math="mathml"))
