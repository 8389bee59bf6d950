"""Measures how long exports take: `python bench/export.py`.

Prints how long the whole process takes of `quizferry --version`, and of `quizferry export` for the bundled quizzes to
every target; and how long, and with how much memory, a large quiz is exported to each target.
"""

import argparse
import multiprocessing
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from content.questions import Choice, Feedback, MultipleChoice, MultipleResponse, Question
from content.quiz import Quiz
from content.quizzes import bundled
from qti_export import TARGETS, export

QUIZFERRY = Path(sys.executable).with_name("quizferry")


def seconds(work: Callable[[], object], runs: int) -> float:
    """The median of several runs."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def command(*arguments: str) -> Callable[[], object]:
    return lambda: subprocess.run([QUIZFERRY, *arguments], check=True, capture_output=True)


def large_quiz(count: int) -> Quiz:
    return Quiz(id="large", title="Large", parts=tuple(question(number) for number in range(count)))


def question(number: int) -> Question:
    kind = MultipleChoice if number % 2 else MultipleResponse
    choices = tuple(
        Choice(text=f"Choice *{place}* of {number}", correct=place == 0, feedback=f"Because {number} < {place}.")
        for place in range(4)
    )
    told = Feedback(general=f"See chapter {number}.")
    return kind(stem=f"What is **{number}** & why, if $x_{{{number}}} < 3$?", choices=choices, feedback=told)


def export_large(target: str, count: int) -> tuple[float, float, float]:
    """The seconds taken, and the megabytes of the process (its quiz and Python among them) and of the file."""
    quiz = large_quiz(count)
    start = time.perf_counter()
    data = export(quiz, target).data
    took = time.perf_counter() - start
    return took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3, len(data) / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=10_000, help="size of the large quiz")
    parser.add_argument("--runs", type=int, default=7, help="runs of each command")
    arguments = parser.parse_args()
    print(f"{seconds(command('--version'), arguments.runs):8.3f} s  quizferry --version")
    with tempfile.TemporaryDirectory() as folder:
        to = [option for target in TARGETS for option in ("--to", target)]
        took = seconds(command("export", *to, "-o", folder, *map(str, bundled())), arguments.runs)
        print(f"{took:8.3f} s  quizferry export, {len(bundled())} bundled quizzes to {len(TARGETS)} targets")
    for target in TARGETS:
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as fresh_process:
            took, peak, size = fresh_process.submit(export_large, target, arguments.questions).result()
        rate = f"{arguments.questions / took:.0f} questions/s, {peak:.0f} MB of memory"
        print(f"{took:8.3f} s  {arguments.questions} questions to {target}: {rate}, file {size:.1f} MB")


if __name__ == "__main__":
    main()
