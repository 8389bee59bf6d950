"""Items for the traps of Canvas, Classic and New Quizzes alike."""

from tests.qti_export.preflight.packages import QTI, canvas, item, label, lid, mattext, picked, scoring

MA, TF, SA = "multiple_answers_question", "true_false_question", "short_answer_question"
NUM, FIMB, DROP = "numerical_question", "fill_in_multiple_blanks_question", "multiple_dropdowns_question"
MATCH, ESSAY, TEXT = "matching_question", "essay_question", "text_only_question"
FIELD = '<response_str ident="response1"><render_fib><response_label ident="answer1"/></render_fib></response_str>'
PNG = {"img/x.png": b"png"}
BANK = f'<questestinterop xmlns="{QTI}"><objectbank ident="b1">{item(ident="b")}</objectbank></questestinterop>'


def number(test: str) -> bytes:
    return canvas(item(kind=NUM, responses=FIELD, conditions=scoring(test)))


def margin(exact: str, low: str, high: str, below: str = "vargte") -> str:
    inner = f'<{below} respident="r">{low}</{below}><varlte respident="r">{high}</varlte>'
    return f'<or><varequal respident="r">{exact}</varequal><and>{inner}</and></or>'


def blank(
    name: str = "pet", *, stem: str = "A [pet].", labels: str = "", conditions: str | None = None, kind=FIMB, **more
):
    choices = labels or label("1", "cat", "text/plain")
    scored = scoring(picked("1", f"response_{name}"), action="Add") if conditions is None else conditions
    shown = mattext(name, "text/plain")
    return canvas(
        item(kind=kind, stem=stem, responses=lid(f"response_{name}", choices, shown), conditions=scored, **more)
    )
