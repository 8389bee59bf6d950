"""The bundled quizzes as files to import, made by the very command that people type."""

from collections.abc import Sequence
from contextlib import redirect_stdout
from pathlib import Path

import click

from qti_export.cli import main

REPORT = "report.txt"

PACKAGED_FOR = ("canvas", "moodle-backup", "moodle-xml", "moodle-cartridge")
"""The targets that carry each of the bundled quizzes; the text formats among the others lack some kinds."""


def write_packages(quizzes: Sequence[Path], folder: Path) -> bool:
    """Export the quizzes for Canvas and Moodle; return whether that went well.

    The command's report is long: it goes into a file beside the packages. Problems are shown on the terminal.
    """
    targets = [word for target in PACKAGED_FOR for word in ("--to", target)]
    command = ["export", *targets, "-o", str(folder), *map(str, quizzes)]
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / REPORT).open("w", encoding="utf-8") as report, redirect_stdout(report):
        exit_code: int = main(command, standalone_mode=False)
    if exit_code == 0:
        click.echo(
            f"Made packages of {len(quizzes)} quizzes in {folder}/ for {', '.join(PACKAGED_FOR)}.\n"
            f"{folder}/{REPORT} says how each gets into its LMS and what it loses there."
        )
    return exit_code == 0
