"""Runs Open edX's LTI consumer on a port of this machine until it is ended."""

import argparse
import secrets
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from werkzeug.serving import make_server

USAGE_ID_PATTERN = r"(?P<usage_id>(?:i4x://?[^/]+/[^/]+/[^/]+/[^@]+(?:@[^/]+)?)|(?:[^/]+))"
"""Open edX's own pattern of block ids in URLs."""


def configure(url: str, folder: Path) -> None:
    """Set Django up with the consumer's apps and a database in the folder."""
    settings.configure(
        SECRET_KEY=secrets.token_hex(),
        ALLOWED_HOSTS=["127.0.0.1"],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(folder / "open_edx.db")}},
        CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        INSTALLED_APPS=[
            "django.contrib.contenttypes",
            "django.contrib.auth",
            "django.contrib.sessions",
            "waffle",
            "config_models",
            "lti_consumer",
        ],
        MIDDLEWARE=[
            "edx_django_utils.cache.middleware.RequestCacheMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
        ],
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
        ROOT_URLCONF="tests.journeys.open_edx.pages",
        USE_TZ=True,
        # Deep linking comes back from the tool's site and has to find who sent it (the consumer's own words).
        SESSION_COOKIE_SAMESITE="None",
        SESSION_COOKIE_SECURE=True,
        LMS_ROOT_URL=url,
        LTI_BASE=url,
        LTI_API_BASE=url,
        PLATFORM_NAME="Pier College",
        USAGE_ID_PATTERN=USAGE_ID_PATTERN,
    )
    django.setup()
    call_command("migrate", verbosity=0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--folder", type=Path, required=True, help="where the database goes")
    parser.add_argument("--tool", required=True, help="where the tool is: scheme, host and port")
    parser.add_argument("--quiz", required=True, help="the custom parameter 'quiz' of the first block")
    options = parser.parse_args()
    configure(f"http://127.0.0.1:{options.port}", options.folder)

    # Its models can be imported only now.
    from tests.journeys.open_edx.course import fill, stand_in_for_edx_platform

    stand_in_for_edx_platform()
    fill(options.tool, {"quiz": options.quiz})
    make_server("127.0.0.1", options.port, get_wsgi_application(), threaded=True).serve_forever()


if __name__ == "__main__":
    main()
