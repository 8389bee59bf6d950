"""Every trap of Classic Quizzes, by its code."""

import pytest

from tests.qti_export.preflight.canvas_items import (
    BANK,
    DROP,
    ESSAY,
    FIELD,
    FIMB,
    MA,
    MATCH,
    PNG,
    SA,
    TEXT,
    TF,
    blank,
    margin,
    number,
)
from tests.qti_export.preflight.packages import (
    LONG,
    QTI,
    YES_NO,
    assessment,
    canvas,
    canvas_manifest,
    field,
    item,
    label,
    lid,
    mattext,
    picked,
    resource,
    scoring,
    told,
    zipped,
)
from tests.qti_export.preflight.trap_cases import Case, holds

GOOD = canvas()
META = "<title>Quiz</title>"
WITH_META = canvas(settings=META)
IMAGE = '<p>See <img src="img/x.png"></p>'


def quiz_of(*, section: str = "", head: str = "", title: str = "Quiz", ident: str = "quiz") -> bytes:
    return canvas(qti=assessment(item(), section=section, head=head, title=title, ident=ident))


def pairs(*lists: str, left: str = "<p>dog</p>", right: str = "1") -> bytes:
    parts = "".join(lid(f"response_{place}", labels, mattext(left)) for place, labels in enumerate(lists, start=1))
    tests = "".join(scoring(picked(right, f"response_{place}")) for place in range(1, len(lists) + 1))
    return canvas(item(kind=MATCH, responses=parts, conditions=tests))


def right(ident: str, text: str = "bark", kind: str = "text/plain") -> str:
    return label(ident, text, kind)


def group(number_: str, *items: str, points: str = "<points_per_item>1</points_per_item>", banks: str = "") -> bytes:
    selection = (
        f"<selection_ordering><selection>{banks}<selection_number>{number_}</selection_number>"
        f"<selection_extension>{points}</selection_extension></selection></selection_ordering>"
    )
    return canvas(f'<section ident="g">{selection}{"".join(items or (item(),))}</section>')


def raw(old: str, new: str) -> bytes:
    return canvas(qti=assessment(item(stem="<p>MARK</p>")).replace(old, new))


def pictured(path: str, files: dict[str, bytes], listed: str = "") -> bytes:
    return canvas(item(stem=f'<p>See <img src="{path}"></p>'), files=files, listed=listed)


LISTED = resource("img/x.png", "webcontent", "f1")
FULL = "non_cc_assessments/a.xml.qti"
EXPORT = resource("course_settings/canvas_export.txt", "x", "e", attributes='href="course_settings/canvas_export.txt"')
NAMESPACE_2 = 'xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="t" title="T"'
SIMPLE = '<simpleChoice identifier="A">a</simpleChoice>'
CHOICE_2 = f'<itemBody><choiceInteraction responseIdentifier="R">{SIMPLE}</choiceInteraction></itemBody>'
CORRECT = "<correctResponse><value>A</value></correctResponse>"
RIGHT_2 = f'<responseDeclaration identifier="R" cardinality="single">{CORRECT}</responseDeclaration>'


def qti2(inner: str = RIGHT_2 + CHOICE_2, fields: str = "") -> bytes:
    head = f"<instructureMetadata>{fields}</instructureMetadata>" if fields else ""
    return zipped({"a.xml": f"<assessmentItem {NAMESPACE_2}>{head}{inner}</assessmentItem>"})


def in_a_test(version: str) -> bytes:
    tag = f'assessmentTest xmlns="http://www.imsglobal.org/xsd/imsqti_v{version}" identifier="t"'
    return zipped(
        {"t.xml": f"<{tag}/>", "i.xml": f"<assessmentItem {NAMESPACE_2}>{RIGHT_2}{CHOICE_2}</assessmentItem>"}
    )


CASES = {
    "classic-long-ident": Case(canvas(item(ident=LONG)), canvas(item(ident=LONG[:200]))),
    "classic-no-ident": Case(canvas(item(ident="")), GOOD),
    "classic-long-name": Case(canvas(item(title=LONG)), GOOD),
    "classic-unknown-type": Case(canvas(item(kind="hot_spot_question")), GOOD),
    "classic-no-type": Case(canvas(item(kind="")), GOOD),
    "classic-true-false-untyped": Case(
        canvas(item(kind="", responses=lid("response1", label("1", "True") + label("2", "False")))),
        canvas(item(kind=TF, responses=lid("response1", label("1", "True") + label("2", "False")))),
    ),
    "classic-true-false-words": Case(
        canvas(item(kind=TF, responses=lid("response1", label("1", "Wahr") + label("2", "Falsch")))),
        canvas(item(kind=TF, responses=lid("response1", label("1", "True") + label("2", "False")))),
    ),
    "classic-bad-points": Case(canvas(item(points="-2")), canvas(item(points="2.5"))),
    "classic-no-points": Case(canvas(item(points="")), GOOD),
    "classic-text-points": Case(
        canvas(item(kind=TEXT, points="2", responses="", conditions="")),
        canvas(item(kind=TEXT, points="0", responses="", conditions="")),
    ),
    "classic-ordering": Case(canvas(item(responses=lid("response1", YES_NO, cardinality="Ordered"))), GOOD),
    "classic-no-variables": Case(canvas(item(kind="calculated_question", responses=FIELD)), GOOD),
    "classic-hints": Case(canvas(item(feedback="<hint>Think.</hint>")), GOOD),
    "classic-shuffle": Case(
        canvas(item(responses=lid("response1", YES_NO).replace("<render_choice>", '<render_choice shuffle="Yes">'))),
        GOOD,
    ),
    "classic-no-key": Case(canvas(item(conditions="")), GOOD),
    "classic-answers-no-key": Case(canvas(item(kind=MA, conditions="")), canvas(item(kind=MA))),
    "classic-partial-weights": Case(canvas(item(conditions=scoring(picked("1"), "50"))), GOOD),
    "classic-special-response": Case(canvas(item(responses=lid("RESP_MC", YES_NO))), GOOD),
    "classic-empty-choice": Case(canvas(item(responses=lid("response1", YES_NO + label("3", "")))), GOOD),
    "classic-picture-choice": Case(
        canvas(item(responses=lid("response1", YES_NO + label("3", '<img src="https://a.example/x.png">')))), GOOD
    ),
    "classic-same-choice-ident": Case(canvas(item(responses=lid("response1", YES_NO + label("2", "maybe")))), GOOD),
    "classic-case": Case(
        canvas(item(kind=SA, responses=FIELD, conditions=scoring(picked("Oslo", case="Yes")))),
        canvas(item(kind=SA, responses=FIELD, conditions=scoring(picked("Oslo")))),
    ),
    "classic-short-answer-no-key": Case(
        canvas(item(kind=SA, responses=FIELD, conditions="")),
        canvas(item(kind=SA, responses=FIELD, conditions=scoring(picked("Oslo")))),
    ),
    "classic-essay-answers": Case(
        canvas(item(kind=ESSAY, responses=FIELD, conditions=scoring(picked("Oslo")))),
        canvas(item(kind=ESSAY, responses=FIELD, conditions=scoring("<other/>", ""))),
    ),
    "classic-number-lost": Case(number(picked("5")), number(margin("5", "4", "6"))),
    "classic-number-comma": Case(number(margin("1,5", "1", "2")), number(margin("1.5", "1", "2"))),
    "classic-number-margin": Case(number(margin("5", "1", "6")), number(margin("5", "4", "6"))),
    "classic-number-precision": Case(number(margin("10", "9.5", "10.5", "vargt")), number(margin("10", "9.5", "10.5"))),
    "classic-blank-name": Case(blank("the pet", stem="A [the pet]."), blank()),
    "classic-blank-place": Case(blank(stem="A cat."), blank()),
    "classic-blank-written": Case(canvas(item(kind=FIMB, responses=FIELD)), blank()),
    "classic-blank-all-right": Case(
        blank(
            labels=label("1", "cat", "text/plain") + label("2", "dog", "text/plain"),
            conditions=scoring(picked("1", "response_pet")) + scoring(picked("2", "response_pet"), "0"),
        ),
        blank(),
    ),
    "classic-dropdown-markup": Case(blank(labels=label("1", "<b>cat</b>"), kind=DROP), blank(kind=DROP)),
    "classic-dropdown-no-key": Case(blank(conditions="", kind=DROP), blank(kind=DROP)),
    "classic-matching-lists": Case(pairs(right("1"), right("1") + right("2", "meow")), pairs(right("1"), right("1"))),
    "classic-matching-ident": Case(pairs(right("m1x") + right("n1y")), pairs(right("1") + right("2"))),
    "classic-matching-markup": Case(pairs(right("1", "<b>bark</b>", "text/html")), pairs(right("1"))),
    "classic-matching-pictures": Case(
        pairs(right("1", '<img src="https://a.example/x.png">', "text/html") + right("2")),
        pairs(right("1") + right("2")),
    ),
    "classic-feedback-ident": Case(
        canvas(item(conditions=scoring(picked("1"), shows="correct_a_fb"), feedback=told("correct_a_fb"))),
        canvas(item(conditions=scoring(picked("1"), shows="1_fb"), feedback=told("1_fb"))),
    ),
    "classic-feedback-twice": Case(
        canvas(item(feedback=told("correct_fb") + told("all_correct"))), canvas(item(feedback=told("correct_fb")))
    ),
    "classic-feedback-unlinked": Case(canvas(item(feedback=told("lonely"))), canvas(item(feedback=told("general_fb")))),
    "classic-feedback-part": Case(
        blank(
            labels=label("x", "cat", "text/plain"),
            conditions=scoring(picked("x", "response_pet"), shows="x_fb"),
            feedback=told("x_fb"),
        ),
        blank(conditions=scoring(picked("1", "response_pet"), shows="1_fb"), feedback=told("1_fb")),
    ),
    "classic-feedback-graded": Case(
        canvas(item(kind=ESSAY, responses=FIELD, conditions="", feedback=told("1_fb"))),
        canvas(item(kind=ESSAY, responses=FIELD, conditions="", feedback=told("general_fb"))),
    ),
    "classic-escaped": Case(
        canvas(item(feedback=told("general_fb", "<p>a &lt; b</p>"))),
        canvas(item(feedback=told("general_fb", '<p dir="auto">a &lt; b</p>'))),
    ),
    "classic-long-stem": Case(canvas(item(stem="x" * 16_385)), canvas(item(stem="x" * 16_384))),
    "classic-sanitised": Case(canvas(item(stem="<p>A</p><script>b()</script>")), GOOD),
    "classic-data-image": Case(canvas(item(stem='<img src="data:image/png;base64,AA==">')), GOOD),
    "classic-plain-stem": Case(canvas(item(stem="one\ntwo", stem_kind="text/plain")), canvas(item(stem="one\ntwo"))),
    "classic-dollar-math": Case(canvas(item(stem="<p>$x^2$</p>")), canvas(item(stem=r"<p>\(x^2\) for $5 or $6</p>"))),
    "classic-nothing": Case(zipped({"imsmanifest.xml": canvas_manifest()}), GOOD),
    "classic-qti3-beside": Case(
        canvas(files={"three.xml": '<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0"/>'}), GOOD
    ),
    "classic-qti22-test": Case(in_a_test("2p2"), in_a_test("2p1")),
    "classic-stray-qti": Case(canvas(files={"old.xml": assessment(item(ident="o"), ident="old")}), GOOD),
    "classic-no-manifest": Case(zipped({"quiz.xml": assessment(item())}), GOOD),
    "classic-cartridge-reduced": Case(
        canvas(listed=EXPORT, files={FULL: assessment(item(), ident="a")}),
        canvas(listed=EXPORT, files={"non_cc_assessments/quiz.xml.qti": assessment(item())}),
    ),
    "classic-same-ident": Case(canvas(item(), item()), canvas(item(), item(ident="q2"))),
    "classic-ident-in-two": Case(
        canvas(files={"b.xml": assessment(item(), ident="b")}),
        canvas(files={"b.xml": assessment(item(ident="q2"), ident="b")}),
    ),
    "classic-loose-items": Case(canvas(qti=f'<questestinterop xmlns="{QTI}">{item()}</questestinterop>'), GOOD),
    "classic-bank": Case(canvas(qti=BANK), GOOD),
    "classic-bank-entry": Case(canvas(item(), '<bankentry_item item_ref="x"/>'), GOOD),
    "classic-file-missing": Case(canvas(listed=LISTED), canvas(listed=LISTED, files=PNG)),
    "classic-picture-missing": Case(pictured("img/x.png", {}), pictured("img/x.png", PNG, LISTED)),
    "classic-picture-unlisted": Case(pictured("img/x.png", PNG), pictured("img/x.png", PNG, LISTED)),
    "classic-picture-ambiguous": Case(
        pictured("x.png", {**PNG, "two/x.png": b"2"}), pictured("img/x.png", {**PNG, "two/x.png": b"2"})
    ),
    "classic-picture-plus": Case(pictured("img/a+b.png", {"img/a+b.png": b""}), pictured("img/x.png", PNG, LISTED)),
    "classic-picture-percent": Case(pictured("img/%E9.png", {}), pictured("img/%C3%A9.png", {})),
    "classic-undefined-entity": Case(raw("MARK", "&nbsp;"), raw("MARK", "&#160;")),
    "classic-control-character": Case(raw("MARK", "\x02"), raw("MARK", "x")),
    "classic-bare-sign": Case(raw("MARK", "a & b"), raw("MARK", "a &amp; b")),
    "classic-not-well-formed": Case(raw("</item>", ""), GOOD),
    "classic-long-quiz-ident": Case(quiz_of(ident=LONG), GOOD),
    "classic-settings-lost": Case(
        canvas(qti=assessment(item(), ident="other"), settings=META), canvas(settings=META)
    ),
    "classic-empty-quiz": Case(canvas(qti=assessment()), GOOD),
    "classic-long-title": Case(quiz_of(title=LONG), GOOD),
    "classic-long-description": Case(
        canvas(settings=f"<description>{'x' * 512_001}</description>"), canvas(settings="<description>x</description>")
    ),
    "classic-description": Case(quiz_of(head=f"<rubric>{mattext('Read this.')}</rubric>"), GOOD),
    "classic-settings-nested": Case(
        canvas(settings="<assignment><title>A</title></assignment><title>Quiz</title>"),
        canvas(settings="<title>Quiz</title><assignment><title>A</title></assignment>"),
    ),
    "classic-flag": Case(
        canvas(settings="<cant_go_back>not</cant_go_back>"), canvas(settings="<cant_go_back>false</cant_go_back>")
    ),
    "classic-quiz-type": Case(
        canvas(settings="<quiz_type>exam</quiz_type>"), canvas(settings="<quiz_type>survey</quiz_type>")
    ),
    "classic-policy": Case(
        canvas(settings="<scoring_policy>keep_first</scoring_policy>"),
        canvas(settings="<scoring_policy>keep_latest</scoring_policy>"),
    ),
    "classic-limits-overridden": Case(
        canvas(
            qti=assessment(item(), head=f"<qtimetadata>{field('qmd_timelimit', '30')}</qtimetadata>"), settings=META
        ),
        canvas(
            qti=assessment(item(), head=f"<qtimetadata>{field('qmd_timelimit', '30')}</qtimetadata>"),
            settings="<time_limit>30</time_limit>",
        ),
    ),
    "classic-total": Case(
        canvas(settings="<points_possible>4</points_possible>"), canvas(settings="<points_possible>1</points_possible>")
    ),
    "classic-published": Case(
        canvas(settings="<available>true</available>"), canvas(settings="<available>false</available>")
    ),
    "classic-module-locked": Case(canvas(settings="<module_locked>true</module_locked>"), WITH_META),
    "classic-assignment-group": Case(
        canvas(settings="<assignment_group_identifierref>g</assignment_group_identifierref>"), WITH_META
    ),
    "classic-section-title": Case(quiz_of(section=' title="Part 1"'), GOOD),
    "classic-section-visible": Case(quiz_of(section=' title="Part 1" visible="true"'), GOOD),
    "classic-group-none": Case(group("0"), group("1")),
    "classic-group-too-many": Case(group("3"), group("1")),
    "classic-group-points": Case(group("1", item(points="2")), group("1", item(points="1"))),
    "classic-group-bank-missing": Case(group("1", "", banks="<sourcebank_ref>b9</sourcebank_ref>"), group("1")),
    "classic-group-banks": Case(
        group("1", "", banks="<sourcebank_ref>a</sourcebank_ref><sourcebank_ref>b</sourcebank_ref>"), group("1")
    ),
    "classic-qti2-guess": Case(qti2(), qti2(fields='<instructureField name="question_type" value="essay_question"/>')),
    "classic-qti2-interaction": Case(qti2("<itemBody><hotspotInteraction/></itemBody>"), qti2()),
    "classic-qti2-order": Case(qti2("<itemBody><orderInteraction/></itemBody>"), qti2()),
    "classic-rubric-block": Case(qti2(f"{RIGHT_2}<rubricBlock>Read.</rubricBlock>{CHOICE_2}"), qti2()),
    "classic-qti2-no-key": Case(qti2(CHOICE_2), qti2()),
}  # fmt: skip


@pytest.mark.parametrize("code", CASES)
def test_trap(code):
    holds(code, "canvas", CASES[code])
