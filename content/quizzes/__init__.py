"""The quizzes that come with Quizferry, as quiz text; `pages` holds the graded course pages they were read from."""

from pathlib import Path

FOLDER = Path(__file__).parent


def bundled() -> dict[str, Path]:
    """Return the files of the bundled quizzes by the quizzes' ids, in the order of these."""
    return {path.stem: path for path in sorted(FOLDER.glob("*.md"))}
