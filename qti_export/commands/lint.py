"""``quizferry lint``: the problems of quizzes."""

import json
from collections import Counter
from collections.abc import Iterable

import click

from content.problem import Problem, Severity, has_errors
from content.readers import read_file
from qti_export.commands.inputs import find_files
from qti_export.commands.terminal import print_problems, problem_as_json


def run(names: Iterable[str], *, as_json: bool) -> int:
    """Print every problem of the files and return the exit code: 1 where one of them is an error."""
    files = find_files(names)
    problems: list[Problem] = []
    for file in files:
        found = read_file(file).problems
        problems += found
        if not as_json:
            print_problems(found)
    if as_json:
        click.echo(json.dumps([problem_as_json(problem) for problem in problems], indent=2))
    else:
        click.echo(_summary(len(files), problems), err=True)
    return int(has_errors(problems))


def _summary(files: int, problems: list[Problem]) -> str:
    counts = Counter(problem.severity for problem in problems)
    parts = [_counted(counts[severity], severity) for severity in Severity if counts[severity]]
    return f"{_counted(files, 'file')}: {', '.join(parts) or 'no problems'}."


def _counted(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
