"""A progress bar for many files."""

import sys
from collections.abc import Iterator
from typing import TypeVar

ResultT = TypeVar("ResultT")

MANY_FILES = 5
"""Above this a bar is shown, where somebody watches."""


def with_progress(results: Iterator[ResultT], count: int, doing: str) -> Iterator[ResultT]:
    """Yield the results, of which there are so many; a bar on stderr says what is being done and how far it is."""
    if count <= MANY_FILES or not sys.stderr.isatty():
        yield from results
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(results, doing, total=count, console=Console(stderr=True), transient=True)
