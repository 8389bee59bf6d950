"""``quizferry ids``: the names by which an LMS knows a quiz and its questions again."""

from collections.abc import Iterable
from pathlib import Path

import click

from content.identity import with_ids
from content.problem import Problem, Severity, Source
from content.quiz import Quiz
from content.quizzes import bundled, showcase
from content.readers import read_file
from content.readers.graded_page import looks_like_graded_page
from content.readers.quiz_text.id_lines import with_id_lines
from qti_export.commands.files import write_whole
from qti_export.commands.inputs import find_files
from qti_export.commands.terminal import print_problems, printable


def run(names: Iterable[str], *, write: bool) -> int:
    """Print the ids of each quiz, or write those that it lacks into its file; return the exit code: 1 on errors."""
    failed = False
    for file in find_files(names):
        quiz, problems = read_file(file)
        errors = [one for one in problems if one.severity is Severity.ERROR and one.code != "needs-review"]
        if quiz is not None and not errors:
            errors = _write(file, quiz) if write else _print(file, quiz)
        print_problems(errors)
        failed = failed or bool(errors)
    return int(failed)


def _print(file: Path, quiz: Quiz) -> list[Problem]:
    named = with_ids(quiz)
    pairs = [(quiz, named), *zip(quiz.all_parts, named.all_parts, strict=True)]
    for old, new in pairs:
        derived = "" if old.id else "  (not in the file)"
        place = new.source or Source(str(file))
        click.echo(f"{printable(f'{place.file}:{place.line}' if place.line else place.file)}: {new.id}{derived}")
    return []


def _write(file: Path, quiz: Quiz) -> list[Problem]:
    text = file.read_bytes().decode()
    if file.resolve() in {path.resolve() for path in (*bundled(), showcase())}:
        return [_refusal(file, "This quiz comes with quizferry.", "Copy its file, and write into the copy.")]
    if looks_like_graded_page(text):
        return [_refusal(file, "This is no quiz text.", "Make one of it with 'quizferry convert', and use that.")]
    missing = sum(not part.id for part in (quiz, *quiz.all_parts))
    try:
        if missing:
            _replace(file, with_id_lines(text, quiz))
    except ValueError as error:
        return [_refusal(file, str(error), "Write an 'id:' line above each question by hand.")]
    except OSError as error:
        return [_refusal(file, f"The file cannot be written: {error.strerror}.", "Check its permissions.")]
    click.echo(f"{printable(str(file))}: {f'{missing} ids written' if missing else 'all ids are there'}")
    return []


def _replace(file: Path, text: str) -> None:
    """Write the file where it really is, and leave its permissions as they were."""
    real = file.resolve()
    mode = real.stat().st_mode
    write_whole(real, text.encode())
    real.chmod(mode)


def _refusal(file: Path, sentence: str, remedy: str) -> Problem:
    return Problem(Severity.ERROR, "no-ids", sentence, remedy, Source(str(file)))
