"""Each rule of Moodle's XML question import that touches choices."""

import html
import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given

from content.numbers import PercentMargin
from content.prose import to_html
from content.questions import Choice, Feedback, PartialCredit, Question
from content.quiz import Pool, Section, Settings, Shown
from qti_export import NotExportable, export
from tests.content.strategies import choice_questions
from tests.qti_export.moodle.grading import cloze, matches
from tests.qti_export.moodle.importers import question_bank
from tests.qti_export.packages import tree
from tests.qti_export.quizzes import (
    ALL_FEEDBACK,
    choices,
    dropdowns,
    essay,
    file_upload,
    fill_in_blanks,
    matching,
    multiple_choice,
    multiple_response,
    numerical,
    quiz,
    short_answer,
    true_false,
)


def entries(*asked, **fields):
    return list(tree(export(quiz(*asked, **fields), "moodle-xml").data).iter("question"))


def question_of(question: Question):
    [_category, entry] = entries(question)
    return entry


def losses(*asked, **fields):
    return [loss.code for loss in export(quiz(*asked, **fields), "moodle-xml").report.losses]


def many_right(count: int):
    return multiple_response(choices=choices(*(f"*right {number}" for number in range(count)), "wrong"))


@pytest.mark.parametrize("count", [*range(1, 11), 20])
@pytest.mark.parametrize("rule", [PartialCredit.RIGHT_MINUS_WRONG, PartialCredit.RIGHT_ONLY])
def test_equal_shares_are_grades_of_moodle_s_list(count, rule):
    question = multiple_response(choices=many_right(count).choices, partial_credit=rule)
    imported = question_bank(question_of(question))
    wrong = Fraction(-1 if rule is PartialCredit.RIGHT_MINUS_WRONG else 0, count)
    for answer in imported.answers[:-1]:
        assert abs(answer.fraction - Fraction(1, count)) < Fraction(1, 10**6)
    assert abs(imported.answers[-1].fraction - wrong) < Fraction(1, 10**6)
    assert losses(question) == ["no-quiz"]


@pytest.mark.parametrize("count", [*range(11, 20), 21, 30])
def test_a_share_that_moodle_has_no_grade_for_is_reported_and_a_perfect_response_still_earns_all(count):
    question = many_right(count)
    imported = question_bank(question_of(question))
    assert imported.score(set(range(count))) == 1
    assert losses(question) == ["no-quiz", "share-of-points"]


def test_all_or_nothing_is_reported_and_any_wrong_pick_earns_nothing():
    question = multiple_response(partial_credit=PartialCredit.ALL_OR_NOTHING)
    imported = question_bank(question_of(question))
    assert imported.score({0, 1}) == 1
    assert imported.score({0, 1, 2}) == 0
    assert losses(question) == ["no-quiz", "partial-credit"]


def test_true_false_has_exactly_the_answers_true_and_false_whatever_comes_first():
    imported = question_bank(question_of(true_false(choices=choices("*False", "True"))))
    assert [(answer.text, answer.fraction) for answer in imported.answers] == [("true", 0), ("false", 1)]


def test_feedback_of_a_true_false_question_is_told_with_the_answer_since_it_has_no_combined_one():
    told = (Choice(text="True", correct=True, feedback="Yes."), Choice(text="False", feedback="No."))
    imported = question_bank(question_of(true_false(choices=told, feedback=ALL_FEEDBACK)))
    assert [answer.feedback for answer in imported.answers] == [
        "<p>Yes.</p><p>Said when right.</p>",
        "<p>No.</p><p>Said when not.</p>",
    ]
    assert imported.general_feedback == "<p>Said always.</p>"


@pytest.mark.parametrize("question", [multiple_choice, multiple_response])
def test_all_four_feedbacks_arrive_and_what_is_partly_right_is_told_what_is_not_right(question):
    told = (Choice(text="a", correct=True, feedback="Yes."), Choice(text="b", feedback="No."))
    imported = question_bank(question_of(question(choices=told, feedback=ALL_FEEDBACK)))
    assert [answer.feedback for answer in imported.answers] == ["<p>Yes.</p>", "<p>No.</p>"]
    assert imported.general_feedback == "<p>Said always.</p>"
    assert imported.combined_feedback == {
        "correctfeedback": "<p>Said when right.</p>",
        "partiallycorrectfeedback": "<p>Said when not.</p>",
        "incorrectfeedback": "<p>Said when not.</p>",
    }


@pytest.mark.parametrize("text", ["0", "`<b>x</b>`", "a < b & c", "]]>", "**bold**"])
def test_texts_arrive_exactly(text):
    imported = question_bank(question_of(multiple_choice(stem=text, choices=choices(f"*{text}", "other"))))
    assert imported.text == to_html(text)
    assert imported.answers[0].text == to_html(text, inline=True)


@pytest.mark.parametrize("points", ["1", "2.5", "1E+1"])
def test_points_are_the_default_grade(points):
    assert question_of(multiple_choice(points=Decimal(points))).findtext("defaultgrade") == f"{Decimal(points):f}"


@pytest.mark.parametrize(("shuffle", "text"), [(True, "true"), (False, "false")])
def test_shuffling_is_said_for_each_question(shuffle, text):
    [_category, entry] = entries(multiple_choice(), settings=Settings(shuffle_answers=shuffle))
    assert entry.findtext("shuffleanswers") == text


def test_tags_arrive():
    entry = question_of(multiple_choice(tags=("cats & dogs", "birds")))
    assert [tag.text for tag in entry.iterfind("tags/tag/text")] == ["cats & dogs", "birds"]


@pytest.mark.parametrize(
    ("title", "path"),
    [
        ("Week 1", "$course$/top/Week 1"),
        ("Input/Output", "$course$/top/Input//Output"),
        ("/a/", "$course$/top/a"),
        ("//", "$course$/top/week-1"),
        ("if a<b", "$course$/top/if a< b"),
    ],
)
def test_questions_go_into_one_category_named_after_the_quiz(title, path):
    category, *_questions = entries(title=title)
    assert category.findtext("category/text") == path
    # Moodle parts the path at slashes that stand alone.
    assert len(re.split("(?<!/)/(?!/)", path)) == 3


def test_description_of_the_quiz_becomes_that_of_the_category():
    category, *_questions = entries(description="By *Friday*.")
    assert category.findtext("info/text") == "<p>By <em>Friday</em>.</p>"


def test_names_are_numbered_so_that_moodle_s_lists_keep_the_order():
    asked = [multiple_choice(id=f"q{number}", stem=f"Stem *{number}*?") for number in range(1, 11)]
    names = [entry.findtext("name/text") for entry in entries(*asked)[1:]]
    assert names[0] == "01 Stem 1?"
    assert names == sorted(names)


def test_name_is_the_title_where_there_is_one():
    assert question_of(multiple_choice(title="On cats")).findtext("name/text") == "On cats"


@pytest.mark.parametrize(("stem", "name"), [("a<b?", "1 a< b?"), ("a < b", "1 a < b"), ("x" * 61, f"1 {'x' * 60}…")])
def test_name_survives_the_stripping_of_tags_and_is_short(stem, name):
    assert question_of(multiple_choice(stem=stem)).findtext("name/text") == name


def test_idnumbers_differ_between_quizzes_and_fit_into_moodle_s_column():
    assert question_of(multiple_choice(id="q1")).findtext("idnumber") == "week-1__q1"
    [_category, entry] = entries(multiple_choice(id="q" * 64), id="z" * 64)
    assert entry.findtext("idnumber") == "q" * 64


def test_settings_that_a_question_file_cannot_carry_are_reported_by_name():
    given_so = Settings(pass_mark=Decimal("0.625"), one_question_at_a_time=True, cant_go_back=True)
    [no_quiz, settings] = export(quiz(settings=given_so), "moodle-xml").report.losses
    assert no_quiz.code == "no-quiz"
    assert "one question at a time, no way back to earlier questions, pass mark 62.5%" in settings.sentence
    assert losses(settings=Settings(show_answers=Shown.NEVER)) == ["no-quiz", "settings"]


@given(choice_questions())
def test_moodle_takes_any_question(question):
    imported = question_bank(question_of(question))
    assert imported.text == to_html(question.stem)
    assert len(imported.answers) == len(question.choices)
    assert sum(answer.fraction > 0 for answer in imported.answers) == len(question.key)


def test_each_pool_has_a_category_below_that_of_the_quiz_and_the_questions_after_it_go_back():
    pool = Pool(id="p", title="Cats/Dogs", pick=1, questions=(essay(id="a"), essay(id="b")))
    made = entries(essay(id="c"), pool, essay(id="d"))
    path = "$course$/top/Week 1"
    assert [entry.findtext("category/text") or entry.findtext("idnumber") for entry in made] == [
        path,
        "week-1__c",
        f"{path}/Cats//Dogs",
        "week-1__a",
        "week-1__b",
        path,
        "week-1__d",
    ]
    assert losses(pool) == ["no-quiz", "pool"]


def test_a_section_s_text_is_a_description_and_its_title_is_reported():
    section = Section(id="s", title="Part 1", text="Read.", parts=(essay(id="a"),))
    [_category, described, _essay] = entries(section)
    assert described.get("type") == "description"
    assert losses(section) == ["no-quiz", "section"]


def test_a_star_in_a_short_answer_is_escaped_since_a_bare_one_matches_anything():
    asked = short_answer("a*b", feedback=Feedback(incorrect="No."))
    assert [one.findtext("text") for one in question_of(asked).iter("answer")] == [r"a\*b", "*"]


def test_numbers_have_a_decimal_point_and_an_absolute_tolerance():
    entry = question_of(numerical(PercentMargin(value=Decimal("2.5"), percent=Decimal(10))))
    [answer] = entry.iter("answer")
    assert (Decimal(answer.findtext("text")), Decimal(answer.findtext("tolerance"))) == (
        Decimal("2.5"),
        Decimal("0.25"),
    )
    assert "," not in answer.findtext("text")
    assert entry.findtext("showunits") == "3"


def test_a_distractor_is_a_pair_without_a_left_side():
    pairs = [
        (one.findtext("text"), one.findtext("answer/text"))
        for one in question_of(matching(distractors=("moo",))).iter("subquestion")
    ]
    assert pairs == [("<p>dog</p>", "bark"), ("<p>cat</p>", "meow"), ("", "moo")]


@pytest.mark.parametrize("text", ["a}b", "a~b", "a#b", "=a", "%50%a", "&lt;", "<b>", "a\\", "*", '"', "a{b", "&amp;#"])
def test_any_answer_at_a_blank_survives_the_code_that_it_is_part_of(text):
    [part] = cloze(question_of(fill_in_blanks(pet=(text, "other"))).findtext("questiontext/text"))
    assert matches(text, part.answers[0][0], case_sensitive=True)
    [part] = cloze(question_of(dropdowns(pet=("other", f"*{text}"))).findtext("questiontext/text"))
    assert [(html.unescape(answer), fraction) for answer, fraction in part.answers] == [("other", 0), (text, 1)]


def test_a_text_that_looks_like_code_of_a_blank_is_not_taken_for_one():
    text = question_of(fill_in_blanks("`{1:SHORTANSWER:=x}` [pet]")).findtext("questiontext/text")
    assert len(cloze(text)) == 1


@pytest.mark.parametrize(("points", "weight", "reported"), [("2", 1, []), ("6", 3, []), ("1", 1, ["points"])])
def test_a_cloze_counts_the_sum_of_its_whole_weights_or_the_report_says_what_it_counts(points, weight, reported):
    asked = replace(fill_in_blanks("[a] [b]", a=("x",), b=("y",)), points=Decimal(points))
    assert [part.weight for part in cloze(question_of(asked).findtext("questiontext/text"))] == [weight, weight]
    assert losses(asked) == ["no-quiz", *reported]


def test_an_upload_is_an_essay_of_one_file():
    entry = question_of(file_upload())
    assert (entry.get("type"), entry.findtext("responseformat"), entry.findtext("attachments")) == (
        "essay",
        "noinline",
        "1",
    )


def test_hints_and_outcomes_arrive():
    asked = multiple_choice(hints=("Think.",), outcomes=("LO 1",))
    entry = question_of(asked)
    assert entry.findtext("hint/text") == "<p>Think.</p>"
    assert entry.findtext("tags/tag/text") == "LO 1"
    assert losses(asked) == ["no-quiz", "outcomes", "hints"]


@pytest.mark.parametrize("points", ["100000", "1E+30"])
def test_points_that_moodle_s_column_cannot_hold_are_refused(points):
    with pytest.raises(NotExportable) as refused:
        entries(multiple_choice(points=Decimal(points)))
    assert [problem.code for problem in refused.value.problems] == ["points-too-many"]


def test_points_that_it_just_holds_are_not():
    assert question_of(multiple_choice(points=Decimal("99999.99999"))).findtext("defaultgrade") == "99999.99999"
