"""``quizferry export``: from quiz files to files that an LMS imports."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from content.problem import Problem, Severity, Source, has_errors
from content.quiz import Quiz
from content.readers import read_file
from qti_export import TARGETS, NotExportable, export
from qti_export.commands.export_result import Outcome, print_for_people, print_json
from qti_export.commands.files import write_whole
from qti_export.commands.inputs import find_files

MANY_FILES = 5
"""Above this a progress bar is shown, where somebody watches."""


def run(names: Iterable[str], targets: Sequence[str], folder: Path, *, as_json: bool) -> int:
    """Export every quiz to every target, print what became of them, and return the exit code: 1 if one has errors."""
    outcomes: list[Outcome] = []
    for file in _with_progress(find_files(names)):
        outcomes.append(_export_file(file, targets, folder, outcomes))
    (print_json if as_json else print_for_people)(outcomes)
    return int(any(has_errors(outcome.problems) for outcome in outcomes))


def _with_progress(files: list[Path]) -> Iterator[Path]:
    if len(files) <= MANY_FILES or not sys.stderr.isatty():
        yield from files
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(files, "Exporting", console=Console(stderr=True), transient=True)


def _export_file(file: Path, targets: Sequence[str], folder: Path, earlier: Sequence[Outcome]) -> Outcome:
    reading = read_file(file)
    outcome = Outcome(file, list(reading.problems))
    if reading.quiz is None or not reading.ok:
        return outcome
    for target in targets:
        try:
            _export_to(target, reading.quiz, folder, outcome, earlier)
        except NotExportable as refusal:
            outcome.problems += [problem for problem in refusal.problems if problem not in outcome.problems]
    return outcome


def _export_to(target: str, quiz: Quiz, folder: Path, outcome: Outcome, earlier: Sequence[Outcome]) -> None:
    exported = export(quiz, target)
    path = folder / target / f"{exported.report.quiz_id}{TARGETS[target].suffix}"
    for other in earlier:
        if path in other.written:
            raise NotExportable([_same_id(exported.report.quiz_id, outcome.file, other.file)])
    try:
        write_whole(path, exported.data)
    except OSError as error:
        raise NotExportable([_not_written(path, error, outcome.file)]) from error
    outcome.written[path] = exported.report


def _same_id(quiz_id: str, file: Path, other: Path) -> Problem:
    sentence = f"The quiz has the id '{quiz_id}', which the quiz in {other} has already."
    remedy = "Give one of the two another id, with a line such as 'id: week-3'."
    return Problem(Severity.ERROR, "same-id", sentence, remedy, Source(str(file)))


def _not_written(path: Path, error: OSError, file: Path) -> Problem:
    sentence = f"{path} cannot be written: {error.strerror}."
    remedy = "Choose another folder with -o."
    return Problem(Severity.ERROR, "not-written", sentence, remedy, Source(str(file)))
