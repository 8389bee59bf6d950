"""The assessmentTest: how the quiz is given, its sections, and what its items' points add up to."""

from collections.abc import Iterator, Mapping

from lxml import etree

from content.prose import to_html
from content.questions import Question, TextBlock
from content.quiz import Pool, Quiz, Section, Seen, Settings, Shown
from qti_export.qti.dialect import Dialect
from qti_export.qti.items.processing import MAX_SCORE, SCORE, Expressions
from qti_export.qti.xhtml import Writer
from qti_export.xml_tree import exact

PASS = "PASS"  # noqa: S105 - the outcome that says whether the pass mark is reached


def document(quiz: Quiz, paths: Mapping[str, str], dialect: Dialect, writer: Writer) -> Iterator[bytes]:
    """Yield the test. ``paths`` says where the item of each question stands, by its id."""
    return exact(_Test(quiz, paths, dialect, writer).root())


class _Test:
    """Identifiers with ``__`` are those of what the quiz has no id for: no id holds it."""

    def __init__(self, quiz: Quiz, paths: Mapping[str, str], dialect: Dialect, writer: Writer) -> None:
        self._quiz = quiz
        self._paths = paths
        self._dialect = dialect
        self._writer = writer
        self._make = Expressions(dialect)

    def root(self) -> etree._Element:
        root = self._dialect.root("assessmentTest", identifier=self._quiz.id, title=self._quiz.title)
        root.extend(self._outcomes())
        settings = self._quiz.settings
        if settings.time_limit is not None:
            limit = {"maxTime": str(settings.time_limit * 60), "allowLateSubmission": "false"}
            self._dialect.add(root, "timeLimits", **limit)
        root.append(self._part())
        root.append(self._processing())
        return root

    def _outcomes(self) -> Iterator[etree._Element]:
        points, pass_mark = self._quiz.points, self._quiz.settings.pass_mark
        mastery = {} if pass_mark is None else {"masteryValue": f"{points * pass_mark:f}"}
        yield self._outcome(SCORE, "float", "0", normalMaximum=f"{points:f}", normalMinimum="0", **mastery)
        yield self._outcome(MAX_SCORE, "float", f"{points:f}")
        if pass_mark is not None:
            yield self._outcome(PASS, "boolean", "false")

    def _outcome(self, identifier: str, base_type: str, value: str, **attributes: str) -> etree._Element:
        attributes = {"identifier": identifier, "cardinality": "single", "baseType": base_type, **attributes}
        made = self._dialect.element("outcomeDeclaration", **attributes)
        self._dialect.add(self._dialect.add(made, "defaultValue"), "value", value)
        return made

    def _part(self) -> etree._Element:
        """Return the one part of the test: its responses are submitted one by one, or all together at its end."""
        settings = self._quiz.settings
        modes = {
            "navigationMode": "linear" if settings.cant_go_back else "nonlinear",
            "submissionMode": "individual" if submits_each(settings) else "simultaneous",
        }
        part = self._dialect.element("testPart", identifier="main__part", **modes)
        self._dialect.add(part, "itemSessionControl", **_control(self._quiz.settings))
        main = self._section("main__section", self._quiz.title, self._quiz.description)
        self._fill(main, self._quiz.parts)
        part.append(main)
        return part

    def _fill(self, parent: etree._Element, parts: tuple[Question | Pool | Section, ...]) -> None:
        for part in parts:
            match part:
                case Question():
                    parent.append(self._reference(part, fixed=isinstance(part, TextBlock)))
                case Pool():
                    parent.append(self._pool(part))
                case Section():
                    section = self._section(part.id, part.title or part.id, part.text, fixed="true")
                    self._fill(section, part.parts)
                    parent.append(section)

    def _section(self, identifier: str, title: str, text: str, **attributes: str) -> etree._Element:
        """Return a section with its text, which engines show with each of its questions."""
        section = self._dialect.element(
            "assessmentSection", identifier=identifier, title=title, visible="true", **attributes
        )
        self._add_order(section)
        if text:
            rubric = self._dialect.add(section, "rubricBlock", view="candidate")
            parent = self._dialect.add(rubric, "contentBody") if self._dialect.hyphened else rubric
            self._writer.flow(parent, to_html(text, math="mathml"))
        return section

    def _pool(self, pool: Pool) -> etree._Element:
        """Return a section that nobody sees, of which so many items are drawn; they mix with those around it."""
        attributes = {"identifier": pool.id, "title": pool.title or pool.id, "visible": "false"}
        section = self._dialect.element("assessmentSection", keepTogether="false", **attributes)
        self._dialect.add(section, "selection", select=str(pool.pick))
        self._add_order(section)
        for question in pool.questions:
            section.append(self._reference(question, fixed=False))
        return section

    def _add_order(self, section: etree._Element) -> None:
        if self._quiz.settings.shuffle_questions:
            self._dialect.add(section, "ordering", shuffle="true")

    def _reference(self, question: Question, *, fixed: bool) -> etree._Element:
        attributes = {"identifier": question.id, "href": self._paths[question.id]}
        return self._dialect.element("assessmentItemRef", fixed="true" if fixed else "false", **attributes)

    def _processing(self) -> etree._Element:
        """Return the rules that add up the points of the items that were drawn."""
        rules = self._dialect.element("outcomeProcessing")
        for outcome in (SCORE, MAX_SCORE):
            every = self._make.of("testVariables", variableIdentifier=outcome)
            self._set(rules, outcome, self._make.of("sum", every))
        pass_mark = self._quiz.settings.pass_mark
        if pass_mark is not None:
            numerator, denominator = pass_mark.as_integer_ratio()
            earned = self._make.of("product", self._make.variable(SCORE), self._make.number(denominator))
            needed = self._make.of("product", self._make.variable(MAX_SCORE), self._make.number(numerator))
            self._set(rules, PASS, self._make.of("gte", earned, needed))
        return rules

    def _set(self, rules: etree._Element, outcome: str, value: etree._Element) -> None:
        self._dialect.add(rules, "setOutcomeValue", identifier=outcome).append(value)


def submits_each(settings: Settings) -> bool:
    """Return whether each response is submitted by itself, once, and its feedback shown then.

    Feedback is all that an engine can show of it: QTI has no word for whether it is right.
    """
    return settings.checks_answers and settings.students_see is Seen.EVERYTHING


def shows_solution(settings: Settings) -> bool:
    """Return whether the right responses can be seen; of a response that is submitted by itself they would be at once.

    So they are hidden there where they are to be seen later.
    """
    return settings.key_shown is Shown.AT_ONCE if submits_each(settings) else settings.show_correct_answers


def _control(settings: Settings) -> dict[str, str]:
    """Return what students may do and see. ``maxAttempts`` counts tries at an item within one sitting: one."""
    seen = None if settings.show_feedback is Shown.NEVER else settings.students_see
    return {
        "maxAttempts": "1",
        "showFeedback": "true" if seen is Seen.EVERYTHING else "false",
        "allowReview": "true" if seen and seen.holds(Seen.OWN_ANSWERS) else "false",
        "showSolution": "true" if shows_solution(settings) else "false",
        "allowSkipping": "true",
    }
