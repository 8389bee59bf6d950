"""``quizferry export``: from quiz files to files that an LMS imports."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from content.problem import Problem, Severity, Source, has_errors
from qti_export import TARGETS, Exported
from qti_export.commands.export_result import Outcome, print_for_people, print_json
from qti_export.commands.files import write_whole
from qti_export.commands.inputs import find_files
from qti_export.commands.one_file import Job, Made, died, make
from qti_export.commands.progress import with_progress

MUCH_TEXT = 500_000
"""Bytes of quiz text, times targets. With less to do, more processes take longer to start than they save."""


def run(names: Iterable[str], targets: Sequence[str], folder: Path, *, strict: bool, as_json: bool) -> int:
    """Export every quiz to every target, print what became of them, and return the exit code: 1 if one has errors.

    Files are made in parallel, but written and told of one by one, in their order.
    """
    outcomes: list[Outcome] = []
    jobs = [Job(file=file, targets=targets, strict=strict) for file in find_files(names)]
    for job, made in zip(jobs, with_progress(_made(jobs), len(jobs), "Exporting"), strict=True):
        outcome = Outcome(job.file, made.problems)
        for target, exported in made.exports.items():
            problem = _write(exported, folder / target, outcome, outcomes)
            outcome.problems += [problem] if problem and problem not in outcome.problems else []
        outcomes.append(outcome)
    (print_json if as_json else print_for_people)(outcomes)
    return int(any(has_errors(outcome.problems) for outcome in outcomes))


def _made(jobs: Sequence[Job]) -> Iterator[Made]:
    if len(jobs) < 2 or sum(map(_size, jobs)) < MUCH_TEXT:
        return map(make, jobs)
    from qti_export.commands.cores import on_all_cores

    return on_all_cores(make, jobs, died)


def _size(job: Job) -> int:
    try:
        return job.file.stat().st_size * len(job.targets)
    except OSError:
        return 0  # what is wrong with the file is said when it is read


def _write(exported: Exported, folder: Path, outcome: Outcome, earlier: Sequence[Outcome]) -> Problem | None:
    """Write the file and note it in the outcome; or return why that cannot be."""
    report = exported.report
    path = folder / f"{report.quiz_id}{TARGETS[report.target].suffix}"
    for other in earlier:
        if path in other.written:
            return _same_id(report.quiz_id, outcome.file, other.file)
    try:
        write_whole(path, exported.data)
    except OSError as error:
        return _not_written(path, error, outcome.file)
    outcome.written[path] = report
    return None


def _same_id(quiz_id: str, file: Path, other: Path) -> Problem:
    sentence = f"The quiz has the id '{quiz_id}', which the quiz in {other} has already."
    remedy = "Give one of the two another id, with a line such as 'id: week-3'."
    return Problem(Severity.ERROR, "same-id", sentence, remedy, Source(str(file)))


def _not_written(path: Path, error: OSError, file: Path) -> Problem:
    sentence = f"{path} cannot be written: {error.strerror}."
    remedy = "Choose another folder with -o."
    return Problem(Severity.ERROR, "not-written", sentence, remedy, Source(str(file)))
