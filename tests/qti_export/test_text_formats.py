"""GIFT and Aiken: what they say, their escapes, and what they cannot say."""

from decimal import Decimal

import pytest

from content.numbers import Range
from content.questions import Accepted, Feedback
from qti_export import NotExportable, export
from tests.qti_export.quizzes import (
    choices,
    essay,
    fill_in_blanks,
    matching,
    multiple_choice,
    multiple_response,
    numerical,
    quiz,
    short_answer,
    text_block,
    true_false,
)


def gift(question):
    return export(quiz(question), "gift").data.decode().split("\n\n", 1)[1]


def codes(target, *asked):
    return [loss.code for loss in export(quiz(*asked), target).report.losses]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (multiple_choice(), "::1 Which?::[html]<p>Which?</p>{\n\t=yes\n\t~no\n\t~maybe}\n"),
        (
            multiple_response(choices=choices("*a", "*b", "c")),
            "::1 Which ones?::[html]<p>Which ones?</p>{\n\t~%50%a\n\t~%50%b\n\t~%-50%c}\n",
        ),
        (
            true_false(feedback=Feedback(correct="Yes.", incorrect="No.")),
            "::1 Is it so?::[html]<p>Is it so?</p>{TRUE#<p>No.</p>#<p>Yes.</p>}\n",
        ),
        (numerical(Range(low=Decimal(1), high=Decimal(5)), stem="N"), "::1 N::[html]<p>N</p>{#\n\t=3:2}\n"),
        (
            matching(stem="M", distractors=("moo",)),
            "::1 M::[html]<p>M</p>{\n\t=<p>dog</p> -> bark\n\t=<p>cat</p> -> meow\n\t= -> moo}\n",
        ),
        (essay(), "::1 Write.::[html]<p>Write.</p>{}\n"),
        (text_block(), "::1 Read this first.::[html]<p>Read this first.</p>\n"),
        (
            short_answer(stem="S", answers=(Accepted(text="a*b", feedback="Yes."),)),
            "::1 S::[html]<p>S</p>{\n\t=%100%a\\\\*b#<p>Yes.</p>}\n",
        ),
    ],
    ids=lambda value: "" if isinstance(value, str) else value.kind,
)
def test_each_kind_in_gift(question, text):
    if question.kind == "text_block":
        written = export(quiz(question, essay()), "gift").data.decode().split("\n\n")[1] + "\n"
    else:
        written = gift(question)
    assert written == text


def test_signs_of_gift_are_escaped_and_line_ends_written_so_that_no_line_is_blank_or_a_comment():
    written = gift(essay(stem="`a~b=c#d{e}f:g\\n`\n\n// no comment"))
    assert r"a\~b\=c\#d\{e\}f\:g\\n" in written
    assert len(written.splitlines()) == 1


@pytest.mark.parametrize("text", ["[html]x", "[plain]x"])
def test_a_text_that_begins_like_a_format_keeps_its_beginning(text):
    assert f"=%100%[plain]{text}" in gift(short_answer(text))


def test_what_gift_has_no_words_for_is_left_out_and_reported():
    assert codes("gift", essay(), fill_in_blanks(), short_answer("a->b", id="x")) == ["no-quiz", "left-out", "left-out"]
    with pytest.raises(NotExportable, match="no words"):
        export(quiz(fill_in_blanks()), "gift")


def test_points_hints_and_case_are_reported_for_gift():
    asked = short_answer(points=Decimal(2), hints=("h",), case_sensitive=True, outcomes=("LO",))
    assert codes("gift", asked) == ["no-quiz", "points", "hints", "outcomes", "case"]


def test_aiken_is_one_line_of_text_then_choices_then_the_key():
    asked = multiple_choice(stem="Which\n\none?", choices=choices("no", "*yes"))
    data = export(quiz(asked, true_false()), "aiken").data.decode()
    assert data == ("Which one?\nA. no\nB. yes\nANSWER: B\n\nIs it so?\nA. True\nB. False\nANSWER: A\n")


def test_what_aiken_cannot_say_is_reported():
    asked = multiple_choice(stem="*Which*?", points=Decimal(2))
    assert codes("aiken", asked, essay(), true_false()) == ["no-quiz", "left-out", "plain", "formatting"]
