"""What people mean by FILE: a file, a folder, a pattern, or the name of a quiz that comes with quizferry."""

import glob
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from content.quizzes import bundled

SUFFIXES = {".md", ".txt"}
"""What a folder is searched for, without the folders in it. A file that is named is read whatever it is called."""


def find_files(names: Iterable[str]) -> list[Path]:
    """Return the files that are meant, in the order given, each once; a folder's and a pattern's by name.

    Raise click.UsageError for a name that is nothing.
    """
    return list(dict.fromkeys(path for name in names for path in _files_of(name)))


def _files_of(name: str) -> Iterator[Path]:
    path = Path(name)
    if path.is_dir():
        found = sorted(file for file in path.iterdir() if _is_quiz_file(file))
        if not found:
            raise click.UsageError(f"The folder '{name}' holds no file that ends in {' or '.join(sorted(SUFFIXES))}.")
        yield from found
    elif path.exists():
        yield path
    elif name in (named := {quiz.stem: quiz for quiz in bundled()}):
        yield named[name]
    else:
        matches = sorted(glob.glob(name, recursive=True))  # noqa: PTH207 - pathlib's takes no absolute pattern
        found = [Path(match) for match in matches if Path(match).is_file()]
        if not found:
            raise click.UsageError(f"There is no file '{name}', and no quiz of that name (see 'quizferry quizzes').")
        yield from found


def _is_quiz_file(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES and not path.name.startswith(".") and path.is_file()
