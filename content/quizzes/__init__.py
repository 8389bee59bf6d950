"""The quizzes that come with Quizferry, as quiz text; `pages` holds the graded course pages they were read from."""

from pathlib import Path

FOLDER = Path(__file__).parent


def bundled() -> tuple[Path, ...]:
    """Return the files of the bundled quizzes, in the order of their names, which are the quizzes' ids."""
    return tuple(sorted(FOLDER.glob("*.md")))
