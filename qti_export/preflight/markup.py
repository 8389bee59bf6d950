"""What is in the HTML of a question, as far as importers care."""

import html
import re
from urllib.parse import unquote

TAG = re.compile(r"<[A-Za-z/!?][^<>]*>")
IMAGE = re.compile(r"<img\b", re.IGNORECASE)
REFERENCE = re.compile(
    r"""<(?:img|source|audio|video|embed|object|a)\b[^<>]*?\b(?:src|href|data)\s*=\s*["']([^"'<>]*)["']""",
    re.IGNORECASE,
)
ELSEWHERE = re.compile(r"^(?:[A-Za-z][A-Za-z0-9+.-]*:|//|/|#|$)")
FILE_BASE = re.compile(r"^(?:\$|%24)[A-Z_-]*FILE_?BASE(?:\$|%24)/?")
SHORT = 60


def plain(markup: str) -> str:
    """Return the text of HTML, in one line."""
    return " ".join(html.unescape(TAG.sub(" ", markup)).split())


def shortened(text: str) -> str:
    """Return a text in one line, cut to what a sentence can hold."""
    line = " ".join(text.split())
    return line if len(line) <= SHORT else f"{line[:SHORT]}…"


def has_tags(text: str) -> bool:
    """Return whether the text has a tag in it."""
    return TAG.search(text) is not None


def references(markup: str) -> list[str]:
    """Return the paths of the package's own files that the HTML names, as they are written."""
    found = [html.unescape(path).strip() for path in REFERENCE.findall(markup)]
    return [path for path in found if not ELSEWHERE.match(path) or FILE_BASE.match(path)]


def path_of(reference: str) -> str:
    """Return a reference as a path from the root of the package, without escapes, query and fragment."""
    bare = FILE_BASE.sub("", reference).partition("?")[0].partition("#")[0]
    return unquote(bare).removeprefix("./").lstrip("/")
