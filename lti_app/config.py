"""Every setting, with its default and, where it has one, its environment variable."""

import difflib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit


class ConfigError(Exception):
    """A setting that cannot be used; the message is one sentence that names the variable and says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The settings of one running tool.

    ``public_url`` is where browsers and LMSs reach the tool: scheme, host and port, no path. ``quizzes`` is a folder
    of quiz files that can be embedded besides the bundled ones. ``allow_private_addresses`` lets the tool call
    platforms at loopback and private addresses, which a public tool must never do on a stranger's word.
    ``launch_lifetime`` is how long a launch's pages work before the quiz has to be opened from the LMS again.
    ``redis_url`` is the queue of the Celery workers, where there are any.
    ``grades_at_once`` and ``grades_per_second`` bound what any one platform is sent, by all workers together; without
    the first, what platforms of its kind allow counts.
    ``audit_days`` is how long the audit trail is kept, None for ever. ``metrics`` is where Prometheus finds the
    metrics, as ``host:port``; empty means nowhere.
    """

    database_url: str = "sqlite:///var/quizferry.db"
    public_url: str = "http://localhost:8000"
    quizzes: Path | None = None
    allow_private_addresses: bool = False
    launch_lifetime: timedelta = timedelta(hours=8)
    redis_url: str = "redis://localhost:6379/0"
    grades_at_once: int | None = None
    grades_per_second: int = 300
    audit_days: int | None = None
    metrics: str = ""

    @property
    def https(self) -> bool:
        """Whether browsers reach the tool over https."""
        return self.public_url.startswith("https://")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Config":
        """Return the settings that the ``QUIZFERRY_...`` variables give; raise ConfigError for one that is unusable."""
        defaults = cls()
        _check_names(environment)
        quizzes = environment.get("QUIZFERRY_QUIZZES")
        if quizzes and not Path(quizzes).is_dir():
            raise ConfigError(
                f"QUIZFERRY_QUIZZES is {quizzes!r}, which is no folder; name the folder with your quizzes."
            )
        return cls(
            database_url=environment.get("QUIZFERRY_DATABASE_URL", defaults.database_url),
            public_url=_origin(environment.get("QUIZFERRY_PUBLIC_URL", defaults.public_url)),
            quizzes=Path(quizzes) if quizzes else None,
            allow_private_addresses=_boolean(environment, "QUIZFERRY_ALLOW_PRIVATE_ADDRESSES"),
            redis_url=_redis(environment.get("QUIZFERRY_REDIS_URL", defaults.redis_url)),
            grades_at_once=_number_or_none(environment, "QUIZFERRY_GRADES_AT_ONCE"),
            grades_per_second=_number(environment, "QUIZFERRY_GRADES_PER_SECOND", defaults.grades_per_second),
            audit_days=_number_or_none(environment, "QUIZFERRY_AUDIT_DAYS"),
            metrics=_listener(environment.get("QUIZFERRY_METRICS", defaults.metrics)),
        )


NAMES = {
    "QUIZFERRY_ALLOW_PRIVATE_ADDRESSES",
    "QUIZFERRY_AUDIT_DAYS",
    "QUIZFERRY_DATABASE_URL",
    "QUIZFERRY_GRADES_AT_ONCE",
    "QUIZFERRY_GRADES_PER_SECOND",
    "QUIZFERRY_METRICS",
    "QUIZFERRY_PUBLIC_URL",
    "QUIZFERRY_QUIZZES",
    "QUIZFERRY_REDIS_URL",
}


def check_for_serving(config: Config) -> None:
    """Raise ConfigError for what works for a command, but not for a tool that people reach by their browsers."""
    host = urlsplit(config.public_url).hostname or ""
    local = host == "localhost" or host.endswith(".localhost") or host.startswith("127.") or host == "::1"
    if not config.https and not local:
        raise ConfigError(
            f"QUIZFERRY_PUBLIC_URL is {config.public_url!r}; browsers keep the tool's cookies only over https, so put "
            "a web server with a certificate before it and set the https address."
        )
    if config.database_url in ("sqlite://", "sqlite:///:memory:"):
        raise ConfigError(
            "QUIZFERRY_DATABASE_URL names a database in memory, which each process would have for itself; name a file, "
            "such as sqlite:////var/lib/quizferry/quizferry.db."
        )


def check_for_celery(config: Config) -> None:
    """Raise ConfigError where several machines would each have a database of their own."""
    if config.database_url.startswith("sqlite"):
        raise ConfigError(
            "QUIZFERRY_DATABASE_URL names a SQLite file, which is for one machine; Celery workers need PostgreSQL, "
            "such as postgresql+psycopg://quizferry@db.example.edu/quizferry."
        )


def _check_names(environment: Mapping[str, str]) -> None:
    for name in sorted(environment):
        if name.startswith("QUIZFERRY_") and name not in NAMES:
            near = difflib.get_close_matches(name, NAMES, 1, cutoff=0.8)
            meant = f"; did you mean {near[0]}?" if near else "; remove it."
            raise ConfigError(f"{name} is no setting of Quizferry{meant}")


def _redis(url: str) -> str:
    if urlsplit(url).scheme not in ("redis", "rediss", "unix"):
        raise ConfigError("QUIZFERRY_REDIS_URL is no address of a Redis; write one such as redis://localhost:6379/0.")
    return url


def _listener(text: str) -> str:
    host, _, port = text.rpartition(":")
    if text and not (host and port.isascii() and port.isdecimal() and 0 < int(port[:6]) < 65536):
        raise ConfigError(f"QUIZFERRY_METRICS is {text!r}; it must be an address and a port, like 127.0.0.1:9464.")
    return text


def _origin(url: str) -> str:
    """Return the address as browsers write it into ``Origin``, with which it is compared."""
    try:
        parts = urlsplit(url)
        port, host = parts.port, (parts.hostname or "").encode("idna").decode()
    except ValueError:
        parts, port, host = urlsplit(""), None, ""
    more = parts.path.strip("/") or parts.query or parts.fragment or parts.username is not None
    if parts.scheme not in ("http", "https") or not host or more:
        raise ConfigError(
            f"QUIZFERRY_PUBLIC_URL is {url!r}; it must be the tool's address without a path, like https://quiz.example.edu."
        )
    named_port = f":{port}" if port not in (None, {"http": 80, "https": 443}[parts.scheme]) else ""
    return f"{parts.scheme}://{f'[{host}]' if ':' in host else host}{named_port}"


def _number(environment: Mapping[str, str], name: str, default: int) -> int:
    text = environment.get(name, str(default))
    if not text.isdecimal() or int(text) == 0:
        raise ConfigError(f"{name} is {text!r}; it must be a whole number above 0.")
    return int(text)


def _number_or_none(environment: Mapping[str, str], name: str) -> int | None:
    return _number(environment, name, 1) if name in environment else None


def _boolean(environment: Mapping[str, str], name: str) -> bool:
    text = environment.get(name, "false").lower()
    if text not in ("true", "false"):
        raise ConfigError(f"{name} is {text!r}; it must be true or false.")
    return text == "true"
