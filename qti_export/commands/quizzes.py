"""``quizferry quizzes``: the quizzes that come with quizferry."""

import json

import click

from content.quizzes import bundled
from content.readers import read_file
from content.scoring import format_points
from qti_export.commands.terminal import print_table

KEYS = ("name", "title", "questions", "points")


def run(*, as_json: bool) -> int:
    """Print name, title, questions and points of each, and return the exit code."""
    rows = []
    for path in bundled():
        quiz = read_file(path).quiz
        if quiz is not None:
            rows.append((path.stem, quiz.title, len(quiz.questions), format_points(quiz.points)))
    if as_json:
        click.echo(json.dumps([dict(zip(KEYS, row, strict=True)) for row in rows], indent=2))
        return 0
    print_table([KEYS, *(tuple(map(str, row)) for row in rows)], right={2, 3})
    return 0
