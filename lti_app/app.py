"""The application factory: the tool as a Flask app."""

from flask import Flask

from lti_app.config import Config
from lti_app.lti.http import PlatformSession
from lti_app.lti.keys import ensure_key
from lti_app.lti.keysets import KeySets
from lti_app.models import Database
from lti_app.models.migrations import upgrade
from lti_app.services.quizzes import publish_all
from lti_app.services.signing import ensure_secret
from lti_app.web import (
    access,
    admin,
    carrying,
    display,
    errors,
    headers,
    health,
    instructor,
    languages,
    linking,
    lti,
    pictures,
    requests_log,
    static_files,
    student,
    style_sheets,
)
from lti_app.web.tool import Tool

# More than any launch or answer needs; an id_token is some kilobytes.
MAX_REQUEST_BYTES = 512 * 1024


def create_app(config: Config | None = None) -> Flask:
    """Return the tool as a Flask app; without ``config``, its settings are those of the environment.

    The database is brought up to date and the quizzes that can be embedded are read on the way.
    """
    config = config or Config.from_environment()
    database = Database(config.database_url)
    app = Flask("lti_app", template_folder="web/templates", static_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=MAX_REQUEST_BYTES, MAX_FORM_MEMORY_SIZE=MAX_REQUEST_BYTES)
    key_sets = KeySets(PlatformSession(allow_private_addresses=config.allow_private_addresses))
    app.extensions["quizferry"] = Tool(config, database, key_sets)
    _prepare(database, config)
    static_files.serve_static_files(app)
    style_sheets.link_style_sheets(app)
    requests_log.number_requests(app)
    linking.take_uploads(app)
    student.take_files(app)
    access.guard_launches(app)
    carrying.carry_sessions(app)
    headers.send_security_headers(app)
    errors.show_errors(app)
    languages.speak_languages(app)
    display.add_filters(app)
    blueprints = (lti.bp, pictures.bp, student.bp, instructor.bp, linking.bp, admin.bp, health.bp)
    for blueprint in blueprints:
        app.register_blueprint(blueprint)
    return app


def _prepare(database: Database, config: Config) -> None:
    upgrade(database)
    ensure_key(database)
    ensure_secret(database)
    publish_all(database, config)
