"""Every trap of Moodle's question bank (Moodle XML, GIFT, Aiken, Blackboard), by its code."""

import pytest

from qti_export.preflight import check
from tests.qti_export.preflight.packages import LONG, TWO_ANSWERS, answer, canvas, moodle_xml, question, zipped
from tests.qti_export.preflight.trap_cases import Case, holds

GOOD_XML = moodle_xml(question())
GIFT = "::One::Which?{=yes ~no}\n"
AIKEN = "Which?\nA. yes\nB. no\nANSWER: A\n"
UPLOADED = '<img src="@@PLUGINFILE@@/x.png">'


def xml(inner: str = TWO_ANSWERS, **more: str) -> bytes:
    return moodle_xml(question(inner, **more))


def typed(text: str) -> bytes:
    return xml(answer(text, "100"), kind="shortanswer")


def numerical(text: str) -> bytes:
    return xml(answer(text, "100"), kind="numerical")


def several(*fractions: str) -> bytes:
    return xml("<single>false</single>" + "".join(answer(f"a{one}", one) for one in fractions))


def pairs(count: int) -> bytes:
    pair = "<subquestion><text>left</text><answer><text>right</text></answer></subquestion>"
    return xml(pair * count, kind="matching")


XML_CASES = {
    "xml-broken": Case(GOOD_XML.replace(b"</name>", b""), GOOD_XML),
    "xml-not-utf8": Case(GOOD_XML.replace(b"UTF-8", b"ISO-8859-1").replace(b"Which?", b"\xe9t\xe9?"), GOOD_XML),
    "xml-no-quiz": Case(GOOD_XML, canvas()),
    "xml-no-questions": Case(moodle_xml(), GOOD_XML),
    "xml-behind-a-stop": Case(moodle_xml(question(answer("a", "100")), question()), GOOD_XML),
    "xml-unknown-type": Case(xml(kind="crossword"), GOOD_XML),
    "xml-no-name": Case(xml(name=""), GOOD_XML),
    "xml-long-name": Case(xml(name=LONG), GOOD_XML),
    "xml-grade": Case(several("33.33", "33.33", "33.33"), several("33.33333", "33.33333", "33.33333")),
    "xml-few-choices": Case(xml(answer("a", "100")), GOOD_XML),
    "xml-no-full-answer": Case(xml(answer("a", "50"), kind="shortanswer"), typed("a")),
    "xml-not-a-number": Case(numerical("about 3"), numerical("1.5e3")),
    "xml-few-items": Case(xml(answer("a"), kind="ordering"), xml(answer("a") + answer("b"), kind="ordering")),
    "xml-comma": Case(numerical("3,14"), numerical("3.14")),
    "xml-idnumber-twice": Case(
        moodle_xml(*[question(TWO_ANSWERS + "<idnumber>7</idnumber>")] * 2),
        moodle_xml(question(TWO_ANSWERS + "<idnumber>7</idnumber>"), question(TWO_ANSWERS + "<idnumber>8</idnumber>")),
    ),
    "xml-empty-answer": Case(xml(TWO_ANSWERS + answer("")), GOOD_XML),
    "xml-no-full-choice": Case(xml(answer("a", "50") + answer("b")), GOOD_XML),
    "xml-shares": Case(several("50", "-50"), several("50", "50", "-50")),
    "xml-tick-all": Case(several("50", "50", "0"), several("50", "50", "-50")),
    "xml-true-false-words": Case(
        xml(answer("Wahr", "100") + answer("Falsch"), kind="truefalse"),
        xml(answer("true", "100") + answer("false"), kind="truefalse"),
    ),
    "xml-picture-missing": Case(
        xml(text=UPLOADED),
        moodle_xml(question(text=UPLOADED).replace("</questiontext>", '<file name="x.png"/></questiontext>')),
    ),
    "xml-hidden": Case(xml(TWO_ANSWERS + "<hidden>1</hidden>"), GOOD_XML),
    "xml-few-pairs": Case(pairs(2), pairs(3)),
    "xml-cloze-grade": Case(
        xml("<defaultgrade>5</defaultgrade>", kind="cloze", text="{1:SHORTANSWER:=a} {2:SHORTANSWER:=b}"),
        xml("<defaultgrade>3</defaultgrade>", kind="cloze", text="{1:SHORTANSWER:=a} {2:SHORTANSWER:=b}"),
    ),
    "xml-cloze-empty": Case(xml("", kind="cloze", text="Nothing."), xml("", kind="cloze", text="{1:NUMERICAL:=5}")),
    "xml-star": Case(typed("O*o"), typed(r"O\*o")),
    "xml-ordering-version": Case(xml(answer("a") + answer("b"), kind="ordering"), GOOD_XML),
}


def gift(broken: str, mended: str = GIFT) -> Case:
    return Case(broken.encode(), mended.encode(), "questions.gift")


def aiken(broken: str, mended: str = AIKEN) -> Case:
    return Case(broken.encode(), mended.encode(), "questions.txt")


TEXT_CASES = {
    "bank-not-utf8": Case("::a::Été?{=oui ~non}".encode("cp1252"), "::a::Été?{=oui ~non}".encode(), "a.gift"),
    "gift-no-quiz": Case(GIFT.encode(), AIKEN.encode(), "a.txt"),
    "gift-no-questions": gift("// nothing\n"),
    "gift-unclosed": gift("Which?{=yes ~no\n\nNext?{=a ~b}\n"),
    "gift-braces-within": gift(r"What is $\frac{1}{2}$?{=half ~whole}", r"What is $\frac\{1\}\{2\}$?{=half ~whole}"),
    "gift-no-sign": gift("Which?{yes}"),
    "gift-weight": gift("Which?{~%33%a ~%33%b ~%33%c}", "Which?{~%33.33333%a ~%33.33333%b ~%33.33333%c}"),
    "gift-no-key": gift("Which?{~yes ~no}"),
    "gift-few-choices": gift("Which?{~%100%yes}"),
    "gift-few-pairs": gift("Match.{=a -> b =c -> d}", "Match.{=a -> b =c -> d =e -> f}"),
    "gift-number": gift("How many?{#many}", "How many?{#3.14:0.01}"),
    "gift-comma": gift("How many?{#3,14}", "How many?{#1..5}"),
    "gift-picture": gift('[html]See <img src\\="x.png">{=a ~b}'.replace("\\=", "=")),
    "aiken-no-quiz": Case(AIKEN.encode(), GIFT.encode(), "a.txt"),
    "aiken-short-line": aiken("Which?\nx\nA. yes\nB. no\nANSWER: A\n"),
    "aiken-two-lines": aiken("Which one\nis it?\nA. yes\nB. no\nANSWER: A\n"),
    "aiken-unfinished": aiken("First?\nA. yes\nB. no\nSecond?\nA. yes\nB. no\nANSWER: A\n"),
    "aiken-no-text": aiken("A. yes\nB. no\nANSWER: A\n"),
    "aiken-few-choices": aiken("Which?\nA. yes\nANSWER: A\n"),
    "aiken-choice-mark": aiken("Which?\nA)yes\nB)no\nANSWER: A\n"),
    "aiken-unknown-answer": aiken("Which?\nA. yes\nB. no\nANSWER: D\n"),
    "aiken-several-answers": aiken("Which?\nA. yes\nB. no\nANSWER: A, B\n"),
}

BB = 'xmlns:bb="http://www.blackboard.com/content-packaging/"'


def bb_item(kind: str = "Multiple Choice", points: str = "1.0", html: str = "Which?") -> str:
    return (
        f"<item><itemmetadata><bbmd_questiontype>{kind}</bbmd_questiontype>"
        f"<qmd_absolutescore_max>{points}</qmd_absolutescore_max></itemmetadata>"
        f"<presentation><flow><material><mat_extension><mat_formattedtext><![CDATA[{html}]]></mat_formattedtext>"
        "</mat_extension></material></flow></presentation></item>"
    )


def blackboard(*items: str, dat: str = "", attribute: str = "bb:file", kind: str = "assessment/x-bb-qti-pool") -> bytes:
    content = dat or bb_dat(*items)
    manifest = (
        f'<manifest {BB}><resources><resource identifier="r" type="{kind}" {attribute}="res1.dat"/>'
        '<resource identifier="x" type="assessment/x-bb-qti-test" bb:file="res1.dat"/></resources></manifest>'
    )
    if attribute == "bb:file" and kind != "assessment/x-bb-qti-pool":
        manifest = (
            f'<manifest {BB}><resources><resource identifier="r" type="assessment/x-bb-pool"/></resources></manifest>'
        )
    return zipped({"imsmanifest.xml": manifest, "res1.dat": content})


def bb_dat(*items: str, more: str = "", root: str = "") -> str:
    inner = "".join(items or (bb_item(),))
    return f"<questestinterop{root}><assessment><section>{inner}</section>{more}</assessment></questestinterop>"


GOOD_BB = blackboard()
BLACKBOARD_CASES = {
    "blackboard-no-file": Case(blackboard(attribute="file"), GOOD_BB),
    "blackboard-unlisted": Case(blackboard(kind="webcontent"), GOOD_BB),
    "blackboard-namespace": Case(
        blackboard(dat=bb_dat(root=' xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2"')), GOOD_BB
    ),
    "blackboard-broken": Case(blackboard(dat="<questestinterop><assessment>"), GOOD_BB),
    "blackboard-sections": Case(blackboard(dat=bb_dat(more=f"<section>{bb_item()}</section>")), GOOD_BB),
    "blackboard-no-quiz": Case(GOOD_BB, GOOD_XML),
    "blackboard-type": Case(blackboard(bb_item("Numeric")), GOOD_BB),
    "blackboard-points": Case(blackboard(bb_item(points="5.0")), GOOD_BB),
    "blackboard-multiple-answer": Case(blackboard(bb_item("Multiple Answer")), GOOD_BB),
    "blackboard-picture": Case(blackboard(bb_item(html='<img src="x.png">')), GOOD_BB),
}

CASES = {**XML_CASES, **TEXT_CASES, **BLACKBOARD_CASES}


@pytest.mark.parametrize("code", CASES)
def test_trap(code):
    holds(code, "moodle", CASES[code])


def test_a_question_knows_the_line_that_it_begins_in():
    found = check(b"// a comment\n$CATEGORY: c\n\n// [id:1]\n::One::Which?{=yes ~no}\n\nNext?{}\n", "a.gift", "moodle")
    assert [question.where.line for question in found.questions] == [5, 7]
    assert [question.kind for question in found.questions] == ["multichoice", "essay"]
