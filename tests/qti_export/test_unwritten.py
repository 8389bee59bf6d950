from dataclasses import replace

import pytest

from content.problem import Source
from content.questions import Question
from content.quiz import Pool, Section, Settings
from qti_export import TARGETS, NotExportable, export
from tests.qti_export.quizzes import multiple_choice, quiz

SOME_KINDS = ["moodle-xml", "moodle-cartridge"]
"""The targets that do not write every kind, part and setting yet."""


class Drawing(Question):
    kind = "drawing_by_hand"


@pytest.mark.parametrize("target", TARGETS)
def test_a_kind_that_a_target_does_not_write_is_refused_by_name_and_place(target: str) -> None:
    drawing = Drawing(id="q2", stem="Draw a cat.", source=Source("quiz.md", 7))
    with pytest.raises(NotExportable) as refused:
        export(quiz(multiple_choice(), drawing), target)
    (problem,) = refused.value.problems
    assert "'drawing by hand'" in problem.sentence
    assert str(problem.source) == "quiz.md:7:1"


@pytest.mark.parametrize(
    ("part", "words"),
    [(Pool(pick=1, questions=(multiple_choice(),)), "Groups"), (Section(parts=(multiple_choice(),)), "Sections")],
    ids=["pool", "section"],
)
@pytest.mark.parametrize("target", SOME_KINDS)
def test_a_part_that_a_target_does_not_write_is_refused(target: str, part: Pool | Section, words: str) -> None:
    with pytest.raises(NotExportable, match=words):
        export(quiz(parts=(replace(part, source=Source("quiz.md", 7)),)), target)


@pytest.mark.parametrize("target", SOME_KINDS)
def test_settings_hints_and_outcomes_that_a_target_does_not_write_are_named(target: str) -> None:
    question = multiple_choice(hints=("Think.",), outcomes=("LO 1",))
    report = export(quiz(question, settings=Settings(time_limit=30, access_code="sesame")), target).report
    said = " ".join(loss.sentence for loss in report.losses)
    for words in ("time limit, access code", "Hints", "Learning outcomes"):
        assert words in said
