"""The style sheets of the tool's pages: one for each audience, put together of parts that have one idea each."""

from importlib.resources import files
from pathlib import Path

from flask import Flask, request

FOLDER = Path(__file__).parent / "styles"

OF_FORMS = {"colours", "ground", "prose", "question", "fields", "controls"}
"""Parts that the preview of a quiz file has, too."""

EVERYONE = ("colours", "ground", "page", "signed_in", "actions", "tones")
WITH_QUESTIONS = (*EVERYONE, "prose", "question", "questions", "marked", "score", "lists", "facts", "fields", "bar")
SHEETS = {
    "everyone.css": EVERYONE,
    "student.css": (*WITH_QUESTIONS, "grade", "start", "controls", "quiz", "progress", "receipt"),
    "teacher.css": (*WITH_QUESTIONS, "grade", "results", "given", "picking", "values", "checked_receipt"),
    "admin.css": (*EVERYONE, "lists", "values", "setup"),
}
"""By the name of each sheet its parts, in their order."""

AUDIENCES = {"student": "student.css", "instructor": "teacher.css", "linking": "teacher.css", "admin": "admin.css"}
"""By the name of a blueprint the sheet of its pages, also of those that say what went wrong there."""


def link_style_sheets(app: Flask) -> None:
    """Have every page of the app know, as ``style_sheet``, the one that it links."""
    app.context_processor(lambda: {"style_sheet": AUDIENCES.get(request.blueprint or "", "everyone.css")})


def style_sheets() -> dict[str, bytes]:
    """Return each sheet by its name."""
    return {name: b"\n".join(map(part, parts)) for name, parts in SHEETS.items()}


def part(name: str) -> bytes:
    """Return one of the parts."""
    folder = files("content.forms") if name in OF_FORMS else FOLDER
    return (folder / f"{name}.css").read_bytes()
