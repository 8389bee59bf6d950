"""What Canvas's two importers make of all kinds other than choices."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from content.questions import Question
from qti_export import export
from tests.qti_export.canvas import new_quizzes
from tests.qti_export.canvas.classic import read
from tests.qti_export.canvas.exported import codes, item_of
from tests.qti_export.kinds import (
    dropdowns,
    essay,
    file_upload,
    fill_in_blanks,
    matching,
    numerical,
    ordering,
    short_answer,
    text_block,
)
from tests.qti_export.packages import metadata, qti_items
from tests.qti_export.quizzes import ALL_FEEDBACK, quiz

COMMENTS = {"neutral": "Said always.", "correct": "Said when right.", "incorrect": "Said when not."}

EVERY_KIND = [
    (short_answer(), "short_answer_question"),
    (numerical(), "numerical_question"),
    (matching(), "matching_question"),
    (ordering(), "matching_question"),
    (fill_in_blanks(), "fill_in_multiple_blanks_question"),
    (dropdowns(), "multiple_dropdowns_question"),
    (essay(), "essay_question"),
    (file_upload(), "file_upload_question"),
]
every_kind = pytest.mark.parametrize(("question", "name"), EVERY_KIND, ids=[kind.kind for kind, _ in EVERY_KIND])


class TestEveryKind:
    @every_kind
    def test_is_named_as_both_importers_know_it(self, question: Question, name: str) -> None:
        assert read(item_of(question)).type == name
        assert new_quizzes.question_type(item_of(question)) == name

    @every_kind
    def test_keeps_its_points_and_its_three_feedbacks(self, question: Question, name: str) -> None:
        imported = read(item_of(replace(question, points=Decimal("2.50"), feedback=ALL_FEEDBACK)))
        assert imported.type == name
        assert imported.points == Fraction(5, 2)
        assert imported.comments == COMMENTS

    @every_kind
    def test_loses_nothing_but_the_look_of_an_ordering(self, question: Question, name: str) -> None:
        assert codes(question) == (["ordering"] if question.kind == "ordering" else []), name

    @every_kind
    def test_has_response_idents_that_canvas_does_not_treat_specially(self, question: Question, name: str) -> None:
        for response in item_of(question).iter("response_lid", "response_str"):
            ident = response.get("ident")
            assert ident.startswith("response"), name
            assert ident not in {"response", "RESP_MC"}


class TestTextBlock:
    def test_is_a_text_worth_nothing_without_response_processing_which_would_be_invalid(self) -> None:
        item = item_of(text_block(title="Before you begin"))
        assert read(item).type == "text_only_question"
        assert new_quizzes.question_type(item) == "text_only_question"
        assert metadata(item)["points_possible"] == "0"
        assert [child.tag for child in item] == ["itemmetadata", "presentation"]
        assert item.get("title") == "Before you begin"

    def test_does_not_count_among_the_questions(self) -> None:
        items = qti_items(export(quiz(text_block(), essay(), text_block(id="t2"), essay(id="e2")), "canvas").data)
        assert [item.get("title") for item in items] == ["Text", "Question 1", "Text", "Question 2"]
