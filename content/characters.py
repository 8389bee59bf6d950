"""Characters that no file of ours may hold: XML 1.0 has no way to write them, or no page shows them."""

import re

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Everything outside XML 1.0's production 2 (Char): C0 controls but tab and line ends, lone surrogates, U+FFFE, U+FFFF.

One of them in an item makes Canvas's importer "recover", and every ``&lt;`` after it in the file vanishes. Besides
them DEL and the C1 controls, of which XML's authors are to keep clear (its section 2.2): no page shows them, and some
readers take U+0085 for the end of a line.
"""


def drop_forbidden(text: str) -> str:
    """Return the text without the characters that no file of ours may hold."""
    # What is printable holds none of them, and asking is much cheaper than a search; nearly every text is.
    return text if text.isprintable() else FORBIDDEN.sub("", text)
