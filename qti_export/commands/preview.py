"""``quizferry preview``: a quiz as a page, while it is written."""

import webbrowser
from contextlib import suppress

import click

from qti_export.commands.inputs import find_files
from qti_export.preview.server import PreviewServer


def run(name: str, port: int, *, answers: bool, browser: bool) -> int:
    """Serve the page until Ctrl-C, and return the exit code."""
    files = find_files([name])
    if len(files) != 1:
        raise click.UsageError(f"'{name}' is {len(files)} files; preview takes one at a time.")
    try:
        server = PreviewServer(files[0], port, answers=answers)
    except OSError as error:
        click.echo(f"Port {port} cannot be used: {error.strerror}. Choose another one with --port.", err=True)
        return 1
    with server, suppress(KeyboardInterrupt):
        click.echo(f"The preview is at {server.url} and follows the file as you save it. Ctrl-C ends it.")
        if browser:
            webbrowser.open(server.url)
        server.serve_forever(poll_interval=0.1)
    return 0
