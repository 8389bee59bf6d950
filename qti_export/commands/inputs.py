"""What people mean by FILE: a file, a folder, a pattern, or the name of a quiz that comes with quizferry."""

import glob
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from content.quizzes import bundled, showcase
from content.readers import quiz_files


def find_files(names: Iterable[str]) -> list[Path]:
    """Return the files that are meant, in the order given, each once; a folder's and a pattern's by name.

    A folder without quizzes stands for itself: reading it says what is wrong, and stops no other file.

    Raise click.UsageError for a name that is nothing, or that nobody may look into.
    """
    return list(dict.fromkeys(path for name in names for path in _readable_files_of(name)))


def _readable_files_of(name: str) -> list[Path]:
    try:
        return list(_files_of(name))
    except OSError as error:  # a folder without permission, a name longer than names can be
        raise click.UsageError(f"'{name[:80]}' cannot be read: {error.strerror}.") from error


def _files_of(name: str) -> Iterator[Path]:
    path = Path(name)
    if path.is_dir():
        yield from quiz_files(path) or [path]
    elif path.exists():
        yield path
    elif name in (named := {quiz.stem: quiz for quiz in (*bundled(), showcase())}):
        yield named[name]
    else:
        matches = sorted(glob.glob(name, recursive=True))  # noqa: PTH207 - pathlib's takes no absolute pattern
        found = [Path(match) for match in matches if Path(match).is_file()]
        if not found:
            raise click.UsageError(f"There is no file '{name}', and no quiz of that name (see 'quizferry quizzes').")
        yield from found
