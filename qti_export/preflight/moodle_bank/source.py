"""What all formats of the question bank share: the lines of a text file, and what every import there leaves out."""

from dataclasses import dataclass

from lxml import etree

from qti_export.preflight.model import Effect, Place
from qti_export.preflight.rules import Rules, Said


@dataclass(frozen=True)
class TextFile:
    """A text file of questions; ``fault`` is the line of its first byte that is no UTF-8, 0 for none."""

    text: str
    fault: int = 0

    def place(self, node: etree._Element | None) -> Place:  # noqa: ARG002 - text has no elements
        """Return the place of the fault, or of the file."""
        return Place("", self.fault)


TEXT: Rules[TextFile] = Rules("moodle")


@TEXT.trap(
    "bank-not-utf8", Effect.KILLS, "A file in another encoding than UTF-8 is refused, or its accents are garbled."
)
def _not_utf8(file: TextFile) -> list[Said]:
    return [Said("The file is not in UTF-8.", "Save it as UTF-8 in the editor's 'Save as'.")] if file.fault else []


def read_text_file(data: bytes) -> TextFile:
    """Return the text of a file; what is no UTF-8 is read as Windows has it, so that the rest can be looked at."""
    try:
        return TextFile(_lines(data.decode("utf-8-sig")))
    except UnicodeDecodeError as error:
        return TextFile(_lines(data.decode("cp1252", "replace")), data.count(b"\n", 0, error.start) + 1)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
