"""How the lines of a quiz text make texts, what is left out of them, and what no line can mean."""

import pytest

from content.problem import Severity
from tests.content.readers.quiz_texts import CHOICES, HEAD, found_in, question_of, quiz_of, read


class TestText:
    def test_further_paragraphs_and_code_keep_their_white_space(self) -> None:
        question = question_of(
            "1.  What does this print?\n\n    ```python\n    if x:\n        y = '''\n\n          a\n    '''\n"
            f"    \tz\n    ```\n\n    Think.\n{CHOICES}"
        )
        assert question.stem == (
            "What does this print?\n\n```python\nif x:\n    y = '''\n\n      a\n'''\n\tz\n```\n\nThink."
        )

    @pytest.mark.parametrize("indent", [" ", "  ", "    ", "\t"])
    def test_a_text_continues_however_little_it_is_indented(self, indent: str) -> None:
        question = question_of(f"1.  Long\n{indent}question\n\n{indent}more\n{CHOICES}")
        assert question.stem == "Long\nquestion\n\nmore"

    def test_the_indentation_of_code_is_kept_where_all_of_it_is_indented_less_than_the_text(self) -> None:
        question = question_of(f"12.   Look:\n\n  ```\n  if x:\n      y\n  ```\n{CHOICES}")
        assert question.stem == "Look:\n\n```\nif x:\n    y\n```"

    def test_a_tab_counts_to_the_next_multiple_of_four(self) -> None:
        question = question_of(f"1.\tLook:\n\n\t\tcode\n\tend\n{CHOICES}")
        assert question.stem == "Look:\n\n\tcode\nend"

    def test_what_is_indented_by_more_than_the_text_keeps_what_is_more(self) -> None:
        assert question_of(f"1. Look:\n\n       code\n{CHOICES}").stem == "Look:\n\n    code"
        assert question_of(f"1. Look:\n\tcode\n   end\n{CHOICES}").stem == "Look:\n code\nend"

    def test_a_text_may_begin_below_its_mark(self) -> None:
        assert question_of(f"1.\n   Look\n     here\n{CHOICES}").stem == "Look\n  here"

    def test_what_looks_like_a_mark_is_text_where_it_is_indented(self) -> None:
        stem = "*a) Which\nb) of these\n% is\n... a\n[*] mark\nPoints: 3\n___"
        assert question_of(f"1. {stem.replace(chr(10), chr(10) + '   ')}\n{CHOICES}").stem == stem

    def test_no_break_spaces_from_a_word_processor_are_white_space_behind_a_mark(self) -> None:
        assert question_of("1.\xa0Q\n*a)\xa0yes\nb)\xa0no\n").stem == "Q"

    @pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
    def test_line_ends_of_every_system_are_read(self, end: str) -> None:
        text = f"\ufeffQuiz title: T\n\n1. Q\n   more\n{CHOICES}"
        assert quiz_of(text.replace("\n", end)).questions[0].stem == "Q\nmore"

    def test_other_line_separators_are_part_of_the_text(self) -> None:
        assert question_of(f"1. a\u2029b\u2028c\n{CHOICES}").stem == "a\u2029b\u2028c"

    @pytest.mark.parametrize("hidden", ["\x00", "\x1f", "\x7f", "\x80", "\x85", "\x9f", "\ud800"])
    def test_characters_that_no_page_shows_are_reported_and_left_out(self, hidden: str) -> None:
        text = f"{HEAD}1. a{hidden}b\x0b\n*a) yes\nb) n\ufffeo\n"
        assert found_in(text) == [
            ("control-character", Severity.WARNING, 3, 5),
            ("control-character", Severity.WARNING, 5, 5),
        ]
        quiz = read(text).quiz
        assert quiz is not None
        assert quiz.questions[0].stem == "ab"


class TestComments:
    def test_comments_are_left_out_wherever_they_stand(self) -> None:
        question = question_of(f"% one\n1. a\n% two\n   b\nCOMMENT\n*z) no\n% x\nEND_COMMENT\n   c\n{CHOICES}")
        assert question.stem == "a\nb\nc"

    def test_a_comment_without_an_end_is_reported_where_it_begins(self) -> None:
        assert found_in(f"1. Q\n{CHOICES}COMMENT\n2. R\n") == [("open-comment", Severity.ERROR, 4, 1)]

    def test_an_end_without_a_comment_is_reported(self) -> None:
        assert found_in(f"1. Q\n{CHOICES}END_COMMENT\n") == [("stray-mark", Severity.ERROR, 4, 1)]


class TestUnreadable:
    def test_lines_without_a_mark_are_reported_once_for_each_run(self) -> None:
        text = f"1. Q\nlost\nagain\n{CHOICES}\nlost\n  indented\n\n   more\n\nlost\n"
        assert found_in(text) == [("unmarked-line", Severity.ERROR, line, 1) for line in (2, 7, 12)]

    @pytest.mark.parametrize(
        "line", ["+yes", "...told", "-5", "1.Which", "*right", "=5", "a.yes", ">a -> b", "~a", "<>[x] y", "?hint"]
    )
    def test_a_mark_without_a_space_is_reported_with_that_hint(self, line: str) -> None:
        (problem,) = read(f"{HEAD}1. Q\n{CHOICES}{line}\n").problems
        assert (problem.code, problem.source.line) == ("unmarked-line", 6)
        assert "space" in problem.sentence

    def test_an_indented_line_with_nothing_above_it_is_reported(self) -> None:
        assert found_in(f"  lost\n1. Q\n{CHOICES}") == [("unmarked-line", Severity.ERROR, 1, 1)]

    def test_answers_below_an_unreadable_question_are_not_given_to_the_one_above(self) -> None:
        text = f"1. Q\n{CHOICES}\nQ2 What?\n*a) x\n*b) y\n\n3. R\n{CHOICES}"
        assert found_in(text) == [("unmarked-line", Severity.ERROR, 5, 1)]

    def test_code_that_is_not_indented_is_one_problem(self) -> None:
        assert found_in(f"1. Q\n```\n1. a\n*b) c\n```\n{CHOICES}") == [("unmarked-line", Severity.ERROR, 2, 1)]

    def test_answers_without_a_question_are_reported(self) -> None:
        assert found_in(f"*a) x\n1. Q\n{CHOICES}") == [("stray-mark", Severity.ERROR, 1, 1)]

    @pytest.mark.parametrize(
        "text", ["", "\n\n", "Once upon a time\nthere was.\n", "%PDF-1.7\n\x00\x01", "PK\x03\x04", "a) x"]
    )
    def test_what_is_no_quiz_gets_one_problem(self, text: str) -> None:
        reading = read(text)
        assert reading.quiz is None
        assert [(problem.code, str(problem.source)) for problem in reading.problems] == [("no-quiz", "quiz.md")]

    def test_a_quiz_without_questions_is_reported(self) -> None:
        assert found_in("Quiz title: T\n") == [("no-questions", Severity.ERROR, 0, 1)]

    def test_several_problems_come_in_one_run_in_the_order_of_the_lines(self) -> None:
        text = "Shuffle answers: perhaps\n1. Q\na) x\nb) x\nPoints: no\n2.\n[ ] x\nlost\n3. R\n= five\n"
        assert found_in(text) == [
            ("bad-option", Severity.ERROR, 1, 18),
            ("no-key", Severity.ERROR, 2, 1),
            ("duplicate-choice", Severity.WARNING, 4, 4),
            ("bad-option", Severity.ERROR, 5, 9),
            ("empty-stem", Severity.ERROR, 6, 1),
            ("too-few-choices", Severity.ERROR, 6, 1),
            ("no-key", Severity.ERROR, 6, 1),
            ("unmarked-line", Severity.ERROR, 8, 1),
            ("bad-number", Severity.ERROR, 10, 3),
        ]
