"""Finds and reads quiz files of any kind: what is no text, or far too long, gets one clear problem and no quiz."""

import re
import stat
from pathlib import Path

from content.problem import Problem, Severity, Source
from content.readers.quiz_text import read_quiz_text
from content.readers.raw_html import MAY_HAVE_ATTRIBUTES, with_html_checked
from content.readers.reading import Reading

SUFFIXES = (".md", ".txt")
"""What a folder is searched for. A file that is named is read whatever it is called."""

MAX_BYTES = 5_000_000
"""Of a file; a quiz of 10,000 questions stays below. Whoever opens more has the wrong file."""

TITLE = re.compile("\ufeff?[Qq]uiz title:")
"""What nearly every quiz text begins with, and no graded page."""

MAY_SHOW = ("![", "<i", "<I")
"""What every image begins with, one of these."""

MAY_HOLD_TEX = ("$", "\\(", "\\[")
"""What every formula begins with, one of these."""

# What a file begins with, what it then is, and what to do with it.
BINARY_FILES = (
    (b"%PDF", "a PDF", "Copy its text into a plain text file and try that."),
    (b"PK\x03\x04", "a zip archive", "Unpack it and try the quiz file that is inside."),
    (b"\x1f\x8b", "a compressed file", "Unpack it and try the quiz file that is inside."),
    (b"\xd0\xcf\x11\xe0", "an Office document", "Save it as plain text (UTF-8) and try that."),
)


def quiz_files(folder: Path) -> list[Path]:
    """Return the quiz files right in the folder, by name; none that are hidden, nor those of the folders in it.

    Raise OSError where the folder cannot be listed.
    """
    return sorted(
        path
        for path in folder.iterdir()
        if path.suffix.lower() in SUFFIXES and not path.name.startswith(".") and path.is_file()
    )


def read_file(path: Path) -> Reading:
    """Return the quiz in a file, with problems that name it as ``path`` does; never raise for what is in it.

    The images that it shows are read from its folder.
    """
    file = str(path)
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            sentence = f"This folder holds no file that ends in {' or '.join(SUFFIXES)}."
            return _refuse(file, "folder", sentence, "Name a quiz file, or the folder that holds some.")
        if not stat.S_ISREG(mode):  # of a pipe or a device a reader could wait for ever
            return _refuse(file, "no-ordinary-file", "This is no ordinary file.", "Save the quiz to a file.")
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return _refuse(file, "no-file", "There is no such file.", "Check its name and folder.")
    except OSError as error:
        return _refuse(file, "unreadable", f"The file cannot be read: {error.strerror}.", "Check its permissions.")
    return _read(data, file, path.parent)


def read_bytes(data: bytes, file: str) -> Reading:
    """Return the quiz in what a file holds, with problems that name it as ``file``; never raise for what is in it."""
    return _read(data, file, None)


def read_text(text: str, file: str, folder: Path | None = None) -> Reading:
    """Return the quiz in a text: a saved graded page where it looks like one, else quiz text.

    The images that it shows are read from the folder; where there is none they are not taken along.
    """
    reading = _read_any(text, file)
    if any(sign in text for sign in MAY_SHOW):
        from content.readers.images import with_images  # many quizzes show none

        reading = with_images(reading, text, folder)
    if any(sign in text for sign in MAY_HOLD_TEX):
        from content.readers.formulas import with_formulas_checked  # its patterns take long to load

        reading = with_formulas_checked(reading, text)
    if MAY_HAVE_ATTRIBUTES.search(text):
        reading = with_html_checked(reading, text)
    return reading


def _read_any(text: str, file: str) -> Reading:
    if TITLE.match(text):
        return read_quiz_text(text, file)
    from content.readers.graded_page import looks_like_graded_page, read_graded_page  # its patterns take long to load

    read = read_graded_page if looks_like_graded_page(text) else read_quiz_text
    return read(text, file)


def _read(data: bytes, file: str, folder: Path | None) -> Reading:
    for beginning, what, remedy in BINARY_FILES:
        if data.startswith(beginning):
            return _refuse(file, "not-text", f"This is {what}, not a text file.", remedy)
    if len(data) > MAX_BYTES:
        sentence = f"The file is larger than {MAX_BYTES // 1_000_000} MB, which no quiz is."
        return _refuse(file, "too-large", sentence, "Check that it is the right file, or split the quiz.")
    if not data.strip(b"\xef\xbb\xbf \t\r\n"):
        return _refuse(file, "empty", "The file is empty.", "Write a quiz into it, or check that it was saved.")
    return _decode(data, file, folder)


def _decode(data: bytes, file: str, folder: Path | None) -> Reading:
    if b"\0" in data:
        sentence = "This is no text that Quizferry can read: it holds zero bytes."
        return _refuse(file, "not-text", sentence, "Save it as plain text in UTF-8 and try again.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        sentence = f"The text is not in UTF-8; the first wrong byte is 0x{data[error.start]:02x}."
        return _refuse(file, "not-utf8", sentence, "Save it as UTF-8 (in the editor's 'Save as') and try again.", line)
    return read_text(text, file, folder)


def _refuse(file: str, code: str, sentence: str, remedy: str, line: int = 0) -> Reading:
    return Reading(None, (Problem(Severity.ERROR, code, sentence, remedy, Source(file, line)),))
