"""``quizferry print``: a quiz on paper."""

from pathlib import Path

import click

from content.identity import with_ids
from content.readers import read_file
from qti_export.commands.files import write_whole
from qti_export.commands.inputs import find_files
from qti_export.commands.terminal import print_problems, printable
from qti_export.preview.sheet import all_alike, keys, sheets


def run(name: str, output: Path, key: Path | None, *, versions: int, seed: int, paper: str) -> int:
    """Write the sheets, and the answer key where one is asked for; print problems, and return the exit code."""
    files = find_files([name])
    if len(files) != 1:
        raise click.UsageError(f"'{name}' is {len(files)} files; print takes one at a time.")
    reading = read_file(files[0])
    print_problems(reading.problems)
    if reading.quiz is None or not reading.ok:
        return 1
    quiz = with_ids(reading.quiz)
    if all_alike(quiz, versions, seed):
        said = "All versions are the same: write 'shuffle answers: true', 'shuffle questions: true' or a GROUP."
        click.echo(said, err=True)
    made = {output: sheets(quiz, versions, seed, paper)}
    if key is not None:
        made[key] = keys(quiz, versions, seed, paper)
    for path, page in made.items():
        try:
            write_whole(path, page.encode("utf-8", "replace"))
        except OSError as error:
            click.echo(f"'{printable(str(path))}' cannot be written: {error.strerror}.", err=True)
            return 1
        click.echo(f"Wrote {printable(str(path))}")
    return 0
