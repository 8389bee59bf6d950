"""A Common Cartridge 1.3: what is in it, what it scores, and what the report says that it loses."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from content.numbers import Exact, Margin, read_number
from content.questions import Accepted, Choice, Feedback, MultipleResponse, PartialCredit
from content.quiz import UNLIMITED, Pool, Section, Settings
from content.scoring import score
from content.typed_text import fold
from qti_export import NotExportable, export
from qti_export.common_cartridge.nearest import nearest_kind
from tests.content.strategies import choice_questions, picks, quizzes
from tests.content.strategies.questions import short_answers
from tests.content.strategies.responses import responses
from tests.qti_export.common_cartridge.interpreter import run
from tests.qti_export.illustrated import BYTES, illustrated
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

ALL_OR_NOTHING = PartialCredit.ALL_OR_NOTHING


def exported(*asked, **fields):
    return export(quiz(*asked, **fields), "common-cartridge")


def item_of(question, **fields):
    return qti_items(exported(question, **fields).data)[0]


def codes(*asked, **fields):
    return [loss.code for loss in exported(*asked, **fields).report.losses]


def fields_of(settings):
    assessment = tree(members(exported(settings=settings).data)["quiz.xml"]).find("assessment")
    found = assessment.iterfind("qtimetadata/qtimetadatafield")
    return {field.findtext("fieldlabel"): field.findtext("fieldentry") for field in found}


@hypothesis_settings(max_examples=8)
@given(quizzes())
def test_every_member_is_valid_against_the_published_schemas(any_quiz):
    any_quiz = replace(any_quiz, parts=(*any_quiz.parts, multiple_choice(id="one-that-goes")))
    assert xsd_errors(export(any_quiz, "common-cartridge").data, ".imscc") == ""


def test_the_manifest_speaks_version_1_3_and_its_item_leads_to_the_quiz():
    files = members(exported(title="Cats & dogs").data)
    assert b'xmlns="http://www.imsglobal.org/xsd/imsccv1p3/imscp_v1p1"' in files["imsmanifest.xml"]
    root = tree(files["imsmanifest.xml"])
    assert root.findtext("metadata/schemaversion") == "1.3.0"
    [activity] = root.iterfind("organizations/organization/item/item")
    assert activity.findtext("title") == "Cats & dogs"
    [resource] = root.iterfind("resources/resource")
    assert resource.get("identifier") == activity.get("identifierref")
    assert resource.get("type") == "imsqti_xmlv1p2/imscc_xmlv1p3/assessment"
    assert resource.find("file").get("href") in files


@pytest.mark.parametrize(
    ("question", "profile"),
    [
        (multiple_choice(), "cc.multiple_choice.v0p1"),
        (multiple_response(), "cc.multiple_response.v0p1"),
        (true_false(), "cc.true_false.v0p1"),
        (short_answer(), "cc.fib.v0p1"),
        (essay(), "cc.essay.v0p1"),
        (numerical(), "cc.fib.v0p1"),
        (fill_in_blanks(), "cc.fib.v0p1"),
        (dropdowns(), "cc.multiple_choice.v0p1"),
    ],
    ids=lambda value: getattr(value, "kind", value),
)
def test_every_item_says_its_profile(question, profile):
    assert metadata(item_of(question))["cc_profile"] == profile


@hypothesis_settings(max_examples=40)
@given(st.data())
def test_choices_score_as_ours_do_or_the_report_says_not(data):
    question = data.draw(choice_questions(classic=False))
    picked = data.draw(picks(question))
    item = item_of(question)
    by_text = {"true": 0, "false": 1} if question.kind == "true_false" else {}
    idents = [label.get("ident") for label in item.iter("response_label")]
    if by_text:
        idents = [choice.text.lower() for choice in question.choices]
    earned = run(item, {idents[place] for place in picked}).score
    assert earned == score(question, picked).fraction or "partial-credit" in codes(question)


@hypothesis_settings(max_examples=40)
@given(st.data())
def test_short_answers_score_as_ours_do_or_the_report_says_not(data):
    question = data.draw(short_answers())
    response = data.draw(responses(question))
    typed = fold(response or "", case_sensitive=True)
    earned = run(item_of(question), [typed] if typed else []).score
    assert earned == score(question, response).fraction or "letters" in codes(question)


@pytest.mark.parametrize(
    ("picked", "told"),
    [
        ({"choice_1", "choice_2"}, ("general_fb", "choice_1_fb", "correct_fb")),
        ({"choice_1"}, ("general_fb", "choice_1_fb", "general_incorrect_fb")),
        (set(), ("general_fb", "general_incorrect_fb")),
    ],
)
def test_a_multiple_response_tells_all_its_feedback(picked, told):
    answers = (Choice(text="a", correct=True, feedback="Yes."), *choices("*b", "c"))
    question = multiple_response(choices=answers, feedback=ALL_FEEDBACK, partial_credit=ALL_OR_NOTHING)
    assert run(item_of(question), picked).shown == told


@pytest.mark.parametrize(
    ("typed", "told"),
    [("paris", ("answer_1_fb", "correct_fb")), ("Lutetia", ("correct_fb",)), ("Rome", ("general_incorrect_fb",))],
)
def test_a_short_answer_tells_all_its_feedback(typed, told):
    answers = (Accepted(text="Paris", feedback="Today."), Accepted(text="Lutetia"))
    question = short_answer(answers=answers, feedback=Feedback(correct="Yes.", incorrect="No."))
    assert run(item_of(question), [typed]).shown == told


def test_the_case_of_a_short_answer_counts_only_where_it_should():
    assert run(item_of(short_answer()), ["PARIS"]).score == 1
    assert run(item_of(short_answer(case_sensitive=True)), ["PARIS"]).score == 0


@hypothesis_settings(max_examples=40)
@given(st.data())
def test_a_number_that_becomes_a_text_is_accepted_as_people_type_it(data):
    number = data.draw(st.decimals(-1000, 1000, places=2))
    question = numerical(Exact(value=number))
    made = nearest_kind(question)
    assert all(read_number(answer.text) == number for answer in made.answers)
    assert run(item_of(question), [f"{number:f}"]).score == 1


def test_a_comma_that_could_part_thousands_is_not_accepted():
    texts = [answer.text for answer in nearest_kind(numerical(Exact(value=Decimal("1.500")))).answers]
    assert texts == ["1,5", "1.5", "1.500"]


def test_a_number_with_a_margin_is_left_out_since_no_text_scores_the_same():
    assert codes(multiple_choice(), numerical(Margin(value=Decimal(1), margin=Decimal("0.1")))) == ["left-out"]


def test_a_single_blank_becomes_a_line_in_the_text():
    item = item_of(fill_in_blanks("The [pet] *sat*."))
    assert item.findtext("presentation/material/mattext") == "<p>The _____ <em>sat</em>.</p>"
    assert run(item, ["DOG"]).score == 1


def test_a_single_dropdown_becomes_multiple_choice_whose_plain_texts_stay_plain():
    item = item_of(dropdowns(pet=("*$x$ **cat**", "1. [dog](x) <b> \\(y\\)")))
    shown = [text.text for text in item.iterfind(".//response_label/material/mattext")]
    assert shown == ["$x$ **cat**", "1. [dog](x) &lt;b&gt; \\(y\\)"]
    assert run(item, ["choice_1"]).score == 1


@pytest.mark.parametrize(
    "question",
    [
        matching(),
        ordering(),
        fill_in_blanks("[a] [b]", a=("x",), b=("y",)),
        dropdowns("[a] [b]", a=("*x", "y"), b=("*x", "y")),
        file_upload(),
        text_block(),
    ],
    ids=lambda question: question.kind,
)
def test_kinds_without_a_place_are_left_out_by_name(question):
    report = exported(multiple_choice(), question).report
    assert [loss.code for loss in report.losses] == ["left-out"]
    assert report.arrives == {"multiple_choice": 1}


def test_a_quiz_of_which_nothing_can_go_is_refused():
    with pytest.raises(NotExportable, match="no words for any question"):
        exported(matching())


@pytest.mark.parametrize(("points", "weight"), [("1", "1"), ("99", "99"), ("2.50", None), ("100", None)])
def test_points_are_a_weight_where_the_profile_has_it_else_they_are_reported(points, weight):
    question = multiple_choice(points=Decimal(points))
    assert metadata(item_of(question)).get("cc_weighting") == weight
    assert codes(question) == ([] if weight else ["points"])


@pytest.mark.parametrize(
    ("attempts", "written", "reported"),
    [(None, None, []), (3, "3", []), (UNLIMITED, "unlimited", []), (6, None, ["settings"])],
)
def test_attempts_are_kept_as_far_as_the_profile_goes(attempts, written, reported):
    settings = Settings(attempts=attempts)
    assert fields_of(settings).get("cc_maxattempts") == written
    assert codes(settings=settings) == reported


def test_the_time_limit_is_kept_as_far_as_the_profile_goes():
    assert fields_of(Settings(time_limit=30))["qmd_timelimit"] == "30"
    assert codes(settings=Settings(time_limit=30)) == []
    assert codes(settings=Settings(time_limit=600_000)) == ["settings"]


def test_shuffled_answers_are_kept_but_true_and_false_stay():
    made = qti_items(exported(multiple_choice(), true_false(), settings=Settings(shuffle_answers=True)).data)
    assert [item.find(".//render_choice").get("shuffle") for item in made] == ["Yes", None]


def test_what_else_is_lost_is_reported():
    labelled = multiple_choice(tags=("t",), outcomes=("o",), hints=("h",))
    pool = Pool(pick=1, questions=(multiple_choice(id="a"), true_false(id="b")))
    asked = (Section(title="S", parts=(labelled, pool)),)
    expected = ["section", "pool", "description", "tags", "outcomes", "hints"]
    assert codes(*asked, description="Hello.") == expected
    assert codes(multiple_response()) == ["partial-credit"]
    assert codes(multiple_response(partial_credit=ALL_OR_NOTHING)) == []
    assert codes(essay(feedback=Feedback(correct="Yes."))) == ["combined-feedback"]
    assert codes(short_answer()) == ["typing"]
    assert codes(numerical()) == ["kind", "typing"]


def test_every_text_shows_its_very_image_by_its_path_from_the_root():
    package = members(export(illustrated(), "common-cartridge").data)
    listed = {file.get("href") for file in tree(package["imsmanifest.xml"]).iter("file")}
    html = "".join(
        text.text or ""
        for item in qti_items(export(illustrated(), "common-cartridge").data)
        for text in item.iter("mattext")
    )
    assert "images/the" not in html
    for name in ("mc", "mc choice 0", "mr told 1", "tf general", "sa told", "es"):
        path = f"media/the-{name.replace(' ', '-')}.png"
        assert f'src="$IMS-CC-FILEBASE$/{path}"' in html
        assert path in listed
        assert package[path] == BYTES[name]
    assert xsd_errors(export(illustrated(), "common-cartridge").data, ".imscc") == ""


def test_partial_credit_of_one_right_choice_is_reported_too_for_a_wrong_pick_beside_it_counts():
    one = MultipleResponse(id="q", stem="?", choices=choices("*a", "b"), partial_credit=PartialCredit.RIGHT_ONLY)
    assert codes(one) == ["partial-credit"]
