"""The test of a package: sections, pools, how the quiz is given, and the total of points."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from content.quiz import Pool, Section, Seen, Settings, Shown
from tests.content.strategies import quizzes
from tests.qti_export.kinds import text_block
from tests.qti_export.qti.exported import TARGETS, document, each_version, test_of
from tests.qti_export.quizzes import multiple_choice, true_false

POOL = Pool(id="p", pick=2, questions=tuple(multiple_choice(id=name) for name in ("a", "b", "c")))


def total(test, scores):
    """The test's outcomes, as the specification has them computed from (SCORE, MAXSCORE) of each item drawn."""
    values = {}

    def number(node):
        match node.tag:
            case "testVariables":
                place = ("SCORE", "MAXSCORE").index(node.get("variableIdentifier"))
                return [pair[place] for pair in scores]
            case "sum":
                return sum(number(node[0]), Fraction(0))
            case "variable":
                return values[node.get("identifier")]
            case "baseValue":
                return Fraction(node.text)
            case "product":
                return number(node[0]) * number(node[1])
            case "gte":
                return number(node[0]) >= number(node[1])

    for rule in test.iterfind("outcomeProcessing/setOutcomeValue"):
        values[rule.get("identifier")] = number(rule[0])
    return values


@each_version
def test_points_of_the_items_add_up(target):
    test = test_of(target, multiple_choice(points=Decimal("2.5")), true_false())
    assert total(test, [(Fraction(1, 3), Fraction(5, 2)), (1, 1)]) == {"SCORE": Fraction(4, 3), "MAXSCORE": 3.5}


@each_version
@pytest.mark.parametrize(("earned", "passes"), [(Fraction(2, 3), True), (Fraction(666, 1000), False), (1, True)])
def test_the_pass_mark_is_compared_exactly_in_whole_numbers(earned, passes, target):
    test = test_of(target, settings=Settings(pass_mark=Decimal("0.6666666666")))
    assert total(test, [(earned, 1)])["PASS"] is passes


@each_version
def test_without_a_pass_mark_nobody_passes_or_fails(target):
    assert "PASS" not in {one.get("identifier") for one in test_of(target).iterfind("outcomeDeclaration")}


@hypothesis_settings(max_examples=10)
@given(quizzes(), st.sampled_from(TARGETS))
def test_the_most_points_are_those_of_the_quiz(any_quiz, target):
    test = document(target, "test.xml", any_quiz)
    assert Decimal(test.find("outcomeDeclaration").get("normalMaximum")) == any_quiz.points
    assert len(list(test.iter("assessmentItemRef"))) == len(any_quiz.questions)


@each_version
def test_a_pool_is_a_section_that_nobody_sees_of_which_some_items_are_drawn(target):
    [pool] = test_of(target, POOL).iterfind("testPart/assessmentSection/assessmentSection")
    assert pool.find("selection").get("select") == "2"
    assert pool.get("visible") == "false"
    assert [one.get("identifier") for one in pool.iterfind("assessmentItemRef")] == ["a", "b", "c"]


@each_version
def test_a_section_keeps_its_title_text_and_order(target):
    given_section = Section(id="s", title="Part A", text="Read *this*.", parts=(true_false(), POOL))
    main = test_of(target, multiple_choice(), given_section).find("testPart/assessmentSection")
    assert [part.get("identifier") for part in main if part.get("identifier")] == ["q1", "s"]
    section = main.find("assessmentSection")
    assert section.get("title") == "Part A"
    assert "".join(section.find("rubricBlock").itertext()) == "Read this."
    assert [part.get("identifier") for part in section if part.get("identifier")] == ["q3", "p"]


@each_version
def test_every_reference_leads_to_the_item_of_its_question(target):
    test = test_of(target, multiple_choice(), true_false())
    references = {one.get("identifier"): one.get("href") for one in test.iter("assessmentItemRef")}
    assert references == {"q1": "items/1.xml", "q3": "items/2.xml"}


@each_version
def test_shuffled_questions_change_places_but_texts_and_sections_stay(target):
    asked = (multiple_choice(), text_block(id="t"), Section(id="s", parts=(true_false(),)))
    main = test_of(target, *asked, settings=Settings(shuffle_questions=True)).find("testPart/assessmentSection")
    assert main.find("ordering").get("shuffle") == "true"
    fixed = {part.get("identifier"): part.get("fixed") for part in main if part.get("identifier")}
    assert fixed == {"q1": "false", "t": "true", "s": "true"}
    assert main.find("assessmentSection/ordering").get("shuffle") == "true"


@each_version
def test_without_a_word_questions_keep_their_order(target):
    assert list(test_of(target).iter("ordering")) == []


@each_version
def test_the_time_limit_is_in_seconds(target):
    assert test_of(target, settings=Settings(time_limit=20)).find("timeLimits").get("maxTime") == "1200"
    assert test_of(target).find("timeLimits") is None


@each_version
@pytest.mark.parametrize(("no_way_back", "mode"), [(True, "linear"), (False, "nonlinear")])
def test_no_way_back_is_a_linear_part_and_all_is_submitted_at_its_end(no_way_back, mode, target):
    part = test_of(target, settings=Settings(cant_go_back=no_way_back)).find("testPart")
    assert part.get("navigationMode") == mode
    assert part.get("submissionMode") == "simultaneous"
    assert part.find("itemSessionControl").get("maxAttempts") == "1"


@each_version
@pytest.mark.parametrize(("answers", "solution"), [(Shown.AT_ONCE, "true"), (Shown.AFTER_SUBMISSION, "false")])
def test_for_feedback_at_once_each_response_is_submitted_by_itself_and_no_solution_is_seen_too_early(
    answers, solution, target
):
    part = test_of(target, settings=Settings(show_feedback=Shown.AT_ONCE, show_answers=answers)).find("testPart")
    control = part.find("itemSessionControl")
    assert (part.get("submissionMode"), control.get("maxAttempts")) == ("individual", "1")
    assert (control.get("showFeedback"), control.get("showSolution")) == ("true", solution)


@each_version
@pytest.mark.parametrize(
    "settings",
    [{"show_answers": Shown.AT_ONCE}, {"show_feedback": Shown.AT_ONCE, "students_see": Seen.RIGHT_OR_WRONG}],
)
def test_where_no_feedback_is_told_at_once_all_is_submitted_together(settings, target):
    assert test_of(target, settings=Settings(**settings)).find("testPart").get("submissionMode") == "simultaneous"


@each_version
def test_what_students_never_see_is_not_shown(target):
    hidden = Settings(show_answers=Shown.NEVER, show_feedback=Shown.NEVER)
    control = test_of(target, settings=hidden).find("testPart/itemSessionControl")
    assert {control.get(name) for name in ("showFeedback", "allowReview", "showSolution")} == {"false"}
    control = test_of(target).find("testPart/itemSessionControl")
    assert {control.get(name) for name in ("showFeedback", "allowReview", "showSolution")} == {"true"}


@each_version
@pytest.mark.parametrize(
    ("level", "reviewed"), [(Seen.SCORE, "false"), (Seen.OWN_ANSWERS, "true"), (Seen.RIGHT_OR_WRONG, "true")]
)
def test_who_does_not_see_everything_sees_neither_feedback_nor_solution(level, reviewed, target):
    control = test_of(target, settings=Settings(students_see=level)).find("testPart/itemSessionControl")
    assert control.get("allowReview") == reviewed
    assert {control.get(name) for name in ("showFeedback", "showSolution")} == {"false"}


@each_version
@pytest.mark.parametrize(("shuffled", "written"), [(True, "true"), (False, "false")])
def test_shuffled_answers_are_shuffled_but_true_and_false_stay(shuffled, written, target):
    from tests.qti_export.quizzes import quiz

    asked = quiz(multiple_choice(), true_false(), settings=Settings(shuffle_answers=shuffled))
    first, second = (document(target, f"items/{number}.xml", asked) for number in (1, 2))
    assert first.find(".//choiceInteraction").get("shuffle") == written
    assert second.find(".//choiceInteraction").get("shuffle") == "false"
