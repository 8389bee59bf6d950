"""The tool's own scripts, styles and icons, each fetched once by a browser and anew when the tool has changed.

Addresses carry a digest of all of them, as a folder, so that scripts which import each other stay of one version. The
plain address leads to the same file: LMSs keep that of the icon.
"""

import hashlib
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

from flask import Flask, Response, abort, send_file

FOLDER = Path(__file__).parent / "static"
FORMS = ("forms.css", "forms.js")
"""What questions look like, and how their items are moved: the same as in the preview of a quiz file."""

DIGEST = re.compile("[0-9a-f]{12}")
YEAR = 365 * 24 * 3600  # seconds


def serve_static_files(app: Flask) -> None:
    """Serve them below ``/static/``, by the name ``static`` for `url_for`, as Flask would by itself."""
    paths = _paths()
    digest = _digest(paths)

    def static(filename: str) -> Response:
        version, _, rest = filename.partition("/")
        path = paths.get(rest if DIGEST.fullmatch(version) else filename) or abort(404)
        # Another version than this one's: two tools behind one proxy while one of them is being renewed.
        response = send_file(path, max_age=YEAR if version == digest else None)
        response.cache_control.immutable = version == digest
        return response

    def add_version(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static":
            values["filename"] = f"{digest}/{values['filename']}"

    app.add_url_rule("/static/<path:filename>", "static", static)
    app.url_defaults(add_version)


def _paths() -> dict[str, Path]:
    """Return where each file is, by its name in addresses."""
    own = {path.relative_to(FOLDER).as_posix(): path for path in sorted(FOLDER.rglob("*")) if path.is_file()}
    return own | {f"forms/{name}": Path(str(files("content.forms") / name)) for name in FORMS}


def _digest(paths: dict[str, Path]) -> str:
    found = hashlib.sha256()
    for name, path in paths.items():
        found.update(f"{name}\0".encode() + path.read_bytes() + b"\0")
    return found.hexdigest()[:12]
