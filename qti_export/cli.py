"""The command ``quizferry``. The work is done in `qti_export.commands`, imported by each command when it runs."""

from pathlib import Path

import click

from content import __version__
from qti_export.targets import TARGETS

TARGET_LIST = "\n".join(["\b", "Targets:", *(f"  {name:17} {target.label}" for name, target in TARGETS.items())])

names_argument = click.argument("names", metavar="FILE...", nargs=-1, required=True)
json_option = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON, for scripts.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="quizferry %(version)s")
def main() -> None:
    """Carry a quiz from one text file into any LMS.

    Check what you have written, then make the file that your LMS imports:

    \b
      quizferry lint week-1.md
      quizferry export --to canvas week-1.md

    Commands end with 0 when all went well, with 1 when a quiz has problems, and with 2 when they were used wrongly.
    """  # noqa: D301 - \b is how click keeps lines apart


@main.command(epilog=TARGET_LIST)
@click.option(
    "--to",
    "targets",
    metavar="TARGET",
    multiple=True,
    required=True,
    type=click.Choice(list(TARGETS)),
    help="Where the quizzes go, from the list below. May be given several times.",
)
@click.option(
    "-o",
    "--output",
    "folder",
    metavar="FOLDER",
    type=click.Path(file_okay=False, path_type=Path),
    default="dist",
    show_default=True,
    help="Where the files are written, in one folder for each target.",
)
@click.option("--strict", is_flag=True, help="Take any loss for an error: write only what arrives whole.")
@json_option
@names_argument
@click.pass_context
def export(
    ctx: click.Context, names: tuple[str, ...], targets: tuple[str, ...], folder: Path, strict: bool, as_json: bool
) -> None:
    """Make the files that an LMS imports, and say what to do with them.

    FILE is a quiz, a folder of quizzes, a pattern ('week-*.md'), or the name of a quiz that comes with quizferry (see
    'quizferry quizzes'). A quiz with errors is left out; the others are made all the same.

    For example:

    \b
      quizferry export --to canvas week-1.md
      quizferry export --to canvas --to moodle-xml -o for-the-lms/ quizzes/
    """  # noqa: D301 - \b is how click keeps lines apart
    from qti_export.commands.export import run

    ctx.exit(run(names, tuple(dict.fromkeys(targets)), folder, strict=strict, as_json=as_json))


@main.command()
@json_option
@names_argument
@click.pass_context
def lint(ctx: click.Context, names: tuple[str, ...], as_json: bool) -> None:
    """Show the problems of quizzes, each with its line and what to do.

    FILE is what it is for 'export'. Errors keep a quiz from being exported; warnings and notes do not.

    For example:

    \b
      quizferry lint quizzes/
    """  # noqa: D301 - \b is how click keeps lines apart
    from qti_export.commands.lint import run

    ctx.exit(run(names, as_json=as_json))


@main.command()
@click.option(
    "--lms",
    required=True,
    type=click.Choice(["canvas", "canvas-new", "moodle"]),
    help="Who is to import it: Canvas's Classic Quizzes, Canvas's New Quizzes, or Moodle.",
)
@click.option(
    "--html",
    "page",
    metavar="PAGE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the result as a page to show to a colleague, too.",
)
@json_option
@names_argument
@click.pass_context
def check(ctx: click.Context, names: tuple[str, ...], lms: str, page: Path | None, *, as_json: bool) -> None:
    """Say what an LMS will make of a file, before you upload it.

    FILE is a package of any tool (QTI, Common Cartridge, Moodle backup, Blackboard pool, as a zip or bare), a question
    file (Moodle XML, GIFT, Aiken), a quiz text, or a folder of these. For each question you read what arrives, what
    changes and what vanishes. Nothing is uploaded.

    It ends with 0 when everything arrives as it is in the file, and with 1 when something is lost or changed.

    For example:

    \b
      quizferry check --lms canvas exam.zip
      quizferry check --lms moodle --html exam.html backup.mbz
    """  # noqa: D301 - \b is how click keeps lines apart
    from qti_export.commands.check import run

    ctx.exit(run(names, lms, as_json=as_json, page=page))


@main.command()
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write; without it the text is printed.",
)
@click.option("--force", is_flag=True, help="Overwrite the file if it is there already.")
@click.argument("name", metavar="FILE")
@click.pass_context
def convert(ctx: click.Context, name: str, output: Path | None, force: bool) -> None:
    """Turn a quiz of any format that quizferry reads into quiz text, to be edited.

    What the file does not show, such as which choice is right, is marked 'needs review' for you to settle. Since you
    will edit the text, one that is there already is only overwritten with --force. The images that the quiz shows are
    copied to where the text goes.

    For example:

    \b
      quizferry convert saved-course-page.txt -o week-1.md
    """  # noqa: D301 - \b is how click keeps lines apart
    from qti_export.commands.convert import run

    ctx.exit(run(name, output, force=force))


@main.command()
@click.option("--write", is_flag=True, help="Write the ids that are missing into the files.")
@names_argument
@click.pass_context
def ids(ctx: click.Context, names: tuple[str, ...], write: bool) -> None:
    """Show the ids of quizzes and their questions, or write them into the files.

    An LMS knows a question by its id when you import it again. What has none is named after its place, so write the
    ids into a file before you move its questions about. Only 'id:' lines come in; all else stays as it is.

    For example:

    \b
      quizferry ids --write week-1.md
    """  # noqa: D301 - \b is how click keeps lines apart
    from qti_export.commands.ids import run

    ctx.exit(run(names, write=write))


@main.command()
@json_option
@click.pass_context
def quizzes(ctx: click.Context, as_json: bool) -> None:
    """List the quizzes that come with quizferry."""
    from qti_export.commands.quizzes import run

    ctx.exit(run(as_json=as_json))


@main.command()
@click.option("--answers", is_flag=True, help="Show the right answers from the beginning.")
@click.option("--port", default=8765, show_default=True, type=click.IntRange(0, 65535), help="Port; 0 means any.")
@click.option("--no-browser", is_flag=True, help="Do not open the page in your browser.")
@click.argument("name", metavar="FILE")
@click.pass_context
def preview(ctx: click.Context, name: str, answers: bool, port: int, no_browser: bool) -> None:
    """Show a quiz as a student sees it, in your browser, while you write it.

    The page can be answered and is scored as in the LMS. It follows the file as you save it, and shows what is wrong
    with it. Nobody else can reach it.

    For example:

    \b
      quizferry preview week-1.md
    """  # noqa: D301 - \b is how click keeps lines apart
    from qti_export.commands.preview import run

    ctx.exit(run(name, port, answers=answers, browser=not no_browser))


@main.command("print")
@click.option(
    "-o", "--output", metavar="FILE", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The sheet."
)
@click.option(
    "--key", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help="Write the answer key there, too."
)
@click.option("--versions", default=1, show_default=True, type=click.IntRange(1, 26), help="How many: A, B, C, ...")
@click.option("--seed", default=1, show_default=True, type=click.IntRange(0), help="Another number, other versions.")
@click.option("--paper", default="a4", show_default=True, type=click.Choice(["a4", "letter"]), help="The paper's size.")
@click.argument("name", metavar="FILE")
@click.pass_context
def print_(ctx: click.Context, name: str, output: Path, key: Path | None, versions: int, seed: int, paper: str) -> None:
    """Make a sheet to print of a quiz: an HTML file, which your browser prints or saves as a PDF.

    Versions differ where the quiz draws from groups, or shuffles its questions or answers. The same seed always gives
    the same versions, and the key goes by their letters and numbers.

    For example:

    \b
      quizferry print week-1.md -o sheet.html --versions 3 --key key.html
    """  # noqa: D301 - \b is how click keeps lines apart
    from qti_export.commands.print_sheet import run

    ctx.exit(run(name, output, key, versions=versions, seed=seed, paper=paper))
