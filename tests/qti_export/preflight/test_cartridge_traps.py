"""Every trap of Moodle's restore of a Common Cartridge, by its code."""

import pytest

from tests.qti_export.preflight.canvas_items import BANK, FIELD, PNG
from tests.qti_export.preflight.packages import (
    CC,
    CC_QUIZ,
    LONG,
    YES_NO,
    assessment,
    canvas,
    cartridge,
    cc_item,
    cc_manifest,
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

GOOD = cartridge()
MR, FIB, TF = "cc.multiple_response.v0p1", "cc.fib.v0p1", "cc.true_false.v0p1"
PICTURE = resource("img/x.png", "webcontent", "f1")
RIGHT = f"<and>{picked('1', case='Yes')}<not>{picked('2', case='Yes')}</not></and>"
QUIZ = resource("quiz.xml", CC_QUIZ)


def cc(**parts: str) -> bytes:
    return cartridge(cc_item(**parts))


def named(manifest: str) -> bytes:
    return cartridge(manifest=manifest)


def fib(*conditions: str, **more: str) -> bytes:
    tests = "".join(conditions) or scoring(picked("Oslo"))
    return cc(profile=FIB, responses=FIELD, conditions=tests, **more)


def given(head: str, *items: str, title: str = "Quiz", section: str = "") -> bytes:
    return cartridge(qti=assessment(*(items or (cc_item(),)), head=head, title=title, section=section))


def true_false(one: str, two: str) -> bytes:
    return cc(profile=TF, responses=lid("response1", label(one, "Yes") + label(two, "No")))


def version(number: str) -> str:
    return cc_manifest(QUIZ, open_tag=f'<manifest xmlns="http://www.imsglobal.org/xsd/imsccv{number}/imscp_v1p1">')


OLD = '<manifest xmlns="http://www.imsglobal.org/xsd/imscc/imscp_v1p1" identifier="m">'
ROLE = "<intendedEndUserRole><value>Instructor</value></intendedEndUserRole>"
HIDDEN = f"<metadata><lom><educational>{ROLE}</educational></lom></metadata>"

CASES = {
    "moodle-no-qti": Case(canvas(), GOOD),
    "cartridge-version": Case(named(version("1p3")), GOOD),
    "cartridge-undetected": Case(
        named(cc_manifest(QUIZ, open_tag=f'<!-- {"x" * 1100} --><manifest xmlns="{CC}">')), GOOD
    ),
    "cartridge-prefixed": Case(
        named(
            cc_manifest(QUIZ)
            .replace("<resource ", f'<p:resource xmlns:p="{CC}" ')
            .replace("</resource>", "</p:resource>")
        ),
        GOOD,
    ),
    "cartridge-manifest-broken": Case(named(cc_manifest(QUIZ).replace("</metadata>", "")), GOOD),
    "cartridge-metadata": Case(
        named(cc_manifest(QUIZ, head="<schema>IMS Common Cartridge</schema><schemaversion>1.1</schemaversion>")), GOOD
    ),
    "cartridge-organization": Case(
        named(cc_manifest(QUIZ).replace('structure="rooted-hierarchy"', 'structure="flat"')), GOOD
    ),
    "cartridge-resource-type": Case(
        named(cc_manifest(QUIZ, resource("a.html", "imsqti_xmlv1p2/imscc_xmlv1p2/assessment", "x"))), GOOD
    ),
    "cartridge-protected": Case(named(cc_manifest(QUIZ).replace("<resources>", "<authorizations/><resources>")), GOOD),
    "cartridge-file": Case(cartridge(qti="<questestinterop/>"), GOOD),
    "cartridge-no-item": Case(named(cc_manifest(QUIZ).replace('identifierref="r1"', 'identifierref="r9"')), GOOD),
    "cartridge-hidden": Case(named(cc_manifest(resource("quiz.xml", CC_QUIZ, more=HIDDEN))), GOOD),
    "cartridge-no-known-item": Case(cartridge(item()), GOOD),
    "cartridge-nested-section": Case(cartridge(cc_item(), f"<section>{cc_item(ident='q2')}</section>"), GOOD),
    "cartridge-section-title": Case(given("", section=' title="Part 1"'), GOOD),
    "cartridge-name": Case(given("", title="Another"), GOOD),
    "cartridge-bank-title": Case(
        cartridge(qti=BANK, manifest=cc_manifest(resource("quiz.xml", CC_QUIZ.replace("assessment", "question-bank")))),
        GOOD,
    ),
    "cartridge-total": Case(GOOD, cartridge(*(cc_item(ident=f"q{number}") for number in range(4)))),
    "cartridge-marks": Case(cc(weight=field("cc_weighting", "2")), GOOD),
    "cartridge-behaviour": Case(GOOD, canvas()),
    "cartridge-attempts": Case(
        given(f"<qtimetadata>{field('cc_maxattempts', 'Unlimited')}</qtimetadata>"),
        given(f"<qtimetadata>{field('cc_maxattempts', 'unlimited')}</qtimetadata>"),
    ),
    "cartridge-settings": Case(given(f"<qtimetadata>{field('cc_allow_late_submission', 'yes')}</qtimetadata>"), GOOD),
    "cartridge-description": Case(given(f"<rubric>{mattext('Read this.')}</rubric>"), GOOD),
    "cartridge-same-ident": Case(cartridge(cc_item(), cc_item()), cartridge(cc_item(), cc_item(ident="q2"))),
    "cartridge-picture-path": Case(
        cartridge(
            cc_item(stem='<img src="$IMS-CC-FILEBASE$/img/x.png">'),
            manifest=cc_manifest(resource("qz/quiz.xml", CC_QUIZ), PICTURE),
            path="qz/quiz.xml",
            files=PNG,
        ),
        cartridge(cc_item(stem='<img src="$IMS-CC-FILEBASE$/img/x.png">'), listed=PICTURE, files=PNG),
    ),
    "cartridge-profile": Case(cartridge(cc_item(), item(ident="q2")), GOOD),
    "cartridge-long-name": Case(cc(title=LONG), GOOD),
    "cartridge-no-name": Case(cc(title=""), GOOD),
    "cartridge-quote-ident": Case(cc(ident="a&quot;b"), GOOD),
    "cartridge-zero-ident": Case(cc(responses=lid("response1", YES_NO + label("0", "none"))), GOOD),
    "cartridge-ident-case": Case(cc(responses=lid("response1", label("a", "x") + label("A", "y"))), GOOD),
    "cartridge-weight": Case(cc(weight=field("cc_weighting", "2.5")), cc(weight=field("cc_weighting", "2"))),
    "cartridge-nested-key": Case(cc(conditions=scoring(f"<or>{picked('1')}</or>")), GOOD),
    "cartridge-partial": Case(cc(conditions=scoring(picked("1"), "50")), GOOD),
    "cartridge-old-scores": Case(named(cc_manifest(QUIZ, open_tag=OLD)), GOOD),
    "cartridge-response-case": Case(
        cc(profile=MR, conditions=scoring(RIGHT.replace(' case="Yes"', ""))), cc(profile=MR, conditions=scoring(RIGHT))
    ),
    "cartridge-response-added": Case(
        cc(profile=MR, conditions=scoring(picked("1", case="Yes"), "50", action="Add")),
        cc(profile=MR, conditions=scoring(RIGHT)),
    ),
    "cartridge-response-free": Case(cc(profile=MR, conditions=scoring(RIGHT)), GOOD),
    "cartridge-true-false": Case(true_false("True", "False"), true_false("true", "false")),
    "cartridge-typed-score": Case(fib(scoring(picked("Oslo"), "100.0")), fib()),
    "cartridge-typed-several": Case(fib(scoring(picked("Oslo")) + scoring(picked("Christiania"))), fib()),
    "cartridge-typed-zero": Case(fib(scoring(picked("0"))), fib()),
    "cartridge-typed-star": Case(fib(scoring(picked("O*o"))), fib(scoring(picked(r"O\*o")))),
    "cartridge-pattern-match": Case(
        cc(profile="cc.pattern_match.v0p1", responses=FIELD, conditions=scoring(picked("Oslo"))), fib()
    ),
    "cartridge-typed-feedback": Case(fib(scoring(picked("Oslo"), shows="a_fb"), feedback=told("a_fb")), fib()),
    "cartridge-feedback-depth": Case(
        cc(feedback=f'<itemfeedback ident="a">{mattext("x")}</itemfeedback>'), cc(feedback=told("a"))
    ),
    "cartridge-feedback-unlinked": Case(
        cc(feedback=told("a")), cc(conditions=scoring(picked("1"), shows="a"), feedback=told("a"))
    ),
    "cartridge-feedback-general": Case(
        cc(conditions=scoring(picked("1"), shows="a", goes_on="Yes"), feedback=told("a")),
        cc(conditions=scoring(picked("1"), shows="a"), feedback=told("a")),
    ),
    "cartridge-zero-text": Case(cc(responses=lid("response1", YES_NO + label("3", "0"))), GOOD),
    "cartridge-code": Case(cc(stem="<code>&lt;b&gt;</code>"), cc(stem="5 &lt; 6")),
    "cartridge-line-break": Case(cc(stem="a<br>b"), GOOD),
    "cartridge-second-text": Case(cc(responses=mattext("more") + lid("response1", YES_NO)), GOOD),
    "cartridge-answer-picture": Case(
        cartridge(
            cc_item(responses=lid("response1", YES_NO + label("3", '<img src="img/x.png">'))), files=PNG, listed=PICTURE
        ),
        GOOD,
    ),
    "cartridge-hints": Case(cc(feedback="<hint>Think.</hint>"), GOOD),
}


@pytest.mark.parametrize("code", CASES)
def test_trap(code):
    holds(code, "moodle", CASES[code])


def test_a_file_that_a_cartridge_lists_and_lacks_ends_the_restore():
    holds("cartridge-file", "moodle", Case(zipped({"imsmanifest.xml": cc_manifest(QUIZ)}), GOOD))
