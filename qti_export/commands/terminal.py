"""How problems look on a terminal, and in JSON for scripts."""

import unicodedata
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import click
from rich.cells import cell_len

from content.problem import Problem, Severity

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "blue"}

EXCERPT_WIDTH = 100
"""Characters of a source line that are shown around the place of a problem."""

EXCERPT_MAX_BYTES = 1_000_000
"""A larger file is not read again for its excerpts."""


def printable(text: str) -> str:
    """Return the text without what could steer a terminal: control characters, and marks that turn the direction."""
    return "".join(" " if char in "\t\n\r" else "�" if _steers(char) else char for char in text)


def _steers(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Cf", "Cs"} and char not in "\u200c\u200d"


def print_table(rows: Sequence[Sequence[str]], right: Collection[int]) -> None:
    """Print the rows in columns, the first row as their headings; those in ``right`` are aligned there.

    No cell is cut: a terminal breaks a line that is too long for it.
    """
    shown = [[printable(cell) for cell in row] for row in rows]
    widths = [max(map(cell_len, column)) for column in zip(*shown, strict=True)]
    for number, row in enumerate(shown):
        cells = []
        for place, (cell, width) in enumerate(zip(row, widths, strict=True)):
            room = " " * (width - cell_len(cell))
            cells.append(room + cell if place in right else cell + room)
        click.secho("  ".join(cells).rstrip(), bold=not number)


def print_problems(problems: Iterable[Problem]) -> None:
    """Print each problem to stderr: where, what, the line with a caret under the place, what to do."""
    for problem in problems:
        severity = click.style(str(problem.severity), fg=COLOURS[problem.severity], bold=True)
        click.echo(f"{printable(str(problem.source))}: {severity}: {printable(problem.sentence)}", err=True)
        for line in excerpt(problem):
            click.echo(f"    {line}", err=True)
        click.echo(f"    {printable(problem.remedy)} [{problem.code}]", err=True)


def excerpt(problem: Problem) -> list[str]:
    """Return the line of the problem and a caret below its column; nothing where there is no such line."""
    source = problem.source
    lines = _lines(source.file) if source.line else ()
    if not 0 < source.line <= len(lines):
        return []
    line, column = lines[source.line - 1], source.column - 1
    start = max(0, column - EXCERPT_WIDTH // 2)
    before, after = printable(line[start:column]), printable(line[column : start + EXCERPT_WIDTH])
    gutter = f"{source.line} | "
    return [f"{gutter}{before}{after}", " " * (len(gutter) + cell_len(before)) + "^"]


@lru_cache(maxsize=4)
def _lines(file: str) -> tuple[str, ...]:
    try:
        path = Path(file)
        if path.stat().st_size > EXCERPT_MAX_BYTES:
            return ()
        return tuple(path.read_text(encoding="utf-8-sig").replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    except (OSError, ValueError):
        return ()


def problem_as_json(problem: Problem) -> dict[str, Any]:
    """Return the problem as JSON has it: its own fields, and its source's beside them."""
    return {
        "severity": str(problem.severity),
        "code": problem.code,
        "sentence": problem.sentence,
        "remedy": problem.remedy,
        "file": problem.source.file,
        "line": problem.source.line,
        "column": problem.source.column,
    }
