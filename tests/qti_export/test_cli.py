"""The command, as a person and as a script meets it."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import content
from content.quizzes import bundled
from content.readers import read_file
from qti_export import TARGETS
from qti_export.cli import main
from tests.content import pictures

ROOT = Path(__file__).parents[2]

GOOD = """\
Quiz title: Ferries
id: ferries

1. Which of these float?
[*] wood
[*] ice
[ ] stone

2. Is water wet?
*a) True
b) False
"""
NO_KEY = "Quiz title: Broken\n\n1. Which?\na) this\nb) that\n"
TO_ALL = [option for target in TARGETS for option in ("--to", target)]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


def quiz_file(path: Path, text: str = GOOD) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def files_in(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_export_writes_one_file_for_each_target_named_after_the_quiz(tmp_path):
    result = run("export", *TO_ALL, "-o", tmp_path / "dist", quiz_file(tmp_path / "week 1.md"))
    assert result.exit_code == 0
    expected = [f"{target}/ferries{TARGETS[target].suffix}" for target in TARGETS]
    assert files_in(tmp_path / "dist") == sorted(expected)
    assert zipfile.is_zipfile(tmp_path / "dist/canvas/ferries.zip")


def test_export_says_what_was_written_what_is_lost_and_what_to_do(tmp_path):
    result = run("export", "--to", "canvas", "--to", "moodle-xml", "-o", tmp_path, quiz_file(tmp_path / "w.md"))
    said = " ".join(result.stdout.split())
    assert "w.md canvas 2 2 0" in said
    assert "Nothing is lost." in said
    assert "Moodle's import brings the questions into the question bank, but no quiz." in said
    assert "1. In the Canvas course open Settings > Import Course Content" in said


def test_a_second_export_writes_the_same_bytes(tmp_path):
    file = quiz_file(tmp_path / "w.md")
    run("export", *TO_ALL, "-o", tmp_path / "one", file)
    run("export", *TO_ALL, "-o", tmp_path / "two", file)
    assert files_in(tmp_path / "one") == files_in(tmp_path / "two")
    for name in files_in(tmp_path / "one"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_a_bad_file_is_left_out_and_the_others_are_exported(tmp_path):
    bad, good = quiz_file(tmp_path / "a.md", NO_KEY), quiz_file(tmp_path / "b.md")
    result = run("export", "--to", "canvas", "-o", tmp_path / "dist", bad, good)
    assert result.exit_code == 1
    assert files_in(tmp_path / "dist") == ["canvas/ferries.zip"]
    assert f"Not exported, because of its errors: {bad}" in result.stderr


def test_nothing_is_written_where_everything_is_bad(tmp_path):
    result = run("export", "--to", "canvas", "-o", tmp_path / "dist", quiz_file(tmp_path / "a.md", NO_KEY))
    assert result.exit_code == 1
    assert not (tmp_path / "dist").exists()
    assert result.stdout == ""


def test_a_quiz_that_needs_review_is_refused(tmp_path):
    text = GOOD.replace("2. Is", "needs review: the page was cut off here.\n2. Is")
    result = run("export", "--to", "canvas", "-o", tmp_path / "dist", quiz_file(tmp_path / "a.md", text))
    assert result.exit_code == 1
    assert "needs-review" in result.stderr
    assert not (tmp_path / "dist").exists()


BAD_INPUTS = {
    "latin-1": "Quiz title: Caf\xe9\n".encode("latin-1"),
    "empty": b"",
    "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n",
    "zip": b"PK\x03\x04\x14\x00\x00\x00\x08\x00" + bytes(range(256)),
    "one-long-line": b"x" * 50_000_000,
    "zeros": bytes(1000),
}


@pytest.mark.parametrize("name", BAD_INPUTS)
@pytest.mark.parametrize("command", [["lint"], ["export", "--to", "canvas", "-o", "dist"], ["convert", "-o", "out.md"]])
def test_bad_input_gets_one_sentence_and_nothing_is_written(tmp_path, monkeypatch, name, command):
    monkeypatch.chdir(tmp_path)
    Path("bad.md").write_bytes(BAD_INPUTS[name])
    result = run(*command, "bad.md")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.count("error") == 1 + result.stderr.count("1 error.") + result.stderr.count("its errors")
    assert len(result.stderr) < 1_000
    assert files_in(tmp_path) == ["bad.md"]


def test_two_quizzes_of_one_id_do_not_overwrite_each_other(tmp_path):
    first, second = quiz_file(tmp_path / "a.md"), quiz_file(tmp_path / "b.md", GOOD.replace("ice", "cork"))
    result = run("export", "--to", "canvas", "-o", tmp_path / "dist", first, second)
    assert result.exit_code == 1
    assert f"The quiz has the id 'ferries', which the quiz in {first} has already." in result.stderr
    alone = run("export", "--to", "canvas", "-o", tmp_path / "alone", first)
    assert alone.exit_code == 0
    [written], [expected] = (list((tmp_path / name).rglob("*.zip")) for name in ("dist", "alone"))
    assert written.read_bytes() == expected.read_bytes()


def test_a_folder_means_the_quizzes_right_in_it_but_no_hidden_files(tmp_path):
    for name in ("two.md", "a.txt", ".hidden.md", "pages/x.md", "notes.csv"):
        quiz_file(tmp_path / "in" / name, GOOD.replace("id: ferries", ""))
    result = run("export", "--json", "--to", "canvas", "-o", tmp_path / "dist", tmp_path / "in")
    assert [Path(one["file"]).name for one in json.loads(result.stdout)] == ["a.txt", "two.md"]
    assert files_in(tmp_path / "dist") == ["canvas/a.zip", "canvas/two.zip"]


def test_a_pattern_means_the_files_it_matches(tmp_path):
    for name in ("week-1.md", "week-2.md", "other.md"):
        quiz_file(tmp_path / name)
    result = run("lint", tmp_path / "week-*.md")
    assert "2 files: no problems." in result.stderr


def test_the_name_of_a_bundled_quiz_means_that_quiz(tmp_path):
    assert run("export", "--to", "canvas", "-o", tmp_path, "scaling-infrastructure").exit_code == 0
    assert files_in(tmp_path) == ["canvas/scaling-infrastructure.zip"]


def test_all_bundled_quizzes_go_everywhere_but_into_aiken_which_has_single_choices_only(tmp_path):
    targets = [target for target in TARGETS if target != "aiken"]
    result = run("export", *(word for target in targets for word in ("--to", target)), "-o", tmp_path, *bundled())
    assert result.exit_code == 0
    assert len(files_in(tmp_path)) == len(bundled()) * len(targets)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["export", "quiz.md"], "Missing option '--to'"),
        (["export", "--to", "blackbord", "quiz.md"], "'blackbord' is not one of"),
        (["export", "--to", "canvas"], "Missing argument 'FILE...'"),
        (["lint", "no-such-file.md"], "There is no file 'no-such-file.md'"),
        (["lint", f"{'x' * 300}.md"], "cannot be read: File name too long."),
        (["lint", "no-*.md"], "There is no file 'no-*.md'"),
        (["convert", "no-such-file.md"], "There is no file 'no-such-file.md'"),
        (["conver"], "No such command"),
    ],
)
def test_wrong_use_ends_with_2_and_says_what_is_wrong(tmp_path, monkeypatch, arguments, said):
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr


def test_json_of_export_holds_paths_counts_losses_steps_and_problems(tmp_path):
    bad, good = quiz_file(tmp_path / "a.md", NO_KEY), quiz_file(tmp_path / "b.md")
    result = run("export", "--json", "--to", "moodle-xml", "-o", tmp_path / "dist", bad, good)
    refused, done = json.loads(result.stdout)
    assert result.exit_code == 1
    assert refused["exports"] == []
    assert {"code": "no-key", "severity": "error", "line": 3}.items() <= refused["problems"][0].items()
    [exported] = done["exports"]
    assert exported["path"] == str(tmp_path / "dist/moodle-xml/ferries.xml")
    assert exported["arrives"] == {"multiple_response": 1, "true_false": 1}
    assert exported["points"] == "2"
    assert [loss["code"] for loss in exported["losses"]] == ["no-quiz"]
    assert len(exported["steps"]) == 3


def test_lint_shows_place_line_caret_and_remedy(tmp_path):
    file = quiz_file(tmp_path / "a.md", NO_KEY)
    result = run("lint", file)
    assert result.exit_code == 1
    [problem] = read_file(file).problems
    assert f"{file}:{problem.source.line}:{problem.source.column}: error: {problem.sentence}" in result.stderr
    assert "3 | 1. Which?" in result.stderr
    assert problem.remedy in result.stderr
    lines = result.stderr.splitlines()
    shown = next(number for number, line in enumerate(lines) if "3 | " in line)
    assert lines[shown + 1].index("^") - lines[shown].index("1. W") == problem.source.column - 1


def test_lint_ends_with_0_where_there_are_only_warnings(tmp_path):
    result = run("lint", quiz_file(tmp_path / "a.md", "1. Which?\n*a) this\nb) that\n"))
    assert result.exit_code == 0
    assert "1 file: 1 warning." in result.stderr


def test_json_of_lint_is_a_list_of_problems(tmp_path):
    [problem] = json.loads(run("lint", "--json", quiz_file(tmp_path / "a.md", NO_KEY)).stdout)
    assert set(problem) == {"severity", "code", "sentence", "remedy", "file", "line", "column"}


@pytest.mark.parametrize("hostile", ["\x1b]0;owned\x07", "\x1b[2J", "\u202e", "\x9b2J"])
def test_nothing_in_a_quiz_can_steer_the_terminal(tmp_path, hostile):
    text = f"Quiz title: T{hostile}\n\n1. Which{hostile}?\nid: {hostile}!\na) this\nb) that\n"
    file = quiz_file(tmp_path / "a.md", text)
    for result in (run("lint", file), run("export", "--to", "canvas", "-o", tmp_path / "dist", file)):
        assert hostile not in result.output


def test_convert_writes_quiz_text_that_reads_the_same(tmp_path):
    file = quiz_file(tmp_path / "a.md")
    result = run("convert", file, "-o", tmp_path / "out.md")
    assert result.exit_code == 0
    assert read_file(tmp_path / "out.md").quiz == read_file(file).quiz
    assert run("convert", file).stdout == (tmp_path / "out.md").read_text(encoding="utf-8")


def test_convert_writes_what_needs_review_and_ends_with_1(tmp_path):
    pages = (ROOT / "content/quizzes/pages").glob("*.txt")
    doubtful = next(page for page in pages if any(one.needs_review for one in read_file(page).quiz.questions))
    result = run("convert", doubtful, "-o", tmp_path / "out.md")
    assert result.exit_code == 1
    assert "needs review:" in (tmp_path / "out.md").read_text(encoding="utf-8")
    assert "error" in result.stderr


def test_convert_writes_a_quiz_whose_image_is_missing_and_ends_with_1(tmp_path):
    source = quiz_file(tmp_path / "a.md", GOOD.replace("Is water wet?", "Is ![water](water.png) wet?"))
    result = run("convert", source)
    assert result.exit_code == 1
    assert "![water](water.png)" in result.stdout
    assert "missing-image" in result.stderr


def test_convert_takes_the_images_of_a_quiz_along_into_another_folder(tmp_path):
    source = quiz_file(tmp_path / "a.md", GOOD.replace("wet?", "wet?\n   ![sea](pictures/sea.png)"))
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures/sea.png").write_bytes(pictures.PNG)
    result = run("convert", source, "-o", tmp_path / "other/folder/b.md")
    assert result.exit_code == 0
    assert "sea.png" in result.stderr
    assert read_file(tmp_path / "other/folder/b.md").quiz == read_file(source).quiz
    assert run("convert", source, "-o", tmp_path / "c.md").stderr == ""


def test_convert_overwrites_another_image_only_by_force(tmp_path):
    source = quiz_file(tmp_path / "a.md", GOOD.replace("wet?", "wet?\n   ![sea](sea.png)"))
    (tmp_path / "sea.png").write_bytes(pictures.PNG)
    other = tmp_path / "other"
    other.mkdir()
    (other / "sea.png").write_bytes(pictures.GIF)
    result = run("convert", source, "-o", other / "b.md")
    assert result.exit_code == 2
    assert "sea.png" in result.stderr
    assert [path.name for path in other.iterdir()] == ["sea.png"]
    assert run("convert", "--force", source, "-o", other / "b.md").exit_code == 0
    assert (other / "sea.png").read_bytes() == pictures.PNG
    assert run("convert", "--force", source, "-o", other / "b.md").stderr == ""


def test_convert_does_not_write_a_quiz_of_which_something_could_be_missing(tmp_path):
    result = run("convert", quiz_file(tmp_path / "a.md", NO_KEY), "-o", tmp_path / "out.md")
    assert result.exit_code == 1
    assert not (tmp_path / "out.md").exists()


def test_quizzes_lists_the_bundled_ones():
    assert len(bundled()) == 5
    result = run("quizzes")
    names = [path.stem for path in bundled()]
    assert all(name in result.stdout for name in names)
    listed = json.loads(run("quizzes", "--json").stdout)
    assert [one["name"] for one in listed] == names
    assert sum(one["questions"] for one in listed) == 28


def test_a_failed_write_leaves_the_earlier_file_and_nothing_else(tmp_path, monkeypatch):
    file = quiz_file(tmp_path / "a.md")
    run("export", "--to", "canvas", "-o", tmp_path / "dist", file)
    before = (tmp_path / "dist/canvas/ferries.zip").read_bytes()

    def refuse(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", refuse)
    result = run("export", "--to", "canvas", "-o", tmp_path / "dist", quiz_file(file, GOOD.replace("ice", "cork")))
    assert result.exit_code == 1
    assert "cannot be written: No space left on device." in result.stderr
    assert files_in(tmp_path / "dist") == ["canvas/ferries.zip"]
    assert (tmp_path / "dist/canvas/ferries.zip").read_bytes() == before


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path):
    (tmp_path / "dist").mkdir()
    quiz_file(tmp_path / "dist/canvas", "a file where a folder should be")
    result = run("export", "--to", "canvas", "-o", tmp_path / "dist", quiz_file(tmp_path / "a.md"))
    assert result.exit_code == 1
    assert "cannot be written" in result.stderr


def test_version_is_that_of_the_package():
    assert run("--version").stdout == f"quizferry {content.__version__}\n"
    assert "version = attr: content.__version__\n" in (ROOT / "setup.cfg").read_text(encoding="utf-8")


def test_version_and_help_load_nothing_that_takes_long():
    script = (
        "import sys; from qti_export.cli import main; main(['--version'], standalone_mode=False); print(*sys.modules)"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    loaded = subprocess.run(
        [sys.executable, "-c", script], env=environment, check=True, capture_output=True, text=True
    ).stdout.split()
    slow = {"lxml", "rich", "markdown_it", "nh3", "pygments", "flask", "sqlalchemy", "importlib.metadata", "zipfile"}
    assert slow.isdisjoint(loaded)


@pytest.mark.parametrize("command", [[], ["export"], ["check"], ["lint"], ["convert"], ["quizzes"]])
def test_help_is_there_for_every_command(command):
    result = run(*command, "--help")
    assert result.exit_code == 0
    assert all(len(line) <= 80 for line in result.stdout.splitlines())
    if command and command != ["quizzes"]:
        assert f"quizferry {command[0]}" in result.stdout


def test_convert_overwrites_a_file_only_by_force(tmp_path):
    file = quiz_file(tmp_path / "a.md")
    edited = quiz_file(tmp_path / "out.md", "edited")
    result = run("convert", file, "-o", edited)
    assert result.exit_code == 2
    assert f"There is a file '{edited}' already." in result.stderr
    assert edited.read_text(encoding="utf-8") == "edited"
    assert run("convert", "--force", file, "-o", edited).exit_code == 0
    assert edited.read_text(encoding="utf-8") != "edited"
