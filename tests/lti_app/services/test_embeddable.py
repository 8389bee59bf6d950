from dataclasses import replace

import pytest

from content.media import Media
from content.problem import Source
from content.questions import Essay
from content.quiz import Part, Pool, Section, Settings, Shown
from lti_app.services.embeddable import not_embeddable
from tests.lti_app.school import QUIZ

QUESTION = QUIZ.questions[0]


def test_a_quiz_of_choices_can_be_embedded() -> None:
    assert list(not_embeddable(QUIZ)) == []


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (Essay(stem="Write.", source=Source("quiz.md", 5)), "kind 'essay'"),
        (Pool(pick=1, questions=(QUESTION,), source=Source("quiz.md", 5)), "group"),
        (Section(parts=(QUESTION,), source=Source("quiz.md", 5)), "section"),
    ],
)
def test_a_part_that_cannot_be_embedded_yet_is_named_with_its_place(part: Part, words: str) -> None:
    (problem,) = not_embeddable(replace(QUIZ, parts=(QUESTION, part)))
    assert words in problem.sentence
    assert problem.source.line == 5


def test_images_beside_a_quiz_cannot_be_embedded_yet() -> None:
    (problem,) = not_embeddable(replace(QUIZ, media=(Media("cat.png", b"", "image/png"),)))
    assert "Images" in problem.sentence


def test_settings_that_cannot_be_kept_yet_are_named_together() -> None:
    (problem,) = not_embeddable(replace(QUIZ, settings=Settings(time_limit=30, attempts=2, shuffle_answers=True)))
    assert problem.sentence.endswith(": time limit, attempts.")


@pytest.mark.parametrize(
    "settings",
    [
        Settings(one_question_at_a_time=True),
        Settings(show_answers=Shown.AFTER_CLOSE),
        Settings(show_feedback=Shown.NEVER),
    ],
)
def test_a_setting_is_never_ignored(settings: Settings) -> None:
    assert list(not_embeddable(replace(QUIZ, settings=settings)))


def test_hiding_the_right_answers_is_kept() -> None:
    assert list(not_embeddable(replace(QUIZ, settings=Settings(show_answers=Shown.NEVER)))) == []
