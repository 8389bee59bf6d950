import pytest

from content.problem import Source
from content.questions import Question
from qti_export import TARGETS, NotExportable, export
from tests.qti_export.quizzes import multiple_choice, quiz


class Drawing(Question):
    kind = "drawing_by_hand"


@pytest.mark.parametrize("target", [name for name in TARGETS if name not in {"gift", "aiken"}])  # they leave it out
def test_a_kind_that_a_target_does_not_write_is_refused_by_name_and_place(target: str) -> None:
    drawing = Drawing(id="q2", stem="Draw a cat.", source=Source("quiz.md", 7))
    with pytest.raises(NotExportable) as refused:
        export(quiz(multiple_choice(), drawing), target)
    (problem,) = refused.value.problems
    assert "'drawing by hand'" in problem.sentence
    assert str(problem.source) == "quiz.md:7:1"
