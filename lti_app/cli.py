"""The commands of the tool, beside those of the converter."""

import click

try:
    from qti_export.cli import quizferry
except ImportError:

    @click.group()
    def quizferry() -> None:
        """Carry a quiz into any LMS, and its grades back."""


def main() -> None:
    """Run the command line."""
    quizferry()
