"""The tool's own scripts, styles and icons, each fetched once by a browser and anew when the tool has changed.

Addresses carry a digest of all of them, as a folder. The plain address leads to the same file: LMSs keep that of the
icon.
"""

import hashlib
import re
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any

from flask import Flask, Response, abort, send_file

from lti_app.web.scripts import with_imports
from lti_app.web.style_sheets import style_sheets

FOLDER = Path(__file__).parent / "static"

DIGEST = re.compile("[0-9a-f]{12}")
YEAR = 365 * 24 * 3600  # seconds


def serve_static_files(app: Flask) -> None:
    """Serve them below ``/static/``, by the name ``static`` for `url_for`, as Flask would by itself."""
    contents = _contents()
    digest = _digest(contents)

    def static(filename: str) -> Response:
        version, _, rest = filename.partition("/")
        name = rest if DIGEST.fullmatch(version) else filename
        content = contents.get(name)
        if content is None:
            abort(404)
        # Another version than this one's: two tools behind one proxy while one of them is being renewed.
        age = YEAR if version == digest else None
        response = send_file(BytesIO(content), download_name=name, max_age=age, etag=digest)
        response.cache_control.immutable = version == digest
        return response

    def add_version(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static":
            values["filename"] = f"{digest}/{values['filename']}"

    app.add_url_rule("/static/<path:filename>", "static", static)
    app.url_defaults(add_version)


def _contents() -> dict[str, bytes]:
    """Return each file by its name in addresses."""
    own = {path.relative_to(FOLDER).as_posix(): path.read_bytes() for path in FOLDER.rglob("*") if path.is_file()}
    return own | style_sheets() | _scripts(own)


def _scripts(own: dict[str, bytes]) -> dict[str, bytes]:
    modules = {name: content.decode() for name, content in own.items() if name.endswith(".js")}
    # How items are moved: the same as in the preview of a quiz file.
    modules["forms/forms.js"] = (files("content.forms") / "forms.js").read_text(encoding="utf-8")
    return {name: with_imports(name, modules).encode() for name in modules}


def _digest(contents: dict[str, bytes]) -> str:
    found = hashlib.sha256()
    for name, content in sorted(contents.items()):
        found.update(f"{name}\0".encode() + content + b"\0")
    return found.hexdigest()[:12]
