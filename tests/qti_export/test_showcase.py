"""The showcase holds all that a quiz can hold, and goes to every target with no loss but those that are known."""

from dataclasses import fields
from functools import cache
from typing import get_args

import pytest

from content.numbers import NumericAnswer
from content.prose import formulas, images, to_html
from content.questions import Choice, ChoiceQuestion, MultipleResponse, Numerical, PartialCredit, Question, ShortAnswer
from content.quiz import Pool, Quiz, Section, Settings
from content.quizzes import bundled, showcase
from content.readers import read_file
from content.readers.quiz_text import read_quiz_text
from content.texts import texts_of
from content.writers.quiz_text import write_quiz_text
from qti_export import TARGETS, export
from tests.content.readers.test_quiz_text_docs import every_kind
from tests.qti_export.moodle.backup.rules import complaints
from tests.qti_export.packages import members, with_schemas_of_qti, xsd_errors

LOSSES = {
    "canvas": "answer-feedback case formatting hints ordering outcomes partial-credit pass-mark section sections-apart"
    " show-feedback shuffle-questions students-see tags wait",
    "canvas-bank": "answer-feedback case formatting hints ordering outcomes partial-credit pool section sections-apart"
    " settings tags",
    "moodle-xml": "blanks hints image no-quiz ordering outcomes pair-feedback partial-credit pool section"
    " sections-apart settings",
    "moodle-cartridge": "answer-feedback behaviour blanks case combined-feedback description grade-scale hints left-out"
    " outcomes partial-credit points pool section sections-apart settings tags",
    "moodle-backup": "blanks due hints last-attempt ordering outcomes pair-feedback partial-credit sections-apart"
    " show-after shuffled-text",
    "common-cartridge": "description hints kind left-out outcomes partial-credit points pool section sections-apart"
    " settings tags typing",
    "qti21": "formatting rubric sections-apart settings typing",
    "qti22": "formatting rubric sections-apart settings typing",
    "qti30": "formatting rubric sections-apart settings typing",
    "gift": "blanks case combined-feedback file hints left-out no-quiz outcomes pair-feedback partial-credit parts"
    " points sections-apart",
    "aiken": "file formatting left-out no-quiz parts plain sections-apart",
}
"""The codes of what each target does not keep of the showcase."""

PUT_ON_PAPER = ("gift", "aiken")
"""Targets that are texts, and have no files."""


@cache
def the_showcase() -> Quiz:
    reading = read_file(showcase())
    assert reading.problems == ()
    assert reading.quiz is not None
    return reading.quiz


def every_text() -> list[str]:
    quiz = the_showcase()
    return [text for part in (quiz, *quiz.all_parts) for text in texts_of(part)]


def test_it_is_none_of_the_quizzes_that_are_embedded() -> None:
    assert showcase() not in bundled()
    assert showcase().stem == the_showcase().id


def test_it_has_every_kind_part_setting_and_number() -> None:
    quiz = the_showcase()
    assert {question.kind for question in quiz.questions} == {cls.kind for cls in every_kind(Question)}
    assert {type(part) for part in quiz.all_parts} >= {Pool, Section}
    assert quiz.settings.changed == tuple(field.name for field in fields(Settings))
    numbers = {type(one) for asked in quiz.questions if isinstance(asked, Numerical) for one in asked.answers}
    assert numbers == set(get_args(NumericAnswer))
    rules = {asked.partial_credit for asked in quiz.questions if isinstance(asked, MultipleResponse)}
    assert rules == set(PartialCredit)
    assert {asked.case_sensitive for asked in quiz.questions if isinstance(asked, ShortAnswer)} == {True, False}


def test_it_has_every_feedback_hints_tags_outcomes_and_ids_of_its_own() -> None:
    asked = the_showcase().questions
    for name in ("general", "correct", "incorrect"):
        assert any(getattr(question.feedback, name) for question in asked)
    assert any(choice.feedback for question in asked for choice in _choices(question))
    for name in ("hints", "tags", "outcomes", "title"):
        assert any(getattr(question, name) for question in asked)
    assert sum(not part.id for part in the_showcase().all_parts) == 1  # the text at the top


def _choices(question: Question) -> tuple[Choice, ...]:
    return question.choices if isinstance(question, ChoiceQuestion) else ()


def test_it_has_images_formulas_code_a_table_and_a_link() -> None:
    html = "".join(map(to_html, every_text()))
    assert {one.type for one in the_showcase().media} == {"image/png", "image/svg+xml"}
    assert all(image.alt for image in images(html))
    for sign in ("<table>", "<pre><code>", "<span style=", '<a href="https://', "<blockquote>", "\\(", "\\["):
        assert sign in html
    assert sum(len(formulas(text)) for text in every_text()) > 10
    assert any("\u0600" <= char <= "\u06ff" for char in html)


def test_it_is_written_as_it_was_read() -> None:
    quiz = the_showcase()
    written = read_quiz_text(write_quiz_text(quiz), "showcase.md").quiz
    assert written is not None
    assert (written.parts, written.settings, written.description) == (quiz.parts, quiz.settings, quiz.description)


@pytest.mark.parametrize("target", TARGETS)
def test_it_goes_to_every_target_and_loses_nothing_unexpected(target: str) -> None:
    report = export(the_showcase(), target).report
    assert {loss.code for loss in report.losses} == set(LOSSES[target].split())
    assert all(loss.source.file.endswith("showcase.md") for loss in report.losses)


@pytest.mark.parametrize("target", [name for name in TARGETS if name not in PUT_ON_PAPER])
def test_its_images_arrive(target: str) -> None:
    data = export(the_showcase(), target).data
    [png] = [one.data for one in the_showcase().media if one.type == "image/png"]
    if data.startswith(b"PK"):
        assert png in members(data).values()
    else:
        assert b'<file name="loss.png" path="/" encoding="base64">' in data


@with_schemas_of_qti
@pytest.mark.parametrize("target", [name for name in TARGETS if TARGETS[name].suffix in (".zip", ".imscc")])
def test_every_member_of_its_packages_is_valid(target: str) -> None:
    assert xsd_errors(export(the_showcase(), target).data, TARGETS[target].suffix) == ""


def test_its_backup_restores_whole() -> None:
    assert complaints(export(the_showcase(), "moodle-backup").data) == []
