from pathlib import Path

import pytest

from content.quizzes import bundled
from lti_app.demo.packages import PACKAGED_FOR, REPORT, write_packages


def test_each_quiz_is_made_for_canvas_and_moodle_with_a_report_beside(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert write_packages(bundled(), tmp_path)
    for target in PACKAGED_FOR:
        assert {path.stem for path in (tmp_path / target).iterdir()} == {path.stem for path in bundled()}
    report = (tmp_path / REPORT).read_text(encoding="utf-8")
    assert all(target in report for target in PACKAGED_FOR)
    assert str(tmp_path / REPORT) in capsys.readouterr().out


def test_a_quiz_that_cannot_be_exported_is_no_success(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    quiz = tmp_path / "quiz.md"
    quiz.write_text("Quiz title: No key\n\n1. Which?\na) This\nb) That\n", encoding="utf-8")
    assert not write_packages([quiz], tmp_path / "dist")
    output = capsys.readouterr()
    assert "no-key" in output.err
    assert output.out == ""
