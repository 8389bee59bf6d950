"""``quizferry quizzes``: the quizzes that come with quizferry."""

import json

import click
from rich.console import Console
from rich.table import Table

from content.quizzes import bundled
from content.readers import read_file
from content.scoring import format_points
from qti_export.commands.terminal import WIDE


def run(*, as_json: bool) -> int:
    """Print name, title, questions and points of each, and return the exit code."""
    rows = []
    for path in bundled():
        quiz = read_file(path).quiz
        if quiz is not None:
            rows.append((path.stem, quiz.title, len(quiz.questions), format_points(quiz.points)))
    if as_json:
        keys = ("name", "title", "questions", "points")
        click.echo(json.dumps([dict(zip(keys, row, strict=True)) for row in rows], indent=2))
        return 0
    table = Table("name", "title", box=None, padding=(0, 2, 0, 0))
    table.add_column("questions", justify="right")
    table.add_column("points", justify="right")
    for row in rows:
        table.add_row(*map(str, row))
    Console(highlight=False, width=WIDE).print(table)
    return 0
