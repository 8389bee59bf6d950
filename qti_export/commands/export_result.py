"""What ``quizferry export`` says when it is done: to people, or to a script."""

import shutil
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from content.problem import Problem, Severity, Source, has_errors
from content.scoring import format_points
from qti_export.commands.terminal import print_problems, print_table, printable, problem_as_json
from qti_export.report import Report
from qti_export.targets import TARGETS

HEADINGS = ("quiz", "target", "questions", "points", "losses", "written to")
PLACES_SHOWN = 3


@dataclass(slots=True)
class Outcome:
    """What became of one quiz file: its problems, and the report of each file that was written for it."""

    file: Path
    problems: list[Problem]
    written: dict[Path, Report] = field(default_factory=dict)


def print_json(outcomes: Sequence[Outcome]) -> None:
    """Print one JSON object for each quiz file, in their order."""
    import json

    click.echo(json.dumps([_outcome_as_json(outcome) for outcome in outcomes], indent=2, ensure_ascii=False))


def _outcome_as_json(outcome: Outcome) -> dict[str, Any]:
    return {
        "file": str(outcome.file),
        "problems": [problem_as_json(problem) for problem in outcome.problems],
        "exports": [{"path": str(path), **_report_as_json(report)} for path, report in outcome.written.items()],
    }


def _report_as_json(report: Report) -> dict[str, Any]:
    return {
        "target": report.target,
        "quiz_id": report.quiz_id,
        "quiz_title": report.quiz_title,
        "points": f"{report.points:f}",
        "arrives": report.arrives,
        "losses": [problem_as_json(loss) for loss in report.losses],
        "steps": list(report.steps),
    }


def print_for_people(outcomes: Sequence[Outcome]) -> None:
    """Print the problems (to stderr), a table of what was written, and for each target what is lost and what to do."""
    for outcome in outcomes:
        print_problems(outcome.problems)
    if any(outcome.written for outcome in outcomes):
        print_table([HEADINGS, *_rows(outcomes)], right={2, 3, 4})
    for target in TARGETS:
        reports = [report for outcome in outcomes for report in outcome.written.values() if report.target == target]
        if reports:
            _print_target(target, reports)
    for outcome in outcomes:
        if has_errors(outcome.problems):
            left = "Partly exported" if outcome.written else "Not exported"
            click.secho(f"{left}, because of its errors: {printable(str(outcome.file))}", fg="red", err=True)


def _rows(outcomes: Sequence[Outcome]) -> Iterator[tuple[str, ...]]:
    for outcome in outcomes:
        for path, report in outcome.written.items():
            counts = (str(sum(report.arrives.values())), format_points(report.points), str(len(report.losses)))
            yield (outcome.file.name, report.target, *counts, str(path))
        errors = sum(problem.severity is Severity.ERROR for problem in outcome.problems)
        if errors:
            yield (outcome.file.name, "", "", "", "", f"not written: {errors} error{'s' if errors > 1 else ''}")


def _print_target(target: str, reports: Sequence[Report]) -> None:
    click.echo()
    click.secho(TARGETS[target].label, bold=True)
    places: dict[tuple[str, str], list[Problem]] = {}
    for report in reports:
        for loss in report.losses:
            places.setdefault((loss.sentence, loss.remedy), []).append(loss)
    click.echo("  What is lost:" if places else "  Nothing is lost.")
    for (sentence, remedy), losses in places.items():
        _print_wrapped("    - ", f"{sentence} {remedy} ({_places(losses)})")
    click.echo("  What to do:")
    for number, step in enumerate(reports[0].steps, start=1):
        _print_wrapped(f"    {number}. ", step)


def _places(losses: Iterable[Problem]) -> str:
    places = list(dict.fromkeys(_place(loss.source) for loss in losses))
    more = len(places) - PLACES_SHOWN
    return ", ".join(places[:PLACES_SHOWN]) + (f" and {more} more" if more > 0 else "")


def _place(source: Source) -> str:
    name = Path(source.file).name
    return f"{name}:{source.line}" if source.line else name


def _print_wrapped(lead: str, text: str) -> None:
    width = max(40, min(100, shutil.get_terminal_size().columns))
    indent = " " * len(lead)
    click.echo(
        textwrap.fill(
            printable(text),
            width,
            initial_indent=lead,
            subsequent_indent=indent,
            break_on_hyphens=False,
            break_long_words=False,
        )
    )
