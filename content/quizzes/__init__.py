"""The quizzes that come with Quizferry, as quiz text; `pages` holds the graded course pages they were read from.

`showcase` is none of them: a quiz with all that a quiz can hold, to try a target with.
"""

from pathlib import Path

FOLDER = Path(__file__).parent


def bundled() -> tuple[Path, ...]:
    """Return the files of the bundled quizzes, in the order of their names, which are the quizzes' ids."""
    return tuple(sorted(FOLDER.glob("*.md")))


def showcase() -> Path:
    """Return the file of the quiz that has every kind, part and setting; its images lie beside it."""
    return FOLDER / "showcase" / "showcase.md"
