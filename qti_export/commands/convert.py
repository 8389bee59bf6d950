"""``quizferry convert``: any readable quiz as quiz text."""

from collections.abc import Mapping
from pathlib import Path

import click

from content.problem import has_errors
from content.quiz import Quiz
from content.readers import read_file
from content.readers.image_files import CODES
from content.writers.quiz_text import write_quiz_text
from qti_export.commands.files import write_whole
from qti_export.commands.inputs import find_files
from qti_export.commands.terminal import print_problems


def run(name: str, output: Path | None, *, force: bool) -> int:
    """Write the quiz as quiz text, print its problems, and return the exit code.

    A quiz whose only fault is that its source does not show all of it, or that an image is bad, is written for somebody
    to settle; any other with errors is not, since something of it could be missing. The images that it shows are
    copied beside the output. Raise click.UsageError where there is a file already that would be overwritten, unless
    ``force``.
    """
    if output and not force:
        _keep(output)
    files = find_files([name])
    if len(files) != 1:
        raise click.UsageError(f"'{name}' is {len(files)} files; convert takes one at a time.")
    quiz, problems = read_file(files[0])
    print_problems(problems)
    failed = has_errors(problems)
    of_text = [problem for problem in problems if problem.code not in CODES]
    if quiz is None or (has_errors(of_text) and not _waits_for_review(quiz)):
        return 1
    text = write_quiz_text(quiz)
    if output is None:
        click.echo(text, nl=False)
        return int(failed)
    images = _images_to_copy(quiz, files[0].parent, output.parent, force=force)
    return int(not _written({**images, output: text.encode()}) or failed)


def _waits_for_review(quiz: Quiz) -> bool:
    return any(question.needs_review for question in quiz.questions)


def _keep(path: Path) -> None:
    if path.exists():
        raise click.UsageError(f"There is a file '{path}' already. Choose another name, or overwrite it with --force.")


def _images_to_copy(quiz: Quiz, source: Path, folder: Path, *, force: bool) -> dict[Path, bytes]:
    """Return the images that the text needs in its new folder, as they were read, by their paths there."""
    if folder.resolve() == source.resolve():
        return {}
    images = {folder / image.name: image.data for image in quiz.media}
    missing = {path: data for path, data in images.items() if not _holds(path, data)}
    for path in missing if not force else ():
        _keep(path)
    return missing


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.is_file() and path.read_bytes() == data
    except OSError:
        return False


def _written(files: Mapping[Path, bytes]) -> bool:
    """Write the files in their order, the text last, and return whether all could be; say which images came along."""
    for path, data in files.items():
        try:
            write_whole(path, data)
        except OSError as error:
            click.echo(f"'{path}' cannot be written: {error.strerror}.", err=True)
            return False
    if copied := list(files)[:-1]:
        what = "The image" if len(copied) == 1 else f"{len(copied)} images"
        click.echo(f"{what} that the quiz shows went along: {', '.join(map(str, copied))}", err=True)
    return True
