"""``quizferry convert``: any readable quiz as quiz text."""

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
    to settle; any other with errors is not, since something of it could be missing. Raise click.UsageError where the
    output is there already, unless ``force``.
    """
    if output and output.exists() and not force:
        raise click.UsageError(
            f"There is a file '{output}' already. Choose another name, or overwrite it with --force."
        )
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
    try:
        write_whole(output, text.encode())
    except OSError as error:
        click.echo(f"'{output}' cannot be written: {error.strerror}.", err=True)
        return 1
    return int(failed)


def _waits_for_review(quiz: Quiz) -> bool:
    return any(question.needs_review for question in quiz.questions)
