"""Each rule of Moodle's restore of a Common Cartridge that touches choices."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from lxml import etree

from content.questions import Accepted, Choice, Feedback, PartialCredit
from content.quiz import Pool, Section, Settings
from qti_export import NotExportable, export
from tests.content.strategies import choice_questions, quizzes
from tests.qti_export.moodle.importers import cartridge
from tests.qti_export.packages import members, metadata, qti_items, tree, xsd_errors
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
    ordering,
    quiz,
    short_answer,
    text_block,
    true_false,
)

ALWAYS_LOST = ["grade-scale", "behaviour"]


def exported(*asked, **fields):
    return members(export(quiz(*asked, **fields), "moodle-cartridge").data)


def item_of(question):
    [item] = qti_items(export(quiz(question), "moodle-cartridge").data)
    return item


def losses(*asked, **fields):
    return [loss.code for loss in export(quiz(*asked, **fields), "moodle-cartridge").report.losses]


@hypothesis_settings(max_examples=40)
@given(quizzes())
def test_manifest_and_questions_are_valid_against_the_stricter_schemas_of_common_cartridge_1_1(any_quiz):
    any_quiz = replace(any_quiz, parts=(*any_quiz.parts, multiple_choice(id="one-that-goes")))
    assert xsd_errors(export(any_quiz, "moodle-cartridge").data, ".imscc") == ""


def test_version_1_1_is_seen_as_the_default_namespace_in_the_first_1024_bytes():
    head = exported(title="T" * 255)["imsmanifest.xml"][:1024]
    assert b'xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"' in head


def test_no_element_of_the_manifest_s_own_namespace_has_a_prefix():
    root = etree.fromstring(exported()["imsmanifest.xml"])
    assert {node.prefix for node in root.iter() if "imsccv1p1/imscp" in node.tag} == {None}


def test_manifest_names_the_quiz_by_the_title_of_its_item_since_the_assessment_s_is_ignored():
    root = tree(exported(title="Cats & dogs")["imsmanifest.xml"])
    assert root.findtext("metadata/schemaversion") == "1.1.0"
    [wrapper] = root.iterfind("organizations/organization/item")
    assert wrapper.get("identifierref") is None
    assert wrapper.find("title") is None
    [activity] = wrapper.iterfind("item")
    assert activity.findtext("title") == "Cats & dogs"
    resource = root.find(f"resources/resource[@identifier='{activity.get('identifierref')}']")
    assert resource.get("type") == "imsqti_xmlv1p2/imscc_xmlv1p1/assessment"


def test_quiz_file_stands_at_the_root_and_is_the_first_file_of_its_resource():
    files = exported()
    assert list(files) == ["imsmanifest.xml", "quiz.xml"]
    assert tree(files["imsmanifest.xml"]).find("resources/resource/file").get("href") == "quiz.xml"


def test_items_stand_in_one_section_that_is_not_nested():
    root = tree(exported(multiple_choice(), true_false())["quiz.xml"])
    assert [item.get("ident") for item in root.iterfind("assessment/section/item")] == ["q1", "q3"]


@pytest.mark.parametrize(
    ("question", "profile"),
    [
        (multiple_choice(), "cc.multiple_choice.v0p1"),
        (multiple_response(), "cc.multiple_response.v0p1"),
        (true_false(), "cc.true_false.v0p1"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_item_has_its_profile_without_which_it_is_skipped(question, profile):
    assert metadata(item_of(question))["cc_profile"] == profile


@pytest.mark.parametrize("first", ["True", "False"])
def test_true_false_has_the_idents_true_and_false_without_which_the_whole_restore_fails(first):
    second = "False" if first == "True" else "True"
    imported = cartridge(item_of(true_false(choices=choices(f"*{first}", second))))
    assert [(answer.text, answer.fraction) for answer in imported.answers] == [
        ("True", first == "True"),
        ("False", first == "False"),
    ]


def test_a_right_choice_with_feedback_stays_right_though_the_last_condition_that_names_it_counts():
    told = (Choice(text="a", correct=True, feedback="Yes."), Choice(text="b", feedback="No."))
    imported = cartridge(item_of(multiple_choice(choices=told)))
    assert [answer.fraction for answer in imported.answers] == [1, 0]
    assert [answer.feedback for answer in imported.answers] == ["<p>Yes.</p>", "<p>No.</p>"]


def test_multiple_response_key_is_marked_case_yes_and_scores_exactly_100():
    item = item_of(multiple_response())
    assert {test.get("case") for test in item.iter("varequal")} == {"Yes"}
    assert [setvar.text for setvar in item.iter("setvar")] == ["100"]
    assert [float(answer.fraction) for answer in cartridge(item).answers] == [0.5, 0.5, 0, 0]


@pytest.mark.parametrize("question", [multiple_choice, true_false])
def test_feedback_for_right_and_wrong_is_told_with_the_choice_where_only_one_can_be_picked(question):
    asked = question(feedback=ALL_FEEDBACK)
    imported = cartridge(item_of(asked))
    assert imported.general_feedback == "<p>Said always.</p>"
    assert imported.answers[0].feedback == "<p>Said when right.</p>"
    assert imported.answers[1].feedback == "<p>Said when not.</p>"
    assert losses(asked) == ALWAYS_LOST


def test_feedback_of_choices_does_not_get_into_the_general_feedback():
    told = (Choice(text="a", correct=True, feedback="Yes."), Choice(text="b", feedback="No."))
    imported = cartridge(item_of(multiple_response(choices=told, feedback=Feedback(general="Always."))))
    assert imported.general_feedback == "<p>Always.</p>"
    assert [answer.feedback for answer in imported.answers] == ["<p>Yes.</p>", "<p>No.</p>"]


@pytest.mark.parametrize("question", [multiple_choice, multiple_response])
def test_a_text_that_is_0_is_kept_though_php_takes_it_for_empty(question):
    asked = question(stem="0", choices=choices("*0", "1"), feedback=Feedback(general="0"))
    imported = cartridge(item_of(asked))
    assert imported.answers[0].text == "<p>0</p>"
    assert imported.text == "<p>0</p>"
    assert imported.general_feedback == "<p>0</p>"


@pytest.mark.parametrize(("points", "weight"), [("1", "1"), ("3.00", "3"), ("99", "99"), ("2.5", None), ("100", None)])
def test_default_mark_is_written_where_moodle_can_read_it_which_is_whole_and_below_100(points, weight):
    assert metadata(item_of(multiple_choice(points=Decimal(points)))).get("cc_weighting") == weight


def test_idents_are_unique_and_none_is_0():
    item = item_of(multiple_response())
    idents = [label.get("ident") for label in item.iter("response_label")]
    assert len(set(idents)) == 4
    assert "0" not in idents


def test_the_total_that_moodle_makes_up_is_reported_unless_it_happens_to_be_right():
    four = [multiple_choice(id=f"q{number}") for number in range(4)]
    assert losses(*four) == ["behaviour"]
    assert losses(*four[:3]) == ALWAYS_LOST


def test_points_other_than_1_are_reported_since_every_slot_gets_1_mark():
    assert losses(multiple_choice(points=Decimal(2))) == ["grade-scale", "points", "behaviour"]


@pytest.mark.parametrize("rule", [PartialCredit.RIGHT_MINUS_WRONG, PartialCredit.ALL_OR_NOTHING])
def test_negative_marks_are_lost_and_reported(rule):
    assert losses(multiple_response(partial_credit=rule)) == [*ALWAYS_LOST, "partial-credit"]


def test_right_only_is_what_moodle_makes_of_every_multiple_response():
    assert losses(multiple_response(partial_credit=PartialCredit.RIGHT_ONLY)) == ALWAYS_LOST


def test_combined_feedback_of_a_multiple_response_is_lost_and_reported():
    question = multiple_response(partial_credit=PartialCredit.RIGHT_ONLY, feedback=Feedback(incorrect="No."))
    assert losses(question) == [*ALWAYS_LOST, "combined-feedback"]


def test_settings_description_and_tags_are_lost_and_reported():
    given_so = Settings(shuffle_answers=True, pass_mark=Decimal("0.8"))
    asked = multiple_choice(tags=("cats",))
    assert losses(asked, settings=given_so, description="Hello.") == [*ALWAYS_LOST, "settings", "description", "tags"]


@pytest.mark.parametrize("code", ["`<b>`", "`</b>`", "`<!-- -->`", "`&nbsp;`", "`&#160;`", "&amp;lt;"])
@pytest.mark.parametrize("where", ["stem", "choice", "feedback"])
def test_code_that_moodle_decodes_once_too_often_is_reported(code, where):
    told = choices(f"*{code if where == 'choice' else 'a'}", "b")
    feedback = Feedback(general=code if where == "feedback" else "")
    question = multiple_choice(stem=code if where == "stem" else "?", choices=told, feedback=feedback)
    assert losses(question) == [*ALWAYS_LOST, "code"]


@pytest.mark.parametrize("text", ["5 < 6", "a & b", "**bold**", "x > y", "AT&T"])
def test_signs_that_survive_are_not_reported(text):
    assert losses(multiple_choice(stem=text)) == ALWAYS_LOST


def test_line_breaks_in_the_question_text_are_reported_since_they_show_doubled():
    assert losses(multiple_choice(stem="one\\\ntwo")) == [*ALWAYS_LOST, "line-breaks"]


@given(choice_questions())
def test_moodle_finds_the_key_of_any_question(question):
    imported = cartridge(item_of(question))
    assert len(imported.answers) == len(question.choices)
    assert sum(answer.fraction > 0 for answer in imported.answers) == len(question.key)


def test_any_other_kind_is_left_out_and_reported_since_unknown_items_alone_kill_the_restore():
    asked = (multiple_choice(), numerical(), matching(), ordering(), fill_in_blanks(), dropdowns(), file_upload())
    report = export(quiz(*asked, text_block()), "moodle-cartridge").report
    assert report.arrives == {"multiple_choice": 1}
    assert report.points == 1
    assert [loss.code for loss in report.losses] == ["left-out"] * 7 + ALWAYS_LOST


def test_a_quiz_of_which_nothing_can_go_is_refused_since_an_empty_one_kills_the_restore():
    with pytest.raises(NotExportable, match="no question"):
        export(quiz(numerical()), "moodle-cartridge")


def test_short_answers_stand_in_one_condition_since_moodle_reads_only_the_first():
    item = item_of(short_answer("Paris", "a*b"))
    [condition] = item.iter("respcondition")
    assert [test.text for test in condition.iterfind("conditionvar/varequal")] == ["Paris", r"a\*b"]
    assert condition.findtext("setvar") == "100"
    assert metadata(item)["cc_profile"] == "cc.fib.v0p1"


@pytest.mark.parametrize(
    ("fields", "reported"),
    [
        ({"case_sensitive": True}, ["case"]),
        ({"feedback": Feedback(correct="Yes.")}, ["answer-feedback"]),
        ({"answers": (Accepted(text="Paris", feedback="Yes."),)}, ["answer-feedback"]),
        ({"answers": (Accepted(text="Paris"), Accepted(text="0"))}, ["zero"]),
    ],
)
def test_what_of_a_short_answer_is_lost_is_reported(fields, reported):
    assert losses(short_answer(**fields)) == [*ALWAYS_LOST, *reported]


def test_a_short_answer_of_which_only_a_0_is_right_is_left_out():
    assert losses(multiple_choice(), short_answer("0")) == ["left-out", *ALWAYS_LOST]


def test_an_essay_has_its_profile():
    assert metadata(item_of(essay()))["cc_profile"] == "cc.essay.v0p1"


def test_pools_and_sections_are_taken_apart_and_reported():
    pool = Pool(pick=1, questions=(multiple_choice(id="a"), true_false(id="b")))
    assert losses(Section(title="S", parts=(pool,))) == ["section", "pool", *ALWAYS_LOST]
