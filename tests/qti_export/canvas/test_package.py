"""The package around the items: manifest, settings, refusals, losses."""

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings

from content.questions import PartialCredit
from content.quiz import Settings, Shown
from qti_export import NotExportable, export
from tests.content.strategies import quizzes
from tests.qti_export.canvas.exported import exported_if_shown
from tests.qti_export.packages import members, tree, xsd_errors
from tests.qti_export.quizzes import multiple_choice, multiple_response, quiz, true_false


def exported(*questions, **fields):
    return members(export(quiz(*questions, **fields), "canvas").data)


def codes(*questions, **fields):
    return [loss.code for loss in export(quiz(*questions, **fields), "canvas").report.losses]


@hypothesis_settings(max_examples=40)
@given(quizzes())
def test_every_member_is_valid_against_the_published_schemas(any_quiz):
    assert xsd_errors(exported_if_shown(any_quiz).data, ".zip") == ""


def test_package_holds_manifest_settings_and_questions_and_no_stray_xml_which_canvas_would_import_too():
    assert list(exported()) == ["imsmanifest.xml", "week-1/assessment_meta.xml", "week-1/week-1.xml"]


def test_classic_finds_the_settings_in_the_folder_named_after_the_assessment_ident():
    files = exported()
    ident = tree(files["week-1/week-1.xml"]).find("assessment").get("ident")
    [meta] = [one for one in tree(files["imsmanifest.xml"]).iter("resource") if one.get("href")]
    assert meta.get("type").endswith("learning-application-resource")
    assert meta.find("file").get("href") == f"{ident}/assessment_meta.xml"


def test_new_quizzes_finds_the_settings_as_what_the_quiz_depends_on():
    resources = {one.get("identifier"): one for one in tree(exported()["imsmanifest.xml"]).iter("resource")}
    assessment = resources["week-1"]
    assert assessment.get("type") == "imsqti_xmlv1p2"
    depends_on = assessment.find("dependency").get("identifierref")
    assert resources[depends_on].find("file").get("href") == "week-1/assessment_meta.xml"


def test_namespace_is_none_that_canvas_would_take_for_qti_2():
    manifest = exported()["imsmanifest.xml"]
    assert b'xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"' in manifest
    assert b"imsqti_v2p" not in manifest
    assert tree(manifest).findtext("metadata/schema") == "IMS Content"


@pytest.mark.parametrize("name", ["shuffle_answers", "one_question_at_a_time", "cant_go_back"])
@pytest.mark.parametrize("value", [True, False])
def test_flags_are_exactly_true_or_false(name, value):
    # Canvas reads a flag as set wherever its text matches /true|yes|t|y|1/i.
    fields = {"one_question_at_a_time": True, name: value}
    root = tree(exported(settings=Settings(**fields))["week-1/assessment_meta.xml"])
    assert root.findtext(name) == ("true" if value else "false")


@pytest.mark.parametrize(("when", "flag"), [(Shown.AFTER_SUBMISSION, "true"), (Shown.NEVER, "false")])
def test_right_answers_are_shown_or_never(when, flag):
    root = tree(exported(settings=Settings(show_answers=when))["week-1/assessment_meta.xml"])
    assert root.findtext("show_correct_answers") == flag


def test_settings_hold_title_description_and_what_canvas_would_set_to_null():
    root = tree(exported(description="By *Friday*.", title="A & B")["week-1/assessment_meta.xml"])
    assert root.findtext("title") == "A & B"
    assert root.findtext("description") == "<p>By <em>Friday</em>.</p>"
    assert root.findtext("quiz_type") == "assignment"
    assert root.findtext("allowed_attempts") == "1"


def test_quiz_arrives_unpublished_and_without_any_date():
    root = tree(exported()["week-1/assessment_meta.xml"])
    assert root.findtext("available") == "false"
    assert not [node.tag for node in root.iter() if node.tag.endswith("_at")]


def test_settings_stand_at_the_top_where_canvas_takes_the_first_of_each_name():
    root = tree(exported()["week-1/assessment_meta.xml"])
    assert all(len(child) == 0 for child in root)


def test_question_text_of_16384_characters_goes_and_one_more_is_refused_since_canvas_would_replace_it():
    longest = "x" * (16_384 - len("<p></p>"))
    export(quiz(multiple_choice(stem=longest)), "canvas")
    with pytest.raises(NotExportable, match=r"16,385 characters") as refused:
        export(quiz(multiple_choice(), multiple_choice(id="q9", stem=longest + "x")), "canvas")
    assert [problem.code for problem in refused.value.problems] == ["long-stem"]


def test_quiz_with_the_id_of_canvas_s_settings_file_is_refused():
    with pytest.raises(NotExportable, match="assessment_meta"):
        export(quiz(id="assessment_meta"), "canvas")


def test_description_of_more_than_500_kb_is_refused_since_the_quiz_would_not_be_imported():
    with pytest.raises(NotExportable, match="500 kB") as refused:
        export(quiz(description="é" * 256_000), "canvas")
    assert [problem.code for problem in refused.value.problems] == ["long-description"]
    export(quiz(description="é" * 255_000), "canvas")


def test_a_plain_quiz_loses_nothing():
    assert codes(multiple_choice(), multiple_response()) == []


@pytest.mark.parametrize("rule", [PartialCredit.ALL_OR_NOTHING, PartialCredit.RIGHT_ONLY])
def test_a_rule_of_partial_credit_that_classic_does_not_have_is_reported(rule):
    assert codes(multiple_response(partial_credit=rule)) == ["partial-credit"]


def test_tags_hints_and_outcomes_are_reported():
    labelled = multiple_choice(tags=("cats",), hints=("Think.",), outcomes=("LO 1",))
    assert codes(labelled, true_false()) == ["hints", "outcomes", "tags"]
