from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.problem import Severity
from content.questions import (
    Choice,
    Feedback,
    MultipleChoice,
    MultipleResponse,
    PartialCredit,
    TrueFalse,
)
from content.quiz import Quiz, Settings, Shown
from tests.content.readers.quiz_texts import CHOICES, HEAD, found_in, question_of, quiz_of, read
from tests.content.strategies import TRICKY_LINES
from tests.shared import shared
from tests.stopwatch import cpu_seconds


def test_text2qtis_own_example_reads_as_its_readme_says() -> None:
    text = shared("corpus/text2qti/readme_example_02.txt").read_text(encoding="utf-8")
    this = "Feedback for this particular answer."
    assert quiz_of(text) == Quiz(
        title="Addition",
        description="Checking addition.",
        parts=(
            MultipleChoice(
                title="An addition question",
                points=Decimal(2),
                stem="What is 2+3?",
                feedback=Feedback(
                    general="General question feedback.",
                    correct="Feedback for correct answer.",
                    incorrect="Feedback for incorrect answer.",
                ),
                choices=(
                    Choice(text="6", feedback=this),
                    Choice(text="1", feedback=this),
                    Choice(text="5", correct=True, feedback=this),
                ),
            ),
        ),
    )


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("readme_example_04.txt", ["numerical"] * 3),
        ("readme_example_06.txt", ["essay"]),
        ("readme_example_12.txt", ["true_false"] * 3),
    ],
)
def test_text2qtis_other_examples_are_read_whole(name: str, kinds: list[str]) -> None:
    reading = read(shared(f"corpus/text2qti/{name}").read_text(encoding="utf-8"))
    assert reading.ok
    assert reading.quiz is not None
    assert [question.kind for question in reading.quiz.questions] == kinds


def test_code_that_writes_questions_is_named_with_its_line() -> None:
    reading = read(shared("corpus/text2qti/molpopgen_quiz.md").read_text(encoding="utf-8"))
    assert not reading.ok
    assert [problem.source.line for problem in reading.problems if problem.code == "not-yet"] == [5, 29]


def test_every_file_of_text2qtis_corpus_is_read_without_a_crash() -> None:
    files = sorted(shared("corpus/text2qti").iterdir())
    assert files
    for file in files:
        read(file.read_text(encoding="utf-8"))


class TestQuizOptions:
    def test_all_of_them_are_read_in_any_order_and_case(self) -> None:
        quiz = quiz_of(
            "can’t go back: True\nONE QUESTION AT A TIME: yes\nShow correct answers:false\nshuffle Answers: TRUE\n"
            "Pass mark: 80 %\nquiz description: Some *text*.\n\n    More.\nQuiz Title: Week\n  three\nid: week-3\n\n"
            f"1. Q\n{CHOICES}"
        )
        assert (quiz.title, quiz.id, quiz.description) == ("Week three", "week-3", "Some *text*.\n\nMore.")
        assert quiz.settings == Settings(
            shuffle_answers=True,
            show_answers=Shown.NEVER,
            one_question_at_a_time=True,
            cant_go_back=True,
            pass_mark=Decimal("0.8"),
        )

    @pytest.mark.parametrize(("written", "mark"), [("80%", "0.8"), ("0.8", "0.8"), ("66.5%", "0.665"), ("1", "1")])
    def test_a_pass_mark_is_a_percentage_or_a_share(self, written: str, mark: str) -> None:
        assert quiz_of(f"{HEAD}pass mark: {written}\n\n1. Q\n{CHOICES}").settings.pass_mark == Decimal(mark)

    def test_a_quiz_without_a_title_gets_text2qtis_and_a_warning(self) -> None:
        reading = read(f"1. Q\n{CHOICES}")
        assert reading.quiz is not None
        assert reading.quiz.title == "Quiz"
        assert [(problem.code, problem.severity) for problem in reading.problems] == [
            ("default-title", Severity.WARNING)
        ]

    def test_below_the_first_question_they_are_too_late(self) -> None:
        text = f"1. Q\n{CHOICES}Shuffle answers: true\n2. R\n{CHOICES}"
        assert found_in(text) == [("late-option", Severity.ERROR, 4, 1)]

    def test_options_of_a_solutions_file_are_left_out_with_a_note(self) -> None:
        text = f"Feedback is solution: true\nSolutions sample groups: true\n1. Q\n{CHOICES}! Because.\n"
        assert found_in(text) == [("left-out", Severity.NOTE, line, 1) for line in (1, 2, 6)]


class TestIds:
    def test_in_a_paragraph_of_its_own_the_id_is_the_quizs(self) -> None:
        quiz = quiz_of(f"Quiz title: T\n\nid: one\n\n1. Q\n{CHOICES}")
        assert (quiz.id, quiz.questions[0].id) == ("one", "")

    def test_below_other_lines_of_the_quiz_the_id_is_the_quizs(self) -> None:
        quiz = quiz_of(f"Quiz title: T\nid: one\n1. Q\n{CHOICES}")
        assert (quiz.id, quiz.questions[0].id) == ("one", "")

    def test_directly_above_the_first_question_the_id_is_the_questions(self) -> None:
        quiz = quiz_of(f"Quiz title: T\n\nid: two\nPoints: 1\n1. Q\n{CHOICES}")
        assert (quiz.id, quiz.questions[0].id) == ("", "two")

    def test_where_the_quiz_has_one_the_next_id_is_the_questions(self) -> None:
        quiz = quiz_of(f"Quiz title: T\nid: one\nid: two\n1. Q\n{CHOICES}\nid: three\n\n2. R\n{CHOICES}")
        assert (quiz.id, [question.id for question in quiz.questions]) == ("one", ["two", "three"])

    def test_an_id_that_is_taken_is_reported_with_both_lines(self) -> None:
        text = f"{HEAD}id: two\n1. Q\n{CHOICES}\nid: two\n2. R\n{CHOICES}"
        (problem,) = read(text).problems
        assert (problem.code, problem.source.line, problem.source.column) == ("duplicate-id", 8, 5)
        assert "line 3" in problem.sentence

    @pytest.mark.parametrize("written", ["3", "a b", "a--b", "é", "a" * 65])
    def test_an_id_that_an_lms_would_change_is_reported(self, written: str) -> None:
        assert found_in(f"{HEAD}id: {written}\n1. Q\n{CHOICES}") == [("bad-id", Severity.ERROR, 3, 5)]


class TestQuestionOptions:
    def test_all_of_them_are_read_in_any_order(self) -> None:
        question = question_of(
            "tags: a b, c,, a b\npartial credit: All or  Nothing\nid: q-1\npoints: 0.25\nTITLE: Of\n things\n"
            "1. Q\n[*] yes\n[ ] no\n"
        )
        assert isinstance(question, MultipleResponse)
        assert question.tags == ("a b", "c")
        assert question.partial_credit is PartialCredit.ALL_OR_NOTHING
        assert (question.id, question.points, question.title) == ("q-1", Decimal("0.25"), "Of things")

    @pytest.mark.parametrize(
        "line", ["Points: many", "Points: -1", "Points: 1e3", "Points: 1,5", "partial credit: some", "Points: "]
    )
    def test_a_bad_value_is_reported_where_it_stands(self, line: str) -> None:
        at = line.index(":") + 3
        assert found_in(f"{line}\n1. Q\n[*] yes\n[ ] no\n") == [("bad-option", Severity.ERROR, 1, at)]

    def test_points_must_be_above_zero(self) -> None:
        assert found_in(f"Points: 0\n1. Q\n{CHOICES}") == [("bad-points", Severity.ERROR, 1, 9)]

    def test_a_title_that_no_lms_takes_is_reported(self) -> None:
        assert found_in(f"Title: {'x' * 256}\n1. Q\n{CHOICES}") == [("long-title", Severity.ERROR, 1, 8)]

    def test_a_line_given_twice_is_reported_with_both_lines(self) -> None:
        (problem,) = read(f"{HEAD}Points: 2\nPoints: 3\n1. Q\n{CHOICES}").problems
        assert (problem.code, problem.source.line) == ("duplicate-option", 4)
        assert "line 3" in problem.sentence

    def test_below_its_question_a_line_is_misplaced(self) -> None:
        text = f"1. Q\nPoints: 2\n{CHOICES}\nTitle: last\n"
        assert found_in(text) == [
            ("misplaced-option", Severity.ERROR, 2, 1),
            ("misplaced-option", Severity.ERROR, 6, 1),
        ]

    def test_a_misplaced_line_is_not_given_to_the_next_question(self) -> None:
        reading = read(f"{HEAD}1. Q\nPoints: 2\n{CHOICES}2. R\n{CHOICES}")
        assert [(problem.code, problem.source.line) for problem in reading.problems] == [("misplaced-option", 4)]
        assert reading.quiz is not None
        assert [question.points for question in reading.quiz.questions] == [1, 1]

    def test_partial_credit_means_nothing_where_one_choice_is_picked(self) -> None:
        text = f"partial credit: right only\n1. Q\n{CHOICES}"
        assert found_in(text) == [("idle-option", Severity.WARNING, 1, 1)]

    def test_an_unknown_line_is_reported_with_a_guess(self) -> None:
        (problem,) = read(f"{HEAD}Poinst: 2\n1. Q\n{CHOICES}").problems
        assert (problem.code, problem.source.line) == ("unknown-option", 3)
        assert "Points:" in problem.remedy


class TestReview:
    def test_the_line_keeps_the_quiz_from_use_and_says_why(self) -> None:
        reading = read(f"{HEAD}needs review: The page does not show\n  which choice is right.\n1. Q\na) x\n")
        (problem,) = reading.problems
        assert (problem.code, problem.severity, problem.source.line) == ("needs-review", Severity.ERROR, 3)
        assert "The page does not show which choice is right." in problem.sentence
        assert reading.quiz is not None
        assert reading.quiz.questions[0].needs_review == "The page does not show which choice is right."

    @pytest.mark.parametrize("rest", ["1. Q\n", "1.\n", "1. Q\na)\n", "1. Q\na) x\nb) y\n", "1. Q\n*a) x\n*b) y\n"])
    def test_while_it_stands_the_rest_may_be_incomplete(self, rest: str) -> None:
        assert [found[0] for found in found_in(f"needs review: Look.\n{rest}")] == ["needs-review"]


class TestChoices:
    @pytest.mark.parametrize("marks", [("*a)", "b)"), ("*A)", "B)"), ("*a.", "b."), ("*x)", "x)")])
    def test_letters_are_free_and_may_be_followed_by_a_period(self, marks: tuple[str, str]) -> None:
        question = question_of(f"1. Q\n{marks[0]} yes\n{marks[1]} no\n")
        assert question == MultipleChoice(stem="Q", choices=(Choice(text="yes", correct=True), Choice(text="no")))

    def test_boxes_let_students_pick_several(self) -> None:
        question = question_of("1. Q\n[*] yes\n[ ] no\n[]\tneither\n")
        choices = (Choice(text="yes", correct=True), Choice(text="no"), Choice(text="neither"))
        assert question == MultipleResponse(stem="Q", choices=choices)

    @pytest.mark.parametrize("words", [("True", "False"), ("true", "false"), ("TRUE", "False")])
    def test_the_two_words_alone_make_a_true_false_question(self, words: tuple[str, str]) -> None:
        question = question_of(f"1. Q\na) {words[0]}\n*b) {words[1]}\n")
        assert question == TrueFalse(stem="Q", choices=(Choice(text="True"), Choice(text="False", correct=True)))

    def test_a_third_choice_makes_it_multiple_choice(self) -> None:
        assert question_of("1. Q\n*a) True\nb) False\nc) Perhaps\n").kind == "multiple_choice"

    @pytest.mark.parametrize(
        ("choices", "found"),
        [
            ("a) x\nb) y\n", ("no-key", Severity.ERROR, 3, 1)),
            ("[ ] x\n[ ] y\n", ("no-key", Severity.ERROR, 3, 1)),
            ("*a) x\n*b) y\n", ("several-keys", Severity.ERROR, 3, 1)),
            ("*a) x\n", ("too-few-choices", Severity.ERROR, 3, 1)),
            ("", ("too-few-choices", Severity.ERROR, 3, 1)),
            ("*a) x\nb)\n", ("empty-choice", Severity.ERROR, 5, 3)),
            ("*a) x\nb) y\nc) x\n", ("duplicate-choice", Severity.WARNING, 6, 4)),
            ("*a) x\n[ ] y\nb) z\n", ("mixed-answers", Severity.ERROR, 5, 1)),
        ],
    )
    def test_choices_that_no_lms_can_score_are_reported(
        self, choices: str, found: tuple[str, Severity, int, int]
    ) -> None:
        assert found_in(f"{HEAD}1. Q\n{choices}") == [found]

    def test_a_question_without_text_is_reported(self) -> None:
        assert found_in(f"1.\n{CHOICES}") == [("empty-stem", Severity.ERROR, 1, 1)]


class TestFeedback:
    def test_all_four_kinds_are_read(self) -> None:
        question = question_of("1. Q\n... general\n+ right\n- wrong\n*a) yes\n… of a\nb) no\n... of b\n    and more\n")
        assert question.feedback == Feedback(general="general", correct="right", incorrect="wrong")
        assert isinstance(question, MultipleChoice)
        assert [choice.feedback for choice in question.choices] == ["of a", "of b\nand more"]

    def test_the_same_feedback_twice_is_reported_with_both_lines(self) -> None:
        reading = read(f"{HEAD}1. Q\n+ one\n+ two\n*a) yes\n... one\n... two\nb) no\n")
        assert [(problem.code, problem.source.line) for problem in reading.problems] == [
            ("duplicate-feedback", 5),
            ("duplicate-feedback", 8),
        ]
        assert "line 4" in reading.problems[0].sentence
        assert "line 7" in reading.problems[1].sentence


tricky = st.sampled_from([*TRICKY_LINES, "1. Q", "Points: 0", "tags: ,", "pass mark: 8", "\x00", "\ud800", "\r"])


@given(st.lists(tricky | st.text(max_size=20), max_size=30).map("\n".join) | st.text())
def test_no_text_makes_it_raise_and_every_problem_has_a_place_in_the_file(text: str) -> None:
    reading = read(text)
    last = len(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    assert all(0 <= problem.source.line <= last and problem.source.column >= 1 for problem in reading.problems)
    assert [problem.source.line for problem in reading.problems] == sorted(p.source.line for p in reading.problems)
    assert reading.quiz is not None or not reading.ok


@pytest.mark.parametrize(
    "piece",
    [
        "1. Q\n*a) x\nb) y\n\n",
        "lost\n\n",
        "id: x\n",
        "a: b\n",
        "\n",
        "  x\n",
        "``` \n",
        "COMMENT\n",
        "x",
        " ",
        "1. \t",
        "Title: ",
        "'",
    ],
)
def test_time_grows_with_the_length_of_the_text_and_no_faster(piece: str) -> None:
    def seconds(count: int) -> float:
        text = "1. Q\n" + piece * count
        return cpu_seconds(lambda: read(text))

    seconds(100)
    # A busy machine can make it look slower once, but what is quadratic always takes 64 times as long.
    assert any(seconds(32_000) < 24 * max(seconds(4_000), 0.005) for _ in range(3))
