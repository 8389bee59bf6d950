"""What Canvas's two importers make of a QTI 1.2 item, rewritten from their sources, independent of the exporter.

Classic: gems/plugins/qti_exporter (`AssessmentItemConverter`, `ChoiceInteraction`, `HtmlHelper`) of canvas-lms, behind
its QTIMigrationTool. New Quizzes: the gem `qti` (`V1::Models`). What concerns choices is here; the other kinds are in
`classic` and `new_quizzes`.
"""

import re
from dataclasses import dataclass, field
from fractions import Fraction
from html import unescape

from lxml import etree
from lxml.html import fragments_fromstring

from tests.qti_export.packages import metadata

TYPES = {"multiple_choice_question", "multiple_answers_question", "true_false_question"}


@dataclass
class Answer:
    html: str
    weight: int = 0
    comment: str = ""
    feedback_id: str = ""


@dataclass
class Imported:
    """A question as it lies in the LMS after the import."""

    type: str
    points: Fraction
    stem: str
    answers: dict[str, Answer]
    comments: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> set[str]:
        return {ident for ident, answer in self.answers.items() if answer.weight}

    def score(self, picks: set[str]) -> Fraction:
        """Classic's rule: a multiple-answers question earns right minus wrong, not below nothing."""
        if self.type != "multiple_answers_question":
            return Fraction(sum(self.answers[pick].weight for pick in picks), 100)
        right = len(picks & self.key)
        return max(Fraction(0), Fraction(right - len(picks - self.key), len(self.key)))


def mattext(node: etree._Element) -> str:
    """Both importers take exactly one form right: escaped HTML that says it is HTML."""
    text = node.find("material/mattext")
    assert text is not None
    assert text.get("texttype") == "text/html"
    return text.text or ""


def classic(item: etree._Element) -> Imported:
    fields = metadata(item)
    answers = {label.get("ident", ""): Answer(mattext(label)) for label in item.iter("response_label")}
    for condition in item.iter("respcondition"):
        _classic_condition(condition, answers)
    imported = Imported(fields["question_type"], Fraction(fields["points_possible"]), _stem(item), answers)
    _classic_true_false(imported)
    imported.comments = classic_comments(item)
    for ident, text in classic_feedbacks(item).items():
        for answer in answers.values():
            if answer.feedback_id == ident:
                answer.comment = text
    return imported


def classic_comments(item: etree._Element) -> dict[str, str]:
    """The three feedbacks of the question, each known by a piece of its ident."""
    comments = {}
    for ident, text in classic_feedbacks(item).items():
        if re.search(r"wrong|incorrect|(_IC$)", ident, re.IGNORECASE):
            comments["incorrect"] = text
        elif re.search(r"correct|(_C$)", ident, re.IGNORECASE):
            comments["correct"] = text
        elif re.search(r"general_|_all", ident, re.IGNORECASE):
            comments["neutral"] = text
    return comments


def classic_feedbacks(item: etree._Element) -> dict[str, str]:
    return {one.get("ident", ""): classic_seen(mattext(one.find("flow_mat"))) for one in item.iter("itemfeedback")}


def _classic_condition(condition: etree._Element, answers: dict[str, Answer]) -> None:
    shown = condition.find("displayfeedback")
    feedback_id = "" if shown is None else shown.get("linkrefid", "")
    earns = float(condition.findtext("setvar") or 0) > 0
    for test in condition.findall("conditionvar/and/varequal"):  # every one of them, whatever is set
        answers[test.text or ""].weight = 100
        answers[test.text or ""].feedback_id = answers[test.text or ""].feedback_id or feedback_id
    test = condition.find("conditionvar/varequal")
    if test is not None:
        answer = answers[test.text or ""]
        answer.weight = 100 if earns else 0  # the last condition that names the answer counts
        answer.feedback_id = answer.feedback_id or feedback_id


def _classic_true_false(question: Imported) -> None:
    """Both texts must hold the English words; else the question silently becomes multiple choice."""
    if question.type != "true_false_question":
        return
    texts = [answer.html for answer in question.answers.values()]
    both = len(texts) == 2 and any("true" in text.lower() for text in texts)
    if not (both and any("false" in text.lower() for text in texts)):
        question.type = "multiple_choice_question"


def classic_seen(html: str) -> str:
    """What a student sees: a lone wrapper without attributes is unwrapped; a lone text then is stored as plain text."""
    nodes = fragments_fromstring(html or " ")
    while len(nodes) == 1 and not isinstance(nodes[0], str) and nodes[0].tag in {"p", "div", "span"}:
        if nodes[0].attrib:
            break
        nodes = [part for part in (nodes[0].text, *nodes[0]) if part is not None and part != ""]
    if len(nodes) == 1 and isinstance(nodes[0], str):
        inner = re.sub(r"</?(p|div|span)>", "", html)
        return inner.replace("\xa0", "&nbsp;").strip()  # escaped as in HTML, and shown so
    return "".join(node if isinstance(node, str) else node.text_content() for node in nodes).strip()


def _stem(item: etree._Element) -> str:
    return mattext(item.find("presentation"))


def new_quizzes(item: etree._Element) -> Imported:
    fields = metadata(item)
    assert fields["question_type"] in TYPES  # any other spelling falls to guesses about the shape
    assert len(list(item.iter("response_lid"))) == 1
    answers = {label.get("ident", ""): Answer(mattext(label)) for label in item.iter("response_label")}
    for ident in _new_quizzes_key(item):
        answers[ident].weight = 100
    imported = Imported(fields["question_type"], Fraction(fields["points_possible"]), _stem(item), answers)
    shown = {"neutral": "general_fb", "correct": "correct_fb", "incorrect": "general_incorrect_fb"}
    for name, ident in shown.items():
        if text := new_quizzes_feedback(item, ident):
            imported.comments[name] = text
    for condition in item.iter("respcondition"):
        display, test = condition.find("displayfeedback"), condition.find(".//varequal")
        if display is not None and test is not None and display.get("linkrefid") not in shown.values():
            answers[test.text or ""].comment = new_quizzes_feedback(item, display.get("linkrefid", ""))
    return imported


def _new_quizzes_key(item: etree._Element) -> list[str]:
    """With an ``and`` in it, everything in that but ``not`` is right: white space too, hence the assertion."""
    both = item.find(".//respcondition//and")
    if both is not None:
        assert both.text is None
        assert all(child.tail is None for child in both)
        return [child.text or "" for child in both if child.tag != "not"]
    scoring = [one for one in item.iter("respcondition") if float(one.findtext("setvar") or 0) > 0]
    return [one.findtext(".//varequal", "") for one in scoring]


def new_quizzes_feedback(item: etree._Element, ident: str) -> str:
    """Found only at itemfeedback/*/*/mattext."""
    found = item.xpath("itemfeedback[@ident=$ident]/*/*/mattext", ident=ident)
    assert isinstance(found, list)
    return unescape(re.sub("<[^>]+>", "", found[0].text or "")).strip() if found else ""
