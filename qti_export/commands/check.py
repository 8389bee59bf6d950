"""``quizferry check``: what an LMS's importer will make of files, said before the upload."""

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import click

from content.scoring import format_points
from qti_export.commands.files import write_whole
from qti_export.commands.inputs import find_files
from qti_export.commands.progress import with_progress
from qti_export.commands.terminal import printable
from qti_export.preflight import Arrival, Arrivals, Effect, Finding, check_file, unreadable
from qti_export.preflight.words import LABELS, kind_name, place_text, points_text, verdict

SUFFIXES = {".zip", ".imscc", ".mbz", ".xml", ".qti", ".dat", ".gift", ".txt", ".md"}
"""What a folder is searched for. A file that is named is looked at whatever it is called."""

COLOURS = {Effect.KILLS: "red", Effect.VANISHES: "red", Effect.CHANGES: "yellow", Effect.NOTES: "blue"}


MUCH = 50_000
"""Bytes of packages. With less to do, more processes take longer to start than they save."""


class Look(NamedTuple):
    """A file, and the LMS that is to import it."""

    path: Path
    lms: str


def look(one: Look) -> Arrivals:
    """Return what the LMS makes of the file."""
    return check_file(one.path, one.lms)


def died(one: Look) -> Arrivals:
    """Return what is said of a file whose process was killed."""
    return unreadable(one.path, one.lms, "its process was killed, as for want of memory")


def run(names: Iterable[str], lms: str, *, as_json: bool, page: Path | None) -> int:
    """Print what becomes of each file, write the page, and return the exit code: 0 where nothing is lost or changed."""
    looks = [Look(path, lms) for path in _files(names)]
    every = list(with_progress(_seen(looks), len(looks), "Checking"))
    if as_json:
        click.echo(json.dumps([_as_json(arrivals) for arrivals in every], indent=2, ensure_ascii=False))
    else:
        for arrivals in every:
            _print(arrivals)
    if page is not None:
        from qti_export.preflight.page import page_of

        try:
            write_whole(page, page_of(every).encode())
        except OSError as error:
            raise click.UsageError(f"'{page}' cannot be written: {error.strerror}.") from error
    return int(not all(arrivals.whole for arrivals in every))


def _seen(looks: Sequence[Look]) -> Iterator[Arrivals]:
    if len(looks) < 2 or sum(map(_size, looks)) < MUCH:
        return map(look, looks)
    from qti_export.commands.cores import on_all_cores

    return on_all_cores(look, looks, died)


def _size(one: Look) -> int:
    try:
        return one.path.stat().st_size
    except OSError:
        return 0  # what is wrong with the file is said when it is read


def _files(names: Iterable[str]) -> Iterator[Path]:
    for name in names:
        folder = Path(name)
        if folder.is_dir():
            found = sorted(one for one in folder.iterdir() if one.suffix.lower() in SUFFIXES and one.is_file())
            yield from found or [folder]
        else:
            yield from find_files([name])


def _print(arrivals: Arrivals) -> None:
    colour = "green" if arrivals.whole else "red" if arrivals.killed else "yellow"
    click.secho(f"{printable(arrivals.file)}: {arrivals.format}", bold=True)
    click.echo(f"  {arrivals.way}")
    click.secho(f"  {verdict(arrivals)}", fg=colour)
    for finding in arrivals.findings:
        _print_finding(finding, "  ")
    for number, question in enumerate(arrivals.questions, start=1):
        _print_question(number, question)
    click.echo()


def _print_question(number: int, question: Arrival) -> None:
    what = ", ".join(part for part in (kind_name(question), points_text(question)) if part)
    there = what if question.arrives else f"does not arrive (was {what})"
    click.echo(f"  {number}. {printable(question.title)}: {there}")
    if question.arrives and question.key:
        click.echo(f"     right: {printable(' | '.join(question.key))}")
    if question.arrives and question.feedback:
        click.echo(f"     feedback: {printable(', '.join(question.feedback))}")
    for finding in question.findings:
        _print_finding(finding, "     ")


def _print_finding(finding: Finding, indent: str) -> None:
    label = click.style(LABELS[finding.severity], fg=COLOURS[finding.severity], bold=True)
    where = place_text(finding)
    place = f" ({printable(where)})" if where else ""
    click.echo(f"{indent}- {label}: {printable(finding.sentence)}{place}")
    click.echo(f"{indent}  {printable(finding.remedy)} [{finding.code}]")


def _as_json(arrivals: Arrivals) -> dict[str, Any]:
    return {
        "file": arrivals.file,
        "lms": arrivals.lms,
        "format": str(arrivals.format),
        "way": arrivals.way,
        "killed": arrivals.killed,
        "whole": arrivals.whole,
        "arriving": arrivals.arriving,
        "findings": [_finding_as_json(finding) for finding in arrivals.findings],
        "questions": [_question_as_json(question) for question in arrivals.questions],
    }


def _question_as_json(question: Arrival) -> dict[str, Any]:
    return {
        "ident": question.where.ident,
        "title": question.title,
        "arrives": question.arrives,
        "kind": question.kind,
        "points": None if question.points is None else format_points(question.points),
        "key": list(question.key),
        "feedback": list(question.feedback),
        "member": question.where.member,
        "line": question.where.line,
        "findings": [_finding_as_json(finding) for finding in question.findings],
    }


def _finding_as_json(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "sentence": finding.sentence,
        "remedy": finding.remedy,
        "member": finding.where.member,
        "line": finding.where.line,
        "ident": finding.where.ident,
    }
