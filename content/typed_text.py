"""When two typed texts are the same answer."""

import unicodedata

from content.characters import drop_forbidden


def fold(text: str, *, case_sensitive: bool) -> str:
    """Return what is compared of a typed text: two answers are the same where this is.

    Blanks around the text do not count, nor do control characters, and any white space within it counts as one blank;
    letters are the same however their accents are encoded (Unicode NFC), and in either case unless ``case_sensitive``.
    """
    words = " ".join(unicodedata.normalize("NFC", drop_forbidden(text)).split())
    return words if case_sensitive else unicodedata.normalize("NFC", words.casefold())
