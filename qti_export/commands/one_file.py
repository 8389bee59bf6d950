"""From one quiz file to what goes to each target: bytes, reports and problems. Writes nothing."""

import gc
import traceback
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from content.problem import Problem, Severity, Source
from content.readers import read_file
from qti_export import Exported, NotExportable, export


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A quiz file, and what is to be made of it."""

    file: Path
    targets: Sequence[str]
    strict: bool


@dataclass(slots=True)
class Made:
    """What could be made of a quiz file: by target what is to be written, and every problem, each once."""

    problems: list[Problem]
    exports: dict[str, Exported] = field(default_factory=dict)


def make(job: Job) -> Made:
    """Export a file to every target. Whatever is wrong with it, or with us, is one of the problems."""
    made = Made([])
    gc.disable()  # nothing here refers to itself, and looking for it takes an eighth of the time
    try:
        _fill(made, job)
    except Exception as error:  # a fault of ours in one file must not stop the others
        made.problems.append(_fault(job.file, _described(error)))
    finally:
        gc.enable()
    return made


def died(job: Job) -> Made:
    """Return what is said of a file whose process was killed, as for want of memory."""
    return Made([_fault(job.file, "its process was killed")])


def _fill(made: Made, job: Job) -> None:
    reading = read_file(job.file)
    made.problems += reading.problems
    if reading.quiz is None or not reading.ok:
        return
    for target in job.targets:
        try:
            made.exports[target] = export(reading.quiz, target, strict=job.strict)
        except NotExportable as refusal:
            made.problems += [problem for problem in refusal.problems if problem not in made.problems]


def _described(error: Exception) -> str:
    place = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {error!s:.200}, in {Path(place.filename).name}, line {place.lineno}"


def _fault(file: Path, what: str) -> Problem:
    sentence = f"Quizferry failed at this file ({what})."
    remedy = "That is a fault of Quizferry: please report it, with the file."
    return Problem(Severity.ERROR, "fault", sentence, remedy, Source(str(file)))
