"""`quizferry platforms`: register this tool with LMSs."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import click

from lti_app.commands.database import up_to_date_database
from lti_app.commands.moments import moment
from lti_app.commands.settings import settings
from lti_app.lti.keys import ensure_key
from lti_app.lti.launch import LEEWAY
from lti_app.lti.registration_request import CUSTOM
from lti_app.models import Registration
from lti_app.services import invitations, platforms
from lti_app.services.audit import OPERATOR, record
from lti_app.services.findings import Outcome
from lti_app.services.self_test import run_self_test

SIGNS = {Outcome.OK: ("✓", "green"), Outcome.FAILED: ("✗", "red"), Outcome.NOT_TESTED: ("–", "yellow")}


def add(name: str, **values: Any) -> None:
    """Store a platform by the values of `platforms.PlatformValues`, and say what comes next."""
    config = settings()
    with up_to_date_database(config) as database, _problems(), database.writing() as session:
        platforms.add_platform(session, config, name, platforms.PlatformValues(**values))
        record(session, OPERATOR, "platform.added", platform=name)
    click.echo(f"{name} is registered. The values to enter there are shown by 'quizferry platforms values'.")


def deploy(name: str, deployment_id: str) -> None:
    """Add a deployment to a platform."""
    with up_to_date_database(settings()) as database, _problems(), database.writing() as session:
        platforms.add_deployment(session, name, deployment_id)
        record(session, OPERATOR, "platform.deployed", platform=name, deployment=deployment_id)
    click.echo(f"{name} can launch from the deployment {deployment_id}.")


def update(name: str, changes: dict[str, Any]) -> None:
    """Change values of a platform."""
    if not changes:
        raise click.UsageError("Nothing to change; 'quizferry platforms update --help' lists what can be.")
    config = settings()
    with up_to_date_database(config) as database, _problems(), database.writing() as session:
        platform = platforms.update_platform(session, config, name, changes)
        record(session, OPERATOR, "platform.changed", platform=name, changes=changes)
    click.echo(f"{platform.name} is changed. Try it with 'quizferry platforms test \"{platform.name}\"'.")


def invite(*, pending: bool, days: int, renew: str | None) -> None:
    """Make an invitation and print its link."""
    config = settings()
    with up_to_date_database(config) as database, _problems(), database.writing() as session:
        renews = platforms.find_platform(session, renew) if renew else None
        invited = invitations.invite(session, config, timedelta(days=days), needs_approval=pending, renews=renews)
        record(session, OPERATOR, "platform.invited", days=days, pending=pending, renew=renew)
    click.echo(invited.url)
    click.echo(
        f"Pass this link to the LMS's admin, who pastes it there as the tool's registration URL. It works once, until "
        f"{moment(invited.invitation.expires_at)}. Steps for each LMS: {config.public_url}/setup",
        err=True,
    )


def approve(name: str) -> None:
    """Approve a platform that came by an invitation."""
    with up_to_date_database(settings()) as database, _problems(), database.writing() as session:
        platforms.approve_platform(session, name)
        record(session, OPERATOR, "platform.approved", platform=name)
    click.echo(f"{name} is approved; its quizzes can be opened.")


def show_all(*, as_json: bool) -> None:
    """Print all platforms."""
    with up_to_date_database(settings()) as database, database.reading() as session:
        found = [_as_dict(platform) for platform in platforms.list_platforms(session)]
    if as_json:
        click.echo(json.dumps(found, indent=2, ensure_ascii=False))
        return
    if not found:
        click.echo("No platforms yet; 'quizferry platforms add --help' says how to register one.")
    for platform in found:
        click.secho(platform["name"], bold=True)
        platform["deployment_ids"] = ", ".join(platform["deployment_ids"])
        platform["clock"] = _clock(platform.pop("clock_skew"))
        platform["deployment_ids"] += " and any that launches bring" if platform.pop("any_deployment") else ""
        if not platform.pop("approved"):
            click.secho(f"  waits for 'quizferry platforms approve \"{platform['name']}\"'", fg="yellow")
        _print_table({key.replace("_", " "): value for key, value in platform.items() if key != "name" and value})


def remove(name: str, *, sure: bool) -> None:
    """Delete a platform, once whoever asks has seen what goes with it."""
    with up_to_date_database(settings()) as database, _problems():
        with database.reading() as session:
            lost = platforms.contents(session, platforms.find_platform(session, name))
        if not sure:
            click.confirm(f"Delete {name} with its {lost.courses} courses and {lost.attempts} attempts?", abort=True)
        with database.writing() as session:
            platforms.remove_platform(session, name)
            record(session, OPERATOR, "platform.removed", platform=name)
    click.echo(f"{name} is deleted.")


def show_values(*, as_json: bool) -> None:
    """Print what is to be entered in an LMS."""
    config = settings()
    values = platforms.tool_values(config)
    if as_json:
        click.echo(json.dumps(asdict(values), indent=2))
        return
    _print_table(
        {
            "Login URL": values.login_url,
            "Redirect URL": values.redirect_url,
            "Tool URL": values.target_link_uri,
            "Keyset URL": values.jwks_url,
            "Custom parameters": ", ".join(f"{name}={variable}" for name, variable in CUSTOM.items()),
            "... of one link": "quiz=NAME (as in 'quizferry quizzes'; without it the teacher picks a quiz)",
        }
    )
    if not config.https and urlsplit(config.public_url).hostname != "localhost":
        click.secho(
            "Browsers keep the tool's cookies only over https or at http://localhost; set QUIZFERRY_PUBLIC_URL to the "
            "https address that students reach the tool at.",
            fg="yellow",
            err=True,
        )


def test(name: str, student: str) -> int:
    """Try all that has to work with a platform, and say of each whether it does; return the exit code."""
    config = settings()
    with up_to_date_database(config) as database, _problems():
        ensure_key(database)
        with database.reading() as session:
            platform = platforms.find_platform(session, name)
        outcomes = set()
        for finding in run_self_test(database, config, platform, student):
            sign, colour = SIGNS[finding.outcome]
            click.secho(f"{sign} {finding.subject}: {finding.outcome}", fg=colour, bold=True)
            click.echo(f"    {finding.sentence}")
            if finding.remedy:
                click.echo(f"    What to do: {finding.remedy}")
            outcomes.add(finding.outcome)
    return 1 if Outcome.FAILED in outcomes else 0


def show_canvas_config() -> None:
    """Print the configuration that Canvas takes for a developer key."""
    click.echo(json.dumps(platforms.canvas_json(settings()), indent=2))


@contextmanager
def _problems() -> Iterator[None]:
    """Turn what the services refuse into a message and an exit code: 2 for a value, 1 for a conflict."""
    try:
        yield
    except platforms.UnusableValue as error:
        option = "--" + error.field.replace("_", "-")
        raise click.BadParameter(str(error), param_hint=f"'{option}'") from error
    except platforms.PlatformConflict as error:
        raise click.ClickException(str(error)) from error


def _as_dict(platform: Registration) -> dict[str, Any]:
    return {
        "name": platform.name,
        "issuer": platform.issuer,
        "client_id": platform.client_id,
        "auth_login_url": platform.auth_login_url,
        "auth_token_url": platform.auth_token_url,
        "jwks_url": platform.jwks_url,
        "auth_audience": platform.auth_audience,
        "any_deployment": platform.any_deployment,
        "approved": platform.approved,
        "clock_skew": platform.clock_skew,
        "deployment_ids": [deployment.deployment_id for deployment in platform.deployments],
    }


def _clock(skew: int | None) -> str:
    """Return what an admin is told of a platform's clock; nothing before its first launch."""
    if skew is None:
        return ""
    if skew == 0:
        return "agrees with Quizferry's"
    side = "ahead of" if skew > 0 else "behind"
    return f"{abs(skew)} seconds {side} Quizferry's; launches work up to {LEEWAY.seconds}"


def _print_table(rows: dict[str, str]) -> None:
    width = max(map(len, rows))
    for key, value in rows.items():
        click.echo(f"  {key:<{width}}  {value}")
