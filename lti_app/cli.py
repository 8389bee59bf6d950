"""The command ``quizferry`` with the tool's commands beside the converter's.

The work is done in `lti_app.commands`, imported by each command when it runs.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from qti_export.cli import json_option, main

__all__ = ["main"]


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at; 0.0.0.0 means all.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen at.")
@click.option("--no-worker", is_flag=True, help="Deliver no grades here; run 'quizferry worker' beside it.")
@click.pass_context
def serve(ctx: click.Context, host: str, port: int, *, no_worker: bool) -> None:
    """Run the tool until Ctrl-C: its pages, and the worker that brings grades to the LMS.

    Its settings are environment variables:

    \b
      QUIZFERRY_PUBLIC_URL               where browsers reach it, as in https://quiz.example.edu
      QUIZFERRY_DATABASE_URL             its database; sqlite:///var/quizferry.db if not set
      QUIZFERRY_QUIZZES                  a folder of quizzes to offer besides those that come with it
      QUIZFERRY_ALLOW_PRIVATE_ADDRESSES  true, if an LMS is on this computer or in a private network
      QUIZFERRY_METRICS                  where Prometheus finds metrics, as in 127.0.0.1:9464; nowhere if not set
      QUIZFERRY_AUDIT_DAYS               how long the audit trail is kept; for ever if not set
    """  # noqa: D301 - \b is how click keeps lines apart
    from lti_app.commands.run import serve

    ctx.exit(serve(host, port, with_worker=not no_worker))


@main.command()
@click.option(
    "--engine",
    default="embedded",
    show_default=True,
    type=click.Choice(["embedded", "celery"]),
    help="Deliver from this process alone, or by Celery workers that share a queue in Redis.",
)
def worker(*, engine: str) -> None:
    """Bring grades to the LMS until Ctrl-C, for a tool that runs with --no-worker.

    Besides those of 'quizferry serve', its settings are environment variables:

    \b
      QUIZFERRY_GRADES_AT_ONCE     how many grades may be on their way to one LMS;
                                   if not set, 8 for Canvas and 16 for others
      QUIZFERRY_GRADES_PER_SECOND  how many any one LMS is sent in a second; 300 if not set
      QUIZFERRY_REDIS_URL          the queue of Celery; redis://localhost:6379/0 if not set
    """  # noqa: D301 - \b is how click keeps lines apart
    from lti_app.commands.run import deliver

    deliver(engine)


@main.command()
@click.option("--check", "check_only", is_flag=True, help="Take every quiz, compare the grades that arrive, and end.")
@click.option(
    "--behave-as",
    default="strict",
    show_default=True,
    type=click.Choice(["strict", "blackboard", "canvas", "d2l", "moodle", "openedx", "sakai"]),
    help="The LMS whose ways the demo LMS takes: its roles, answers, refusals and lists.",
)
@click.pass_context
def demo(ctx: click.Context, *, check_only: bool, behave_as: str) -> None:
    """Show all of it on this machine: packages in dist/, and the quizzes inside a small LMS of its own.

    The LMS has a course with the bundled quizzes, two students and a teacher to be, and a gradebook. It runs until
    Ctrl-C. With --check nobody is needed: two students take every quiz, and the ten grades that must arrive in the
    gradebook are printed.
    """
    from lti_app.demo import run_demo

    ctx.exit(run_demo(check_only=check_only, behave_as=behave_as))


ANY_DEPLOYMENT = "Also take deployments that are not named, for a client that is one school's own (Canvas)."


@main.group()
def platforms() -> None:
    """Register the tool with LMSs, and show what an LMS wants to know of it."""


@platforms.command("invite")
@click.option("--pending", is_flag=True, help="What is registered has to wait for 'quizferry platforms approve'.")
@click.option("--days", default=7, show_default=True, type=click.IntRange(1, 365), help="How long the link works.")
@click.option("--renew", metavar="NAME", help="Register the LMS of this NAME anew; its courses and attempts stay.")
def invite_platform(*, pending: bool, days: int, renew: str | None) -> None:
    """Make a link by which an LMS's admin registers the tool: Moodle, Canvas, Brightspace, Sakai take one.

    It works once. Nothing has to be copied from LMS to tool and back.
    """
    from lti_app.commands.platforms import invite

    if pending and renew:
        raise click.UsageError("An LMS that is renewed is approved already; leave out --pending.")
    invite(pending=pending, days=days, renew=renew)


@platforms.command("approve")
@click.argument("name")
def approve_platform(name: str) -> None:
    """Let the LMS registered as NAME launch, after an invitation with --pending."""
    from lti_app.commands.platforms import approve

    approve(name)


@platforms.command("add")
@click.argument("name")
@click.option("--issuer", required=True, metavar="URL", help="The LMS's issuer, also called platform ID.")
@click.option("--client-id", required=True, metavar="ID", help="What the LMS calls this tool.")
@click.option("--auth-login-url", required=True, metavar="URL", help="Its authentication request URL.")
@click.option("--auth-token-url", required=True, metavar="URL", help="Its access token URL.")
@click.option("--jwks-url", required=True, metavar="URL", help="Its public keyset URL.")
@click.option(
    "--deployment-id",
    "deployment_ids",
    required=True,
    multiple=True,
    metavar="ID",
    help="A deployment ID of the tool in the LMS. May be given several times.",
)
@click.option(
    "--auth-audience",
    metavar="TEXT",
    help="The audience of token requests, if the LMS names one besides its token URL (Brightspace does).",
)
@click.option("--any-deployment", is_flag=True, help=ANY_DEPLOYMENT)
def add_platform(name: str, **values: Any) -> None:
    """Register an LMS, under a NAME of your choice, with the values that it shows.

    For example, a Moodle:

    \b
      quizferry platforms add "Our Moodle" \\
        --issuer https://moodle.example.edu \\
        --client-id Go6Ijn57xGtMgeX \\
        --auth-login-url https://moodle.example.edu/mod/lti/auth.php \\
        --auth-token-url https://moodle.example.edu/mod/lti/token.php \\
        --jwks-url https://moodle.example.edu/mod/lti/certs.php \\
        --deployment-id 19
    """  # noqa: D301 - \b is how click keeps lines apart
    from lti_app.commands.platforms import add

    add(name, **values)


@platforms.command("update")
@click.argument("name")
@click.option("--name", "new_name", metavar="NAME", help="What to call it from now on.")
@click.option("--issuer", metavar="URL")
@click.option("--client-id", metavar="ID")
@click.option("--auth-login-url", metavar="URL")
@click.option("--auth-token-url", metavar="URL")
@click.option("--jwks-url", metavar="URL")
@click.option("--auth-audience", metavar="TEXT")
@click.option("--any-deployment/--listed-deployments", default=None, help=ANY_DEPLOYMENT)
def update_platform(name: str, new_name: str | None, **values: Any) -> None:
    """Change values of the LMS registered as NAME: those that are given. Its courses and attempts stay."""
    from lti_app.commands.platforms import update

    changes = {field: value for field, value in {"name": new_name, **values}.items() if value is not None}
    update(name, changes)


@platforms.command("deploy")
@click.argument("name")
@click.argument("deployment_id")
def deploy_platform(name: str, deployment_id: str) -> None:
    """Let the LMS registered as NAME launch from one more deployment.

    Canvas makes one wherever the tool is installed: in the account, in a sub-account, in a course.
    """
    from lti_app.commands.platforms import deploy

    deploy(name, deployment_id)


@platforms.command("list")
@json_option
def list_platforms(*, as_json: bool) -> None:
    """List the LMSs that are registered."""
    from lti_app.commands.platforms import show_all

    show_all(as_json=as_json)


@platforms.command("remove")
@click.argument("name")
@click.option("--yes", "sure", is_flag=True, help="Do not ask.")
def remove_platform(name: str, *, sure: bool) -> None:
    """Delete the LMS registered as NAME, with its courses, students and attempts here."""
    from lti_app.commands.platforms import remove

    remove(name, sure=sure)


@platforms.command("values")
@json_option
def show_values(*, as_json: bool) -> None:
    """Show the values to enter where the tool is registered in an LMS."""
    from lti_app.commands.platforms import show_values as show

    show(as_json=as_json)


@platforms.command("test")
@click.argument("name")
@click.option("--student", default="", metavar="ID", help="A student's id in the LMS, to see a grade arrive.")
@click.pass_context
def test_platform(ctx: click.Context, name: str, student: str) -> None:
    """Try all that has to work with the LMS registered as NAME: keys, tokens, gradebook, clocks, frames.

    A column is made in the gradebook of the course that was opened last, and deleted again.
    """
    from lti_app.commands.platforms import test

    ctx.exit(test(name, student))


@platforms.command("show-config")
@click.option("--lms", required=True, type=click.Choice(["canvas"]), help="The LMS that it is for.")
def show_config(lms: str) -> None:  # noqa: ARG001 - Canvas is the only one that takes a file
    """Print the configuration that Canvas takes for an LTI key; the tool shows it at /setup/canvas.json, too."""
    from lti_app.commands.platforms import show_canvas_config

    show_canvas_config()


@main.command("admin-link")
def admin_link() -> None:
    """Print a link to the admin pages: approve LMSs and test them by a button. It works once, for an hour."""
    from lti_app.commands.admin import print_link

    print_link()


@main.group()
def keys() -> None:
    """Show and change the keys that the tool signs with."""


@keys.command("list")
@json_option
def list_keys(*, as_json: bool) -> None:
    """List the published keys: which one signs, which one will, which ones have."""
    from lti_app.commands.keys import show_all

    show_all(as_json=as_json)


@keys.command("rotate")
@click.option(
    "--hours",
    default=24,
    show_default=True,
    type=click.IntRange(0, 24 * 30),
    help="How long the new key is published before it signs; LMSs keep the keyset that they fetched for up to a day.",
)
def rotate_key(hours: int) -> None:
    """Replace the signing key, without a break: publish a new one now, and sign with it later.

    Nothing has to be restarted or entered in any LMS.
    """
    from lti_app.commands.keys import rotate

    rotate(hours)


@main.group()
def audit() -> None:
    """Read the trail of who did what, when: append-only, kept as long as QUIZFERRY_AUDIT_DAYS says."""


@audit.command("export")
@click.option("--format", "kind", default="jsonl", show_default=True, type=click.Choice(["jsonl", "csv"]))
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Leave out what was before this day (UTC).")
def export_audit(kind: str, since: datetime | None) -> None:
    """Print the audit trail, first to last."""
    from lti_app.commands.audit import export

    export(kind, since.replace(tzinfo=UTC) if since else None)


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
def backup(file: Path) -> None:
    """Write all that the tool holds into FILE: its SQLite database, checked, and the quizzes of QUIZFERRY_QUIZZES.

    The tool may go on running meanwhile. A FILE that exists is left as it is.
    """
    from lti_app.commands.backup import backup as run

    run(file)


@main.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def restore(file: Path) -> None:
    """Put the backup FILE where QUIZFERRY_DATABASE_URL and QUIZFERRY_QUIZZES say; nothing there is overwritten.

    Stop the tool before, and start it after.
    """
    from lti_app.commands.backup import restore as run

    run(file)


if __name__ == "__main__":
    main()
