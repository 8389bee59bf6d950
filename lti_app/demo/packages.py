"""The bundled quizzes as files to import, made by the very command that people type."""

from collections.abc import Sequence
from pathlib import Path

import click

from qti_export.cli import main
from qti_export.targets import TARGETS


def write_packages(quizzes: Sequence[Path], folder: Path) -> bool:
    """Export the quizzes to every target; return whether that went well. What is to say is said on the terminal."""
    targets = [word for target in TARGETS for word in ("--to", target)]
    click.echo(f"$ quizferry export {' '.join(targets)} -o {folder}/ <the {len(quizzes)} bundled quizzes>")
    command = ["export", *targets, "-o", str(folder), *map(str, quizzes)]
    return not main(command, standalone_mode=False)
