"""A text behind its mark."""

import re
from decimal import Decimal

LINE_END = re.compile(r"\r\n?")
LINE_START = re.compile(r"(?<=\n)(?=[^\n])")


def settled(text: str) -> str:
    """Return the text with our line ends, and without the white space around it that no reader keeps."""
    return LINE_END.sub("\n", text).strip(" \t\n")


def piece(mark: str, text: str) -> str:
    """Return the text behind its mark, its further lines indented to where the first one begins."""
    text = settled(text)
    return f"{mark} {LINE_START.sub(' ' * (len(mark) + 1), text)}" if text else mark


def decimal(number: Decimal) -> str:
    """Return a number of points as short as it can be."""
    return f"{number.normalize():f}"
