"""The kinds of question beyond choices, as quiz text has them."""

from decimal import Decimal

import pytest

from content.numbers import Exact, Margin, NumericAnswer, PercentMargin, Range, SignificantDigits
from content.problem import Severity
from content.questions import (
    Accepted,
    Blank,
    Choice,
    Dropdown,
    Dropdowns,
    Essay,
    Feedback,
    FileUpload,
    FillInBlanks,
    Matching,
    Numerical,
    Ordering,
    Pair,
    ShortAnswer,
)
from tests.content.readers.quiz_texts import HEAD, found_in, question_of, read


def errors_below(stem: str, answers: str) -> list[tuple[str, int, int]]:
    """The errors of a question with these answers, the first of which stands on line 2."""
    return [(code, line, column) for code, severity, line, column in found_in(f"1. {stem}\n{answers}")]


class TestShortAnswer:
    def test_every_answer_may_have_a_feedback(self) -> None:
        question = question_of("1. Q\n... general\n* carbon\n  dioxide\n... of it\n* CO2\n")
        answers = (Accepted(text="carbon dioxide", feedback="of it"), Accepted(text="CO2"))
        assert question == ShortAnswer(stem="Q", feedback=Feedback(general="general"), answers=answers)

    def test_case_counts_where_its_author_says_so(self) -> None:
        question = question_of("case sensitive: true\n1. Q\n* C\n* c\n")
        assert question == ShortAnswer(stem="Q", answers=(Accepted(text="C"), Accepted(text="c")), case_sensitive=True)

    def test_an_answer_without_text_and_one_that_stands_twice_are_reported(self) -> None:
        assert errors_below("Q", "*\n* a  b\n* A B\n") == [("empty-answer", 2, 2), ("duplicate-answer", 4, 3)]


class TestNumerical:
    @pytest.mark.parametrize(
        ("written", "answer"),
        [
            ("56", Exact(value=Decimal(56))),
            ("-0.000012", Exact(value=Decimal("-0.000012"))),
            ("12_000", Exact(value=Decimal(12000))),
            ("1.2e-20", Exact(value=Decimal("1.2E-20"))),
            ("3.14 +- 0.01", Margin(value=Decimal("3.14"), margin=Decimal("0.01"))),
            ("3.14±0.01", Margin(value=Decimal("3.14"), margin=Decimal("0.01"))),
            ("-5 +- 1 %", PercentMargin(value=Decimal(-5), percent=Decimal(1))),
            ("1e3 +- 2.5%", PercentMargin(value=Decimal("1E3"), percent=Decimal("2.5"))),
            ("[3.1, 3.2]", Range(low=Decimal("3.1"), high=Decimal("3.2"))),
            ("[-1,-1]", Range(low=Decimal(-1), high=Decimal(-1))),
            ("3.1416, 3 significant digits", SignificantDigits(value=Decimal("3.1416"), digits=3)),
            ("9, 1 significant digit", SignificantDigits(value=Decimal(9), digits=1)),
        ],
    )
    def test_each_form_is_read(self, written: str, answer: NumericAnswer) -> None:
        assert question_of(f"1. Q\n= {written}\n") == Numerical(stem="Q", answers=(answer,))

    @pytest.mark.parametrize("digits", ["1.50", "123456.78901", "0.1000000000000000000000000001", "1E+2"])
    def test_a_number_keeps_its_digits(self, digits: str) -> None:
        question = question_of(f"1. Q\n= {digits}\n")
        assert isinstance(question, Numerical)
        (answer,) = question.answers
        assert isinstance(answer, Exact)
        assert str(answer.value) == digits

    def test_several_answers_each_have_their_feedback(self) -> None:
        question = question_of("1. Q\n= 1\n... one\n= 2\n... two\n")
        assert isinstance(question, Numerical)
        assert [answer.feedback for answer in question.answers] == ["one", "two"]

    @pytest.mark.parametrize(
        "written",
        ["five", "1,5", "1.2.3", "nan", "inf", "5 +- much", "[1, 2", "[1; 2]", "[1, 2, 3]", "1e400", "9" * 80, "5 m"],
    )
    def test_what_is_no_number_is_reported_once_and_where_it_stands(self, written: str) -> None:
        assert errors_below("Q", f"= {written}\n") == [("bad-number", 2, 3)]

    @pytest.mark.parametrize(
        ("written", "code"),
        [
            ("[2, 1]", "upside-down"),
            ("5 +- -1", "negative-margin"),
            ("5 +- -1%", "negative-margin"),
            ("5, 0 significant digits", "bad-digits"),
            ("5, 31 significant digits", "bad-digits"),
            ("0, 2 significant digits", "bad-digits"),
        ],
    )
    def test_an_answer_that_no_number_can_be_is_reported(self, written: str, code: str) -> None:
        assert errors_below("Q", f"= 7\n= {written}\n") == [(code, 3, 3)]


class TestMatching:
    def test_pairs_distractors_and_feedback_are_read(self) -> None:
        question = question_of("1. Q\n> **a**\n\n  more -> one\n... told\n> -> three\n> b -> one\n")
        pairs = (Pair(left="**a**\n\nmore", right="one", feedback="told"), Pair(left="b", right="one"))
        assert question == Matching(stem="Q", pairs=pairs, distractors=("three",))

    def test_the_last_arrow_parts_the_sides_and_a_backslash_makes_one_part_of_the_right(self) -> None:
        question = question_of("1. Q\n> a -> b -> c \\-> d\n> x->y -> a\\->b\\\\->c\n")
        assert isinstance(question, Matching)
        assert [(pair.left, pair.right) for pair in question.pairs] == [("a -> b", "c -> d"), ("x->y", "a->b\\->c")]

    @pytest.mark.parametrize(
        ("answers", "found"),
        [
            ("> a -> b\n> c\n", [("bad-pair", 3, 1)]),
            ("> a -> b\n", [("too-few-pairs", 1, 1)]),
            ("> a -> b\n> c ->\n", [("empty-answer", 3, 3)]),
            ("> a -> b\n> a -> c\n", [("duplicate-answer", 3, 3)]),
            ("> a -> b\n> c -> d\n> -> b\n", [("duplicate-distractor", 4, 3)]),
            ("> -> e\n> a -> b\n> c -> d\n> -> e\n", [("duplicate-distractor", 5, 3)]),
            ("> a -> b\n> c -> d\n> ->\n", [("empty-answer", 4, 3)]),
            ("> a -> b\n> c -> d\n> -> e\n... told\n", [("misplaced-feedback", 5, 1)]),
        ],
    )
    def test_what_students_could_not_match_is_reported(self, answers: str, found: list[tuple[str, int, int]]) -> None:
        assert errors_below("Q", answers) == found


class TestOrdering:
    def test_items_are_markdown_in_the_right_order(self) -> None:
        assert question_of("1. Q\n~ *a*\n  b\n~ c\n") == Ordering(stem="Q", items=("*a*\nb", "c"))

    @pytest.mark.parametrize(
        ("answers", "found"),
        [
            ("~ a\n", [("too-few-items", 1, 1)]),
            ("~ a\n~\n~ b\n", [("empty-answer", 3, 2)]),
            ("~ a\n~ b\n~ a\n", [("duplicate-answer", 4, 3)]),
            ("~ a\n... told\n~ b\n", [("misplaced-feedback", 3, 1)]),
        ],
    )
    def test_what_students_could_not_order_is_reported(self, answers: str, found: list[tuple[str, int, int]]) -> None:
        assert errors_below("Q", answers) == found


class TestBlanks:
    def test_answers_are_gathered_by_the_names_of_their_blanks(self) -> None:
        question = question_of("1. [x] is [y].\n<> [x] one\n<> [y] two\n<> [x]  uno \n   due\n")
        blanks = (Blank(name="x", answers=("one", "uno due")), Blank(name="y", answers=("two",)))
        assert question == FillInBlanks(stem="[x] is [y].", blanks=blanks)

    @pytest.mark.parametrize(
        ("stem", "answers", "found"),
        [
            ("[x]", "<> one\n", [("bad-blank", 2, 4)]),
            ("[x]", "<> [x]\n", [("empty-answer", 2, 4)]),
            ("none", "<> [x] one\n", [("bad-blank", 2, 4)]),
            ("[x] [x]", "<> [x] one\n", [("bad-blank", 2, 4)]),
            ("[x] [a b]", "<> [x] one\n<> [a b] two\n", [("bad-blank", 3, 4)]),
            ("[x] [y]", "<> [x] one\n", [("idle-blank", 1, 1)]),
            ("[x] is `a[y]`, $a[y]$, \\[b[y]\\] and [y](https://example.org)", "<> [x] one\n", []),
            ("[x]\n\n   ```\n   a[y]\n   ```", "<> [x] one\n", []),
            ("[x] is `a[y]` and [y]", "<> [x] one\n", [("idle-blank", 1, 1)]),
            ("[x]", "<> [x] one\n<> [x] One\n", [("duplicate-answer", 3, 4)]),
            ("[x]", "<> [x] one\n... told\n", [("misplaced-feedback", 3, 1)]),
        ],
    )
    def test_blanks_that_do_not_fit_the_text_are_reported(
        self, stem: str, answers: str, found: list[tuple[str, int, int]]
    ) -> None:
        assert errors_below(stem, answers) == found


class TestDropdowns:
    def test_choices_are_gathered_by_the_names_of_their_dropdowns(self) -> None:
        question = question_of("1. [x] is [y].\n{*} [x] a\n... told\n{ } [y] c\n{} [x] b\n{*} [y] d\n")
        first = (Choice(text="a", correct=True, feedback="told"), Choice(text="b"))
        second = (Choice(text="c"), Choice(text="d", correct=True))
        dropdowns = (Dropdown(name="x", choices=first), Dropdown(name="y", choices=second))
        assert question == Dropdowns(stem="[x] is [y].", dropdowns=dropdowns)

    @pytest.mark.parametrize(
        ("answers", "found"),
        [
            ("{*} [x] a\n{ } b\n", [("bad-blank", 3, 5)]),
            ("{*} [x] a\n", [("too-few-choices", 2, 5)]),
            ("{ } [x] a\n{ } [x] b\n", [("no-key", 2, 5)]),
            ("{*} [x] a\n{*} [x] b\n", [("several-keys", 2, 5)]),
            ("{*} [x] a\n{ } [x] a\n", [("duplicate-choice", 3, 5)]),
            ("{*} [x] a\n{ } [x]\n", [("empty-choice", 3, 5)]),
            ("{*} [x] a\n{ } [x] b\n{*} [y] c\n{ } [y] d\n", [("bad-blank", 4, 5)]),
        ],
    )
    def test_dropdowns_that_no_lms_can_score_are_reported(
        self, answers: str, found: list[tuple[str, int, int]]
    ) -> None:
        assert errors_below("[x]", answers) == found


class TestGradedByAPerson:
    def test_underscores_ask_for_an_essay_and_carets_for_a_file(self) -> None:
        assert question_of("1. Q\n... told\n______\n") == Essay(stem="Q", feedback=Feedback(general="told"))
        assert question_of("Points: 3\n1. Q\n^^^\n") == FileUpload(stem="Q", points=Decimal(3))

    def test_asking_twice_and_a_feedback_below_are_reported(self) -> None:
        assert errors_below("Q", "___\n___\n... told\n") == [("second-answer", 3, 1), ("misplaced-feedback", 4, 1)]


class TestHintsAndOutcomes:
    def test_hints_are_kept_in_order_wherever_they_stand(self) -> None:
        assert question_of("1. Q\n? one\n  and more\n? two\n___\n? three\n").hints == ("one\nand more", "two", "three")

    def test_outcomes_are_parted_by_commas(self) -> None:
        assert question_of("outcomes: LO 1, LO 2,\n1. Q\n___\n").outcomes == ("LO 1", "LO 2")


@pytest.mark.parametrize("answer", ["* a", "= 1", "> a -> b", "~ a", "<> [x] a", "{*} [x] a", "___", "^^^"])
def test_a_question_has_one_kind_of_answer(answer: str) -> None:
    reading = read(f"{HEAD}1. Q\n*a) yes\nb) no\n{answer}\n")
    assert [(problem.code, problem.source.line) for problem in reading.problems] == [("mixed-answers", 6)]


@pytest.mark.parametrize("line", ["case sensitive: true", "partial credit: right only"])
def test_an_option_of_another_kind_is_left_out_with_a_warning(line: str) -> None:
    assert found_in(f"{line}\n1. Q\n___\n") == [("idle-option", Severity.WARNING, 1, 1)]


def test_brackets_without_answers_are_told_of_in_their_order():
    names = ["zeta", "alpha", "mid", "beta", "x", "omega"]
    stem = " ".join(f"[{name}]" for name in names)
    problems = read(f"{HEAD}1. {stem} [there]\n<> [there] a\n").problems
    assert [problem.remedy.split()[-2] for problem in problems] == [f"[{name}]" for name in names]
