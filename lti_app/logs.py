"""The tool's log, on standard error: a line of JSON for each event, or a line for people where people look on."""

import sys

import structlog


def configure_logs() -> None:
    """Have every event of this process logged with its time and level.

    Tracebacks are plain: with the local variables that structlog shows by default, a log would hold secrets.
    """
    renderers: list[structlog.typing.Processor]
    if sys.stderr.isatty():
        renderers = [structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)]
    else:
        renderers = [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *renderers,
        ],
        # A line and its end in one write: lines of several processes may come at once, and must not run together.
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
    )
