"""Every trap of New Quizzes, by its code."""

import pytest

from tests.qti_export.preflight.canvas_items import DROP, ESSAY, FIELD, FIMB, NUM, TEXT, blank, margin, number
from tests.qti_export.preflight.packages import (
    QTI,
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
CDATA = '<mattext texttype="text/html"><![CDATA[<code>&lt;b&gt;</code>]]></mattext>'
TWO = [resource("quiz/quiz.xml"), resource("two.xml", ident="r2")]

CASES = {
    "new-no-ident": Case(canvas(item(ident="")), GOOD),
    "new-type-refused": Case(canvas(item(kind="Multiple Choice")), GOOD),
    "new-unknown-type": Case(canvas(item(kind="Essay")), GOOD),
    "new-points-label": Case(canvas(item(points="", fields=field("Points_Possible", "2"))), GOOD),
    "new-stimulus": Case(canvas(item(kind=TEXT, responses="", conditions="")), GOOD),
    "new-essay-key": Case(
        canvas(item(kind=ESSAY, responses=FIELD, conditions=scoring(picked("Oslo")))),
        canvas(item(kind=ESSAY, responses=FIELD, conditions=scoring("<other/>", ""))),
    ),
    "new-number-shape": Case(number(picked("5")), number(margin("5", "5", "5"))),
    "new-number-spelling": Case(number(margin("5.0", "5", "5")), number(margin("5", "5", "5"))),
    "new-number-feedback": Case(
        canvas(
            item(
                kind=NUM,
                responses=FIELD,
                conditions=scoring(margin("5", "4", "6"), shows="1_fb"),
                feedback=told("1_fb"),
            )
        ),
        number(margin("5", "4", "6")),
    ),
    "new-feedback-ident": Case(canvas(item(feedback=told("all_fb"))), canvas(item(feedback=told("general_fb")))),
    "new-feedback-depth": Case(
        canvas(item(feedback=f'<itemfeedback ident="general_fb">{mattext("x")}</itemfeedback>')),
        canvas(item(feedback=told("general_fb"))),
    ),
    "new-blank-name": Case(blank("größe", stem="A [größe].", kind=FIMB), blank()),
    "new-plain-html": Case(
        canvas(item(responses=lid("response1", label("1", "<script>", "text/plain")))),
        canvas(item(responses=lid("response1", label("1", "<code>&lt;script&gt;</code>")))),
    ),
    "new-typed-html": Case(
        blank(labels=label("1", "a & b", "text/plain"), kind=DROP), blank(labels=label("1", "a and b", "text/plain"))
    ),
    "new-cdata": Case(
        canvas(qti=assessment(item(stem="MARK").replace('<mattext texttype="text/html">MARK</mattext>', CDATA))),
        canvas(item(stem="<code>&lt;b&gt;</code>")),
    ),
    "new-no-key": Case(canvas(item(conditions="")), GOOD),
    "new-no-manifest": Case(zipped({"quiz.xml": assessment(item())}), GOOD),
    "new-nothing": Case(canvas(kind="imsqti_xmlv1p1"), GOOD),
    "new-not-listed": Case(canvas(files={"two.xml": assessment(item(), ident="two")}), GOOD),
    "new-one-at-a-time": Case(
        zipped(
            {
                "imsmanifest.xml": canvas_manifest(*TWO),
                "quiz/quiz.xml": assessment(item()),
                "two.xml": assessment(item(ident="q2"), ident="two"),
            }
        ),
        GOOD,
    ),
    "new-settings-lost": Case(
        canvas(files={"quiz/assessment_meta.xml": "<quiz/>"}), canvas(settings="<title>Quiz</title>")
    ),
    "new-broken-xml": Case(canvas(qti=f'<questestinterop xmlns="{QTI}"><assessment>'), GOOD),
}


@pytest.mark.parametrize("code", CASES)
def test_trap(code):
    holds(code, "canvas-new", CASES[code])
