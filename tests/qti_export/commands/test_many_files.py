"""Many quiz files in one run of ``quizferry export``."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from qti_export import TARGETS, Target
from qti_export.cli import main
from qti_export.commands import export as export_command
from tests.lti_app.waiting import wait_for

ROOT = Path(__file__).parents[3]
NO_KEY = "Quiz title: Broken\n\n1. Which?\na) this\nb) that\n"


def quiz_text(number: int, questions: int = 1, more: str = "") -> str:
    asked = (f"\n{place}. What is {place} of {number}?\n*a) this\nb) that\n" for place in range(1, questions + 1))
    return f"Quiz title: Quiz {number}\n{more}{''.join(asked)}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "quizzes"
    folder.mkdir()
    for number in range(8):
        (folder / f"week-{number}.md").write_text(quiz_text(number), encoding="utf-8")
    return folder


@pytest.fixture(params=["one process", "several"])
def processes(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export_command, "MUCH_TEXT", 0 if request.param == "several" else sys.maxsize)


def export(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["export", *map(str, arguments)], catch_exceptions=False)


def written(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.usefixtures("processes")
def test_every_file_is_told_of_in_its_order_and_a_bad_one_stops_no_other(folder, tmp_path):
    (folder / "week-3.md").write_text(NO_KEY, encoding="utf-8")
    result = export("--json", "--to", "canvas", "--to", "moodle-xml", "-o", tmp_path / "dist", folder)
    told = json.loads(result.stdout)
    assert result.exit_code == 1
    assert [Path(one["file"]).stem for one in told] == [f"week-{number}" for number in range(8)]
    assert [len(one["exports"]) for one in told] == [2, 2, 2, 0, 2, 2, 2, 2]
    assert len(written(tmp_path / "dist")) == 14


def test_a_folder_without_quizzes_is_said_so_and_stops_no_other(folder, tmp_path):
    images = folder / "images"
    images.mkdir()
    result = export("--to", "canvas", "-o", tmp_path, images, folder)
    assert result.exit_code == 1
    assert f"{images}: error: This folder holds no file that ends in .md or .txt." in result.stderr
    assert len(list((tmp_path / "canvas").iterdir())) == 8


@pytest.mark.usefixtures("processes")
def test_the_first_of_two_files_with_one_id_is_written(folder, tmp_path):
    for number in (2, 5):
        (folder / f"week-{number}.md").write_text(quiz_text(number, more="id: same\n"), encoding="utf-8")
    result = export("--to", "canvas", "-o", tmp_path / "dist", folder)
    assert f"The quiz has the id 'same', which the quiz in {folder / 'week-2.md'} has already." in result.stderr
    export("--to", "canvas", "-o", tmp_path / "alone", folder / "week-2.md")
    assert written(tmp_path / "alone").items() <= written(tmp_path / "dist").items()


def test_several_processes_write_what_one_writes_and_say_the_same(folder, tmp_path, monkeypatch):
    said = []
    for name, much in (("1", sys.maxsize), ("2", 0)):
        monkeypatch.setattr(export_command, "MUCH_TEXT", much)
        arguments = [part for target in TARGETS for part in ("--to", target)]
        result = export(*arguments, "-o", tmp_path / name, folder)
        said.append(result.output.replace(f"/{name}/", "/"))
    assert written(tmp_path / "1") == written(tmp_path / "2")
    assert said[0] == said[1]


def test_a_fault_of_ours_in_one_file_is_reported_and_stops_no_other(folder, tmp_path, monkeypatch):
    monkeypatch.setitem(TARGETS, "canvas", Target("Faulty", ".zip", "tests.qti_export.commands.faulty_target"))
    (folder / "week-3.md").write_text(quiz_text(3).replace("Quiz 3", "Broken"), encoding="utf-8")
    result = export("--to", "canvas", "-o", tmp_path / "dist", folder)
    assert result.exit_code == 1
    assert "Quizferry failed at this file (KeyError: 'no such thing', in faulty_target.py, line 10)." in result.stderr
    assert len(written(tmp_path / "dist")) == 7


def test_the_table_has_a_row_for_each_file_written_and_for_each_that_is_not(folder, tmp_path):
    (folder / "week-3.md").write_text(NO_KEY, encoding="utf-8")
    lines = export("--to", "canvas", "-o", tmp_path / "dist", folder).stdout.splitlines()
    assert lines[0].split() == ["quiz", "target", "questions", "points", "losses", "written", "to"]
    assert lines[3].split() == ["week-2.md", "canvas", "1", "1", "0", str(tmp_path / "dist/canvas/week-2.zip")]
    assert lines[4].split() == ["week-3.md", "not", "written:", "1", "error"]


def test_strict_takes_a_loss_for_an_error_and_writes_only_what_arrives_whole(tmp_path):
    (tmp_path / "whole.md").write_text(quiz_text(1), encoding="utf-8")
    (tmp_path / "hints.md").write_text(quiz_text(2) + "? Think.\n", encoding="utf-8")
    names = [tmp_path / "whole.md", tmp_path / "hints.md"]
    both = ["--to", "canvas", "--to", "moodle-xml", "-o"]
    assert export(*both, tmp_path / "lax", *names).exit_code == 0
    result = export("--strict", *both, tmp_path / "strict", *names)
    assert result.exit_code == 1
    assert written(tmp_path / "strict").keys() == {"canvas/whole.zip"}
    assert "error: Canvas has no hints: the questions arrive without theirs." in result.stderr
    assert "error: Moodle's import brings the questions into the question bank, but no quiz." in result.stderr


def command(*arguments: object) -> list[str]:
    script = "from qti_export.cli import main; main(prog_name='quizferry')"
    return [sys.executable, "-c", script, *map(str, arguments)]


ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", "COLUMNS": "80"}


def test_ctrl_c_ends_all_processes_without_a_traceback_or_half_a_file(folder, tmp_path):
    text = quiz_text(0, questions=150)
    for number in range(150):
        (folder / f"long-{number}.md").write_text(text, encoding="utf-8")
    arguments = command("export", "--to", "canvas", "-o", tmp_path / "dist", folder)
    process = subprocess.Popen(
        arguments, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    wait_for(lambda: any(tmp_path.glob("dist/canvas/*.zip")))
    os.killpg(process.pid, signal.SIGINT)
    stdout, stderr = process.communicate(timeout=30)  # their end of the pipe is closed when the last one has ended
    assert (process.returncode, stdout, stderr.strip()) == (1, "", "Aborted!")
    names = [path.name for path in tmp_path.rglob("dist/*/*")]
    assert 0 < len(names) < 158
    assert all(name.endswith(".zip") and not name.startswith(".") for name in names)


@pytest.mark.parametrize("watched", [True, False])
def test_one_progress_bar_is_shown_where_a_terminal_watches(folder, tmp_path, watched):
    ours, theirs = os.openpty()
    arguments = command("export", "--to", "canvas", "-o", tmp_path / "dist", folder)
    stderr = theirs if watched else subprocess.PIPE
    process = subprocess.run(arguments, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=stderr, check=True)
    os.close(theirs)
    shown = os.read(ours, 100_000) if watched else process.stderr
    os.close(ours)
    assert (b"Exporting" in shown) is watched
