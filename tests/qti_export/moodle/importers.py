"""What Moodle makes of a question, rewritten from its sources, independent of the exporter.

Cartridge: backup/cc/entity11.quiz.class.php. Moodle XML: question/format/xml/format.php and the grades that
question_bank::fraction_options_full() lists. Marks: question/type/multichoice/question.php.
"""

import html
from dataclasses import dataclass, field
from fractions import Fraction

from lxml import etree

from tests.qti_export.moodle.answering import shown
from tests.qti_export.moodle.grading import Part, cloze
from tests.qti_export.packages import metadata

PERCENTS = (0, 100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20, 16.66667, 14.28571, 12.5)
LISTED_GRADES = [Fraction(str(percent)) / 100 for percent in (*PERCENTS, 11.11111, 10, 5)]


class RefusedError(Exception):
    """Moodle stops here, and nothing is imported."""


@dataclass
class Answer:
    text: str
    fraction: Fraction
    feedback: str


@dataclass
class Imported:
    """A question as it lies in the question bank after the import."""

    type: str
    name: str
    text: str
    answers: list[Answer]
    single: bool = True
    general_feedback: str = ""
    combined_feedback: dict[str, str] = field(default_factory=dict)

    def score(self, picks: set[int]) -> Fraction:
        """The share 0..1 that the picks earn: the sum of their fractions, cut to what a question can be worth."""
        return min(Fraction(1), max(Fraction(0), sum((self.answers[pick].fraction for pick in picks), Fraction(0))))


def cartridge(item: etree._Element) -> Imported:
    """The restore of one item of an assessment."""
    profile = metadata(item)["cc_profile"]
    answers = []
    for label in item.iterfind("presentation/response_lid/render_choice/response_label"):
        ident = label.get("ident", "")
        text = _not_empty(label.findtext("material/mattext", ""))
        answers.append(Answer(_decoded(text), _cartridge_fraction(item, profile, ident), _told(item, ident)))
    if profile == "cc.true_false.v0p1":
        idents = [label.get("ident") for label in item.iter("response_label")]
        if sorted(idents) != ["false", "true"]:
            raise RefusedError("Unknown answer identifier")
    general = "".join(_shown(item, condition) for condition in item.iter("respcondition") if _goes_on(condition))
    return Imported(
        type="truefalse" if profile == "cc.true_false.v0p1" else "multichoice",
        name=item.get("title", ""),
        text=_decoded(_not_empty(item.findtext("presentation/material/mattext", ""))),
        answers=answers,
        single=profile != "cc.multiple_response.v0p1",
        general_feedback=_decoded(general).strip(),
    )


def _cartridge_fraction(item: etree._Element, profile: str, ident: str) -> Fraction:
    if profile == "cc.multiple_response.v0p1":
        path = "resprocessing/respcondition[setvar[@varname='SCORE']=100]/conditionvar//varequal[@case='Yes']"
        found = item.xpath(f"{path}[not(parent::not)]")
        assert isinstance(found, list)
        key = [test.text for test in found]
        if ident in key:
            return Fraction(round(1 / len(key), 7)).limit_denominator(10**7)
    earned = ""
    for condition in item.iter("respcondition"):
        if condition.findtext("conditionvar/varequal", "").lower() == ident.lower():
            earned = condition.findtext("setvar", "")  # the last condition that names the choice counts
    return Fraction(earned not in {"", "0"})


def _told(item: etree._Element, ident: str) -> str:
    conditions = item.iter("respcondition")
    named = (one for one in conditions if one.findtext("conditionvar/varequal", "").lower() == ident.lower())
    return _decoded("".join(_shown(item, condition) for condition in named)).strip()


def _shown(item: etree._Element, condition: etree._Element) -> str:
    texts = []
    for display in condition.iter("displayfeedback"):
        feedback = item.find(f"itemfeedback[@ident='{display.get('linkrefid')}']/flow_mat/material/mattext")
        texts.append("" if feedback is None else _not_empty(feedback.text or "") + " ")
    return "".join(texts)


def _goes_on(condition: etree._Element) -> bool:
    return (condition.get("continue") or "").lower() == "yes"


def _not_empty(text: str) -> str:
    return "" if text == "0" else text  # PHP's empty()


def _decoded(text: str) -> str:
    """Entities are decoded once more than they should be."""
    return html.unescape(text)


def question_bank(question: etree._Element) -> Imported:
    """The import of one question of a Moodle XML file; the form's defaults stop it at a grade that is not listed."""
    answers = [
        Answer(
            answer.findtext("text", ""),
            _listed(Fraction(answer.get("fraction", "")) / 100),
            answer.findtext("feedback/text", ""),
        )
        for answer in question.iter("answer")
    ]
    if question.get("type") == "truefalse" and [answer.text for answer in answers] != ["true", "false"]:
        raise RefusedError("wrong true/false answers")
    tags = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")
    return Imported(
        type=question.get("type", ""),
        name=question.findtext("name/text", ""),
        text=question.findtext("questiontext/text", ""),
        answers=answers,
        single=question.findtext("single", "true") == "true",
        general_feedback=question.findtext("generalfeedback/text", ""),
        combined_feedback={tag: question.findtext(f"{tag}/text", "") for tag in tags},
    )


def _listed(fraction: Fraction) -> Fraction:
    for grade in LISTED_GRADES:
        for signed in (grade, -grade):
            if abs(fraction - signed) < Fraction("0.00001"):
                return signed
    raise RefusedError(f"invalid grade {float(fraction)}")


def banked(question: etree._Element) -> Part:
    """The question of a Moodle XML file as it is graded."""
    answers = [
        (one.findtext("text", ""), Fraction(one.get("fraction", "")) / 100) for one in question.iterfind("answer")
    ]
    type_ = {"matching": "match", "cloze": "multianswer"}.get(question.get("type", ""), question.get("type", ""))
    if type_ == "ordering":
        assert question.findtext("gradingtype") == "ABSOLUTE_POSITION"
        answers = [(text, Fraction(place)) for place, (text, _) in enumerate(answers, start=1)]
    return Part(
        type_,
        answers=answers,
        tolerances=[one.findtext("tolerance", "") for one in question.iterfind("answer")],
        case_sensitive=question.findtext("usecase") == "1",
        pairs=[
            (one.findtext("text", ""), shown(one.findtext("answer/text", "")))
            for one in question.iterfind("subquestion")
        ],
        parts=cloze(question.findtext("questiontext/text", "")) if type_ == "multianswer" else [],
    )


def cartridge_short_answer(item: etree._Element) -> Part:
    """The restore of a fill-in item: the first condition that scores 100, all its direct tests, never by case."""
    for condition in item.iter("respcondition"):
        if condition.findtext("setvar") == "100":
            texts = [one.text or "" for one in condition.iterfind("conditionvar/varequal")]
            return Part("shortanswer", answers=[(text, Fraction(1)) for text in texts if text != "0"])
    raise RefusedError("no answer")
