"""Serves a demo LMS until it is told to stop: ``python -m lti_app.demo_lms --help``."""

import signal
from collections.abc import Iterable
from decimal import Decimal

import click

from lti_app.demo_lms import Activity, ToolRegistration, serving_demo_lms
from lti_app.demo_lms.behaviours import BEHAVIOURS

STOP = {signal.SIGINT, signal.SIGTERM}


@click.command()
@click.option("--port", default=8080, show_default=True)
@click.option("--tool-name", required=True)
@click.option("--client-id", required=True, help="The tool's client id here.")
@click.option("--deployment-id", default="1", show_default=True)
@click.option("--login-url", required=True, help="Where the tool takes login initiations.")
@click.option("--launch-url", required=True, help="Where the tool takes launches: target link and redirect URL.")
@click.option("--keyset-url", required=True, help="Where the tool publishes its public keys.")
@click.option(
    "--custom",
    multiple=True,
    help="A custom parameter of every launch, 'name=value'; the value may be an LTI variable.",
)
@click.option(
    "--activity",
    "activities",
    multiple=True,
    type=(str, str, str, str),
    help="An activity of the course: its id, its title, its points, and custom parameters as 'name=value'.",
)
@click.option(
    "--behave-as",
    type=click.Choice(list(BEHAVIOURS)),
    default="strict",
    show_default=True,
    help="The LMS whose way of doing things it takes.",
)
def main(
    port: int,
    behave_as: str,
    launch_url: str,
    custom: tuple[str, ...],
    activities: tuple[tuple[str, str, str, str], ...],
    **registration: str,
) -> None:
    """Serve a small LMS on a port of this machine, with one course whose activities embed a tool."""
    # Blocked before any thread is made, so that every thread leaves these signals to sigwait.
    signal.pthread_sigmask(signal.SIG_BLOCK, STOP)
    tool = ToolRegistration(
        name=registration["tool_name"],
        client_id=registration["client_id"],
        deployment_id=registration["deployment_id"],
        login_url=registration["login_url"],
        launch_url=launch_url,
        redirect_urls=(launch_url,),
        keyset_url=registration["keyset_url"],
        custom=_parameters(custom),
    )
    with serving_demo_lms(tool, [_activity(*fields) for fields in activities], port, BEHAVIOURS[behave_as]):
        signal.sigwait(STOP)


def _activity(activity_id: str, title: str, points: str, custom: str) -> Activity:
    return Activity(activity_id, title, Decimal(points), _parameters(custom.split()))


def _parameters(pairs: Iterable[str]) -> dict[str, str]:
    return dict(pair.split("=", 1) for pair in pairs)


if __name__ == "__main__":
    main()
