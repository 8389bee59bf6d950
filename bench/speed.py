"""Measures whole processes, from a quiz text to a Canvas package: `python bench/speed.py`, or `make bench`.

The same quiz goes through quizferry, text2qti and qti-package-maker (installed into a virtualenv of their own in the
cache folder), and beside them runs the floor (bench/floor.py). Of each the quickest of several runs is shown, one after
the other in turns: a busy machine slows them all alike. Memory is the peak of the process (ru_maxrss).
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from quiz_texts import bbq_text, quiz_text

HERE = Path(__file__).parent
QUIZFERRY = (sys.executable, "-m", "lti_app.cli")
OTHERS = ("text2qti==0.8.0", "qti_package_maker==26.7.14")
RUNS = {1_000: 5, 10_000: 2}
"""By the number of questions how often each tool is run."""


class Measure(NamedTuple):
    seconds: float
    megabytes: float


def other_tools() -> Path:
    """The programs of the other tools' virtualenv, which is made where it is missing."""
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
    folder = cache / "quizferry-bench"
    if not (folder / "ready").exists():
        venv.create(folder, with_pip=True, clear=True)
        subprocess.run([folder / "bin/pip", "install", "--quiet", *OTHERS], check=True)
        (folder / "ready").touch()
    return folder / "bin"


def run(command: tuple[str | Path, ...], folder: Path) -> Measure:
    environment = {**os.environ, "PYTHONPATH": str(HERE.parent)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # no run but the first compiles, as with what pip has installed
    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    took = time.perf_counter() - start
    if status:
        raise SystemExit(f"This command failed: {' '.join(map(str, command))}")
    return Measure(took, usage.ru_maxrss / 1e3)


def best(commands: Mapping[str, tuple[str | Path, ...]], runs: int, folder: Path) -> dict[str, Measure]:
    """The quickest run of each, and the most memory."""
    found: dict[str, list[Measure]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            found[name].append(run(command, folder))
    return {
        name: Measure(min(one.seconds for one in all_), max(one.megabytes for one in all_))
        for name, all_ in found.items()
    }


def commands(count: int, folder: Path, tools: Path | None) -> dict[str, tuple[str | Path, ...]]:
    text, bbq = folder / f"{count}.md", folder / f"bbq-{count}-questions.txt"
    text.write_text(quiz_text(count), encoding="utf-8")
    bbq.write_text(bbq_text(count), encoding="utf-8")
    ours = {
        "quizferry": (*QUIZFERRY, "export", "--to", "canvas", "-o", "dist", text),
        "floor": (sys.executable, HERE / "floor.py", str(count), "floor"),
    }
    if tools is None:
        return ours
    maker = (tools / "python", tools / "bbq_converter.py", "--quiet", "-1", "-i", bbq, "-o", f"qpm-{count}.zip")
    return {**ours, "text2qti": (tools / "text2qti", text), "qti-package-maker": maker}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--alone", action="store_true", help="measure quizferry and the floor only")
    alone = parser.parse_args().alone
    tools = None if alone else other_tools()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        [version] = best({"": (*QUIZFERRY, "--version")}, 9, folder).values()
        print(f"{'quizferry --version':20}{version.seconds * 1000:8.0f} ms")
        for count, runs in RUNS.items():
            print(f"{count} questions, as a Canvas package")
            measures = best(commands(count, folder, tools), runs, folder)
            for tool, (seconds, megabytes) in measures.items():
                ratio = seconds / measures["quizferry"].seconds
                print(f"  {tool:18}{seconds:8.2f} s {megabytes:6.0f} MB {ratio:8.2f} x")


if __name__ == "__main__":
    main()
