"""Traps of any file, whatever is to import it: what cannot be opened, and what no importer there reads."""

from qti_export.preflight.model import Effect, Finding, Place
from qti_export.preflight.refusal import UnreadableError
from qti_export.preflight.rules import TRAPS, Trap

EVERYWHERE = ("canvas", "canvas-new", "moodle")

_OF_FILES = {
    "file-unreadable": (Effect.KILLS, "What is no ordinary file, or may not be opened, cannot be uploaded either."),
    "file-empty": (Effect.KILLS, "A file without content is refused."),
    "file-too-large": (Effect.KILLS, "A file of more than 500 MB is not looked at here, and above most sites' limits."),
    "file-unknown": (Effect.KILLS, "A file that holds no questions in any format known here brings nothing."),
    "file-no-questions": (Effect.VANISHES, "A file that is read, but has no questions in it, brings none."),
    "file-damaged": (Effect.KILLS, "An archive that cannot be unpacked brings nothing."),
    "file-encrypted": (Effect.KILLS, "An archive with a password cannot be unpacked."),
    "file-bomb": (Effect.KILLS, "An archive that unpacks to more than a quiz can have is not opened."),
    "file-unsafe-path": (Effect.VANISHES, "A member whose path leads out of the archive is left out."),
    "file-wrong-lms": (Effect.KILLS, "A file in a format that the LMS does not import brings nothing."),
    "file-not-packed": (Effect.NOTES, "Canvas takes QTI in a zip only."),
    "file-export-refused": (Effect.KILLS, "A quiz text with errors cannot be exported."),
    "file-export-loss": (Effect.CHANGES, "What the exporter cannot carry of a quiz text, its report names."),
}


def _registered() -> dict[str, Trap]:
    found = {code: Trap(code, effect, EVERYWHERE, what) for code, (effect, what) in _OF_FILES.items()}
    TRAPS.update(found)
    return found


FILE_TRAPS = _registered()


def finding(code: str, sentence: str, remedy: str, where: Place | None = None) -> Finding:
    """Return a finding of one of these traps."""
    return Finding(code, FILE_TRAPS[code].effect, where or Place(), sentence, remedy)


def refused(error: UnreadableError) -> Finding:
    """Return what a file that could not be opened comes to."""
    return finding(error.code, error.sentence, error.remedy)
