"""The packages: valid in every member, the same bytes for the same quiz, nothing lost in silence."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from lxml import etree

from content.numbers import Exact
from content.questions import Accepted, Feedback
from content.quiz import Pool, Section, Seen, Settings, Shown, WhichAttempt
from qti_export import NotExportable, export
from tests.content.strategies import quizzes
from tests.qti_export.kinds import essay, fill_in_blanks, numerical, short_answer, text_block
from tests.qti_export.packages import checker, members, tree, with_schemas_of_qti, xsd_errors
from tests.qti_export.qti.exported import TARGETS, codes, each_version, export_if_shown, of
from tests.qti_export.quizzes import multiple_choice, quiz, true_false

LOM = "{http://ltsc.ieee.org/xsd/LOM}"

MANIFEST_PROFILES = {
    "qti21": "qti21/qtiv2p1_imscpv1p2_v1p0.xsd",
    "qti22": "qti22/qtiv2p2_imscpv1p2_v1p0.xsd",
    "qti30": "qti3_manifest/imsqtiv3p0_imscpv1p2_v1p0.xsd",
}
"""Each version's own profile of the manifest, which names its resource types; stricter than content packaging."""


def given_so(**settings):
    return quiz(settings=Settings(**settings))


def reported(a_quiz, target="qti21"):
    return {loss.code: loss.sentence for loss in export(a_quiz, target).report.losses}


@with_schemas_of_qti
@hypothesis_settings(max_examples=10)
@given(quizzes(), st.sampled_from(TARGETS))
def test_every_member_is_valid_against_the_published_schemas(any_quiz, target):
    assert xsd_errors(export_if_shown(any_quiz, target).data, ".zip") == ""


@with_schemas_of_qti
@each_version
def test_the_manifest_is_valid_against_the_profile_of_its_version(target):
    labelled = multiple_choice(tags=("cats", "dogs"), outcomes=("LO 1",))
    root = etree.fromstring(members(export(of(labelled), target).data)["imsmanifest.xml"])
    schema = checker().load(MANIFEST_PROFILES[target])
    assert schema.validate(root), schema.error_log


@hypothesis_settings(max_examples=5)
@given(quizzes(), st.sampled_from(TARGETS))
def test_same_quiz_same_bytes(any_quiz, target):
    assert export_if_shown(any_quiz, target).data == export_if_shown(any_quiz, target).data


@each_version
def test_the_manifest_names_the_test_which_depends_on_every_item(target):
    files = members(export(quiz(multiple_choice(), true_false()), target).data)
    assert sorted(files) == ["imsmanifest.xml", "items/1.xml", "items/2.xml", "test.xml"]
    first, *items = tree(files["imsmanifest.xml"]).iterfind("resources/resource")
    assert first.get("type").startswith("imsqti_test_xmlv")
    assert [one.get("identifierref") for one in first.iterfind("dependency")] == ["week-1__q1", "week-1__q3"]
    assert [one.get("identifier") for one in items] == ["week-1__q1", "week-1__q3"]
    assert all(one.get("type").startswith("imsqti_item_xmlv") for one in items)


@with_schemas_of_qti
@each_version
def test_ids_that_look_like_names_of_the_package_do_not_clash(target):
    asked = quiz(multiple_choice(id="week-1"), multiple_choice(id="manifest"), multiple_choice(id="main"))
    assert xsd_errors(export(asked, target).data, ".zip") == ""


@each_version
def test_tags_and_outcomes_are_metadata_of_their_item(target):
    labelled = multiple_choice(tags=("cats", "dogs"), outcomes=("LO 1",))
    exported = export(quiz(labelled), target)
    root = etree.fromstring(members(exported.data)["imsmanifest.xml"])
    general, classification = root.find(f".//{LOM}lom")
    assert [one.text for one in general.iter(f"{LOM}string")] == ["cats", "dogs"]
    assert classification.findtext(f"{LOM}purpose/{LOM}value") == "educational objective"
    assert classification.findtext(f"{LOM}keyword/{LOM}string") == "LO 1"
    assert exported.report.losses == ()


@each_version
def test_a_plain_quiz_loses_nothing(target):
    settings = {"shuffle_questions": True, "shuffle_answers": True, "time_limit": 30, "cant_go_back": True}
    settings |= {"show_answers": Shown.NEVER, "show_feedback": Shown.NEVER, "pass_mark": Decimal("0.8"), "attempts": 1}
    assert reported(given_so(**settings), target) == {}


@each_version
def test_feedback_and_answers_at_once_have_a_place(target):
    assert reported(given_so(show_feedback=Shown.AT_ONCE, show_answers=Shown.AT_ONCE), target) == {}


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"attempts": 3}, "3 attempts"),
        ({"wait_between_attempts": 30}, "a wait of 30 min between attempts"),
        ({"which_attempt": WhichAttempt.LATEST}, "the latest attempt counts"),
        ({"access_code": "x"}, "the access code"),
        ({"one_question_at_a_time": True}, "one question at a time"),
        ({"show_answers": Shown.AFTER_LAST_ATTEMPT}, "right answers are shown after last attempt"),
        (
            {"students_see": Seen.RIGHT_OR_WRONG, "show_answers": Shown.AFTER_CLOSE},
            "students see only their score and answers and whether they are right",
        ),
        ({"show_feedback": Shown.AFTER_LAST_ATTEMPT}, "feedback is shown after last attempt"),
        ({"show_feedback": Shown.AT_ONCE}, "right answers are shown after submission"),
        (
            {"show_feedback": Shown.AT_ONCE, "students_see": Seen.RIGHT_OR_WRONG},
            "students see only their score and answers and whether they are right, feedback is shown at once",
        ),
    ],
)
def test_settings_that_have_no_place_are_named(settings, words):
    assert reported(given_so(**settings))["settings"].endswith(f": {words}.")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (short_answer(), ["typing"]),
        (fill_in_blanks(), ["typing"]),
        (numerical(), ["typing"]),
        (short_answer(answers=(Accepted(text="Straße"),)), ["typing", "letters"]),
        (short_answer(answers=(Accepted(text="Straße"),), case_sensitive=True), ["typing"]),
        (numerical(Exact(value=Decimal("0.12345678901234567891"))), ["typing", "digits"]),
        (multiple_choice(points=Decimal("1.00000000000000000001")), ["digits"]),
        (essay(feedback=Feedback(correct="Yes.")), ["combined-feedback"]),
        (multiple_choice(stem="~~gone~~"), ["formatting"]),
        (multiple_choice(stem="**here**", hints=("Think.",)), []),
        (multiple_choice(stem="![x](beside.png)"), ["file"]),
    ],
)
def test_what_a_question_loses_is_reported(question, expected):
    assert codes(question) == expected


def test_description_and_section_texts_become_instructions_and_the_report_says_so():
    assert list(reported(quiz(description="Hello."))) == ["rubric"]
    assert list(reported(quiz(Section(id="s", text="Hi.", parts=(multiple_choice(),))))) == ["rubric"]
    assert list(reported(quiz(Section(id="s", title="Hi", parts=(multiple_choice(),))))) == []


def test_formatting_of_a_description_is_reported_for_the_quiz_itself():
    sentences = reported(quiz(description="~~gone~~"))
    assert sentences["formatting"].endswith(": strikethrough.")


@each_version
@pytest.mark.parametrize("stem", ["<!-- [who] --> [where]", "![[who]](x.png) [where]", "<b title='[where]'>[who]</b>"])
def test_a_blank_that_nobody_would_see_is_refused(stem, target):
    with pytest.raises(NotExportable) as refused:
        export(of(fill_in_blanks(stem=stem)), target)
    assert [problem.code for problem in refused.value.problems] == ["hidden-blank"]


@each_version
def test_a_blank_below_the_deepest_level_that_is_written_is_refused(target):
    stem = f"{'<span>' * 300}[who] and [where]{'</span>' * 300}"
    with pytest.raises(NotExportable, match="not shown"):
        export(of(fill_in_blanks(stem=stem)), target)


def test_points_and_kinds_of_pools_and_texts_are_counted_as_ever():
    pool = Pool(pick=1, points=Decimal(3), questions=(multiple_choice(id="a", points=Decimal(3)),))
    report = export(quiz(text_block(), pool), "qti22").report
    assert report.points == 3
    assert report.arrives == {"text_block": 1, "multiple_choice": 1}
