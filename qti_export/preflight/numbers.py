"""Numbers as they stand in files."""

import re
from decimal import Decimal

NUMBER = re.compile(r"[+-]?(?:[0-9]{1,300}(?:\.[0-9]{0,300})?|\.[0-9]{1,300})(?:[eE][+-]?[0-9]{1,4})?")


def decimal(text: str | None) -> Decimal | None:
    """Return the number that the text is, or None."""
    stripped = (text or "").strip()
    return Decimal(stripped) if NUMBER.fullmatch(stripped) else None
